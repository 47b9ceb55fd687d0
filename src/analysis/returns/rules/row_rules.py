"""The rules about single rows: small functions on the table of all rows, each with its policy as its docstring.

Each takes the rows (`interpret.ROW_COLUMNS`) and the setting, and says of each row whether it breaks the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.reference.authorities import authorities
from analysis.reference.changes.world import Changes
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region
from analysis.reference.registry import Registry
from analysis.returns.door.quoting import describe, near_measure, quote_code, quote_period
from analysis.returns.rules.findings import Finding
from analysis.returns.rules.rule import RULES, Rule, Severity, rule
from analysis.returns.rules.value_rules import VALUE_RULES

EARLIEST = Quarter(2009, 1)
"""The first year of the children in need census; nothing in the reference is older."""


@dataclass(frozen=True)
class Setting:
    """What the rules are held against."""

    region: Region
    period: Quarter
    registry: Registry
    changes: Changes = field(default_factory=Changes)
    """Those in force."""


@rule(Severity.REFUSE, "row", remedy="ask for the file again: a comma inside a cell needs the cell in quotation marks")
def ragged_row(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """A row has no more cells than there are columns; otherwise nobody can say which cell is which."""
    return rows["ragged"].astype("bool")


@rule(Severity.REFUSE, "row", remedy="correct the LA Code: DfE's three digits, or the ONS code")
def unknown_authority(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """LA Code is a code or a name that an authority has, or had."""
    return rows["authority"] == ""


@rule(
    Severity.REFUSE,
    "row",
    remedy="ask its successors for their own figures; nothing is carried over or shared out here",
)
def abolished_authority(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """An authority that was abolished sends nothing: its figures are not its successors', and no part of them is.

    Where the region wrote down when it ended, it may send and revise the quarters before.
    """
    return rows["authority"].isin(_abolished(setting)) & ~_of_before(rows, setting.changes.ended)


@rule(Severity.REFUSE, "row", remedy="ask the sender: the authority is not in this region's collection")
def not_a_member(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """Figures come from the authorities that take part: the region's own and those who joined (S0 5.5)."""
    known = {"", *setting.region.everyone, *_abolished(setting)}
    return ~rows["authority"].isin(known) & ~_of_before(rows, setting.changes.left)


def _abolished(setting: Setting) -> set[str]:
    """Whose successors take part."""
    everyone = set(setting.region.everyone)
    of_old = {code for code, one in authorities().items() if everyone.intersection(one.successors)}
    return {*of_old, *setting.changes.ended} - everyone


def _of_before(rows: pd.DataFrame, gone: Mapping[str, Quarter]) -> pd.Series[bool]:
    """Rows of somebody who ended or left, of a quarter in which it still took part."""
    first = {code: str(quarter) for code, quarter in gone.items()}
    return rows["period"] < pd.Series([first.get(code, "") for code in rows["authority"]], rows.index, dtype="str")


