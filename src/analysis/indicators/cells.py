"""One measure for all authorities and quarters at once, with the status of each cell beside its value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.reference.periods import Quarter
from analysis.reference.status import Status

Values = npt.NDArray[np.float64]
Statuses = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Cells:
    """Values and their statuses, authorities down and quarters across.

    The value is NaN wherever the status is not `given`: that is what keeps missing from becoming zero.
    """

    value: Values
    status: Statuses

    @property
    def given(self) -> npt.NDArray[np.bool_]:
        """Where there is a figure."""
        given: npt.NDArray[np.bool_] = self.status == Status.GIVEN.value
        return given

    @classmethod
    def nothing(cls, shape: tuple[int, int]) -> Cells:
        """Cells that nobody has submitted."""
        return cls(np.full(shape, np.nan), np.full(shape, Status.NOT_SUBMITTED.value, dtype=object))


@dataclass(frozen=True)
class Grid:
    """Everything that was counted: every authority by every quarter from the first to the last, without a gap."""

    authorities: tuple[str, ...]
    quarters: tuple[Quarter, ...]
    measures: Mapping[str, Cells]


def grid(checked: pd.DataFrame) -> Grid:
    """The checked returns as one pair of arrays for each measure.

    Parameters
    ----------
    checked
        `authority, period, measure, value, status`, each key once. A cell that has no row was not submitted.

    Raises
    ------
    ValueError
        If an authority, period and measure stand there twice: two answers are not added up.
    """
    authorities = tuple(sorted(checked["authority"].unique()))
    seen = sorted(Quarter.parse(period) for period in checked["period"].unique())
    quarters = tuple(_every_quarter(seen))
    rows = pd.Index(authorities).get_indexer(pd.Index(checked["authority"]))
    columns = pd.Index([str(quarter) for quarter in quarters]).get_indexer(pd.Index(checked["period"]))
    shape = (len(authorities), len(quarters))
    value = checked["value"].to_numpy(dtype=float)
    status = checked["status"].to_numpy(dtype=object)
    measures: dict[str, Cells] = {}
    for measure, index in checked.groupby("measure", sort=True).indices.items():
        place = (rows[index], columns[index])
        if len(np.unique(np.ravel_multi_index(place, shape))) < len(index):
            raise ValueError(f"{measure}: an authority and period stand there twice")
        cells = Cells.nothing(shape)
        cells.value[place] = value[index]
        cells.status[place] = status[index]
        cells.value[~cells.given] = np.nan
        measures[str(measure)] = cells
    return Grid(authorities, quarters, measures)


def divide(numerator: Cells, denominator: Cells, multiplier: float) -> Cells:
    """`multiplier` x numerator / denominator, cell by cell.

    Where the numerator is missing the result has its status, else the denominator's. Nothing can be divided by
    zero: such a cell is not applicable, neither 0 nor 100 %.
    """
    status = np.where(numerator.given, denominator.status, numerator.status)
    both = numerator.given & denominator.given
    status[both & (denominator.value == 0)] = Status.NOT_APPLICABLE.value
    value = np.full(numerator.value.shape, np.nan)
    np.divide(numerator.value * multiplier, denominator.value, out=value, where=status == Status.GIVEN.value)
    return Cells(value, status)


def _every_quarter(seen: Sequence[Quarter]) -> list[Quarter]:
    quarters = list(seen[:1])
    while quarters and quarters[-1] < seen[-1]:
        quarters.append(quarters[-1].shift(1))
    return quarters
