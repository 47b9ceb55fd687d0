"""Counts of all authorities and quarters on the scale on which they are compared, and how far each lies from a fit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from analysis.signals.mean_of_given import mean_of_given
from analysis.uncertainty.scales import DAYS_RELATIVE_SD, Scaled, scaled

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

ROUNDING = 1e-9
"""Distances below it are the computer's: a series that never moves would else be screened for them."""


class Kind(StrEnum):
    """What a series counts: it decides the scale, and what chance does to it."""

    FLOW = "flow"
    """Events in a quarter, over the children of the area."""
    STOCK = "stock"
    """Children on the last day, over the children of the area."""
    PERCENTAGE = "percentage"
    """Events over those among whom they were counted."""
    DURATION = "duration"
    """An average of days, over the children behind it."""


@dataclass(frozen=True)
class Panel:
    """Series of one kind, for all authorities and quarters: arrays of series by authority by quarter.

    `events` is a count, or an average of days; `base` what it is set over. Both are NaN where either is missing: a
    missing figure is never zero, and a part above its whole is none.
    """

    kind: Kind
    events: Array
    base: Array

    @property
    def given(self) -> Mask:
        """Where there is a figure."""
        there = ~np.isnan(self.events) & (self.base > 0)
        if self.kind is Kind.DURATION:
            return there & (self.events > 0)
        if self.kind is Kind.PERCENTAGE:
            return there & (self.events <= self.base)
        return there


FEWEST_EVENTS = 12
"""Over all quarters: what counts fewer has nothing of which one more would be unusual."""


def too_rare(panel: Panel) -> Mask:
    """Series by authority: too few events over all quarters for one more or less to tell anything.

    One event where one in fifty quarters brings one lies far off by any scale, and one region in three has such a cell
    each quarter. Of a percentage those counted and those not counted both have to be there; of days, children.
    """
    events, base = (np.where(panel.given, one, 0.0).sum(axis=2) for one in (panel.events, panel.base))
    if panel.kind is Kind.DURATION:
        counted = base
    elif panel.kind is Kind.PERCENTAGE:
        counted = np.minimum(events, base - events)
    else:
        counted = events
    rare: Mask = counted < FEWEST_EVENTS
    return rare


def on_scale(panel: Panel) -> Array:
    """The figures on the scale on which authority and quarter add up; NaN where there is none.

    Rates and percentages as `uncertainty.scales.scaled` has them; durations as the logarithm of the mean.
    """
    return _scaled(panel).level


def by_chance(panel: Panel, fitted: Array | None = None) -> Array:
    """The variance on that scale that counting alone brings; NaN where there is no figure.

    Parameters
    ----------
    fitted
        Figures on the scale that are expected. A count's own variance is then of the count that is expected: by the
        observed one, small counts would seem less sure than large ones of the same authority.
    """
    if fitted is None or panel.kind not in (Kind.FLOW, Kind.STOCK):
        return _scaled(panel).variance
    with np.errstate(invalid="ignore", over="ignore"):
        return np.where(panel.given, 1.0 / (panel.base * np.exp(fitted) + 0.5), np.nan)


def _scaled(panel: Panel) -> Scaled:
    events, base = (np.where(panel.given, one, np.nan) for one in (panel.events, panel.base))
    if panel.kind is Kind.DURATION:
        # An average is at hand, and not the days of all children together.
        return Scaled(np.log(events), DAYS_RELATIVE_SD**2 / base)
    return scaled(events, base, "percentage" if panel.kind is Kind.PERCENTAGE else "rate")


def distance(panel: Panel, fitted: Array) -> Array:
    """How far each figure lies from what is fitted, as a share of it; 0 where there is no figure.

    For a small difference this is the difference on the scale itself. For large ones at small counts the logarithm is
    lopsided: no event where six were expected lies 6.5 standard deviations off by it, though it happens once in four
    hundred times. So counts are set apart by their square roots (Anscombe 1948), and means of days by their cube roots
    (Wilson and Hilferty 1931), where chance is as good as symmetrical.
    """
    given = panel.given
    with np.errstate(invalid="ignore", over="ignore"):
        if panel.kind is Kind.PERCENTAGE:
            apart = on_scale(panel) - fitted
        elif panel.kind is Kind.DURATION:
            apart = 3.0 * (np.exp((on_scale(panel) - fitted) / 3.0) - 1.0)
        else:
            expected = np.maximum(panel.base * np.exp(fitted) - 0.5, 0.0)
            apart = 2.0 * (np.sqrt((panel.events + 0.375) / (expected + 0.375)) - 1.0)
    return np.where(given & (np.abs(apart) > ROUNDING), apart, 0.0)


def relative(panel: Panel, apart: Array) -> Array:
    """A distance as a relative change of the figure: 0.35 is 35 per cent more. Series by authority."""
    if panel.kind is Kind.DURATION:
        return np.maximum(1.0 + apart / 3.0, 0.0) ** 3 - 1.0
    if panel.kind is not Kind.PERCENTAGE:
        return np.maximum(1.0 + apart / 2.0, 0.0) ** 2 - 1.0
    angle = usual(panel)
    share = np.maximum(np.sin(angle) ** 2, 1e-9)
    moved: Array = np.sin(np.clip(angle + apart, 0.0, np.pi / 2.0)) ** 2 / share - 1.0
    return moved


def usual(panel: Panel) -> Array:
    """The mean of each authority's figures on the scale: series by authority, NaN where there is none."""
    return mean_of_given(on_scale(panel))
