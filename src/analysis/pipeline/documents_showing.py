"""Documents of a workspace that show an authority: those laid ready, those registered, and those released."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.config import Workspace
from analysis.pipeline.collection import MADE_UP, RETURNS, Collection
from analysis.registers.log.chain import Chain, log_folder, read_chain
from analysis.release.events import DocumentRegistered, Scope
from analysis.release.staged import REGISTERED, Staging
from analysis.release.standing import standings
from analysis.views.model import Variant

PUBLISHED = "published"
"""Folders of views and documents made of published figures alone: they hold nothing of a return."""
_NOT_LOOKED_IN = frozenset({".git", ".venv", "node_modules", "__pycache__"})


@dataclass(frozen=True)
class Registered:
    """Documents that the kit did not make, and does not make again."""

    showing: tuple[Path, ...]
    """Those about the authority or about all, and whatever the log does not know."""
    of_others: tuple[Path, ...]
    """Those about others: they stay, whatever becomes of the kit's own documents."""
    beside: frozenset[Path]
    """Manifests and what the audit said of the same: without them they could not be released."""


def registered(collection: Collection, authority: str) -> Registered:
    """The registered documents of a region, by whether they show an authority.

    Raises
    ------
    BrokenLogError
        If the log is not whole: it alone knows whom a document is about.
    """
    chain, out = read_chain(log_folder(collection.registers)), collection.workspace.out
    others: set[Path] = set()
    beside: set[Path] = set()
    for scope, names in _of_others(chain, authority):
        staging = _staging(out, scope)
        others |= {staging.finals / name for name in names}
        beside |= {path for name in names for path in staging.audit.glob(f"{name}.*")}
    for one in standings(chain).values():
        if one.scope.document and authority not in one.scope.shows((authority,)):
            beside |= set(files_in(_staging(out, one.scope).manifest(one.release).parent))
    there = [
        path
        for folder in sorted((out / collection.source / collection.home.id).glob(f"*/{REGISTERED}"))
        for path in files_in(folder)
    ]
    return Registered(
        tuple(path for path in there if path not in others),
        tuple(path for path in there if path in others),
        frozenset(beside),
    )


def _of_others(chain: Chain, authority: str) -> Iterator[tuple[Scope, tuple[str, ...]]]:
    held = [(body.scope, tuple(body.documents)) for _, body in chain.of_kind(DocumentRegistered)]
    # One file may have been registered twice: once as a document about all, it goes.
    showing = {name for scope, names in held if authority in scope.shows((authority,)) for name in names}
    for scope, names in held:
        if not showing & set(names):
            yield scope, names


def _staging(out: Path, scope: Scope) -> Staging:
    return Staging(out / scope.source / scope.region / scope.period, scope.variant, registered=True)


def laid_ready(place: Workspace, source: str, region: str | None, kept: frozenset[Path]) -> Iterator[Path]:
    """What was built and waits: of a region, or of all that used the cross-regional file.

    Parameters
    ----------
    region
        Its id; all regions of the source if None.
    kept
        What stays. Registered documents are not built, and are not among these.
    """
    for path in files_in(place.out):
        parts = path.relative_to(place.out).parts
        if path.name in (".gitkeep", ".lock") or parts[0] in {PUBLISHED, RETURNS, MADE_UP} - {source}:
            continue
        if path not in kept and REGISTERED not in parts and (region is None or parts[0] != source or region in parts):
            yield path


def released(place: Workspace, region: str, authority: str) -> tuple[list[str], list[Path]]:
    """Releases that show an authority by name, and every stored file of theirs."""
    ids = [
        manifest.parent.name
        for manifest in sorted(place.release.rglob("manifest.json"))
        if _shows(manifest, authority, region)
    ]
    return ids, [path for path in files_in(place.release) if set(path.relative_to(place.release).parts) & set(ids)]


def _shows(manifest: Path, authority: str, region: str) -> bool:
    """Whether a release names an authority; one whose manifest says nothing that is understood counts as if it did."""
    try:
        held = json.loads(manifest.read_bytes())
        scope = held.get("scope", held)
        # Older manifests lack parts of a scope, and are asked the same.
        shown = Scope(
            variant=Variant(scope["variant"]),
            audience="whoever",
            region=str(scope.get("region", region)),
            period="",
            source="",
            authority=str(scope.get("authority", scope.get("reader", ""))),
            document=str(scope.get("document", "")),
        )
    except (ValueError, KeyError, AttributeError):
        return True
    return shown.region == region and authority in shown.shows((authority,))


def files_in(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in order; none where there is no folder."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            if path.name not in _NOT_LOOKED_IN:
                yield from files_in(path)
        elif path.is_file():
            yield path
