"""One indicator over time with its limits of chance: the XmR chart of NHS England's Making Data Count.

A mark says that a point is more than the series' own movement explains. It is the letter H or L in a dot, so that it is
read in grey as well; its colour says which end is counted as better, and is grey where neither is.
"""

from __future__ import annotations

from analysis.figures import palette
from analysis.figures.alone import alone
from analysis.figures.alt import first_lower
from analysis.figures.alt_charts import (
    MEAN_AND_LIMITS,
    NO_TEST,
    ON_TRIAL,
    being_asked,
    one_basis,
    periods_asked,
    target_words,
    xmr_alt,
)
from analysis.figures.beside import Beside, write_beside
from analysis.figures.captions import full_caption, period_span, series_title
from analysis.figures.definitions import LABEL, broken_line, changes_note, draw_changes
from analysis.figures.drawing import Drawing
from analysis.figures.gaps import draw_gaps
from analysis.figures.palette import Fill
from analysis.figures.plot import Plot
from analysis.figures.scale import given, ticks_around
from analysis.figures.sheet import Sheet, SheetHeading, sheet
from analysis.figures.timeline import sparse_labels
from analysis.signals.variation import Variation
from analysis.views.charts import XmrChart, XmrSegment
from analysis.views.model import Cell, Heading
from analysis.views.words import figure_text

WIDTH = 7.0
_LEFT, _BOTTOM, _RIGHT = 0.52, 0.42, 1.75
_PLOT, _ABOVE = 1.7, 0.2
"""Inches: the height of the plot, and the room between it and the subtitle."""
_DOT = 9.5
"""Points: a dot that holds a letter."""
_LETTER = 6.5
_DASHES, _DOTS, _DASH_DOT = (0, (5, 3)), (0, (1, 2)), (0, (7, 2, 1.5, 2))

_FILLS = {
    Variation.IMPROVEMENT: palette.IMPROVEMENT,
    Variation.CONCERN: palette.CONCERN,
    Variation.NEUTRAL_HIGH: palette.NEITHER,
    Variation.NEUTRAL_LOW: palette.NEITHER,
}
_COLOUR_WORDS = {
    Variation.IMPROVEMENT: "dark blue: towards the end that is counted as better",
    Variation.CONCERN: "orange: away from the end that is counted as better",
}


def xmr_picture(chart: XmrChart, heading: Heading, *, width: float = WIDTH, stands_alone: bool = False) -> Drawing:
    """The chart as a picture.

    Parameters
    ----------
    chart
        One series of a view.
    heading
        The heading of the same view.
    width
        Inches; 3 at least.
    stands_alone
        Whether it is a file of its own: caption and marking are in it then, and it is there as vectors too.
    """
    card, history = chart.card, chart.history
    caption, said = _caption(chart, heading), xmr_alt(chart, heading)
    top = SheetHeading.fit(f"{card.number} {card.title}", series_title(card), width)
    height = _BOTTOM + _PLOT + _ABOVE + LABEL * len(history.breaks) + top.height
    beneath = alone(card, caption, said, heading) if stands_alone else None
    with sheet(width, height, made_up=heading.made_up, alone=beneath) as page:
        page.heading(top)
        _paint(page, chart, heading)
    return Drawing(
        label=f"fig-{card.id.lower()}-xmr",
        png=page.png,
        caption=caption,
        alt=said,
        width_in=width,
        height_in=page.whole_height,
        texts=page.texts,
        svg=page.svg,
    )


def _caption(chart: XmrChart, heading: Heading) -> str:
    history = chart.history
    return full_caption(
        f"{chart.card.title}, {heading.authority_name}, {period_span(history)}, with the limits of chance.",
        heading,
        [point.cell for point in history.points],
        _marks_note(chart),
        *(f"Hollow: {first_lower(words)}" for words in being_asked(periods_asked(chart), MEAN_AND_LIMITS)),
        f"The axis begins at {floor:,g}" if (floor := _ticks(chart)[0]) else "",
        one_basis(chart),
        ON_TRIAL if chart.segments[-1].trial else "",
        *target_words(chart),
        f"Dashed upright: {changes_note(history)}; limits and rules begin anew there" if history.breaks else "",
        NO_TEST,
    )


def _marks_note(chart: XmrChart) -> str:
    """What the marks that occur stand for."""
    if not any(chart.marks):
        return ""
    said = ["H: high or rising"] if any(mark > 0 for mark in chart.marks) else []
    said += ["L: low or falling"] if any(mark < 0 for mark in chart.marks) else []
    said += [words for kind, words in _COLOUR_WORDS.items() if kind in chart.variations]
    return f"Marked is what the rules of such charts mark. {'; '.join(said)}"


