"""A row's own line in the rug: the periods shown in the height of two lines of text."""

from __future__ import annotations

from analysis.figures import palette
from analysis.figures.alt import spark_alt
from analysis.figures.definitions import broken_line, draw_changes
from analysis.figures.drawing import Drawing
from analysis.figures.group_bands import draw_bands
from analysis.figures.plot import Plot
from analysis.figures.scale import drawn_values
from analysis.figures.sheet import Sheet, sheet
from analysis.figures.watermark import MADE_UP_TEXT
from analysis.views.model import Bands, History, OwnFigures

WIDTH, HEIGHT = 1.05, 0.26
"""Inches."""
_MADE_UP, _MARK = 3.6, 5.0
"""Points. MADE-UP DATA has a strip of its own: nothing else in so small a picture would leave the line readable."""
_STRIP, _EDGE = 0.065, 0.03


def spark(own: OwnFigures, bands: Bands | None, *, made_up: bool) -> Drawing:
    """The headline over the periods shown, on zero, with the group's band behind it where the reader sees one.

    Its caption is that of the table that it stands in.
    """
    history = own.histories[0]
    with sheet(WIDTH, HEIGHT, made_up=False) as page:
        floor = _STRIP if made_up else 0.015
        highest = max(drawn_values(history, bands), default=1.0) or 1.0
        plot = Plot(0.0, floor, WIDTH - _EDGE, HEIGHT - floor - _EDGE, len(history.points), highest)
        page.line((plot.left, plot.right), [plot.bottom] * 2, linewidth=0.5, color=palette.AXIS)
        if bands is not None:
            draw_bands(page, plot, [point.period for point in history.points], bands)
        _draw_line(page, plot, history)
        if made_up:
            ink = palette.MADE_UP.background
            page.write(0.0, 0.0, MADE_UP_TEXT, size=_MADE_UP, face="Bold", colour=ink, up="bottom")
    return Drawing(
        label=f"fig-a{own.card.number:02d}-spark",
        png=page.png,
        caption="",
        alt=spark_alt(history),
        width_in=WIDTH,
        height_in=HEIGHT,
        texts=page.texts,
    )


def _draw_line(page: Sheet, plot: Plot, history: History) -> None:
    draw_changes(page, plot, history, labelled=False)
    xs, ys = broken_line(plot, history)
    page.line(xs, ys, color=palette.OWN, linewidth=1.1, zorder=3)
    for place, (x, y) in enumerate(zip(xs, ys, strict=True)):
        alone = all(other != other for other in ys[max(0, place - 1) : place] + ys[place + 1 : place + 2])
        if y == y and (alone or place == len(xs) - 1):
            page.dot(x, y, 2.6, palette.OWN)
    for index, point in enumerate(history.points):
        if point.cell.value is None:
            page.write(
                plot.x(index), plot.bottom, point.cell.status.symbol, size=_MARK, face="Bold",
                colour=palette.QUIET, across="centre", up="bottom",
            )  # fmt: skip
