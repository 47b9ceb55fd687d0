"""The four rules of an NHS XmR chart: which points are more than chance, and by which rule.

NHS England, Making Data Count; the same points as NHSRplotthedots 0.2.2 marks. The rules look at one segment, of many
series of equal length at once, and know nothing of how the limits were found.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Signs = npt.NDArray[np.int8]

RUN = 7
"""Points in a run: rising or falling, or on one side of the mean."""
NOISE = 1e-9
"""Differences below this part of a series' largest figure are none: rounding must not take a point off the mean."""


class Rule(IntEnum):
    """The rules in their order of precedence: a point that meets several is marked by the first."""

    OUTSIDE = 1
    """Above the upper limit or below the lower one."""
    TREND = 2
    """One of seven or more points that all rise, or all fall; two equal points in a row break it."""
    TWO_OF_THREE = 3
    """One of two of three neighbouring points between near limit and limit, all three on one side of the mean."""
    ONE_SIDE = 4
    """One of seven or more points on one side of the mean; a point on the mean breaks it."""


def marks(values: Values, mean: Values, range_: Values, limit: float) -> Signs:
    """By which rule each point is more than chance, and in which direction.

    Parameters
    ----------
    values
        Series by points, one segment of each; NaN where there is no figure. A missing figure breaks every run.
    mean
        The mean of each series.
    range_
        The mean moving range of each series. Where it is 0 or NaN there are no limits to be beyond: a series that never
        moved does not say how much it moves by chance.
    limit
        Mean moving ranges between mean and limit. The near limit is two thirds of the way.

    Returns
    -------
    array
        Series by points: the number of a `Rule`, negative where the point is low or falling; 0 for none.
    """
    noise = NOISE * np.max(np.abs(values), axis=1, initial=0.0, where=~np.isnan(values))[:, None]
    off = values - mean[:, None]
    side = _sign(off, noise)
    reach = range_[:, None]
    limited = reach > 0
    with np.errstate(invalid="ignore"):
        outside = limited & (np.abs(off) > limit * reach + noise)
        near = limited & ~outside & (np.abs(off) > limit * 2 / 3 * reach + noise)
    found = np.zeros(values.shape, dtype=np.int8)
    # The weakest first, so that each is written over by those before it in the order of precedence.
    for rule, direction in (
        (Rule.ONE_SIDE, _one_side(side)),
        (Rule.TWO_OF_THREE, _two_of_three(side, near)),
        (Rule.TREND, _trend(_sign(np.diff(values, axis=1), noise))),
        (Rule.OUTSIDE, np.where(outside, side, 0)),
    ):
        found = np.where(direction != 0, rule * direction, found).astype(np.int8)
    return found


def _one_side(side: Signs) -> Signs:
    above, below = (_members(_all_in(side == sign, RUN), side.shape, RUN) for sign in (1, -1))
    return above.astype(np.int8) - below


def _two_of_three(side: Signs, near: Mask) -> Signs:
    """The points beyond the near limit alone: the third, which is within it, shows nothing by itself."""
    found = np.zeros(side.shape, dtype=np.int8)
    for sign in (1, -1):
        three = _all_in(side == sign, 3)
        if three.size:
            three &= np.lib.stride_tricks.sliding_window_view(near, 3, axis=1).sum(axis=-1) >= 2
        found[_members(three, side.shape, 3) & near] = sign
    return found


def _trend(steps: Signs) -> Signs:
    """Seven points have six steps. A turning point that ends one run and begins another is of the later one."""
    shape = (steps.shape[0], steps.shape[1] + 1)
    rising, falling = (_members(_all_in(steps == sign, RUN - 1), shape, RUN) for sign in (1, -1))
    after = np.pad(steps, ((0, 0), (0, 1)))
    return np.where(rising & falling, after, rising.astype(np.int8) - falling).astype(np.int8)


def _sign(difference: Values, noise: Values) -> Signs:
    """1 above, -1 below; 0 where both are equal or one is missing."""
    with np.errstate(invalid="ignore"):
        return (difference > noise).astype(np.int8) - (difference < -noise)


def _all_in(flags: Mask, length: int) -> Mask:
    """For each stretch of so many neighbours, by its first: whether the flag is set throughout."""
    if flags.shape[1] < length:
        return np.zeros((flags.shape[0], 0), dtype=np.bool_)
    windows = np.lib.stride_tricks.sliding_window_view(flags, length, axis=1)
    return np.asarray(windows.all(axis=-1), dtype=np.bool_)


def _members(stretches: Mask, shape: tuple[int, ...], length: int) -> Mask:
    """The points that belong to a stretch: all of a run are marked, not its last alone."""
    belongs = np.zeros(shape, dtype=np.bool_)
    for offset in range(length if stretches.shape[1] else 0):
        belongs[:, offset : offset + stretches.shape[1]] |= stretches
    return belongs
