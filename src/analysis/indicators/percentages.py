"""Percentages: sums over sums, never a mean of percentages."""

from __future__ import annotations

from analysis.indicators.cells import Cells
from analysis.indicators.windows import Mask, over
from analysis.reference.indicators import Measure, Window


def percentage_parts(
    part: Cells, part_measure: Measure, whole: Cells, whole_measure: Measure, window: Window, spans_break: Mask
) -> tuple[Cells, Cells]:
    """The two counts behind a percentage over a window.

    Both are summed over 12 months, so that a quarter with more children weighs more. A stock in the denominator is
    taken at the end of the window (adopted in 12 months, of those looked after at the end of them).
    """
    return over(part, part_measure, window, spans_break), over(whole, whole_measure, window, spans_break)
