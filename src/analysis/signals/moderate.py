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
POOLED = 2.0
"""What is pooled over all authorities of a series: how large their swings are, and how long they last."""
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
    give (Smyth 2004). Where those of a series differ much, few of them decide what is pooled over it, and it fits none
    of the others well (`_unsure`): errors are wider by that, and known with less freedom. The p is of a Student t as
    heavy as what is left of all the quarter's figures. A series in which nobody ever moves tells nothing of noisiness
    or tails: its errors are as large as expected, and not nought.
    """
    logs = _logarithms(fit, freedom)
    prior, unsure = _prior(logs, freedom), POOLED * _unsure(logs, freedom)[..., None]
    level = mean_of_given(np.minimum(fit, LARGEST_FIT))[..., None]
    own = prior + freedom
    shrunk = np.maximum(np.where(level == 0.0, 1.0, (prior * level + freedom * fit) / own), LEAST_FIT)
    moving = np.where(level[..., None] == 0.0, np.nan, _studentised(residuals, shrunk, freedom, own))
    tails, known = tails_of(moving), np.maximum(1.0 / (1.0 / own + unsure), LOOSEST)
    known, scale = (known, np.ones_like(own)) if tails is None else tails.of_a_mean(peak, known)
    error = scale * np.sqrt(variance * shrunk * (1.0 + unsure))
    z = estimate / error
    return Moderated(z, 2.0 * stats.t.sf(np.abs(z), known), error, known)


def _studentised(residuals: Array, shrunk: Array, freedom: Array, own: Array) -> Array:
    """What is left of each figure, in standard deviations in which it has no say itself.

    Two of an authority's figures went into its level and into what is asked: what is left is too small by their share.
    """
    whole = residuals * np.sqrt((freedom + 2.0) / freedom)[..., None]
    others = (shrunk * own)[..., None] - residuals**2
    return whole / np.sqrt(np.maximum(others, 1e-9) / (own[..., None] - 1.0))


def _logarithms(fit: Array, freedom: Array) -> Array:
    """Of the fits, less what so much freedom takes off them on average; NaN where there are too few figures."""
    told = ~np.isnan(fit) & (freedom >= FEWEST) & (fit > 0)
    half = freedom / 2.0
    return np.where(told, np.log(np.where(told, fit, 1.0)) - digamma(half) + np.log(half), np.nan)


def _prior(logs: Array, freedom: Array) -> float:
    told = ~np.isnan(logs)
    if told.sum() < 2:
        return FIRMEST
    off = logs - mean_of_given(logs)[..., None]
    sizes = told.sum(axis=-1, keepdims=True)
    by_size = np.where(sizes > 1, sizes / np.maximum(sizes - 1, 1), 1.0)
    by_chance = polygamma(1, freedom / 2.0)[told]
    scatter = np.nanmean(np.where(told, off**2 * by_size, np.nan)) - np.mean(by_chance)
    return float(_TRIED[np.argmin(np.abs(polygamma(1, _TRIED / 2.0) - max(scatter, 0.0)))])


def _unsure(logs: Array, freedom: Array) -> Array:
    """By series: the variance, as a part of it, of a thing pooled over authorities beyond what those alike would leave.

    Of n authorities whose variances are scattered by v in their logarithms as many as n / exp(v) alike ones tell a mean
    (Kish 1965, of unequal weights). Mean distances tell v, and not squares, so that a wild one does not decide it.
    """
    sizes = (~np.isnan(logs)).sum(axis=-1)
    off = mean_of_given(np.abs(logs - mean_of_given(logs)[..., None]))
    by_chance = mean_of_given(np.where(np.isnan(logs), np.nan, polygamma(1, freedom / 2.0)))
    scatter = np.pi / 2.0 * off**2 * sizes / np.maximum(sizes - 1, 1) - by_chance
    most = np.log(np.maximum(sizes, 1))
    unsure: Array = np.expm1(np.clip(np.nan_to_num(scatter), 0.0, most)) / np.maximum(sizes, 1)
    return unsure
