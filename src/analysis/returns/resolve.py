"""One figure for each authority, quarter and measure: what stands twice at one time, what a later vintage revises."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.reference.status import Status
from analysis.returns.rules.findings import Finding
from analysis.returns.rules.query_policy import query_policy
from analysis.returns.rules.revisions import revised_much
from analysis.returns.rules.rule import RULES, Rule, Severity, declare

KEY = ["authority", "period", "measure"]

DUPLICATE = declare(
    "duplicate",
    Severity.REFUSE,
    "cell",
    policy="""An authority, quarter and measure has one figure in a folder, or among files received there at one time.
    Where rows differ none of them is used: nobody can say which is right.""",
    remedy="ask which figure is right, and for a file with that one alone",
)
REPEATED_ROW = declare(
    "repeated_row",
    Severity.NOTE,
    "cell",
    policy="""An authority, quarter and measure that stands twice in a folder with the same figure, or once with a
    blank, is read once.""",
    remedy="nothing, if it was sent twice by mistake",
)
REVISED = declare(
    "revised",
    Severity.NOTE,
    "cell",
    policy="""A figure received later, or in a later quarter's folder, replaces the earlier one (a resubmission: a new
    vintage).""",
    remedy="nothing, if the authority meant to revise it",
)
BLANK_AFTER_FIGURE = declare(
    "blank_after_figure",
    Severity.QUERY,
    "cell",
    policy="""A blank replaces nothing: a figure sent before stays until it is revised, or withdrawn with a mark such
    as x.""",
    remedy="ask whether the earlier figure still holds",
)


def resolve(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series[bool], list[Finding]]:
    """The rows that count.

    Parameters
    ----------
    rows
        Rows that broke no rule, in order of vintage, file and line.

    Returns
    -------
    chosen, refused, findings
        One row for each authority, quarter and measure; which of the rows were refused as duplicates; the findings.
    """
    vintage_key = ["vintage", *KEY]
    many = rows[rows.duplicated(vintage_key, keep=False)]
    many = many.assign(
        blank=many["status"] == Status.NOT_SUBMITTED,
        said=many["figure"].map(repr).astype("str") + many["status"],
    )
    written = many[~many["blank"]]
    differing = (written.groupby(vintage_key)["said"].transform("nunique") > 1).reindex(many.index, fill_value=False)
    spoilt = _keys(many).isin(_keys(many[differing]))
    # Written figures first, so that of a figure and a blank the figure is the one that stays.
    repeats = many.sort_values("blank", kind="stable").duplicated(vintage_key).reindex(many.index) & ~spoilt
    findings = [_of(DUPLICATE, row, "the same key with another figure") for row in _records(many[differing])]
    findings += [_of(REPEATED_ROW, row, "the same key again") for row in _records(many[repeats])]
    single = rows.drop(index=many.index[spoilt | repeats])
    duplicates = differing.reindex(rows.index, fill_value=False)
    if single["vintage"].nunique() < 2:
        return single.sort_values(KEY).reset_index(drop=True), duplicates, findings
    chosen, revisions = _latest(single)
    return chosen, duplicates, findings + revisions


def _keys(rows: pd.DataFrame) -> pd.Series[str]:
    return rows["vintage"] + "|" + rows["authority"] + "|" + rows["period"] + "|" + rows["measure"]


def _records(rows: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return rows.to_dict("records")


def _latest(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """The row of the latest vintage, where a blank replaces nothing."""
    blank = rows["status"] == Status.NOT_SUBMITTED
    findings = []
    written = rows[~blank].sort_values(KEY, kind="stable")
    # Most figures are sent again as they were: only those that are not are looked at one by one.
    again = written.duplicated(KEY)
    same = written[["figure", "status"]].eq(written[["figure", "status"]].shift())
    changed = again & ~(same["status"] & (same["figure"] | written["figure"].isna()))
    earlier = changed.shift(-1, fill_value=False)
    for old, new in zip(_records(written[earlier]), _records(written[changed]), strict=True):
        if _shown(old) != _shown(new):
            seen = f"{_shown(old)} in {old['vintage']}, {_shown(new)} in {new['vintage']}"
            findings.append(_of(_rule_of(old, new), new, seen))
    last = written.drop_duplicates(KEY, keep="last")
    blanks = rows[blank].drop_duplicates(KEY, keep="last")
    both = blanks.merge(last[[*KEY, "vintage"]], on=KEY, suffixes=("", "_before"))
    for row in _records(both[both["vintage"] > both["vintage_before"]]):
        findings.append(_of(BLANK_AFTER_FIGURE, row, f"blank; the figure of {row['vintage_before']} is kept"))
    chosen = pd.concat([last, blanks]).drop_duplicates(KEY, keep="first")
    return chosen.sort_values(KEY).reset_index(drop=True), findings


def _rule_of(old: Mapping[Hashable, Any], new: Mapping[Hashable, Any]) -> Rule:
    """Whether a revision is noted, or asked about."""
    # The figure of a mark is NaN: no change is measured from it or to it.
    much = revised_much(float(old["figure"]), float(new["figure"]), query_policy())
    return RULES[revised_much.__name__] if much else REVISED


def _shown(row: Mapping[Hashable, Any]) -> str:
    status = Status(row["status"])
    return f"{float(row['figure']):g}" if status is Status.GIVEN else status.symbol


def _of(rule: Rule, row: Mapping[Hashable, Any], seen: str) -> Finding:
    return Finding.of(
        rule,
        seen,
        file=row["label"],
        line=int(row["line"]),
        authority=row["authority"],
        period=row["period"],
        measure=row["measure"],
    )
