"""What the marks of an XmR chart say of an indicator: codes; the words are in `views/words.py`."""

from __future__ import annotations

from enum import StrEnum

from analysis.reference.indicators import Polarity
from analysis.signals.xmr import Xmr


class Variation(StrEnum):
    """How a point stands to chance, in the terms of Making Data Count."""

    COMMON_CAUSE = "common_cause"
    """Nothing that chance would not do."""
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL_HIGH = "neutral_high"
    """High or rising, of an indicator of which no end is counted as better: no good, no bad."""
    NEUTRAL_LOW = "neutral_low"


class Assurance(StrEnum):
    """Whether a series that goes on as it does will meet a target."""

    CONSISTENTLY_PASS = "consistently_pass"
    INCONSISTENT = "inconsistent"
    """The target lies within the limits: it will be met and missed by chance."""
    CONSISTENTLY_FAIL = "consistently_fail"


def variation(mark: int, polarity: Polarity) -> Variation:
    """What the mark of a point says where one end is better, or neither is.

    Parameters
    ----------
    mark
        As in `Xmr.marks`. A rising run is high wherever it lies: it is its direction that is more than chance.
    polarity
        Of the indicator.
    """
    if mark == 0:
        return Variation.COMMON_CAUSE
    if polarity is Polarity.NEUTRAL:
        return Variation.NEUTRAL_HIGH if mark > 0 else Variation.NEUTRAL_LOW
    return Variation.IMPROVEMENT if bool(mark > 0) is (polarity is Polarity.BETTER_HIGH) else Variation.CONCERN


def assurance(chart: Xmr, target: float | None, polarity: Polarity) -> Assurance | None:
    """How the limits of the last segment stand to a target.

    Parameters
    ----------
    chart
        The series.
    target
        In the unit of the figures; None where nobody has set one.
    polarity
        Of the indicator.

    Returns
    -------
    Assurance or None
        None without a target, for an indicator of which no end is better, and where the limits are not known or have no
        width (a series that never moved says nothing of what chance would do).
    """
    lower, upper = float(chart.lower[-1]), float(chart.upper[-1])
    if target is None or polarity is Polarity.NEUTRAL or not lower < upper:
        return None
    if lower <= target <= upper:
        return Assurance.INCONSISTENT
    above = target > upper
    return Assurance.CONSISTENTLY_FAIL if above is (polarity is Polarity.BETTER_HIGH) else Assurance.CONSISTENTLY_PASS
