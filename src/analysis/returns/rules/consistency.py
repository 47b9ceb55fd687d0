"""The rules about figures beside each other, once each authority, quarter and measure has one."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.reference.status import Status
from analysis.returns.rules.findings import Finding
from analysis.returns.rules.rule import RULES, Severity, declare, rule

_Test = Callable[["pd.Series[float]", "pd.Series[float]"], "pd.Series[bool]"]

# Annex A sets these beside a base that they are no part of: the conferences follow enquiries that may be of the quarter
# before, and the children adopted have left the ones still looked after.
NOT_A_PART = frozenset({"icpc_15_days", "adopted"})
FURTHER_PARTS = (("cpp_second_2_years", "cpp_second_ever"),)
"""Parts and wholes of which the registry makes no percentage."""


@rule(
    Severity.REFUSE,
    "cell",
    remedy="ask for both figures; until then the part is not used, and the whole is",
)
def part_above_whole(part: pd.Series[float], whole: pd.Series[float]) -> pd.Series[bool]:
    """A part is at most its whole.

    Re-referrals are referrals, assessments in 45 days are assessments, second plans are plans starting (and those
    within 2 years are among those ever), waits under 14 months are among the children of A3.
    """
    return part > whole


@rule(Severity.QUERY, "cell", remedy="ask for both figures; they are used as they are")
def above_its_base(part: pd.Series[float], whole: pd.Series[float]) -> pd.Series[bool]:
    """A count is rarely above the one that it is a percentage of, even where it is no part of it.

    So with conferences and section 47 enquiries, and with children adopted and children looked after (Annex A).
    """
    return part > whole


@rule(Severity.QUERY, "cell", remedy="ask how many children the average is of")
def days_without_children(days: pd.Series[float], children: pd.Series[float]) -> pd.Series[bool]:
    """An average of days (A1, A2) comes with the number of children behind it; without it, it cannot be added up."""
    return days.notna() & ~(children > 0)


MISSING_RETURN = declare(
    "missing_return",
    Severity.QUERY,
    "cell",
    policy="Every authority that takes part sends a return for the quarter (S0 5.5.4 ii).",
    remedy="ask for the return",
)
MISSING_MEASURE = declare(
    "missing_measure",
    Severity.QUERY,
    "cell",
    policy="A return has every measure, for the quarter of the report. A blank is missing, and never zero.",
    remedy="ask for the figure, for 0, or for a mark that says why there is none",
)
NO_FIGURE = declare(
    "no_figure",
    Severity.NOTE,
    "cell",
    policy="A mark stands where a figure is expected, for the quarter of the report.",
    remedy="nothing, if the reason is known; the mark is shown in place of the figure",
)


def check_parts(chosen: pd.DataFrame, registry: Registry) -> tuple[pd.Series[bool], list[Finding]]:
    """Hold parts against their wholes, and averages against their children.

    Parameters
    ----------
    chosen
        One row for each authority, quarter and measure, as `resolve` returns.
    registry
        Says which percentages there are, and which measures are averages.

    Returns
    -------
    refused, findings
        Which rows of `chosen` are not used (parts above their wholes), and the findings.
    """
    refused = pd.Series(False, index=chosen.index)
    findings: list[Finding] = []
    # One row for each authority and quarter, one column for each measure: the figures, and the rows that hold them.
    wide = chosen.assign(row=chosen.index).pivot(
        index=["authority", "period"], columns="measure", values=["figure", "row"]
    )
    wide = wide.reindex(columns=pd.MultiIndex.from_product([["figure", "row"], registry.measures]))
    for (measure, other), test in pairs(registry).items():
        figures, beside = wide["figure", measure].astype("float64"), wide["figure", other].astype("float64")
        broken = test(figures, beside)
        for place in broken.index[broken]:
            row = int(wide.loc[place, ("row", measure)])
            refused[row] |= RULES[test.__name__].severity == Severity.REFUSE
            by = "no figure" if pd.isna(beside[place]) else f"{beside[place]:g}"
            findings.append(_of(test.__name__, chosen.iloc[row], f"{figures[place]:g}, beside {by} of {other}"))
    return refused, findings


def pairs(registry: Registry) -> dict[tuple[str, str], _Test]:
    """Each part and its whole, and each average and its children, with the rule that holds them against each other."""
    found: dict[tuple[str, str], _Test] = {
        (series.numerator, series.denominator): above_its_base if series.numerator in NOT_A_PART else part_above_whole
        for series in registry.all_series()
        if series.kind == "percentage" and series.denominator is not None
    }
    found |= {pair: part_above_whole for pair in FURTHER_PARTS if set(pair) <= registry.measures.keys()}
    found |= {
        (one.id, one.weight): days_without_children for one in registry.measures.values() if one.weight is not None
    }
    return found


def nobody_to_average(checked: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """The grid with the averages of days that are not applicable, since the number of children is 0."""
    weights = {one.id: one.weight for one in registry.measures.values() if one.weight is not None}
    figures = checked.set_index(["authority", "period", "measure"])["value"]
    beside = checked[["authority", "period"]].assign(measure=checked["measure"].map(weights))
    children = figures.reindex(pd.MultiIndex.from_frame(beside)).to_numpy()
    nobody = (children == 0) & checked["status"].eq(Status.NOT_SUBMITTED)
    return checked.assign(status=checked["status"].mask(nobody, str(Status.NOT_APPLICABLE)))


def missing(checked: pd.DataFrame, chosen: pd.DataFrame, period: Quarter) -> list[Finding]:
    """What the report's quarter lacks: whole returns, measures, and figures for which a mark stands.

    Parameters
    ----------
    checked
        The complete grid.
    chosen
        The rows that were sent, as `resolve` returns.
    period
        The report's quarter.
    """
    now = checked[checked["period"] == str(period)]
    absent = now[now["status"] == Status.NOT_SUBMITTED]
    gone = now["status"].eq(Status.NOT_SUBMITTED).groupby(now["authority"]).all()
    nothing = set(gone.index[gone])
    findings = [
        Finding.of(MISSING_RETURN, f"nothing from {authorities()[code].name}", authority=code, period=str(period))
        for code in sorted(nothing)
    ]
    sent = chosen[chosen["period"] == str(period)]
    blank = {
        (str(row["authority"]), str(row["measure"])): row
        for _, row in sent[sent["status"].eq(Status.NOT_SUBMITTED)].iterrows()
    }
    for authority, measure in absent.loc[~absent["authority"].isin(nothing), ["authority", "measure"]].to_numpy():
        row = blank.get((authority, measure))
        findings.append(
            _of(MISSING_MEASURE.id, row, "blank")
            if row is not None
            else Finding.of(MISSING_MEASURE, "no row", authority=authority, period=str(period), measure=measure)
        )
    marked = sent[~sent["status"].isin([Status.GIVEN, Status.NOT_SUBMITTED])]
    findings += [_of(NO_FIGURE.id, row, Status(row["status"]).symbol) for _, row in marked.iterrows()]
    return findings


def _of(rule_id: str, row: pd.Series[str], seen: str) -> Finding:
    return Finding.of(
        RULES[rule_id],
        seen,
        file=row["label"],
        line=int(row["line"]),
        authority=row["authority"],
        period=row["period"],
        measure=row["measure"],
    )
