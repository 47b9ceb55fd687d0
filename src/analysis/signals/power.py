"""What a cell could have told: a series of few children finds nothing, and its silence says nothing either."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import stats

from analysis.signals.panel import Array, Kind, Panel, relative, usual
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
        comes to from the first quarter to the last. NaN where there is no reading.
    """
    needed = error * (stats.t.isf(FOUND_AT / 2.0, freedom) + stats.t.isf(1.0 - HOW_OFTEN, freedom))
    if question.tier is Tier.DRIFT:
        needed = needed * (len(question.design) - 1)
    sizes = np.cumsum([0, *(len(panel.events) for panel in panels)])
    parts = [_smallest(panel, needed[sizes[i] : sizes[i + 1]]) for i, panel in enumerate(panels)]
    return np.concatenate(parts)


def _smallest(panel: Panel, apart: Array) -> Array:
    if panel.kind is not Kind.PERCENTAGE:
        return relative(panel, apart)
    angle = usual(panel)
    low = angle <= np.pi / 4.0
    # Where the figure would have to leave the scale, no change is large enough.
    beyond = np.where(low, angle + apart > np.pi / 2.0, angle - apart < 0.0)
    return np.where(beyond, np.inf, np.abs(relative(panel, np.where(low, apart, -apart))))
