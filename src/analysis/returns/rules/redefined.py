"""What a change of definition explains: a jump where an authority began to count in another way."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.reference.changes.breaks import Break
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.returns.rules.findings import by_severity
from analysis.returns.rules.history import jump, ten_fold, zero_after_never_zero
from analysis.returns.rules.rule import Severity

LOOK_BACK = frozenset(rule.__name__ for rule in (jump, ten_fold, zero_after_never_zero))
"""Rules that set a figure beside those of earlier quarters."""
QUARTERS = 4
"""For so long after a change the earlier definition is among what a figure is set beside (`rules/history.py`)."""


def redefined(findings: pd.DataFrame, breaks: Iterable[Break], registry: Registry) -> pd.DataFrame:
    """Make notes of queries that set a figure beside figures of an earlier definition.

    Parameters
    ----------
    findings
        As `findings.findings_frame` returns.
    breaks
        The changes of definition in force.
    registry
        Knows the measures that each indicator is made of.

    Returns
    -------
    DataFrame
        The same columns, nothing left out. `seen` of each that became a note ends with the quarter of the change.
    """
    told = findings.copy()
    queries = findings["severity"].eq(Severity.QUERY) & findings["rule"].isin(LOOK_BACK)
    for one in breaks:
        series = registry.indicators[one.indicator].series
        measures = {name for each in series for name in (each.numerator, each.denominator) if name}
        quarters = {str(quarter) for quarter in span(one.first)}
        explained = (
            queries
            & findings["authority"].eq(one.authority)
            & findings["measure"].isin(measures)
            & findings["period"].isin(quarters)
            & told["severity"].eq(Severity.QUERY)
        )
        told.loc[explained, "severity"] = str(Severity.NOTE)
        told.loc[explained, "seen"] += f" (counted by another definition from {one.first})"
    return by_severity(told)


def span(first: Quarter) -> list[Quarter]:
    """The quarter of a change and those after it that are set beside earlier ones."""
    return [first.shift(number) for number in range(QUARTERS)]
