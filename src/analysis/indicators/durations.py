"""Average times: averages are weighted by the children behind them, never averaged themselves."""

from __future__ import annotations

import numpy as np

from analysis.indicators.cells import Cells
from analysis.indicators.windows import Mask, over
from analysis.reference.indicators import Measure, Window
from analysis.reference.status import Status


def duration_parts(
    average: Cells,
    average_measure: Measure,
    children: Cells,
    children_measure: Measure,
    window: Window,
    spans_break: Mask,
) -> tuple[Cells, Cells]:
    """The days of all children together over a window, and how many children they are."""
    days = total_days(average, children)
    return over(days, average_measure, window, spans_break), over(children, children_measure, window, spans_break)


def total_days(average: Cells, children: Cells) -> Cells:
    """The days of all children together: the submitted average times the number of children behind it.

    A quarter without children has no average, and adds no days: its total is 0 whatever stands in the average's
    cell, so that it does not take the 12 months away from those who have a figure.
    """
    none = children.given & (children.value == 0)
    status = np.where(average.given, children.status, average.status)
    status[none] = Status.GIVEN.value
    return Cells(np.where(none, 0.0, average.value * children.value), status)
