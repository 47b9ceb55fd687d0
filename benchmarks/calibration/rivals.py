"""The usual methods, for the same cells: each says which latest quarters it would flag, or gives a p."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import stats

from analysis.signals.panel import Array, Kind, Mask, Panel

Flags = Callable[[Panel], Mask]


def shown(panel: Panel) -> Array:
    """The figures as a chart would show them: rates, shares, days."""
    with np.errstate(invalid="ignore", divide="ignore"):
        if panel.kind is Kind.DURATION:
            return panel.events
        return np.where(panel.base > 0, panel.events / panel.base, np.nan)


def robust_z(panel: Panel) -> Mask:
    """More than 3.5 median absolute deviations from the median of the quarters before."""
    values = shown(panel)
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = _over_time(np.nanmedian, values[..., :-1])
        spread = 1.4826 * _over_time(np.nanmedian, np.abs(values[..., :-1] - middle[..., None]))
        return np.abs(values[..., -1] - middle) > 3.5 * np.maximum(spread, 1e-12)


def own_history(panel: Panel) -> Mask:
    """Poisson or binomial against the quarters before, p < 0.002: chance is all that it knows. None for days."""
    if panel.kind is Kind.DURATION:
        return np.zeros(panel.events.shape[:2], dtype=bool)
    x, n = panel.events[..., -1], panel.base[..., -1]
    earlier, over = np.nansum(panel.events[..., :-1], axis=2), np.nansum(panel.base[..., :-1], axis=2)
    with np.errstate(invalid="ignore", divide="ignore"):
        if panel.kind is Kind.PERCENTAGE:
            pooled = (x + earlier) / (n + over)
            z = (x / n - earlier / over) / np.sqrt(pooled * (1 - pooled) * (1 / n + 1 / over))
        else:
            share = n / (n + over)
            z = (x - (x + earlier) * share) / np.sqrt((x + earlier) * share * (1 - share))
        return 2 * stats.norm.sf(np.abs(z)) < 0.002


def ewma(panel: Panel, weight: float = 0.3, limit: float = 3.0, base: int = 8) -> Mask:
    """An exponentially weighted average beyond three standard errors of a base of eight quarters."""
    values = shown(panel)
    level, spread = (_over_time(how, values[..., :base]) for how in (np.nanmean, np.nanstd))
    average = level.copy()
    for quarter in range(base, values.shape[2]):
        now = np.where(np.isnan(values[..., quarter]), average, values[..., quarter])
        average = weight * now + (1 - weight) * average
    with np.errstate(invalid="ignore"):
        return np.abs(average - level) > limit * spread * np.sqrt(weight / (2 - weight))


def mann_kendall(panel: Panel) -> Array:
    """The two-sided p of each series' own trend, with continuity; gaps are left out."""
    values = shown(panel)
    quarters = values.shape[2]
    score = np.zeros(values.shape[:2])
    for earlier in range(quarters):
        for later in range(earlier + 1, quarters):
            with np.errstate(invalid="ignore"):
                score += np.nan_to_num(np.sign(values[..., later] - values[..., earlier]))
    n = (~np.isnan(values)).sum(axis=2)
    variance = n * (n - 1) * (2 * n + 5) / 18
    z = np.where(score == 0, 0.0, (np.abs(score) - 1) / np.sqrt(np.maximum(variance, 1)))
    return np.where(n >= 8, 2 * stats.norm.sf(z), np.nan)


def _over_time(how: Callable[..., Array], values: Array) -> Array:
    """Over the quarters that there are; NaN where there is none (numpy would warn of it)."""
    there = ~np.isnan(values)
    found: Array = how(np.where(there.any(axis=2, keepdims=True), values, 0.0), axis=2)
    return np.where(there.any(axis=2), found, np.nan)
