"""Whether the region as a whole has moved: one test for a flow, and description alone for a stock."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import stats

from analysis.signals.panel import Array
from analysis.signals.tiers import FEWEST_AUTHORITIES, FEWEST_QUARTERS, Tier


@dataclass(frozen=True)
class RegionalTrend:
    """One series of a region."""

    slope: float
    """The median of the authorities' Sen slopes, in the figures' own unit by quarter; NaN where there is none."""
    statistic: float
    """The sum of the authorities' Mann-Kendall S; NaN where nothing is tested."""
    p: float
    authorities: int
    """How many took part in the test: those without a gap."""


def regional_trend(values: Array, *, tested: bool = True) -> RegionalTrend:
    """A trend over all authorities of a region together.

    Parameters
    ----------
    values
        Authorities by quarters; NaN where missing. Who has a gap takes no part in the test: the covariance between
        authorities would be of other quarters than their own.
    tested
        False of a stock: its quarters hang together so closely that every test cries wolf. Its slope is told, without
        a p.

    Notes
    -----
    Authorities move together, so that the sum of their S has a larger variance than theirs added up: Dietz and Killeen
    (1981), as Libiseller and Grimvall (2002) use it. A season stays in the figures. It costs some power; but season by
    season (Hirsch and Slack 1984) four or five years find nothing, and a season that is first estimated and taken out
    leaves many more false trends than it should. Swings that last long do so too (`docs/methods/signals.md`).
    """
    values = np.asarray(values, dtype=float)
    slopes = [slope for row in values if not np.isnan(slope := sen_slope(row))]
    slope = float(np.median(slopes)) if slopes else float("nan")
    whole = values[~np.isnan(values).any(axis=1)]
    if not tested or len(whole) < FEWEST_AUTHORITIES or whole.shape[1] < FEWEST_QUARTERS[Tier.DRIFT]:
        return RegionalTrend(slope, float("nan"), float("nan"), len(whole))
    return RegionalTrend(slope, *_kendall(whole), len(whole))


def sen_slope(values: Array) -> float:
    """Theil and Sen's slope: the median of the slopes between any two quarters; gaps keep their place in time."""
    there = np.flatnonzero(~np.isnan(values))
    if len(there) < 2:
        return float("nan")
    slopes = [(values[b] - values[a]) / (b - a) for a, b in combinations(there, 2)]
    return float(np.median(slopes))


def _kendall(values: Array) -> tuple[float, float]:
    """The sum of all S and its two-sided p, by the covariance between all pairs of series."""
    signs = np.sign(values[:, None, :] - values[:, :, None])
    scores = np.triu(signs).sum(axis=(1, 2))
    ranks = (values.shape[1] + 1 + signs.sum(axis=1)) / 2.0
    n = values.shape[1]
    pairs = np.einsum("aij,bij->ab", np.triu(signs), np.triu(signs))
    together = (pairs + 4.0 * ranks @ ranks.T - len(ranks[0]) * (n + 1) ** 2) / 3.0
    variance, total = float(together.sum()), float(scores.sum())
    if variance <= 0:
        return total, 1.0
    z = (abs(total) - 1.0) / np.sqrt(variance) if total else 0.0
    return total, float(2.0 * stats.norm.sf(max(z, 0.0)))
