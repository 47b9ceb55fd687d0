"""What belongs to an authority and what to a quarter: what moves the whole region is nobody's own signal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.signals.panel import Array, Mask

ROUNDS = 8
BEYOND, LEFT_OUT = 1.5, 3.0
"""Standard deviations from which on a figure counts less for its quarter, and from which on not at all."""
LARGEST_SHARE = 0.9


@dataclass(frozen=True)
class TwoWay:
    """A fit of authority plus quarter, series by series."""

    fitted: Array
    """Series by authority by quarter, on the panel's scale."""
    share: Array
    """How much of its quarter's common value an authority makes itself. Its distance from what the others make is its
    distance from the fit over one less its share."""


def two_way(scaled: Array, variance: Array, noise: Array, apart: Mask) -> TwoWay:
    """Fit authority plus quarter by weighted means, in which figures far off count less or not at all.

    Parameters
    ----------
    scaled, variance
        Series by authority by quarter; NaN where missing.
    noise
        By series: the variance beyond chance that figures of one authority have from quarter to quarter.
    apart
        Series by authority: who takes no part in what is common, since something has been found there.
    """
    given = ~np.isnan(scaled)
    weight = np.where(given, 1.0 / (np.where(given, variance, 1.0) + noise[:, None, None]), 0.0)
    y = np.where(given, scaled, 0.0)
    joins = np.where(apart, 0.0, 1.0)[..., None]
    common = _median(scaled - _median(scaled, axis=2), axis=1)
    # Of figures of which none is trusted (a mean that one of them has drawn off) the middle is.
    middle = _median(scaled - common, axis=2)
    trusted = np.ones_like(weight)
    for _ in range(ROUNDS):
        own = _mean(weight * trusted, y - common, middle, axis=2)
        off = np.abs(y - own - common) * np.sqrt(weight)
        trusted = np.where(off > LEFT_OUT, 0.0, np.minimum(1.0, BEYOND / np.maximum(off, 1e-9)))
        common = _mean(weight * trusted * joins, y - own, common, axis=1)
        common -= common.mean(axis=2, keepdims=True)
    own = _mean(weight * trusted, y - common, middle, axis=2)
    counts = weight * trusted * joins
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1e-12)
    return TwoWay(own + common, np.minimum(share, LARGEST_SHARE))


def _mean(weight: Array, values: Array, without: Array, *, axis: int) -> Array:
    """Along an axis; `without` where nothing has any weight."""
    total = weight.sum(axis=axis, keepdims=True)
    return np.where(total > 0.0, (weight * values).sum(axis=axis, keepdims=True) / np.maximum(total, 1e-12), without)


def _median(values: Array, *, axis: int) -> Array:
    """Along an axis, 0 where nothing is given (numpy would warn of it)."""
    there = ~np.isnan(values)
    filled = np.where(there.any(axis=axis, keepdims=True), values, 0.0)
    middle: Array = np.nanmedian(filled, axis=axis, keepdims=True)
    return np.nan_to_num(middle)
