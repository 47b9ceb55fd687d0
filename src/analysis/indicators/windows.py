"""The stretch of time that a figure covers: the quarter, or the 12 months to the quarter's end."""

from __future__ import annotations

import numpy as np

from analysis.indicators.cells import Cells
from analysis.reference.indicators import Measure, Window
from analysis.reference.status import Status

QUARTERS_IN_A_YEAR = 4


def over(cells: Cells, measure: Measure, window: Window) -> Cells:
    """A measure over a window: a flow is summed, a stock stands at the end of it and is never summed."""
    if window is Window.QUARTER or measure.kind == "stock":
        return cells
    return rolling_sum(cells)


def windows_of(measure: Measure) -> tuple[Window, ...]:
    """The windows in which a series with this numerator means something: a stock has no 12-month figure."""
    return (Window.QUARTER,) if measure.kind == "stock" else (Window.QUARTER, Window.ROLLING_YEAR)


def rolling_sum(cells: Cells) -> Cells:
    """The sum of the four quarters that end with each quarter.

    Three quarters are not a year: where one of the four is missing the sum is missing too, with the status of the
    first that is. A year that begins before the first quarter at hand is not available.
    """
    quarters = cells.value.shape[1]
    value = np.zeros_like(cells.value)
    status = np.full(cells.status.shape, Status.GIVEN.value, dtype=object)
    for back in reversed(range(QUARTERS_IN_A_YEAR)):
        reaches = max(quarters - back, 0)
        term = np.full_like(cells.value, np.nan)
        reason = np.full(cells.status.shape, Status.NOT_AVAILABLE.value, dtype=object)
        term[:, quarters - reaches :] = cells.value[:, :reaches]
        reason[:, quarters - reaches :] = cells.status[:, :reaches]
        value = value + term
        status = np.where(status == Status.GIVEN.value, reason, status)
    return Cells(np.where(status == Status.GIVEN.value, value, np.nan), status)
