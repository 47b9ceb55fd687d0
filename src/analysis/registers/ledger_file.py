"""Entries put at the end of a ledger: what people wrote above them stays as it is, comments and all."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from analysis import store
from analysis.errors import BusyError
from analysis.reference.registry import Registry
from analysis.registers.corrections import Correction, entry_text, load_ledger

HEADER = (
    "# Corrections: who changed which figure, why, and until when that holds (docs/how-to/query-round.md).\n"
    "# Only entries with the status agreed or applied change figures. Returns themselves are never edited.\n"
)
_SECONDS = 10


def add_entries(path: Path, entries: Sequence[Correction], registry: Registry) -> None:
    """Write entries at the end of a region's ledger, which is made if there is none.

    Parameters
    ----------
    path
        `data/registers/<region>/corrections.yml`.
    entries
        New ones.
    registry
        Knows the measures.

    Raises
    ------
    BadReferenceError
        As `load_ledger`, of what the ledger would then be; nothing is written.
    BusyError
        If somebody else is writing to it.
    """
    if not entries:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=_SECONDS):
            before = path.read_text(encoding="utf-8-sig") if load_ledger(path, registry).entries else HEADER
            text = f"{before.rstrip()}\n\n{entry_text(entries)}"
            _check(text, path, registry)
            store.write_text(path, text)
    except Timeout:
        raise BusyError("somebody else is writing to the ledger", where=str(path), remedy="try again") from None


def _check(text: str, path: Path, registry: Registry) -> None:
    with tempfile.TemporaryDirectory(prefix="tartanrug-") as name:
        # Called as the ledger itself, so that a message names it.
        trial = Path(name, path.parent.name, path.name)
        store.write_text(trial, text)
        load_ledger(trial, registry)
