"""What is usual for an authority, and how far from it the last quarter lies: numbers alone, no thresholds.

All arrays are authorities x quarters x measures, NaN where there is no figure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

YEAR = 4
_FEWEST_OF_FOUR = 3
_HALF_OF_CHI_SQUARED = 0.4549
"""The median of a squared standard normal deviate: what a middle square is divided by to give a variance."""
_ENOUGH = 40
"""Past quarters, of all authorities together, from which a measure's spread can be found."""
_SMALLEST = 0.5
"""The size of a count that is usually 0: something may happen."""
_CALMEST = 0.05
"""No measure is taken to move less than this much of counting error, whatever a short history says."""
_FARTHEST = 9.0
"""A square further out than three times the usual spread counts as that: one old slip makes no authority noisy."""


def shifted(values: Floats, by: int) -> Floats:
    """The figures of so many quarters earlier (later when negative), in their quarter's place."""
    moved = np.full_like(values, np.nan)
    if abs(by) < values.shape[1]:
        if by > 0:
            moved[:, by:] = values[:, :-by]
        else:
            moved[:, :by] = values[:, -by:]
    return moved


def middle(stack: Floats, least: int = 1) -> Floats:
    """The median along the first axis of what is there; NaN where there are fewer than `least`."""
    if stack.shape[0] == 0:
        return np.full(stack.shape[1:], np.nan)
    ordered = np.sort(stack, axis=0)  # NaN comes last
    count = np.isfinite(stack).sum(axis=0)
    low, high = (
        np.take_along_axis(ordered, np.maximum(at, 0)[None], axis=0)[0] for at in ((count - 1) // 2, count // 2)
    )
    return np.where(count >= max(least, 1), (low + high) / 2, np.nan)


def before(values: Floats) -> Floats:
    """The middle of the four quarters before each; NaN where fewer than three of them have a figure."""
    return middle(np.stack([shifted(values, by) for by in range(1, YEAR + 1)]), _FEWEST_OF_FOUR)


def before_last(values: Floats) -> Floats:
    """The middle of the four quarters before the last one: authorities x measures."""
    return before(values[:, -YEAR - 1 :])[:, -1]


@dataclass(frozen=True)
class Scale:
    """Figures on a scale on which chance is about as large at every level.

    Chance moves `y` with the variance `unit * (1 + c * size)`: counting error, and what is more than that in
    proportion to the size of the figure, where c is found for each measure.
    """

    y: Floats
    usual: Floats
    """The middle of the four quarters before."""
    unit: Floats
    size: Floats

    @classmethod
    def of_counts(cls, counts: Floats) -> Scale:
        """Twice the square root of counts (Anscombe): the counting error is 1."""
        y = 2 * np.sqrt(counts + 3 / 8)
        usual = before(y)
        return cls(y, usual, np.ones_like(counts), np.maximum((usual / 2) ** 2 - 3 / 8, _SMALLEST))

    @classmethod
    def of_shares(cls, part: Floats, whole: Floats) -> Scale:
        """Twice the arc sine of the root of a share (Anscombe): the counting error is one over the whole."""
        known = np.where((whole > 0) & (part <= whole), whole, np.nan)
        y = 2 * np.arcsin(np.sqrt((part + 3 / 8) / (known + 3 / 4)))
        return cls(y, before(y), 1 / known, known)

    @classmethod
    def of_days(cls, days: Floats, children: Floats) -> Scale:
        """The logarithm of an average of days: the error is in proportion to one over the children behind it."""
        known = np.where(children > 0, children, np.nan)
        y = np.log(np.where(days > 0, days, np.nan))
        return cls(y, before(y), 1 / known, known)


def distance(scale: Scale, stocks: npt.NDArray[np.bool_], spread: float, prior: int, together: int) -> Floats:
    """How far the last quarter lies from all that was usual, in spreads of the authority's own figures.

    Usual is what lies between the quarter before, the same quarter a year before (so that an authority's own season
    is allowed for) and the middle of the four quarters before. What the authorities have in common in the quarter
    (the season of all, a change all over the region) is taken off first.

    Parameters
    ----------
    scale
        The figures.
    stocks
        Which of the measures are counts at a date: their spread is that from one quarter to the next.
    spread
        The variation beyond counting error that is assumed where there is too little history to find it.
    prior
        An authority's spread is pulled towards that of all authorities as if so many more of its quarters had it.
    together
        So many authorities must have a figure before anything common to them is taken off.

    Returns
    -------
    authorities x measures
        0 within what is usual, negative below it; NaN where the figure or its history is missing.
    """
    y, last = scale.y, -1
    expected = np.where(stocks, shifted(y, 1), scale.usual)
    common = np.nan_to_num(middle(y - expected, together))
    off = (y - expected - common)[:, :last] / np.sqrt(scale.unit[:, :last])
    beyond, pool, own = _spread(off, scale.size[:, :last], spread, prior)
    sd = np.sqrt(scale.unit[:, last] * (1 + beyond * scale.size[:, last]) * pool * own)
    now = y[:, last] - common[last]
    usual = np.stack([shifted(y, 1)[:, last], shifted(y, YEAR)[:, last], scale.usual[:, last]])
    low, high = np.fmin.reduce(usual), np.fmax.reduce(usual)
    gap = np.where(now > high, now - high, np.where(now < low, now - low, 0.0))
    return np.where(np.isfinite(now) & np.isfinite(scale.usual[:, last]), gap / sd, np.nan)


def _spread(off: Floats, size: Floats, assumed: float, prior: int) -> tuple[Floats, Floats, Floats]:
    """The spread of each measure beyond counting (c), how far counting error is off, and each authority's own factor.

    The middle square stands for the mean one throughout, so that slips in the past do not hide the next one.
    """
    squares = off**2
    flat = (-1, off.shape[2])
    enough = np.isfinite(squares).sum(axis=(0, 1)) >= _ENOUGH
    found = middle(((squares / _HALF_OF_CHI_SQUARED - 1) / size).reshape(flat))
    beyond = np.where(enough, np.maximum(np.nan_to_num(found), 0), assumed**2)
    squares = squares / (1 + beyond * size)
    pool = np.where(enough, np.nan_to_num(middle(squares.reshape(flat)) / _HALF_OF_CHI_SQUARED, nan=1.0), 1.0)
    pool = np.maximum(pool, _CALMEST)
    held = np.minimum(squares / pool, _FARTHEST)
    count = np.isfinite(held).sum(axis=1)
    return beyond, pool, (np.nansum(held, axis=1) + prior) / (count + prior)
