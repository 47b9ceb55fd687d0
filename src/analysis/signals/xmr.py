"""The XmR chart of NHS England's Making Data Count: a series, its mean, its limits, and the points beyond chance.

It is the picture and never the screen: on quarterly figures of many cells its rules find something in one of twelve,
where nothing has changed (docs/methods/xmr.md). Limits are those of NHSRplotthedots 0.2.2 to 1e-9.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.reference.changes.breaks import Break
from analysis.reference.periods import Quarter
from analysis.signals.mean_of_given import mean_of_given
from analysis.signals.runs import Mask, Signs, Values, marks

LIMIT = 2.66
"""Mean moving ranges from the mean to a limit: the NHS's own rounding of 3 / 1.128."""
SCREEN = 3.267
"""A moving range of so many times their mean, or more, is left out of it: one slip must not widen the limits."""
FEWEST = 13
"""Limits from fewer figures are on trial (NHSRplotthedots' `short_group_warning`)."""


@dataclass(frozen=True, eq=False)
class Xmr:
    """A series with its limits. Every array has one element for each point.

    Parameters
    ----------
    values
        The figures, oldest first; NaN where there is none.
    segment
        The number of the stretch that a point lies in, from 0: limits and rules begin anew in each.
    mean, lower, upper, near_lower, near_upper
        Of the segment, in the unit of the figures; NaN in a segment without two neighbouring figures (the mean: without
        any). In a segment that never moves all five are the same.
    marks
        The number of a `runs.Rule`, negative where the point is low or falling; 0 for what chance explains.
    trial
        Whether the limits come from fewer than 13 figures.
    """

    values: Values
    segment: npt.NDArray[np.int_]
    mean: Values
    lower: Values
    upper: Values
    near_lower: Values
    near_upper: Values
    marks: Signs
    trial: Mask


def xmr(
    values: npt.ArrayLike, rebase: Collection[int] = (), *, fixed_after: int | None = None, screen: bool = True
) -> Xmr:
    """The chart of one series.

    Parameters
    ----------
    values
        Figures by quarter, oldest first; NaN where there is none. Never of overlapping windows: neighbours that share
        quarters move too little, and more than a third of such series would end with a mark by chance.
    rebase
        Positions (from 0) at which a new segment begins; see `segment_starts`.
    fixed_after
        Mean and limits of each segment come from its first so many quarters alone; all of it where not given.
    screen
        Whether outlying moving ranges are left out of their mean. NHS England's Excel tool keeps them.

    Raises
    ------
    ValueError
        If there are no quarters, a segment begins outside of them, or limits should come from fewer than two.
    """
    series = np.asarray(values, dtype=np.float64)
    starts = sorted({0, *rebase})
    if starts[0] < 0 or starts[-1] >= len(series):
        raise ValueError(f"segments begin at {starts} in a series of {len(series)} quarters")
    if fixed_after is not None and fixed_after < 2:
        raise ValueError("limits need two quarters or more")
    pieces = np.split(series, starts[1:])
    charts = [_segment(piece, number, fixed_after, screen=screen) for number, piece in enumerate(pieces)]
    return Xmr(*(np.concatenate(parts) for parts in zip(*charts, strict=True)))


def segment_starts(breaks: Iterable[Break], quarters: Sequence[Quarter]) -> tuple[int, ...]:
    """Where the definition changes among these quarters, oldest first: there a chart is rebased.

    Parameters
    ----------
    breaks
        One authority's breaks of one indicator (`breaks_of`). Those up to the first quarter and after the last split
        nothing.
    """
    found = {next((at for at, quarter in enumerate(quarters) if quarter >= one.first), 0) for one in breaks}
    return tuple(sorted(found - {0}))


def special_causes_at_end(values: Values) -> Mask:
    """Whether any rule marks the last point, for many series at once.

    Parameters
    ----------
    values
        Series by quarters, in one segment each; NaN where there is no figure.

    Returns
    -------
    array
        One for each series.
    """
    mean, range_ = _mean_and_range(values, screen=True)
    at_end: Mask = marks(values, mean, range_, LIMIT)[:, -1] != 0
    return at_end


def _segment(
    values: Values, number: int, fixed_after: int | None, *, screen: bool
) -> tuple[npt.NDArray[np.generic], ...]:
    """The arrays of `Xmr` for one segment, in its order."""
    baseline = values[:fixed_after]
    mean, range_ = _mean_and_range(baseline[None], screen=screen)
    limits = [mean + reach * range_ for reach in (-LIMIT, LIMIT, -LIMIT * 2 / 3, LIMIT * 2 / 3)]
    trial = np.count_nonzero(~np.isnan(baseline)) < FEWEST
    return (
        values,
        np.full(len(values), number),
        *(np.full(len(values), level[0]) for level in (mean, *limits)),
        marks(values[None], mean, range_, LIMIT)[0],
        np.full(len(values), trial),
    )


def _mean_and_range(values: Values, *, screen: bool) -> tuple[Values, Values]:
    """The mean of each series and its mean moving range; NaN where there is nothing to take it of.

    There is no moving range across a missing figure: between quarters that do not follow each other it would be another
    quantity.
    """
    ranges = np.abs(np.diff(values, axis=1))
    average = mean_of_given(ranges)
    if screen:
        with np.errstate(invalid="ignore"):
            kept = np.where(ranges < SCREEN * average[:, None], ranges, np.nan)
        # Where nothing moves, no range is below a multiple of their mean.
        average = np.where(average == 0, 0.0, mean_of_given(kept))
    return mean_of_given(values), average
