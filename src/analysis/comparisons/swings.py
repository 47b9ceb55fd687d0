"""How far each indicator's figures swing about an authority's own level: what an interval of a position needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.reference.changes.breaks import Break, breaks_of
from analysis.reference.indicators import Indicator, Window
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.reference.status import Status
from analysis.uncertainty.noise import estimate_noise

Values = npt.NDArray[np.float64]

HISTORIES = (16, 12, 8)
"""Quarters: the longest in which authorities have every figure is taken."""


def swings(
    indicators: pd.DataFrame,
    registry: Registry,
    authorities: Sequence[str],
    period: Quarter,
    breaks: Sequence[Break] = (),
) -> Mapping[str, float]:
    """The swings of every indicator's headline, from its quarterly figures.

    Parameters
    ----------
    indicators
        The indicators stage. Of a headline of 12 months the quarters are taken: overlapping windows hang together.
        Populations change by little beside what is measured here; each quarter's own edition will do.
    authorities
        Whose figures tell it; who lacks one in a history takes no part in that history.
    period
        The newest quarter.
    breaks
        Figures of an earlier definition are left out.

    Returns
    -------
    dict
        By indicator, on the scale of its kind (`uncertainty.noise.estimate_noise`). NaN where 8 quarters are not to
        be had, and for a headline that is a number.
    """
    quarters = period.back(HISTORIES[0])
    given = indicators[
        (indicators["window"] == Window.QUARTER.value)
        & (indicators["status"] == Status.GIVEN.value)
        & indicators["authority"].isin(authorities)
    ]
    by_series = dict(iter(given.groupby("series", sort=False)))
    nobody = given.iloc[:0]
    return {
        indicator.id: _swing(by_series.get(indicator.headline, nobody), indicator, authorities, quarters, breaks)
        for indicator in registry.indicators.values()
    }


def _swing(
    rows: pd.DataFrame,
    indicator: Indicator,
    authorities: Sequence[str],
    quarters: Sequence[Quarter],
    breaks: Sequence[Break],
) -> float:
    kind = indicator.headline_series.kind
    if kind == "number" or rows.empty:
        return float("nan")
    events, base = (_over_time(rows, part, authorities, quarters) for part in ("numerator", "denominator"))
    for at, code in enumerate(authorities):
        begun = (one.first for one in breaks_of(breaks, code, indicator.id) if one.first <= quarters[-1])
        first = max(begun, default=quarters[0])
        events[[quarter < first for quarter in quarters], at] = np.nan
    if kind == "percentage":
        events[events > base] = np.nan
    found = (estimate_noise(events[-length:], base[-length:], kind) for length in HISTORIES)
    return next((one for one in found if not np.isnan(one)), float("nan"))


def _over_time(rows: pd.DataFrame, part: str, authorities: Sequence[str], quarters: Sequence[Quarter]) -> Values:
    """Quarters by authorities."""
    wide = rows.set_index(["period", "authority"])[part].unstack()
    return wide.reindex(index=[str(one) for one in quarters], columns=list(authorities)).to_numpy(
        dtype=float, copy=True
    )
