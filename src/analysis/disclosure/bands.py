"""The middle half of a fixed group over time, or its median alone: all that an anonymised page shows of the concealed.

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
from analysis.disclosure.forms import form_of
from analysis.disclosure.policy import Policy
from analysis.disclosure.significant import to_significant
from analysis.reference.changes.breaks import Break, has_more_than_one
from analysis.reference.indicators import Indicator, Window
from analysis.reference.periods import Quarter

Values = npt.NDArray[np.float64]

TOO_FEW, TOO_SMALL = "too_few_in_every_period", "group_too_small"
HALVES = ("lower-half", "upper-half")
"""Where a figure can be said to lie if the median alone is printed."""


class Printed(Protocol):
    """A band as printed."""

    @property
    def lower(self) -> float | None: ...
    @property
    def median(self) -> float: ...
    @property
    def upper(self) -> float | None: ...


@dataclass(frozen=True)
class GroupBands:
    """A group's bands: the same in every pack of a quarter, whoever reads."""

    at_least: int
    table: pd.DataFrame
    """`period, lower, median, upper`, as printed, oldest first; no quartiles (NaN) where the median stands alone."""
    definitions_differ: bool = False
    """Whether the group's figures are of more than one definition: never of how many members, or of whom."""
    members: tuple[str, ...] = ()
    """Whose figures they are, in order: for the register of what was issued, and for no page."""

    @property
    def rows(self) -> list[dict[str, object]]:
        """The table's rows by column; None where a quartile is not printed."""
        held = self.table.astype(object).where(self.table.notna(), None)
        return [{str(name): value for name, value in row.items()} for row in held.to_dict("records")]


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
        The middle half where so many members have a figure in each of the latest `policy.min_quarters` periods that
        their form (`form_of`) has quartiles, and else the median alone. `group_too_small` where there are fewer than
        `policy.min_group_median` members at all, and `too_few_in_every_period` where fewer have a figure in each of
        those periods.

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
    if len(members) < policy.min_group_median:
        return TOO_SMALL
    complete = complete_group(values, policy.min_group_quartiles, policy)
    complete = complete_group(values, policy.min_group_median, policy) if complete is None else complete
    if complete is None:
        return TOO_FEW
    group = complete.to_numpy(dtype=float)
    bands = [printed_band(column, policy) for column in group.T]
    table = pd.DataFrame(bands, columns=["lower", "median", "upper"])
    table.insert(0, "period", list(complete.columns))
    return GroupBands(
        at_least=form_of(len(group), policy).at_least,
        table=table,
        definitions_differ=has_more_than_one(breaks, indicator.id, complete.index, periods[-len(bands) :]),
        members=tuple(sorted(complete.index)),
    )


def complete_group(values: pd.DataFrame, least: int, policy: Policy) -> pd.DataFrame | None:
    """The latest periods, as many as may be, with those members who have a figure in each; None if fewer than `least`.

    It hangs on how many there are and never on who reads, so that it is the same in every pack.

    Parameters
    ----------
    values
        A row a member, a column a period, oldest first; NaN where there is no figure.
    """
    there = values.shape[1]
    for count in range(there, 0, -1):
        complete = values.iloc[:, there - count :].dropna(axis="index", how="any")
        most = form_of(len(complete), policy).quarters
        if count < min(policy.min_quarters, most, there):
            return None
        if count <= most and len(complete) >= least:
            return complete
    return None


def printed_band(values: Values, policy: Policy) -> tuple[float, float, float]:
    """The lower quartile, median and upper quartile of a group, smoothed and rounded; quartiles NaN in a small group.

    The ordered figures are replaced by means of neighbours before the quartiles are read off (type 7), since a plain
    quartile of a group of known size is often one member's own figure.
    """
    form = form_of(len(values), policy)
    lower, median, upper = (
        to_significant(float(edge), policy.significant_figures)
        for edge in order_weights(len(values), form.window) @ np.sort(values)
    )
    return (lower, median, upper) if form.quartiles else (np.nan, median, np.nan)


def order_weights(size: int, window: int) -> Values:
    """How much each of `size` ordered figures, smallest first, counts in the three quartiles before rounding: 3 rows.

    Each figure is first replaced by the mean of `window` neighbours; a quartile lies between two such means (type 7).
    """
    means = [np.convolve(one, np.full(window, 1 / window), mode="valid") for one in np.eye(size)]
    places = np.arange(size - window + 1) + window // 2
    return np.array([np.interp(np.array([0.25, 0.5, 0.75]) * (size - 1), places, row) for row in means]).T


def fourth(value: float, band: Printed) -> str:
    """The fourth that a figure lies in, read off the printed band: `lowest` to `highest`; its half by a median alone.

    Off the printed numbers and nothing finer, so that a reader could have done it, and it tells nobody more about the
    group. A figure on a printed edge belongs to the lower fourth, as in LAIT.
    """
    if band.lower is None or band.upper is None:
        return HALVES[value > band.median]
    return FOURTHS[sum(value > edge for edge in (band.lower, band.median, band.upper))]
