"""Each authority's own noisiness, shrunk to that of all: who is always restless prompts nobody each quarter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.special import digamma, polygamma

from analysis.signals.mean_of_given import mean_of_given
from analysis.signals.panel import Array
from analysis.signals.tails import tails_of

FIRMEST, LOOSEST = 12.0, 4.0
"""The least and the most that an authority's own figures may weigh against those of all, in degrees of freedom of the
latter. Where authorities seem alike the estimate would run off: at 12 the tails stay those of a Student t."""
FEWEST = 4
LARGEST_FIT = 3.0
"""Beyond which a fit does not raise its series' level any further: one restless authority is not the series."""
LEAST_FIT = 0.15
"""Nobody's own figures are believed to swing less than this part of chance: a series that stood still for years, and
then moved by one child, tells nothing of how much it swings."""
_TRIED = np.exp(np.linspace(np.log(LOOSEST), np.log(FIRMEST), 100))


@dataclass(frozen=True)
class Moderated:
    """Series by authority, NaN where there is no reading."""

    z: Array
    """The estimate over its standard error."""
    p: Array
    """Two-sided, of a Student t."""
    error: Array
    """The standard error."""
    freedom: Array


def moderate(
    estimate: Array, variance: Array, fit: Array, freedom: Array, residuals: Array, peak: float = 1.0
) -> Moderated:
    """Standard errors in which an authority's own noisiness counts as far as there are figures to tell it.

    Parameters
    ----------
    estimate, variance, fit, freedom, residuals
        As `contrast.Contrast` has them; all series of a quarter, whatever their kind.
    peak
        How far the estimates hang on single quarters (`tiers.Asked.peak`).

    Notes
    -----
    How much authorities differ is told by the scatter of the logarithms of their fits, over what `freedom` alone would
    give (Smyth 2004). The p is of a Student t as heavy as what is left of all the quarter's figures. A series in which
    nobody ever moves tells nothing of noisiness or tails: its errors are as large as expected, and not nought.
    """
    prior = _prior(fit, freedom)
    level = mean_of_given(np.minimum(fit, LARGEST_FIT))[..., None]
    own = prior + freedom
    shrunk = np.maximum(np.where(level == 0.0, 1.0, (prior * level + freedom * fit) / own), LEAST_FIT)
    moving = np.where(level[..., None] == 0.0, np.nan, _studentised(residuals, shrunk, freedom, own))
    tails = tails_of(moving)
    known, scale = (own, np.ones_like(own)) if tails is None else tails.of_a_mean(peak, own)
    error = scale * np.sqrt(variance * shrunk)
    z = estimate / error
    return Moderated(z, 2.0 * stats.t.sf(np.abs(z), known), error, known)


def _studentised(residuals: Array, shrunk: Array, freedom: Array, own: Array) -> Array:
    """What is left of each figure, in standard deviations in which it has no say itself.

    Two of an authority's figures went into its level and into what is asked: what is left is too small by their share.
    """
    whole = residuals * np.sqrt((freedom + 2.0) / freedom)[..., None]
    others = (shrunk * own)[..., None] - residuals**2
    return whole / np.sqrt(np.maximum(others, 1e-9) / (own[..., None] - 1.0))


def _prior(fit: Array, freedom: Array) -> float:
    told = ~np.isnan(fit) & (freedom >= FEWEST) & (fit > 0)
    if told.sum() < 2:
        return FIRMEST
    half = freedom / 2.0
    logs = np.where(told, np.log(np.where(told, fit, 1.0)) - digamma(half) + np.log(half), np.nan)
    off = logs - mean_of_given(logs)[..., None]
    sizes = told.sum(axis=-1, keepdims=True)
    by_size = np.where(sizes > 1, sizes / np.maximum(sizes - 1, 1), 1.0)
    scatter = np.nanmean(np.where(told, off**2 * by_size, np.nan)) - np.mean(polygamma(1, half)[told])
    return float(_TRIED[np.argmin(np.abs(polygamma(1, _TRIED / 2.0) - max(scatter, 0.0)))])
