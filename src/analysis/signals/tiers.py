"""The three questions put to every series: is the latest quarter new, have the last four moved, is there a drift."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from analysis.signals.panel import Array, Mask


class Tier(StrEnum):
    """A question about an authority's own series beside the region's."""

    NEW = "new"
    """Does the latest quarter lie apart from those before?"""
    SUSTAINED = "sustained"
    """Do the last four quarters lie apart from those before?"""
    DRIFT = "drift"
    """Does it move quarter by quarter, other than the region does?"""


SUSTAINED_QUARTERS = 4
FEWEST_QUARTERS = {Tier.NEW: 8, Tier.SUSTAINED: 12, Tier.DRIFT: 16}
"""Quarters with a figure without which there is no reading."""
FEWEST_AUTHORITIES = 5
FEWEST_OF_LAST = {Tier.NEW: 1, Tier.SUSTAINED: 3, Tier.DRIFT: 1}
"""Figures that there have to be among the quarters asked about."""


@dataclass(frozen=True)
class Asked:
    """A tier over so many quarters."""

    tier: Tier
    design: Array
    """Quarters by two: the authority's level, and what is asked about."""
    last: slice
    """The quarters asked about."""

    @property
    def peak(self) -> float:
        """How far the answer hangs on single quarters: 1 if on one, 1 / n if on n alike.

        It is what is left of the excess of a quarter's far-off values (its kurtosis) in the weighted mean of many.
        """
        column = self.design[:, -1]
        weight = column - column.sum() / max(len(column), 1)
        spread = float((weight**2).sum())
        return float((weight**4).sum()) / spread**2 if spread else 1.0


def asked(tier: Tier, quarters: int) -> Asked:
    """A tier's design: its last column is a step at the latest quarter, a step four quarters long, or a slope."""
    time = np.arange(quarters)
    column = {
        Tier.NEW: (time == quarters - 1).astype(float),
        Tier.SUSTAINED: (time >= quarters - SUSTAINED_QUARTERS).astype(float),
        Tier.DRIFT: time - (quarters - 1) / 2.0,
    }[tier]
    begins = quarters - SUSTAINED_QUARTERS if tier is Tier.SUSTAINED else quarters - 1
    return Asked(tier, np.column_stack([np.ones(quarters), column]), slice(max(begins, 0), quarters))


@dataclass(frozen=True)
class There:
    """What there is to answer a question from: arrays of series by authority."""

    together: Mask
    """Whether five authorities or more have a figure in the quarters asked about: else nobody knows what is common."""
    at_last: Mask
    """Whether the authority has figures enough in the quarters asked about."""
    long: Mask
    """And in all."""

    @property
    def enough(self) -> Mask:
        """Whether there is a reading."""
        there: Mask = self.together & self.at_last & self.long
        return there


def there_is(given: Mask, question: Asked) -> There:
    """What there is for a question, of the figures that are given: series by authority by quarter."""
    last = given[..., question.last]
    reporting = last.any(axis=2).sum(axis=1, keepdims=True) >= FEWEST_AUTHORITIES
    return There(
        np.broadcast_to(reporting, given.shape[:2]),
        last.sum(axis=2) >= FEWEST_OF_LAST[question.tier],
        given.sum(axis=2) >= FEWEST_QUARTERS[question.tier],
    )
