"""What a cell could have told: a series of few children finds nothing, and its silence says nothing either."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

from analysis.signals.panel import Array, Kind, Panel, usual
from analysis.signals.tiers import Asked

HOW_OFTEN = 0.8
TOO_FEW = 0.8
"""A relative shift: where not even one of 80 per cent would be found four times in five, nothing is said."""


def smallest_shift(panels: Sequence[Panel], question: Asked, error: Array, freedom: Array, found_at: float) -> Array:
    """The relative change that would be found four times in five.

    Parameters
    ----------
    panels, question
        As `screen.screen`.
    error, freedom
        Of the estimates: series by authority.
    found_at
        The p below which a cell is found (`screen.prompts_alone`).

    Returns
    -------
    array
        Series by authority: 0.35 is 35 per cent more (of a percentage above a half: less). Of a drift it is what it
        comes to from the first quarter to the last. NaN where there is no reading.
    """
    bound, beyond = stats.t.isf(found_at / 2.0, freedom), stats.t.isf(1.0 - HOW_OFTEN, freedom)
    column = question.design[:, -1]
    sizes = np.cumsum([0, *(len(panel.events) for panel in panels)])
    return np.concatenate([
        _of_percentages(panel, column, (error * (bound + beyond))[a:b])
        if panel.kind is Kind.PERCENTAGE
        else _of_counts(panel, column, (error * bound)[a:b], (error * beyond)[a:b])
        for panel, a, b in zip(panels, sizes, sizes[1:], strict=False)
    ])  # fmt: skip


def _of_counts(panel: Panel, column: Array, bound: Array, beyond: Array) -> Array:
    """The distance needed as a relative change of a count or an average.

    Distances are set over an authority's usual figure (`panel.distance`), which goes some of the way with it; and what
    rose swings more widely than before.
    """
    root = 3.0 if panel.kind is Kind.DURATION else 2.0
    rise = _times(column, (bound + beyond) / root)
    return _times(column, (bound + beyond * rise) / root) ** root - 1.0


def _times(column: Array, needed: Array) -> Array:
    middle = column.sum() / max(len(column), 1)
    start, end = (1.0 + needed * (most - middle) for most in (column.min(initial=0.0), column.max(initial=0.0)))
    return np.where(start <= 0.0, np.inf, end / np.maximum(start, 1e-12))


def _of_percentages(panel: Panel, column: Array, needed: Array) -> Array:
    """The same of a percentage: a low one rises, a high one falls."""
    angle = usual(panel)
    way = np.where(angle <= np.pi / 4.0, 1.0, -1.0)
    first, last = (angle + way * needed * most for most in (column.min(initial=0.0), column.max(initial=0.0)))
    whole = np.pi / 2.0
    before, after = (np.sin(np.clip(one, 0.0, whole)) ** 2 for one in (first, last))
    # Where the figure would have to leave the scale, no change is large enough.
    beyond = (np.minimum(first, last) < 0.0) | (np.maximum(first, last) > whole)
    reached = np.abs(after - before) / np.maximum(before, 1e-9)
    return np.where(np.isnan(needed), np.nan, np.where(beyond, np.inf, reached))
