"""Everything in a workspace that holds an authority's data: what an erasure deletes, and what a person must look at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.audit.deny import Deny, deny_list
from analysis.config import Workspace
from analysis.pipeline.collection import EXCHANGE, Collection
from analysis.pipeline.documents_showing import PUBLISHED, files_in, laid_ready, registered, released
from analysis.pipeline.held_in import held_in, mentions, names_it
from analysis.reference.changes.files import FOLDER as CHANGES
from analysis.registers.log.chain import FOLDER as LOG
from analysis.registers.without_entries import without_entries


@dataclass(frozen=True)
class ToDelete:
    """A file that goes whole, and why."""

    path: Path
    why: str
    made_again: bool = False
    """Whether the kit made it, and makes it again from what is left."""


@dataclass(frozen=True)
class ToCut:
    """A register from which entries go."""

    path: Path
    text: str
    """What is left; empty where nothing is."""
    entries: int


@dataclass(frozen=True)
class Plan:
    """What an erasure comes to."""

    files: tuple[ToDelete, ...]
    registers: tuple[ToCut, ...]
    releases: tuple[str, ...]
    """Ids of the releases whose stored copies go."""
    asked_again: Mapping[str, tuple[str, ...]]
    """Others whose figures stand in the deleted returns, by DfE code, and of which quarters."""
    exchange: bool
    """Whether the cross-regional file is among them: it is to be asked for again, without the authority."""
    by_hand: tuple[ToDelete, ...]
    """What mentions the authority and is not its data: a person decides."""

    @property
    def empty(self) -> bool:
        """Whether nothing is left to delete."""
        return not (self.files or self.registers)


def plan_erasure(collection: Collection, authority: str) -> Plan:
    """Look a workspace through for an authority's data; nothing is changed.

    Parameters
    ----------
    collection
        The source and region; its quarter does not count.
    authority
        DfE code.

    Returns
    -------
    Plan
        The log and the changes of membership stay: they hold a code and no figure. So does what was made from
        published figures alone (S0 5.5.3 iv).
    """
    deny = deny_list([authority])
    place = collection.workspace
    held = held_in(collection, authority)
    raw = [one for one in held if one.certain]
    exchange = any(one.shared for one in raw)
    regions = None if exchange else collection.home.id
    again: dict[str, set[str]] = {}
    for one in raw:
        for code, quarters in one.others.items() if not one.shared else ():
            again.setdefault(code, set()).update(quarters)
    cut = tuple(_registers(collection, authority))
    releases, stored = released(place, collection.home.id, authority)
    filed = registered(collection, authority)
    made = "made from returns, its own among them"
    files = [
        *(ToDelete(one.path, one.why) for one in raw),
        *(ToDelete(path, "its answers") for path in _answers(collection, authority)),
        *(ToDelete(path, made, made_again=True) for path in _made(place, collection.source, regions)),
        *(ToDelete(path, "a registered document that shows it") for path in filed.showing),
        *(
            ToDelete(one, "laid ready", made_again=True)
            for one in laid_ready(place, collection.source, regions, filed.beside)
        ),
        *(ToDelete(path, "a released document that shows it") for path in stored),
        *(ToDelete(path, "a notebook with results that name it") for path in _notebooks(place.root, deny)),
    ]
    gone = {one.path for one in files} | {one.path for one in cut}
    by_hand = [ToDelete(one.path, one.why) for one in held if not one.certain]
    by_hand += [ToDelete(path, "mentions it") for path in _mentioned(collection, deny, gone)]
    by_hand += [ToDelete(path, "another's, and mentions it") for path in filed.of_others if mentions(path, deny)]
    return Plan(
        tuple({one.path: one for one in reversed(files)}.values())[::-1],
        cut,
        tuple(releases),
        {code: tuple(sorted(quarters)) for code, quarters in sorted(again.items())},
        exchange,
        tuple(by_hand),
    )


def _registers(collection: Collection, authority: str) -> Iterator[ToCut]:
    for path in _register_files(collection):
        text = path.read_text(encoding="utf-8-sig")
        left, count = without_entries(text, lambda entry: _is_of(entry, authority))
        if count:
            yield ToCut(path, left if left.strip() else "", count)


def _register_files(collection: Collection) -> Iterator[Path]:
    for path in sorted(collection.registers.rglob("*.yml")):
        if not {LOG, CHANGES} & set(path.relative_to(collection.registers).parts):
            yield path


def _is_of(entry: Any, authority: str) -> bool:
    """An entry about an authority, or an issue of bands that it is a member of: its figure may be the band's edge."""
    if not isinstance(entry, dict):
        return False
    members = (code for line in entry.get("lines") or () for code in line.get("members") or ())
    return str(entry.get("authority")) == authority or authority in map(str, members)


def _answers(collection: Collection, authority: str) -> list[Path]:
    return sorted(collection.registers.glob(f"answers/*/{authority}.yml"))


def _made(place: Workspace, source: str, region: str | None) -> Iterator[Path]:
    """Stages, views, drafts, query sheets, templates: of the region, or of all that used the cross-regional file."""
    for path in files_in(place.processed):
        parts = path.relative_to(place.processed).parts
        if path.name == ".gitkeep" or PUBLISHED in parts[:2]:
            continue
        # Templates are filled in from returns and lie by region, without a source.
        if (source in parts or parts[0] == "templates") and (region is None or region in parts):
            yield path


def _notebooks(root: Path, deny: Deny) -> Iterator[Path]:
    """Notebooks that were run, and name the authority in what came out or in what they were run with."""
    for path in files_in(root):
        if path.suffix != ".ipynb":
            continue
        try:
            held = json.loads(path.read_bytes())
            results = [cell.get("outputs") for cell in held.get("cells", ())]
            run = held.get("metadata", {}).get("papermill")
        except (ValueError, AttributeError):
            continue
        code = isinstance(run, dict) and str(run.get("parameters", {}).get("authority")) in deny.concealed
        if code or (any(results) and names_it(json.dumps([results, run], ensure_ascii=False), deny)):
            yield path


def _mentioned(collection: Collection, deny: Deny, gone: set[Path]) -> Iterator[Path]:
    for path in _register_files(collection):
        if path not in gone and names_it(path.read_text(encoding="utf-8-sig"), deny):
            yield path
    # Another region's folder is another DBG's: it carries out an instruction of its own.
    for home in sorted((collection.workspace.raw / collection.source).glob("*")):
        if home.is_dir() and home.name not in (collection.home.id, EXCHANGE):
            yield from (path for path in files_in(home) if deny.concealed & set(path.stem.split("-")))
