"""Which way the middle of a group went over the quarters shown, told from the printed bands and nothing finer.

It is read off numbers that stand in every pack of the quarter, so that it is the same in all of them and tells nobody
more about the group. It is described, not tested: how sure a direction is would need figures that are concealed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from statistics import fmean

from analysis.disclosure.significant import step_of

QUARTERS_IN_A_YEAR = 4


class Course(StrEnum):
    """What the printed medians say."""

    UP = "up"
    DOWN = "down"
    LEVEL = "level"
    """The difference is no more than rounding could make."""
    NOT_TOLD = "not_told"
    """Two years of quarters are not there, or the figures are of more than one definition."""


def course_of(medians: Sequence[float], figures: int) -> Course:
    """The average of the last four printed medians against that of the first four: each season counts once in both.

    Parameters
    ----------
    medians
        As printed, oldest first; the first and the last four must not overlap.
    figures
        Significant figures that they are printed to.

    Returns
    -------
    Course
        `up` or `down` only where the averages differ by more than rounding can have made of equal ones: each printed
        median lies within half a step of its last printed figure of the exact one.
    """
    if len(medians) < 2 * QUARTERS_IN_A_YEAR:
        return Course.NOT_TOLD
    first, last = medians[:QUARTERS_IN_A_YEAR], medians[-QUARTERS_IN_A_YEAR:]
    most = sum(fmean(step_of(median, figures) / 2 for median in year) for year in (first, last))
    moved = fmean(last) - fmean(first)
    if abs(moved) <= most * (1 + 1e-9):
        return Course.LEVEL
    return Course.UP if moved > 0 else Course.DOWN
