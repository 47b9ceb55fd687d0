"""What a cell could have told: a series of few children finds nothing, and its silence says nothing either."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

from analysis.signals.panel import Array, Kind, Panel, usual
from analysis.signals.tiers import Asked, Tier

FOUND_AT = 0.002
"""The p below which a cell is counted as found. In a quarter of a few hundred cells of which some have moved,
Benjamini and Hochberg's rule at one in ten comes to about that."""
HOW_OFTEN = 0.8
TOO_FEW = 0.8
"""A relative shift: where not even one of 80 per cent would be found four times in five, nothing is said."""


def smallest_shift(panels: Sequence[Panel], question: Asked, error: Array, freedom: Array) -> Array:
    """The relative change that would be found four times in five.

    Parameters
    ----------
    panels, question
        As `screen.screen`.
    error, freedom
        Of the estimates: series by authority.

    Returns
    -------
    array
        Series by authority: 0.35 is 35 per cent more (of a percentage above a half: less). Of a drift it is what it
        comes to from the first quarter to the last. Where there never was an event no change of it can be found:
        infinite. NaN where there is no reading.
    """
    needed = error * (stats.t.isf(FOUND_AT / 2.0, freedom) + stats.t.isf(1.0 - HOW_OFTEN, freedom))
    start, end = np.zeros(needed.shape), needed
    if question.tier is Tier.DRIFT:
        # Distances are from an authority's usual figure, which a drift crosses half-way.
        end = needed * (len(question.design) - 1) / 2.0
        start = -end
    sizes = np.cumsum([0, *(len(panel.events) for panel in panels)])
    parts = [_relative(panel, start[a:b], end[a:b]) for panel, a, b in zip(panels, sizes, sizes[1:], strict=False)]
    never = np.concatenate([np.where(panel.given, panel.events, 0.0).max(axis=2, initial=0.0) for panel in panels]) == 0
    return np.where(never & ~np.isnan(needed), np.inf, np.concatenate(parts))


def _relative(panel: Panel, start: Array, end: Array) -> Array:
    """Two distances from the usual figure (`panel.distance`) as a relative change of the figure."""
    if panel.kind is Kind.PERCENTAGE:
        return _relative_share(usual(panel), start, end)
    root = 3.0 if panel.kind is Kind.DURATION else 2.0
    ratio = (1.0 + end / root) / np.maximum(1.0 + start / root, 1e-12)
    return np.where(1.0 + start / root <= 0.0, np.inf, ratio**root - 1.0)


def _relative_share(angle: Array, start: Array, end: Array) -> Array:
    """The same of a percentage: a low one rises, a high one falls."""
    way = np.where(angle <= np.pi / 4.0, 1.0, -1.0)
    first, last = angle + way * start, angle + way * end
    whole = np.pi / 2.0
    before, after = (np.sin(np.clip(one, 0.0, whole)) ** 2 for one in (first, last))
    # Where the figure would have to leave the scale, no change is large enough.
    beyond = (np.minimum(first, last) < 0.0) | (np.maximum(first, last) > whole)
    reached = np.abs(after - before) / np.maximum(before, 1e-9)
    return np.where(np.isnan(end), np.nan, np.where(beyond, np.inf, reached))