def _paint(page: Sheet, chart: XmrChart, heading: Heading) -> None:
    history, ticks = chart.history, _ticks(chart)
    periods = [point.period for point in history.points]
    right = min(_RIGHT, 0.42 * page.width)
    plot = Plot(_LEFT, _BOTTOM, page.width - _LEFT - right, _PLOT, len(periods), ticks[-1], ticks[0])
    plot.draw_scales(page, ticks, sparse_labels(periods, plot.step))
    ends = [segment.first for segment in chart.segments[1:]] + [len(periods)]
    for segment, end in zip(chart.segments, ends, strict=True):
        _draw_limits(page, plot, segment, end, history.kind)
    draw_gaps(page, plot, history)
    draw_changes(page, plot, history, labelled=True)
    if chart.target is not None:
        y = plot.y(chart.target)
        page.line((plot.left, plot.right), (y, y), color=palette.INK, linewidth=1.3, linestyle=_DASH_DOT, zorder=2.2)
    page.line(*broken_line(plot, history), color=palette.OWN, linewidth=1.3, zorder=3)
    _draw_points(page, plot, chart)
    write_beside(page, plot.right, plot.bottom, plot.height, _labels(plot, chart, heading))


def _ticks(chart: XmrChart) -> list[float]:
    levels = [level for segment in chart.segments for level in (segment.mean, *segment.limits(chart.history.kind))]
    heights = [level for level in (*levels, chart.target) if level is not None]
    heights += given(point.cell for point in chart.history.points)
    return ticks_around(heights, percentage=chart.history.kind == "percentage")


def _draw_limits(page: Sheet, plot: Plot, segment: XmrSegment, end: int, kind: str) -> None:
    """The lines of one segment: they stop where the next begins."""
    xs = (plot.left + segment.first * plot.step, plot.left + end * plot.step)
    if segment.mean is not None:
        page.line(xs, [plot.y(segment.mean)] * 2, color=palette.QUIET, linewidth=1.1, zorder=2)
    style = _DOTS if segment.trial else _DASHES
    for limit in segment.limits(kind):
        if limit is not None:
            page.line(xs, [plot.y(limit)] * 2, color=palette.QUIET, linewidth=1.1, linestyle=style, zorder=2)


def _draw_points(page: Sheet, plot: Plot, chart: XmrChart) -> None:
    size = min(_DOT, 0.85 * plot.step * 72)
    for index, (point, mark, kind) in enumerate(zip(chart.history.points, chart.marks, chart.variations, strict=True)):
        if point.cell.value is None:
            continue
        x, y = plot.x(index), plot.y(point.cell.value)
        if point.period in chart.being_asked:
            look = {"color": palette.WHITE, "markeredgecolor": palette.OWN, "markeredgewidth": 1.3, "zorder": 4}
            page.line([x], [y], marker="o", markersize=min(6.0, size), **look)
            continue
        if not mark:
            page.dot(x, y, min(4.5, size), palette.OWN)
            continue
        fill = _FILLS[kind]
        page.dot(x, y, size, fill.background)
        _write_letter(page, x, y, "H" if mark > 0 else "L", size, fill)


def _write_letter(page: Sheet, x: float, y: float, letter: str, size: float, fill: Fill) -> None:
    page.write(x, y, letter, size=_LETTER * size / _DOT, face="Bold", colour=fill.text, across="centre")


def _labels(plot: Plot, chart: XmrChart, heading: Heading) -> list[Beside]:
    decimals, segment = chart.history.decimals, chart.segments[-1]
    lower, upper = segment.limits(chart.history.kind)
    levels = [("Upper limit", upper), ("Mean", segment.mean), ("Lower limit", lower), ("Target", chart.target)]
    if segment.lower == segment.upper:
        levels = [("Mean, never moved", segment.mean), levels[-1]]
    labels = [
        Beside(plot.y(level), f"{name} {figure_text(Cell(value=level), decimals)}", palette.QUIET)
        for name, level in levels
        if level is not None
    ]
    latest = chart.history.points[-1].cell
    if latest.value is not None:
        words = f"{heading.authority_name} {figure_text(latest, decimals)}"
        labels.append(Beside(plot.y(latest.value), words, palette.OWN, "Bold"))
    return labels
