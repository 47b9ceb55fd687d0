"""How much figures of one authority vary beyond chance, and for how long that lasts: pooled by series."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analysis.signals.mean_of_given import mean_of_given
from analysis.signals.panel import Array, Kind, Mask

LASTING = np.array([0, 0.15, 0.3, 0.45, 0.6, 0.7, 0.8, 0.87, 0.92, 0.95, 0.97, 0.985, 0.995])
"""Correlations from one quarter to the next that are tried."""
NOISE = np.array([0.01, 1, 2, 3, 4, 5, 6.5, 8, 10, 12, 15, 18, 22, 27, 33, 40, 50, 65]) ** 2 / 10_000
"""Variances that are tried: standard deviations from nothing to 65 per cent."""
FEWEST_WHOLE = 5
"""Authorities without a gap that are enough for the estimate; with fewer, those with gaps take part."""
CLIPPED = 3.0
WITHOUT_A_FIGURE, ALMOST_NONE = 1e6, 1e-6


@dataclass(frozen=True)
class Noise:
    """By series: the variance beyond chance, and its correlation from one quarter to the next."""

    variance: Array
    lasting: Array


def estimate(distance: Array, given: Mask, chance: Array, before: Array, kind: Kind, design: Array) -> Noise:
    """The noise under which what is not explained is most likely (restricted maximum likelihood, on a grid).

    Restricted to what the design leaves unexplained, so that a shift or a slope that is there does not pass for noise.

    Parameters
    ----------
    distance, given, chance
        Series by authority by quarter: `panel.distance`, where there is a figure, `panel.by_chance`.
    before
        By series: the last estimate of the variance. Beyond three of its standard deviations a distance is clipped.
    kind
        Of a stock chance itself lasts, since most of the children are the same: it has the noise's correlation.
    design
        Quarters by columns: what is explained by each authority for itself.
    """
    values, directions = _rotated(design.tobytes(), *design.shape)
    mean_chance = np.nan_to_num(mean_of_given(np.where(given, chance, np.nan)))
    bound = CLIPPED * np.sqrt(mean_chance + before[:, None])[..., None]
    clipped = np.clip(distance, -bound, bound)
    whole = given.all(axis=2)
    enough = whole.sum(axis=1, keepdims=True) >= FEWEST_WHOLE
    counts = np.where(enough, whole, given.sum(axis=2) > design.shape[1] + 3)
    likeliest = np.full(len(distance), -np.inf)
    variance, lasting = before.copy(), np.zeros(len(distance))
    for number, correlation in enumerate(LASTING):
        squares = np.einsum("kt,sat->sak", directions[number], clipped) ** 2
        for tried in NOISE:
            if kind is Kind.STOCK:
                spread = (mean_chance[..., None] + tried) * values[number]
            else:
                spread = mean_chance[..., None] + tried * values[number]
            spread = np.maximum(spread, 1e-12)
            each = -0.5 * (np.log(spread) + squares / spread).sum(axis=2)
            likelihood = np.where(counts, each, 0.0).sum(axis=1)
            better = likelihood > likeliest
            likeliest[better] = likelihood[better]
            variance[better], lasting[better] = tried, correlation
    return Noise(variance, lasting)


def covariance(noise: Noise, chance: Array, given: Mask, share: Array, kind: Kind) -> Array:
    """The covariance of each authority's distances: series by authority by quarter by quarter.

    A quarter without a figure has no say: its variance is without bounds.
    """
    quarters = np.arange(chance.shape[2])
    correlation = _correlation(noise.lasting, np.abs(quarters[:, None] - quarters[None, :]))[:, None]
    own = np.where(given, chance, 0.0)
    if kind is Kind.STOCK:
        deviation = np.sqrt(noise.variance[:, None, None] + own)
        lasting = deviation[..., :, None] * deviation[..., None, :] * correlation
        fleeting = np.where(given, ALMOST_NONE, WITHOUT_A_FIGURE)
    else:
        lasting = noise.variance[:, None, None, None] * correlation
        fleeting = np.where(given, own, WITHOUT_A_FIGURE)
    whole = lasting + np.eye(len(quarters)) * fleeting[..., None]
    others = np.sqrt(1.0 - share)
    scaled: Array = whole / (others[..., :, None] * others[..., None, :])
    return scaled


def _correlation(lasting: Array, lags: Array) -> Array:
    # 0 ** 0 is 1: without any correlation each quarter goes with itself alone.
    return np.power(lasting[:, None, None], lags)


@lru_cache(maxsize=32)
def _rotated(content: bytes, quarters: int, columns: int) -> tuple[Array, Array]:
    """For each correlation tried: the spreads along the directions that a design leaves free, and these directions."""
    design = np.frombuffer(content).reshape(quarters, columns)
    free = np.linalg.qr(np.column_stack([design, np.eye(quarters)]))[0][:, columns:quarters].T
    lags = np.abs(np.arange(quarters)[:, None] - np.arange(quarters)[None, :])
    pairs = [np.linalg.eigh(free @ one @ free.T) for one in _correlation(LASTING, lags)]
    return np.array([spread for spread, _ in pairs]), np.array([axes.T @ free for _, axes in pairs])
