"""How far out figures lie when nothing is asked: real series have more far-off quarters than a bell curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.signals.panel import Array

FEWEST = 50
"""Residuals without which nothing is told of their tails."""
_FREEDOM = np.array([2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0, 11.0, 15.0, 20.0, 30.0, 60.0])
_SCALE = np.arange(0.6, 1.201, 0.05)
_EDGES = np.append(np.linspace(0.0, 12.0, 241), np.inf)
_MIDDLES = np.append((_EDGES[:-2] + _EDGES[1:-1]) / 2.0, 12.0)
_LIKELY = stats.t.logpdf(_MIDDLES[None, None, :] / _SCALE[None, :, None], _FREEDOM[:, None, None])
_LIKELY -= np.log(_SCALE)[None, :, None]


@dataclass(frozen=True)
class Tails:
    """A Student t as wide and as heavy as what is left of all figures of a quarter's series."""

    freedom: float
    scale: float

    def of_a_mean(self, peak: float, own: Array) -> tuple[Array, Array]:
        """Freedom and scale of a weighted mean of such figures: as wide, and lighter the more of them it hangs on.

        Parameters
        ----------
        peak
            How far it hangs on single ones (`tiers.Asked.peak`).
        own
            The freedom with which its standard error is known: no tail is lighter than that.
        """
        freedom = np.minimum(own, self.freedom / peak)
        return freedom, self.scale * _deviation(self.freedom) / _deviation(freedom)


def _deviation(freedom: Array | float) -> Array:
    """The standard deviation of a Student t."""
    deviation: Array = np.sqrt(np.asarray(freedom) / (np.asarray(freedom) - 2.0))
    return deviation


def tails_of(residuals: Array) -> Tails | None:
    """The likeliest of the shapes that are tried; None of too few figures.

    Parameters
    ----------
    residuals
        Of any shape, in standard deviations that each has no say in itself (`moderate`); NaN where there is none.
        Beyond 12 they count as 12.
    """
    told = np.abs(residuals[~np.isnan(residuals)])
    if len(told) < FEWEST:
        return None
    counts = np.histogram(told, _EDGES)[0]
    best = np.unravel_index(np.argmax(_LIKELY @ counts), _LIKELY.shape[:2])
    return Tails(float(_FREEDOM[best[0]]), float(_SCALE[best[1]]))
