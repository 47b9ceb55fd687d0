"""Regions as they might be: drawn from what an intruder knows, with the figures of those who collude in their places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.audit.intruder.knowledge import FREEDOM, Forecast

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

GRID = np.linspace(-4, 4, 161)
"""Where the common change may lie, in its standard deviations."""


@dataclass(frozen=True)
class Drift:
    """What a coalition believes of the change that all have in common: weights on a grid."""

    at: Values
    weight: Values

    @property
    def mean(self) -> float:
        """Its expectation, in logarithms."""
        return float(self.at @ self.weight)


def drift_given(forecast: Forecast, own: Values) -> Drift:
    """The common change, judged by the figures that colluders hold of themselves.

    Parameters
    ----------
    own
        (n): logarithms of the figures that are known exactly; NaN for the concealed.
    """
    at = GRID * max(forecast.drift_sd, 1e-9)
    known = ~np.isnan(own) & ~np.isnan(forecast.centre)
    away = (own[known] - forecast.centre[known] - at[:, None]) / forecast.scale[known]
    weight = stats.norm.logpdf(GRID) + stats.t.logpdf(away, FREEDOM).sum(axis=1)
    weight = np.exp(weight - weight.max())
    return Drift(at, weight / weight.sum())


def regions(forecast: Forecast, own: Values, worlds: int, random: np.random.Generator) -> Values:
    """Regions as they might be, as logarithms.

    Parameters
    ----------
    own
        (n): as `drift_given`; these stand in every region drawn.
    worlds
        How many are drawn.

    Returns
    -------
    array
        (worlds, n).
    """
    believed = drift_given(forecast, own)
    drift = random.choice(believed.at, size=worlds, p=believed.weight)
    size = (worlds, len(forecast.centre))
    drawn = forecast.centre + drift[:, None] + forecast.scale * random.standard_t(FREEDOM, size)
    found: Values = np.where(np.isnan(own), drawn, own)
    return found
