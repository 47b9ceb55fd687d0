"""Corrections laid over the figures as sent: a new grid, and a finding for each that no longer fits."""

from __future__ import annotations

import pandas as pd

from analysis.reference.status import Status
from analysis.registers.corrections import FILE, IN_FORCE, Correction, Ledger
from analysis.registers.wording import figure_of
from analysis.returns.resolve import KEY
from analysis.returns.rules.findings import Finding
from analysis.returns.rules.rule import Rule, Severity, declare

CORRECTED = declare(
    "corrected",
    Severity.NOTE,
    "cell",
    policy="A correction that the DBG agreed stands in place of the figure that was sent; the return stays as it is.",
    remedy="nothing; the ledger (corrections.yml) says who decided it, and why",
)
MENDED = declare(
    "correction_mended_at_source",
    Severity.REFUSE,
    "cell",
    policy="A correction holds until the authority sends the corrected figure itself. It is then no longer applied.",
    remedy="set the entry's status to mended_at_source, and the day under `ended`",
)
OUTDATED = declare(
    "correction_source_changed",
    Severity.REFUSE,
    "cell",
    policy="""A correction holds as long as the return says what it said when the correction was agreed (`expect`).
    Where it says something else, the figure is used as it was sent.""",
    remedy="ask which figure is right; then withdraw the entry, or write a new one",
)
NO_CELL = declare(
    "correction_without_cell",
    Severity.REFUSE,
    "cell",
    policy="A correction is about a figure that is expected; it never makes one where an authority takes no part.",
    remedy="correct the entry's authority, period or measure, or withdraw it",
)
LEDGER_RULES = frozenset(rule.id for rule in (CORRECTED, MENDED, OUTDATED, NO_CELL))
"""What is said about the kit's own ledger, and never asked of an authority. What is refused is the entry."""
_MADE_UP = "MADE-UP"


def apply_corrections(checked: pd.DataFrame, ledger: Ledger) -> tuple[pd.DataFrame, list[Finding]]:
    """Lay the corrections in force over the grid.

    Parameters
    ----------
    checked
        The complete grid as sent (`grid.CHECKED`). It is not changed.
    ledger
        Entries that are open or over change nothing.

    Returns
    -------
    grid, findings
        The same rows and columns. A corrected cell has the entry's figure and status, `corrected: <reason>` as its
        quality, and as `receipt` and `source_line` the entry's id and its line in the ledger. A finding for each
        entry in force: that it was applied, or why it was not.
    """
    grid = checked.copy()
    places = {key: place for place, key in enumerate(zip(*(grid[name] for name in KEY), strict=True))}
    columns = {name: list(grid[name]) for name in ("value", "status", "quality", "source_line", "receipt")}
    findings = []
    for entry, line in zip(ledger.entries, ledger.lines, strict=True):
        if entry.status not in IN_FORCE:
            continue
        place = places.get(entry.cell)
        if place is None:
            findings.append(_of(NO_CELL, entry, line, "no figure of this authority, quarter and measure is expected"))
            continue
        sent, becomes = _held(columns["value"][place], columns["status"][place]), _target(entry)
        if sent != figure_of(entry.expect):
            rule, what = (MENDED, "the corrected figure") if sent == becomes else (OUTDATED, "neither figure")
            findings.append(_of(rule, entry, line, f"the return now says {what}: {_shown(sent)}"))
            continue
        findings.append(_of(CORRECTED, entry, line, f"{_shown(sent)} becomes {_shown(becomes)}"))
        columns["value"][place] = float("nan") if becomes[0] is None else becomes[0]
        columns["status"][place] = str(becomes[1])
        columns["quality"][place] = _quality(columns["quality"][place], entry)
        columns["source_line"][place], columns["receipt"][place] = line, entry.id
    return grid.assign(
        **{name: pd.Series(held, grid.index, grid[name].dtype) for name, held in columns.items()}
    ), findings


def _target(entry: Correction) -> tuple[float | None, Status]:
    return (None, Status.NOT_AVAILABLE) if entry.value is None else figure_of(entry.value)


def _held(value: float, status: str) -> tuple[float | None, Status]:
    return (float(value) if status == Status.GIVEN else None), Status(status)


def _shown(said: tuple[float | None, Status]) -> str:
    return said[1].symbol if said[0] is None else f"{said[0]:.10g}"


def _quality(before: str, entry: Correction) -> str:
    # Whether a figure is made up is told by this text, and a correction of a made-up figure is made up.
    return (
        f"{_MADE_UP}; corrected: {entry.reason}"
        if before.upper().startswith(_MADE_UP)
        else f"corrected: {entry.reason}"
    )


def _of(rule: Rule, entry: Correction, line: int, seen: str) -> Finding:
    return Finding.of(
        rule,
        f"{entry.id}: {seen}",
        file=FILE,
        line=line,
        authority=entry.authority,
        period=entry.period,
        measure=entry.measure,
    )
