"""Swings that all authorities of a region share: whether its mean has moved, although they may have moved it."""

from __future__ import annotations

import numpy as np
from scipy import stats

from analysis.signals.panel import Array, Mask

DEVIATION = np.concatenate([np.arange(0.0, 0.1, 0.01), np.arange(0.1, 0.2, 0.02), np.arange(0.2, 0.41, 0.05)])
"""Standard deviations of a region's common swings that are tried: from nothing to 40 per cent."""
LASTING = np.linspace(0.0, 0.85, 11)
"""Correlations of a common swing from one quarter to the next that are tried. The bound decides much: four or five
years cannot tell a swing that lasts longer from a trend (`docs/methods/signals.md`, "What was tried")."""


def chance_of_trends(means: Array, own: Array, design: Array) -> tuple[Array, Mask]:
    """The two-sided p of the last column of a design in the mean of a region, whatever its common swings.

    Of one region and a few years there is one course of its common swings, and no replicate tells it apart from a
    trend. No single estimate of their size and lasting holds then: each of a grid is taken as often as all series
    together bear it out (the likelihood restricted to what the design leaves free, over a flat prior), and p is the
    mean over them. So a region is asked about as one: its series share the size and lasting of their common swings,
    and not the swings.

    Parameters
    ----------
    means
        Series by quarters: relative figures, meaned over authorities.
    own
        Series by quarter by quarter: the covariance that chance and the authorities' own swings leave in these means.
    design
        Quarters by columns; the last is asked about.

    Returns
    -------
    tuple
        By series: p, and whether the coefficient lies above 0 rather than below.

    Notes
    -----
    The restricted likelihood is that of the figures with the design's coefficients integrated out (Harville 1974); the
    mean over variances in place of the likeliest one is what keeps a test's rate when they are told by few figures
    (Box and Tiao 1973).
    """
    lags = np.abs(np.arange(means.shape[1])[:, None] - np.arange(means.shape[1])[None, :])
    swings = DEVIATION[:, None, None, None] ** 2 * np.power(LASTING[:, None, None], lags)
    likely, below = np.empty((2, len(means), len(DEVIATION), len(LASTING)))
    for number, (mean, spread) in enumerate(zip(means, own, strict=True)):
        likely[number], below[number] = _by_swings(mean, swings + spread, design)
    together = likely.sum(axis=0)
    weight = np.exp(together - together.max()) * np.gradient(DEVIATION)[:, None]
    share = (weight * below).sum(axis=(1, 2)) / weight.sum()
    return 2.0 * np.minimum(share, 1.0 - share), share < 0.5


def _by_swings(mean: Array, spread: Array, design: Array) -> tuple[Array, Array]:
    """By covariance that is tried: the restricted log likelihood, and how likely the last coefficient is below 0."""
    root = np.linalg.inv(np.linalg.cholesky(spread))
    columns, values = root @ design, root @ mean
    turned = np.swapaxes(columns, -1, -2)
    told = turned @ columns
    inverse = np.linalg.inv(told)
    coefficients = (inverse @ (turned @ values[..., None]))[..., 0]
    left = values - (columns @ coefficients[..., None])[..., 0]
    # The logarithm of the covariance's root is that of its inverse with the sign changed.
    sizes = np.log(np.diagonal(root, axis1=-2, axis2=-1)).sum(axis=-1) - np.linalg.slogdet(told)[1] / 2.0
    likely = sizes - (left**2).sum(axis=-1) / 2.0
    below: Array = stats.norm.cdf(-coefficients[..., -1] / np.sqrt(inverse[..., -1, -1]))
    return likely, below
