"""How far a figure could differ by chance alone, from its own count and no other: Wilson's and Byar's intervals."""

from __future__ import annotations

import math

from analysis.reference.indicators import Series
from analysis.reference.model import Record
from analysis.uncertainty.intervals import rate, wilson
from analysis.views.evidence import Figure


class OwnInterval(Record):
    """A 95% interval in the unit of the figure."""

    lower: float
    upper: float


def own_interval(figure: Figure, series: Series) -> OwnInterval | None:
    """The 95% interval of a figure: Wilson's of a percentage, exact or Byar's of a rate (docs/methods/intervals.md).

    Parameters
    ----------
    figure
        As its reader may see it: where the count behind it is hidden, it holds no count.
    series
        What it is a figure of.

    Returns
    -------
    OwnInterval or None
        None where there is no figure or no count; of an average, since a return does not say how times spread; of a
        plain number; and of a percentage whose upper count is not a part of the lower one.
    """
    if math.isnan(figure.value) or math.isnan(figure.numerator) or not figure.denominator > 0:
        return None
    if series.kind == "rate":
        limits = rate(figure.numerator, figure.denominator, series.multiplier)
        return OwnInterval(lower=float(limits.lower), upper=float(limits.upper))
    if series.kind == "percentage" and figure.numerator <= figure.denominator:
        limits = wilson(figure.numerator, figure.denominator)
        return OwnInterval(lower=100 * float(limits.lower), upper=100 * float(limits.upper))
    return None
