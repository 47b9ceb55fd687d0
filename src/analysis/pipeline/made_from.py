"""What a quarter's documents are made from, as it stood when they were built, and what of it has changed since.

A manifest binds one hash of it. Which file and whose figures are behind the hash is kept beside the stages, for the
group alone: of a hash for each authority a reader from whom it is concealed could try figures out.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from analysis import store
from analysis.errors import UserError
from analysis.pipeline.collection import Collection
from analysis.pipeline.confirmations import figures_now
from analysis.reference.periods import Quarter
from analysis.registers.carried_commentary import commentary_files
from analysis.registers.corrections import FILE as LEDGER
from analysis.registers.corrections import IN_FORCE, load_ledger

FOLDER = "made-from"
"""Under `data/processed`."""


@dataclass(frozen=True)
class Changed:
    """What is not any more as it was when documents were built."""

    authorities: tuple[str, ...]
    """DfE codes of those whose own figures are others now; empty where that can't be told."""
    files: tuple[str, ...]
    """Paths from the workspace's root: returns, the ledger, commentary, changes of the world."""


def made_from(collection: Collection) -> str:
    """The fingerprint of the returns, corrections, commentary and changes of the world that a quarter is made from.

    What the log holds of confirmations is not among these: an answer that comes while the DBG reads voids nothing.
    Neither are registers that change no figure and no word of an authority's, nor what is of later quarters alone.
    """
    return store.fingerprint(_files(collection).items())


def keep_made_from(collection: Collection) -> str:
    """The same fingerprint, and what it stands for kept in `data/processed/`, so that a change can be named."""
    mark = made_from(collection)
    path = _path(collection, mark)
    if not path.is_file():
        kept = {"files": _files(collection), "figures": figures_now(collection)}
        store.write_text(path, json.dumps(kept, indent=1, sort_keys=True) + "\n")
    return mark


def changed_since(collection: Collection, mark: str) -> Changed | None:
    """What has changed since documents were built; None where nothing has.

    Parameters
    ----------
    collection
        The quarter as it is now.
    mark
        As `made_from` gave it then. Where what it stood for is kept no longer, nobody is named.
    """
    files = _files(collection)
    if store.fingerprint(files.items()) == mark:
        return None
    path = _path(collection, mark)
    if not path.is_file():
        return Changed((), ())
    kept = json.loads(path.read_bytes())
    other = sorted({name for name, _ in files.items() ^ kept["files"].items()})
    try:
        figures = figures_now(collection)
    except UserError:
        # What can't be read now is told by the file, and by every command that reads it.
        return Changed((), tuple(other))
    before = kept["figures"]
    codes = (code for code in sorted({*figures, *before}) if figures.get(code) != before.get(code))
    return Changed(tuple(codes), tuple(other))


def _path(collection: Collection, mark: str) -> Path:
    home = collection.workspace.processed / FOLDER / collection.source / collection.home.id
    return home / str(collection.period) / f"{mark}.json"


def _files(collection: Collection) -> dict[str, str]:
    """SHA-256 by path from the workspace's root; of the ledger, of what is in force of quarters up to this one."""
    paths = [path for _, path in (*collection.returns, *collection.exchange_files)]
    paths += collection.template_files
    paths += commentary_files(collection.registers, collection.period)
    root, ledger = collection.workspace.root, collection.registers / LEDGER
    found = {path.relative_to(root).as_posix(): store.sha256_of(path) for path in paths}
    for filed in collection.changes.held:
        # With the edition that it brings, which stands in a file beside it. One of a later quarter is none of these.
        content = filed.file.path.read_bytes() + repr(sorted(filed.neighbours.items())).encode()
        found[filed.file.path.relative_to(root).as_posix()] = hashlib.sha256(content).hexdigest()
    held = load_ledger(ledger, collection.registry).entries
    now = [one for one in held if one.status in IN_FORCE and Quarter.parse(one.period) <= collection.period]
    if now:
        lines = sorted(f"{'/'.join(one.cell)}/{one.action}/{one.expect}/{one.value}" for one in now)
        found[ledger.relative_to(root).as_posix()] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return found
