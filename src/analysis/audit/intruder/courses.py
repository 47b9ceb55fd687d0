"""Regions as they might have gone: every member's course over the quarters shown, drawn from what an intruder knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import stats

from analysis.audit.intruder.knowledge import FREEDOM, Forecast, figures_of, logs

Values = npt.NDArray[np.float64]

SWING = 0.03
"""Chosen: standard deviation of a quarter about its year, beyond what chance does to a count."""
GRID = np.linspace(-4, 4, 161)
"""Where the common change may lie, in its standard deviations."""


@dataclass(frozen=True)
class Course:
    """What is expected of one indicator over Q quarters, in logarithms; n members."""

    expected: Values
    """(n, Q): without the change of the year that is not published yet."""
    changed: Values
    """(Q): how much of that change has come about by each quarter, from 0 to 1."""
    scale: Values
    """(n): of a member's own change, Student's t."""
    drift_sd: float
    """Of the change that all have in common."""
    swing: Values
    """(n): standard deviation of a quarter about its year."""

    @classmethod
    def of_one_period(cls, forecast: Forecast) -> Self:
        """A single period, and the figures themselves."""
        members = len(forecast.centre)
        return cls(forecast.centre[:, None], np.ones(1), forecast.scale, forecast.drift_sd, np.zeros(members))

    @classmethod
    def of_one_quarter(cls, forecast: Forecast, part: float, counts: Values) -> Self:
        """A single quarter of the year that is forecast.

        Parameters
        ----------
        part
            What a quarter's figure is of a year's: 1/4 for rates that are not annualised.
        counts
            (n): events behind each figure; what chance does to them swings about the year.
        """
        quarter = cls.of_one_period(forecast)
        centre = logs(figures_of(forecast.centre) * part)
        swing = np.hypot(SWING, 1 / np.sqrt(np.maximum(counts, 1)))
        return replace(quarter, expected=centre[:, None], swing=swing)

    def drift(self, own: Values) -> tuple[Values, Values]:
        """What colluders believe of the common change: a grid, and weights on it, by their latest figures.

        Parameters
        ----------
        own
            (n, Q): logarithms of the figures that are known exactly; NaN for the concealed.
        """
        at = GRID * max(self.drift_sd, 1e-9)
        known = ~np.isnan(own[:, -1])
        spread = np.hypot(self.scale, self.swing)[known]
        away = (own[known, -1] - self.expected[known, -1])[None, :] - self.changed[-1] * at[:, None]
        weight = stats.norm.logpdf(GRID) + stats.t.logpdf(away / spread, FREEDOM).sum(axis=1)
        weight = np.exp(weight - weight.max())
        return at, weight / weight.sum()

    def drawn(self, own: Values, worlds: int, random: np.random.Generator) -> Values:
        """Regions as they might have gone, with the colluders' own figures in each: (worlds, n, Q)."""
        at, weight = self.drift(own)
        members, quarters = self.expected.shape
        change = random.choice(at, size=(worlds, 1), p=weight)
        change = change + self.scale * random.standard_t(FREEDOM, (worlds, members))
        swings = self.swing[:, None] * random.standard_normal((worlds, members, quarters))
        found: Values = np.where(np.isnan(own), self.expected + change[:, :, None] * self.changed + swings, own)
        return found
