"""A finding is about the data, and is a row: it never stops the other authorities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.returns.rules.rule import Rule, Severity
from analysis.returns.spreadsheet import safe_csv

RULES_PAGE = "docs/returns.md"
"""Has every rule in words, each to be linked to by its id."""
_ORDER = [str(severity) for severity in Severity]
_SAID = {"refuse": ("refused", "refused"), "query": ("query", "queries"), "note": ("note", "notes")}
"""Of one finding, and of several."""
_STYLES = {Severity.REFUSE: "bold red", Severity.QUERY: "yellow", Severity.NOTE: "dim"}


@dataclass(frozen=True)
class Finding:
    """One thing seen in a return (DESIGN 5). Text that is unknown is empty; `line` is None for a whole file."""

    rule: str
    severity: str
    authority: str
    period: str
    measure: str
    file: str
    line: int | None
    seen: str
    remedy: str
    likely: float | None = None
    """How likely the figure is wrong, 0 to 1, where a query's own size says so (None: as its rule is)."""

    @classmethod
    def of(
        cls,
        rule: Rule,
        seen: str,
        *,
        file: str = "",
        line: int | None = None,
        authority: str = "",
        period: str = "",
        measure: str = "",
    ) -> Finding:
        """The finding of a rule, with its severity and remedy."""
        return cls(rule.id, str(rule.severity), authority, period, measure, file, line, seen, rule.remedy)


COLUMNS = tuple(field.name for field in fields(Finding) if field.name != "likely")


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """The findings as a table, the gravest first, then by file and line.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`; `line` is Int64 (missing for a whole file or a cell without a row), all others text. Then
        `likely`, a float.
    """
    rows = sorted(
        findings,
        key=lambda one: (
            _ORDER.index(one.severity), one.file, one.line or 0, one.rule, one.authority, one.period, one.measure,
            one.seen,
        ),
    )  # fmt: skip
    frame = pd.DataFrame({name: [getattr(row, name) for row in rows] for name in COLUMNS})
    frame = frame.astype({name: "Int64" if name == "line" else "str" for name in COLUMNS})
    return frame.assign(likely=pd.Series([row.likely for row in rows], dtype="float64"))


def by_severity(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings whose severity has changed, the gravest first again, and otherwise in the order that they had."""
    order = findings["severity"].map({str(severity): position for position, severity in enumerate(Severity)})
    return findings.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def findings_csv(findings: pd.DataFrame) -> str:
    """The findings as CSV for a spreadsheet.

    Parameters
    ----------
    findings
        As `findings_frame` returns.
    """
    return safe_csv(findings[list(COLUMNS)])


def print_findings(findings: pd.DataFrame, console: Console) -> None:
    """Print the findings as a table, then the remedy of each rule that occurs, once.

    Parameters
    ----------
    findings
        As `findings_frame` returns.
    console
        Where to print.
    """
    if findings.empty:
        console.print("Nothing to ask: no findings.")
        return
    if console.quiet:
        # A table is laid out before it is not shown: milliseconds for each row.
        return
    table = Table(title=f"{len(findings)} finding{'s' if len(findings) > 1 else ''}: {counted(findings['severity'])}")
    for heading in ("rule", "about", "file, line", "seen"):
        # At 80 columns something must break: never what a person searches for.
        table.add_column(heading, overflow="fold", no_wrap=heading in ("rule", "about"))
    for row in findings.itertuples(index=False):
        about = "\n".join(part for part in (f"{row.authority} {row.period}".strip(), str(row.measure)) if part)
        where = str(row.file) if row.line is pd.NA else f"{row.file}, {row.line}"
        cells = (str(row.rule), about, where, str(row.seen))
        # Text, not markup: what stands in a file name or a cell must not be read as rich's commands.
        shown = [Text(cell) for cell in cells]
        table.add_row(*shown, style=_STYLES[Severity(str(row.severity))])
    console.print(table)
    for rule_id, remedy in dict(zip(findings["rule"], findings["remedy"], strict=True)).items():
        console.print(Text.assemble((f"{rule_id}: ", "bold"), remedy))
    console.print(f"Why a rule asks: {RULES_PAGE}#<rule>")


def counted(severities: Sequence[str] | pd.Series[str]) -> str:
    """How many findings there are of each severity, in words: `1 refused, 2 queries, 1 note`; `none`."""
    held = list(severities)
    return ", ".join(f"{held.count(one)} {_SAID[one][held.count(one) > 1]}" for one in _ORDER if one in held) or "none"
