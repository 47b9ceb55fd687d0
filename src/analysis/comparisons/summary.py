"""What a group's figures come to: pooled, mean and median, each of those who reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparisons.snapshot import Snapshot
from analysis.reference.indicators import Indicator
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

COLUMNS = ["period", "series", "window", "n", "n_missing", "mean", "median", "pooled"]


@dataclass(frozen=True)
class Summary:
    """One number for each authority whose group is summed up; NaN where nobody in it reported."""

    n: npt.NDArray[np.int64]
    mean: Values
    median: Values
    pooled: Values


def summary(figures: Snapshot, among: Mask, multiplier: float | None) -> Summary:
    """The summary of each row of `among`.

    Parameters
    ----------
    figures
        Everybody's figures.
    among
        Groups by authorities: whose figures belong to which group.
    multiplier
        Of the series (10,000 for a rate, 100 for a percentage, 1 for days); None for a number, which has no pooled
        figure: a sum over those who reported would fall with each return that is missing.

    Returns
    -------
    Summary
        `mean` is unweighted, as LAIT's for neighbours; `median` as the CSC dashboard's; `pooled` is the sum of the
        numerators over the sum of the denominators of those who have both, so that nobody's children are in the
        denominator without those counted in the numerator. It is the group's own rate; a mean of rates is not. NaN
        where somebody has a figure without its parts (DfE publishes some): then it would be of fewer than `n`.
    """
    have = among & ~np.isnan(figures.value)
    n = have.sum(axis=1)
    reported = n > 0
    spread = np.where(have, figures.value, np.nan)
    mean, median, pooled = (np.full(len(n), np.nan) for _ in range(3))
    mean[reported] = np.nanmean(spread[reported], axis=1)
    median[reported] = np.nanmedian(spread[reported], axis=1)
    both = among & ~np.isnan(figures.numerator) & ~np.isnan(figures.denominator)
    numerators = np.where(both, figures.numerator, 0.0).sum(axis=1)
    denominators = np.where(both, figures.denominator, 0.0).sum(axis=1)
    all_of_them = ~(have & ~both).any(axis=1)
    if multiplier is not None:
        np.divide(numerators * multiplier, denominators, out=pooled, where=all_of_them & (denominators > 0))
    return Summary(n, mean, median, pooled)


def summarise(
    indicators: pd.DataFrame, registry: Registry, members: Sequence[str], periods: Sequence[Quarter]
) -> pd.DataFrame:
    """A fixed group's figures for every headline over time.

    Parameters
    ----------
    members
        The group: for a region, its rank set.
    periods
        The quarters wanted.

    Returns
    -------
    DataFrame
        `period, series, window, n, n_missing, mean, median, pooled`, sorted; one row for each headline of the
        registry in its own window and each period, also where nobody reported.
    """
    codes = tuple(members)
    at = headline_snapshots(indicators, registry, codes, periods)
    everyone = np.ones((1, len(codes)), dtype=bool)
    rows = []
    for indicator in registry.indicators.values():
        for period in periods:
            found = summary(at[indicator.id, str(period)], everyone, pooling(indicator))
            rows.append(
                (
                    str(period),
                    indicator.headline,
                    indicator.window.value,
                    int(found.n[0]),
                    len(codes) - int(found.n[0]),
                    *(float(column[0]) for column in (found.mean, found.median, found.pooled)),
                )
            )
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values(["period", "series"], ignore_index=True)


def headline_snapshots(
    indicators: pd.DataFrame, registry: Registry, authorities: tuple[str, ...], periods: Sequence[Quarter]
) -> dict[tuple[str, str], Snapshot]:
    """By indicator and period: the headline in the registry's window, for these authorities."""
    windows = {indicator.headline: indicator.window.value for indicator in registry.indicators.values()}
    wanted = (
        indicators["authority"].isin(authorities)
        & indicators["period"].isin([str(period) for period in periods])
        & (indicators["series"].map(windows) == indicators["window"])
    )
    rows = indicators[wanted]
    groups = dict(iter(rows.groupby(["series", "period"], sort=False)))
    nobody = rows.iloc[:0]
    return {
        (indicator.id, str(period)): Snapshot.of(groups.get((indicator.headline, str(period)), nobody), authorities)
        for indicator in registry.indicators.values()
        for period in periods
    }


def pooling(indicator: Indicator) -> float | None:
    """The multiplier of the headline's pooled figure; None where a headline is a number."""
    headline = indicator.headline_series
    return headline.multiplier if headline.denominator is not None else None
