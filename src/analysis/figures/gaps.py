"""Where a line has no figure: the mark of its kind, since a gap alone could be taken for zero, or for carelessness."""

from __future__ import annotations

from analysis.figures import palette
from analysis.figures.plot import Plot
from analysis.figures.sheet import Sheet
from analysis.views.model import History


def draw_gaps(page: Sheet, plot: Plot, history: History) -> None:
    """A pale column over each period without a figure, with the mark of its kind at its foot."""
    for index, point in enumerate(history.points):
        if point.cell.value is None:
            x = plot.x(index)
            page.box(x - 0.42 * plot.step, plot.bottom, 0.84 * plot.step, plot.height, palette.GAP, zorder=0.1)
            page.write(
                x, plot.bottom + 0.02, point.cell.status.symbol, size=9.5, face="Bold", colour=palette.QUIET,
                across="centre", up="bottom",
            )  # fmt: skip