@rule(Severity.REFUSE, "row", remedy="ask whose figure it is, and correct the code or the name")
def authority_conflict(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """LA Code and LA Name mean the same authority: a figure is never put under the wrong one."""
    return rows["named"] == "other"


@rule(Severity.QUERY, "row", remedy="correct the LA Name; the code was used")
def unknown_name(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """LA Name is a name that the authority goes by."""
    return (rows["authority"] != "") & (rows["named"] == "unknown")


@rule(Severity.NOTE, "row", remedy="correct the Region; nothing is taken from it")
def region_disagrees(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """Region is the authority's region, or the one that collects."""
    return ~rows["region_known"].astype("bool")


@rule(Severity.REFUSE, "row", remedy="write the Financial Year as 2025-26 and the Quarter as Q2")
def bad_period(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """Financial Year and Quarter name a quarter, and one since 2009-10 (Q1 is April to June)."""
    return (rows["period"] == "") | (rows["period"] < str(EARLIEST))


@rule(
    Severity.REFUSE, "row", remedy="ask which quarter is meant; if the later one, it is used with that quarter's report"
)
def future_period(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """A figure is of the report's quarter or an earlier one (or of the quarter in whose folder it lies)."""
    return rows["period"] > rows["folder"].where(rows["folder"] > str(setting.period), str(setting.period))


@rule(Severity.REFUSE, "row", remedy="use a measure id of the format (docs/returns.md), or a mapping for the template")
def unknown_measure(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """Measure ID is one that the registry has. Only counts are sent; rates and percentages are made centrally."""
    return rows["measure"] == ""


@rule(Severity.REFUSE, "row", remedy="ask which of the two measures is meant, and correct the id or the name")
def measure_conflict(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """Measure ID and Measure Name do not name two different measures."""
    return (rows["measure"] != "") & (rows["measure_named"] != "") & (rows["measure"] != rows["measure_named"])


@rule(Severity.QUERY, "cell", remedy="ask for the note without the name; the figure is used, the note is not")
def note_names_somebody(rows: pd.DataFrame, setting: Setting) -> pd.Series[bool]:
    """Measure Quality names nobody: internal reports print notes, and reports hold no person (S0 5.3)."""
    return rows["names_somebody"].astype("bool")


_Test = Callable[[pd.DataFrame, Setting], "pd.Series[bool]"]
_Seen = Callable[[Mapping[Any, Any], Setting], str]

ROW_RULES: tuple[tuple[_Test, _Seen], ...] = (
    (ragged_row, lambda row, setting: "cells beyond the last column"),
    *VALUE_RULES,
    (unknown_authority, lambda row, setting: f"LA Code: {quote_code(row['la_code'])}"),
    (abolished_authority, lambda row, setting: _succeeded(row["authority"])),
    (not_a_member, lambda row, setting: f"{_name(row['authority'])} is not in {setting.region.name}"),
    (authority_conflict, lambda row, setting: f"code of {_name(row['authority'])} beside another authority's name"),
    (unknown_name, lambda row, setting: f"LA Name: {describe(row['la_name'])}"),
    (region_disagrees, lambda row, setting: f"Region: {quote_code(row['region'])}"),
    (bad_period, lambda row, setting: f"Financial Year and Quarter: {quote_period(row['period_text'])}"),
    (future_period, lambda row, setting: f"{row['period']}, in the folder {row['folder']}"),
    (unknown_measure, lambda row, setting: f"Measure ID: {near_measure(row['measure_id'], setting.registry.measures)}"),
    (measure_conflict, lambda row, setting: f"{row['measure']} beside the name of {row['measure_named']}"),
    (note_names_somebody, lambda row, setting: "a first name and a surname in the note"),
)
"""Each rule and what it says of a row that breaks it."""
_DOWN_A_FILE = frozenset(
    test.__name__
    for test in (
        unknown_authority, abolished_authority, not_a_member, authority_conflict, unknown_name, region_disagrees,
        bad_period, future_period, note_names_somebody,
    )
)  # fmt: skip


def check_rows(rows: pd.DataFrame, setting: Setting) -> tuple[pd.Series[bool], pd.Series[bool], list[Finding]]:
    """Hold every row against every rule.

    Parameters
    ----------
    rows
        As `interpret` returns.
    setting
        Region, quarter and registry.

    Returns
    -------
    refused, misplaced, findings
        Which rows are not used; of these, the ones of which not even the authority, quarter and measure are sure; and
        a finding for each row and rule that it breaks.
    """
    refused, misplaced = pd.Series(False, index=rows.index), pd.Series(False, index=rows.index)
    findings = []
    # Of a ragged row nobody can say which cell is which: that alone is said of it.
    whole = rows[~rows["ragged"].astype("bool")]
    for test, seen in ROW_RULES:
        entry = RULES[test.__name__]
        held = rows if test is ragged_row else whole
        broken = test(held, setting).reindex(rows.index, fill_value=False)
        if not broken.any():
            continue
        if entry.severity == Severity.REFUSE:
            refused |= broken
            if entry.about == "row":
                misplaced |= broken
        findings += _findings(entry, seen, rows[broken].to_dict("records"), setting)
    return refused, misplaced, findings


def _findings(entry: Rule, seen: _Seen, rows: Sequence[Mapping[Any, Any]], setting: Setting) -> list[Finding]:
    """One finding for each row; for what is wrong all the way down a file, one for the file, at its first row."""
    alike: dict[object, list[Mapping[Any, Any]]] = {}
    for position, row in enumerate(rows):
        key = (row["label"], row["authority"], seen(row, setting)) if entry.id in _DOWN_A_FILE else position
        alike.setdefault(key, []).append(row)
    return [
        Finding.of(
            entry,
            seen(group[0], setting) + (f" ({len(group)} rows)" if len(group) > 1 else ""),
            file=group[0]["label"],
            line=int(group[0]["line"]),
            authority=group[0]["authority"],
            **{
                name: group[0][name] if len({row[name] for row in group}) == 1 else "" for name in ("period", "measure")
            },
        )
        for group in alike.values()
    ]


def _succeeded(code: str) -> str:
    successors = " and ".join(map(_name, authorities()[code].successors))
    return f"{_name(code)} ended, and was followed by {successors}"


def _name(code: str) -> str:
    return f"{authorities()[code].name} ({code})"
