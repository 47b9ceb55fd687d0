"""One figure for each authority, quarter and measure: what stands twice at one time, what a later vintage revises."""

from __future__ import annotations

import pandas as pd

from analysis.reference.status import Status
from analysis.returns.findings import Finding
from analysis.returns.query_policy import query_policy
from analysis.returns.revisions import revised_much
from analysis.returns.rule import RULES, Rule, Severity, declare

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
    blank = rows["status"] == Status.NOT_SUBMITTED
    # Written figures first, so that of a figure and a blank the figure is the one that stays.
    rows = rows.assign(blank=blank, said=rows["figure"].map(repr).astype("str") + rows["status"])
    ordered = rows.sort_values("blank", kind="stable")
    written = rows[~blank]
    differing = (written.groupby(vintage_key)["said"].transform("nunique") > 1).reindex(rows.index, fill_value=False)
    spoilt = _keys(rows).isin(_keys(rows[differing]))
    repeats = ordered.duplicated(vintage_key).reindex(rows.index) & ~spoilt
    findings = [_of(DUPLICATE, row, "the same key with another figure") for _, row in rows[differing].iterrows()]
    findings += [_of(REPEATED_ROW, row, "the same key again") for _, row in rows[repeats].iterrows()]
    single = rows[~spoilt & ~repeats]
    if single["vintage"].nunique() < 2:
        return single.sort_values(KEY).reset_index(drop=True), differing, findings
    chosen, revisions = _latest(single)
    return chosen, differing, findings + revisions


def _keys(rows: pd.DataFrame) -> pd.Series[str]:
    return rows["vintage"] + "|" + rows["authority"] + "|" + rows["period"] + "|" + rows["measure"]


def _latest(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """The row of the latest vintage, where a blank replaces nothing."""
    blank = rows["status"] == Status.NOT_SUBMITTED
    findings = []
    written = rows[~blank]
    again = written.duplicated(KEY, keep=False)
    for _, group in written[again].groupby(KEY, sort=True):
        for (_, old), (_, new) in zip(group.iloc[:-1].iterrows(), group.iloc[1:].iterrows(), strict=True):
            if _shown(old) != _shown(new):
                seen = f"{_shown(old)} in {old['vintage']}, {_shown(new)} in {new['vintage']}"
                findings.append(_of(_rule_of(old, new), new, seen))
    last = written.drop_duplicates(KEY, keep="last")
    blanks = rows[blank].drop_duplicates(KEY, keep="last")
    both = blanks.merge(last[[*KEY, "vintage", "figure", "status"]], on=KEY, suffixes=("", "_before"))
    for _, row in both[both["vintage"] > both["vintage_before"]].iterrows():
        findings.append(_of(BLANK_AFTER_FIGURE, row, f"blank; the figure of {row['vintage_before']} is kept"))
    chosen = pd.concat([last, blanks]).drop_duplicates(KEY, keep="first")
    return chosen.sort_values(KEY).reset_index(drop=True), findings


def _rule_of(old: pd.Series[str], new: pd.Series[str]) -> Rule:
    """Whether a revision is noted, or asked about."""
    # The figure of a mark is NaN: no change is measured from it or to it.
    much = revised_much(float(old["figure"]), float(new["figure"]), query_policy())
    return RULES[revised_much.__name__] if much else REVISED


def _shown(row: pd.Series[str]) -> str:
    status = Status(row["status"])
    return f"{float(row['figure']):g}" if status is Status.GIVEN else status.symbol


def _of(rule: Rule, row: pd.Series[str], seen: str) -> Finding:
    return Finding.of(
        rule,
        seen,
        file=row["label"],
        line=int(row["line"]),
        authority=row["authority"],
        period=row["period"],
        measure=row["measure"],
    )
