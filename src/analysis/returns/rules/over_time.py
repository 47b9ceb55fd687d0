"""The rules that need the whole grid, in their order, and what they find as findings with file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analysis.reference.registry import Registry
from analysis.returns.rules.as_array import Figures
from analysis.returns.rules.balances import add_up
from analysis.returns.rules.findings import Finding
from analysis.returns.rules.history import Seen, look_back
from analysis.returns.rules.query_policy import QueryPolicy
from analysis.returns.rules.rule import RULES

OVER_TIME = frozenset({
    "ten_fold", "zero_after_never_zero", "jump", "copied_return", "stock_does_not_add_up",
})  # fmt: skip
"""The ids of these rules: what they said falls with the grid that they looked at."""


def over_time(
    checked: pd.DataFrame, labels: Mapping[str, str], registry: Registry, policy: QueryPolicy
) -> list[Finding]:
    """Hold the figures against the quarters before, and stocks against their flows.

    Parameters
    ----------
    checked
        The complete grid, sorted by authority, period and measure; its last period is the report's.
    labels
        Receipt (sha256) to what its file is called.
    registry
        The measures of the grid.
    policy
        The thresholds.
    """
    if checked["value"].notna().sum() == 0:
        return []
    figures = Figures.of(checked, registry)
    seen, explained = look_back(figures, policy)
    found = [*seen, *add_up(explained, policy)]
    return [_finding(one, figures, checked, labels) for one in found]


def _finding(seen: Seen, figures: Figures, checked: pd.DataFrame, labels: Mapping[str, str]) -> Finding:
    found = Finding.of(RULES[seen.rule], seen.words, authority=seen.authority, period=seen.period, measure=seen.measure)
    if not seen.measure:
        return found
    at = (figures.authorities.index(seen.authority) * len(figures.periods)) + figures.periods.index(seen.period)
    cell = checked.iloc[at * len(figures.measures) + figures.measures.index(seen.measure)]
    line = None if pd.isna(cell["source_line"]) else int(cell["source_line"])
    file = labels.get(cell["receipt"], "")
    return replace(found, file=file, line=line, likely=seen.likely)
