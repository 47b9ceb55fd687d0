"""Entries put at the end of a register: what people wrote above them stays as it is, comments and all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from filelock import FileLock, Timeout

from analysis import store
from analysis.errors import BusyError
from analysis.reference.registry import Registry
from analysis.registers import accepted, commentary, corrections, issued_bands
from analysis.registers.accepted import Acceptance
from analysis.registers.commentary import Entry
from analysis.registers.corrections import Correction
from analysis.registers.issued_bands import Issue

LEDGER_HEADER = (
    "# Corrections: who changed which figure, why, and until when that holds (docs/how-to/query-round.md).\n"
    "# Only entries with the status agreed or applied change figures. Returns themselves are never edited.\n"
)
ACCEPTED_HEADER = "# What was answered once and is not asked again until then (docs/methods/queries.md).\n"
ISSUED_HEADER = (
    "# The bands of this quarter's packs, as issued (docs/methods/disclosure.md). Internal: it names the group.\n"
    "# Written by `tartanrug bands`; not to be edited, which its sha256 would show.\n"
)
COMMENTARY_HEADER = "# What authorities say of their own figures of this quarter (docs/how-to/commentary.md).\n"
_SECONDS = 10


def add_corrections(path: Path, entries: Sequence[Correction], registry: Registry) -> None:
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
    if entries:
        text = corrections.entry_text(entries)
        _add(path, text, LEDGER_HEADER, lambda file: corrections.load_ledger(file, registry).entries)


def add_acceptances(path: Path, entries: Sequence[Acceptance], registry: Registry) -> None:
    """Write entries at the end of what a region has accepted, as `add_corrections` does.

    Raises
    ------
    BadReferenceError
        As `load_accepted`, of what the register would then be; nothing is written.
    BusyError
        If somebody else is writing to it.
    """
    if entries:
        text = accepted.entry_text(entries)
        _add(path, text, ACCEPTED_HEADER, lambda file: accepted.load_accepted(file, registry).entries)


def add_commentary(path: Path, entries: Sequence[Entry], registry: Registry) -> None:
    """Write texts at the end of a quarter's commentary, as `add_corrections` does.

    Raises
    ------
    BadReferenceError
        As `load_commentary`, of what the file would then be; nothing is written.
    BusyError
        If somebody else is writing to it.
    """
    if entries:
        text = commentary.entry_text(entries)
        _add(path, text, COMMENTARY_HEADER, lambda file: commentary.load_commentary(file, registry).entries)


def add_issue(path: Path, issue: Issue) -> None:
    """Write an issue of bands at the end of its quarter's file, as `add_corrections` does.

    Raises
    ------
    BadReferenceError
        As `load_issues`, of what the file would then be; nothing is written.
    BusyError
        If somebody else is writing to it.
    """
    _add(path, issued_bands.entry_text([issue]), ISSUED_HEADER, issued_bands.load_issues)


def _add(path: Path, text: str, header: str, load: Callable[[Path], Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=_SECONDS):
            before = path.read_text(encoding="utf-8-sig") if load(path) else header
            whole = f"{before.rstrip()}\n\n{text}"
            with tempfile.TemporaryDirectory(prefix="tartanrug-") as name:
                # Called as the register itself, so that a message names it.
                trial = Path(name, path.parent.name, path.name)
                store.write_text(trial, whole)
                load(trial)
            store.write_text(path, whole)
    except Timeout:
        raise BusyError("somebody else is writing to the register", where=str(path), remedy="try again") from None
