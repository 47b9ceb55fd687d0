"""The middle half of a fixed group, over time: the only thing that an anonymised page shows of others.

No point, no smallest or largest figure, no exact size, no name. Measured on the South East's public figures, such a
band adds nothing to naming an authority (`docs/methods/disclosure.md`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparisons.quartiles import FOURTHS
from analysis.disclosure.policy import Policy
from analysis.disclosure.significant import to_significant
from analysis.reference.changes.breaks import Break, has_more_than_one
from analysis.reference.indicators import Indicator, Window
from analysis.reference.periods import Quarter

Values = npt.NDArray[np.float64]

TOO_FEW, TOO_SMALL = "too_few_in_every_period", "group_too_small"


class Printed(Protocol):
    """A band as printed."""

    @property
    def lower(self) -> float: ...
    @property
    def median(self) -> float: ...
    @property
    def upper(self) -> float: ...


@dataclass(frozen=True)
class GroupBands:
    """A group's bands: the same in every pack of a quarter, whoever reads."""

    at_least: int
    table: pd.DataFrame
    """`period, lower, median, upper`, as printed, oldest first."""
    definitions_differ: bool = False
    """Whether the group's figures are of more than one definition: never of how many members, or of whom."""
    members: tuple[str, ...] = ()
    """Whose figures they are, in order: for the register of what was issued, and for no page."""


def group_bands(
    indicators: pd.DataFrame,
    indicator: Indicator,
    members: Sequence[str],
    periods: Sequence[Quarter],
    policy: Policy,
    breaks: Sequence[Break] = (),
) -> GroupBands | str:
    """The bands of one indicator's headline in its window.

    The group is those members who have a figure in *every* period of the bands (the latest, as many as can be): a
    member who joins or leaves between two periods would be the difference of two bands. The reader is in it; nobody is
    left out of it for anybody. Only the headline is taken, never a count, which follows the size of an authority and so
    gives its name away.

    Parameters
    ----------
    indicators
        The indicators stage.
    members
        The fixed group: the region's rank set.
    periods
        The quarters shown, the same for all packs of a quarter.
    breaks
        Changes of definition of the members.

    Returns
    -------
    GroupBands or str
        `group_too_small` where there are fewer than `policy.min_group_quartiles` members at all, and
        `too_few_in_every_period` where fewer have a figure in each of the latest `policy.min_quarters` periods.

    Raises
    ------
    ValueError
        If the headline is a number.
    """
    headline = indicator.headline_series
    if headline.denominator is None:
        raise ValueError(f"{headline.id} is a number, and numbers are never banded")
    window = Window(indicator.window).value
    names = [str(period) for period in periods]
    rows = indicators[
        (indicators["series"] == headline.id)
        & (indicators["window"] == window)
        & indicators["authority"].isin(list(members))
        & indicators["period"].isin(names)
    ]
    values = rows.pivot(index="authority", columns="period", values="value").reindex(columns=names)
    if len(members) < policy.min_group_quartiles:
        return TOO_SMALL
    complete = _longest_run(values, policy)
    if complete is None:
        return TOO_FEW
    group = complete.to_numpy(dtype=float)
    bands = [printed_band(column, policy) for column in group.T]
    table = pd.DataFrame(bands, columns=["lower", "median", "upper"])
    table.insert(0, "period", list(complete.columns))
    return GroupBands(
        at_least=len(group) // policy.at_least_step * policy.at_least_step,
        table=table,
        definitions_differ=has_more_than_one(breaks, indicator.id, complete.index, periods[-len(bands) :]),
        members=tuple(sorted(complete.index)),
    )


def _longest_run(values: pd.DataFrame, policy: Policy) -> pd.DataFrame | None:
    """The latest periods, as many as can be, with those members who have a figure in each; None if they are too few.

    It hangs on how many there are and never on who reads, so that it is the same in every pack.
    """
    most = values.shape[1]
    for count in range(most, min(policy.min_quarters, most) - 1, -1):
        complete = values.iloc[:, most - count :].dropna(axis="index", how="any")
        if len(complete) >= policy.min_group_quartiles:
            return complete
    return None


def printed_band(values: Values, policy: Policy) -> tuple[float, float, float]:
    """The lower quartile, median and upper quartile of a group, smoothed and rounded.

    The ordered figures are replaced by means of `window` neighbours before the quartiles are read off (type 7), since
    a plain quartile of a group of known size is often one member's own figure.
    """
    lower, median, upper = order_weights(len(values), policy.window) @ np.sort(values)
    return (
        to_significant(lower, policy.significant_figures),
        to_significant(median, policy.significant_figures),
        to_significant(upper, policy.significant_figures),
    )


def order_weights(size: int, window: int) -> Values:
    """How much each of `size` ordered figures, smallest first, counts in the three quartiles before rounding: 3 rows.

    Each figure is first replaced by the mean of `window` neighbours; a quartile lies between two such means (type 7).
    """
    means = [np.convolve(one, np.full(window, 1 / window), mode="valid") for one in np.eye(size)]
    places = np.arange(size - window + 1) + window // 2
    return np.array([np.interp(np.array([0.25, 0.5, 0.75]) * (size - 1), places, row) for row in means]).T


def fourth(value: float, band: Printed) -> str:
    """The fourth that a figure lies in, read off the printed band: `lowest` to `highest`.

    Off the printed numbers and nothing finer, so that a reader could have done it, and it tells nobody more about the
    group. A figure on a printed edge belongs to the lower fourth, as in LAIT.
    """
    return FOURTHS[sum(value > edge for edge in (band.lower, band.median, band.upper))]
