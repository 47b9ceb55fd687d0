"""Everything in a workspace that holds an authority's data: what an erasure deletes, and what a person must look at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.audit.deny import Deny, deny_list
from analysis.config import Workspace
from analysis.pipeline.collection import EXCHANGE, MADE_UP, RETURNS, Collection
from analysis.pipeline.held_in import held_in, names_it
from analysis.reference.changes.files import FOLDER as CHANGES
from analysis.registers.log.chain import FOLDER as LOG
from analysis.registers.without_entries import without_entries
from analysis.views.model import Variant

_PUBLISHED = "published"
"""Folders of views and documents made of published figures alone: they hold nothing of a return."""
_NOT_LOOKED_IN = frozenset({".git", ".venv", "node_modules", "__pycache__"})


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
    releases, released = _released(place, collection, authority)
    made = "made from returns, its own among them"
    files = [
        *(ToDelete(one.path, one.why) for one in raw),
        *(ToDelete(path, "its answers") for path in _answers(collection, authority)),
        *(ToDelete(path, made, made_again=True) for path in _made(place, collection.source, regions)),
        *(ToDelete(path, "laid ready", made_again=True) for path in _laid_ready(place, collection.source, regions)),
        *(ToDelete(path, "a released document that shows it") for path in released),
        *(ToDelete(path, "a notebook with results that name it") for path in _notebooks(place.root, deny)),
    ]
    gone = {one.path for one in files} | {one.path for one in cut}
    mentions = [ToDelete(one.path, one.why) for one in held if not one.certain]
    mentions += [ToDelete(path, "mentions it") for path in _mentioned(collection, deny, gone)]
    return Plan(
        tuple({one.path: one for one in reversed(files)}.values())[::-1],
        cut,
        tuple(releases),
        {code: tuple(sorted(quarters)) for code, quarters in sorted(again.items())},
        exchange,
        tuple(mentions),
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
    for path in _files(place.processed):
        parts = path.relative_to(place.processed).parts
        if path.name == ".gitkeep" or _PUBLISHED in parts[:2]:
            continue
        # Templates are filled in from returns and lie by region, without a source.
        if (source in parts or parts[0] == "templates") and (region is None or region in parts):
            yield path


def _laid_ready(place: Workspace, source: str, region: str | None) -> Iterator[Path]:
    for path in _files(place.out):
        parts = path.relative_to(place.out).parts
        if path.name in (".gitkeep", ".lock") or parts[0] in {_PUBLISHED, RETURNS, MADE_UP} - {source}:
            continue
        if region is None or parts[0] != source or region in parts:
            yield path


def _released(place: Workspace, collection: Collection, authority: str) -> tuple[list[str], list[Path]]:
    """Releases that show the authority by name, and every stored file of theirs."""
    ids = [
        manifest.parent.name
        for manifest in sorted(place.release.rglob("manifest.json"))
        if _shows(manifest, authority, collection.home.id)
    ]
    return ids, [path for path in _files(place.release) if set(path.relative_to(place.release).parts) & set(ids)]


def _shows(manifest: Path, authority: str, region: str) -> bool:
    """Whether a release names an authority; one whose manifest says nothing that is understood counts as if it did."""
    try:
        held = json.loads(manifest.read_bytes())
        scope = held.get("scope", held)
        variant = Variant(scope["variant"])
        whose = str(scope.get("authority", scope.get("reader", "")))
    except (ValueError, KeyError, AttributeError):
        return True
    if variant is Variant.PUBLIC:
        return False
    return str(scope.get("region", region)) == region and (
        not whose or whose == authority or variant is Variant.INTERNAL
    )


def _notebooks(root: Path, deny: Deny) -> Iterator[Path]:
    """Notebooks that were run, and name the authority in what came out or in what they were run with."""
    for path in _files(root):
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
            yield from (path for path in _files(home) if deny.concealed & set(path.stem.split("-")))


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            if path.name not in _NOT_LOOKED_IN:
                yield from _files(path)
        elif path.is_file():
            yield path
