"""The stretch of time that a figure covers: the quarter, or the 12 months to the quarter's end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from analysis.indicators.cells import Cells
from analysis.reference.changes.breaks import Break
from analysis.reference.indicators import Measure, Window
from analysis.reference.periods import Quarter
from analysis.reference.status import Status

Mask = npt.NDArray[np.bool_]

QUARTERS_IN_A_YEAR = 4


def over(cells: Cells, measure: Measure, window: Window, spans_break: Mask) -> Cells:
    """A measure over a window: a flow is summed, a stock stands at the end of it and is never summed.

    `spans_break` is authorities by quarters: where four quarters up to this one are of more than one definition.
    """
    if window is Window.QUARTER or measure.kind == "stock":
        return cells
    return _without(rolling_sum(cells), spans_break)


def windows_of(measure: Measure) -> tuple[Window, ...]:
    """The windows in which a series with this numerator means something: a stock has no 12-month figure."""
    return (Window.QUARTER,) if measure.kind == "stock" else (Window.QUARTER, Window.ROLLING_YEAR)


def spanning(breaks: Iterable[Break], indicator: str, authorities: Sequence[str], quarters: Sequence[Quarter]) -> Mask:
    """Authorities by quarters: where the four quarters that end with each hold a break of the indicator.

    From the break's quarter on that is three windows: in the fourth all quarters are of the new definition.
    """
    row = {code: place for place, code in enumerate(authorities)}
    column = {quarter: place for place, quarter in enumerate(quarters)}
    spans = np.zeros((len(authorities), len(quarters)), dtype=bool)
    for one in breaks:
        if one.indicator == indicator and one.authority in row:
            for later in range(QUARTERS_IN_A_YEAR - 1):
                end = one.first.shift(later)
                if end in column:
                    spans[row[one.authority], column[end]] = True
    return spans


def _without(sums: Cells, spans_break: Mask) -> Cells:
    """No sum of two definitions. Where a quarter is missing that stays the reason: it is still to be asked for."""
    broken = sums.given & spans_break
    return Cells(np.where(broken, np.nan, sums.value), np.where(broken, Status.BREAK.value, sums.status))


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
