"""A group's figures of one period by size, with the limits of chance: for internal readers, since it marks each member.

Named are the reader's own authority and who lies beyond the outer limits. It shows levels, which differ for many
reasons, and ranks nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.figures import palette
from analysis.figures.alone import alone
from analysis.figures.alt import first_lower
from analysis.figures.alt_charts import GROUP_AND_LIMITS, being_asked, funnel_alt, names_asked
from analysis.figures.beside import Beside, write_beside
from analysis.figures.captions import full_caption, series_title
from analysis.figures.drawing import Drawing
from analysis.figures.scale import ticks_from_zero
from analysis.figures.sheet import Sheet, SheetHeading, sheet
from analysis.views.charts import FunnelChart, FunnelMember
from analysis.views.model import Cell, Heading, Variant
from analysis.views.words import figure_text

WIDTH = 7.0
_LEFT, _BOTTOM, _RIGHT = 0.52, 0.4, 2.0
_PLOT, _ABOVE = 2.6, 0.2
"""Inches: the height of the plot, and the room between it and the subtitle."""
_DASHES = (0, (5, 3))


@dataclass(frozen=True)
class _Plane:
    """The plot's rectangle in inches, and its two scales, both from 0."""

    width: float
    widest: float
    top: float

    @property
    def right(self) -> float:
        return _LEFT + self.width

    def x(self, size: float) -> float:
        return _LEFT + size / self.widest * self.width

    def y(self, figure: float) -> float:
        return _BOTTOM + figure / self.top * _PLOT


def funnel_picture(
    chart: FunnelChart, heading: Heading, *, width: float = WIDTH, stands_alone: bool = False
) -> Drawing:
    """The funnel as a picture.

    Parameters
    ----------
    chart
        One indicator of a group in one period.
    heading
        Of an internal view.
    width
        Inches; 3 at least.
    stands_alone
        Whether it is a file of its own: caption and marking are in it then, and it is there as vectors too.

    Raises
    ------
    TypeError
        If the heading is of another variant: each mark in a funnel is a member's, and its size gives its name away.
    """
    if heading.variant is not Variant.INTERNAL:
        raise TypeError(f"a funnel marks each member, and can't stand in the {heading.variant} view")
    card = chart.card
    caption, said = _caption(chart, heading), funnel_alt(chart, heading)
    top = SheetHeading.fit(f"{card.number} {card.title}", f"{series_title(card)}: {heading.period_words}", width)
    height = _BOTTOM + _PLOT + _ABOVE + top.height
    beneath = alone(card, caption, said, heading) if stands_alone else None
    with sheet(width, height, made_up=heading.made_up, alone=beneath) as page:
        page.heading(top)
        _paint(page, chart, heading)
    return Drawing(
        label=f"fig-{card.id.lower()}-funnel",
        png=page.png,
        caption=caption,
        alt=said,
        width_in=width,
        height_in=page.whole_height,
        texts=page.texts,
        svg=page.svg,
    )


def _caption(chart: FunnelChart, heading: Heading) -> str:
    return full_caption(
        f"{chart.card.title}, authorities of {heading.region_name} by {chart.size_words}, {heading.period_words}.",
        heading,
        (),
        "Inner and outer limits: 1.96 and 3.09 standard errors from the group's own figure, which hold chance and "
        "what these authorities differ by among each other",
        "Named: the own authority, and who lies beyond the outer limits",
        *(f"Hollow: {first_lower(words)}" for words in being_asked(names_asked(chart), GROUP_AND_LIMITS)),
        f"No figure: {', '.join(chart.without)}" if chart.without else "",
    )


def _paint(page: Sheet, chart: FunnelChart, heading: Heading) -> None:
    percentage = chart.card.kind == "percentage"
    highest = max(member.figure for member in chart.members)
    # The lines open without end towards size 0: the plot ends where the smallest member has its limits.
    smallest = min(member.size for member in chart.members)
    reach = [line.highest for line in chart.lines if line.size >= smallest]
    ticks = ticks_from_zero([highest, *reach], percentage=percentage)
    sizes = ticks_from_zero([chart.lines[-1].size], most=4)
    right = min(_RIGHT, 0.42 * page.width)
    plane = _Plane(page.width - _LEFT - right, chart.lines[-1].size, ticks[-1])
    _draw_scales(page, plane, ticks, [size for size in sizes if size <= plane.widest], chart.size_words)
    beside = _draw_lines(page, plane, chart, heading)
    for member in chart.members:
        own = member.authority == heading.authority
        _draw_member(page, plane, member, own=own)
        if own or member.asked or abs(member.outside) == 2:
            words = f"{member.name} {figure_text(Cell(value=member.figure), chart.card.decimals)}"
            colour = palette.OWN if own else palette.INK
            beside.append(
                Beside(plane.y(member.figure), words, colour, "Bold" if own else "Regular", x=plane.x(member.size))
            )
    write_beside(page, plane.right, _BOTTOM, _PLOT, beside)


def _draw_scales(page: Sheet, plane: _Plane, ticks: Iterable[float], sizes: Iterable[float], size_words: str) -> None:
    for tick in ticks:
        colour, line = (palette.AXIS, 1.0) if tick == 0 else (palette.RULE, 0.6)
        page.line((_LEFT, plane.right), [plane.y(tick)] * 2, color=colour, linewidth=line, zorder=0.2)
        page.write(_LEFT - 0.07, plane.y(tick), f"{tick:,g}", across="right")
    for size in sizes:
        page.line([plane.x(size)] * 2, (_BOTTOM, _BOTTOM - 0.04), linewidth=0.8, color=palette.AXIS)
        page.write(plane.x(size), _BOTTOM - 0.05, f"{size:,.0f}", across="centre", up="top")
    page.write(_LEFT + plane.width / 2, 0.03, size_words, across="centre", up="bottom", colour=palette.QUIET)


def _draw_lines(page: Sheet, plane: _Plane, chart: FunnelChart, heading: Heading) -> list[Beside]:
    """The group's own figure and its limits, each labelled at its right end."""
    end = plane.right
    page.line((_LEFT, end), [plane.y(chart.centre)] * 2, color=palette.MEDIAN, linewidth=1.3, zorder=2)
    drawn = [line for line in chart.lines if line.highest <= plane.top]
    xs = [plane.x(line.size) for line in drawn]
    for heights, style in (
        ([line.lower for line in drawn], "-"),
        ([line.upper for line in drawn], "-"),
        ([line.lowest for line in drawn], _DASHES),
        ([line.highest for line in drawn], _DASHES),
    ):
        page.line(
            xs, [plane.y(value) for value in heights], color=palette.QUIET, linewidth=1, linestyle=style, zorder=2
        )
    last = chart.lines[-1]
    centre = figure_text(Cell(value=chart.centre), chart.card.decimals)
    return [
        Beside(plane.y(chart.centre), f"{heading.region_name} together {centre}", palette.MEDIAN),
        Beside(plane.y(last.upper), "Inner limit", palette.QUIET),
        Beside(plane.y(last.highest), "Outer limit", palette.QUIET),
    ]


def _draw_member(page: Sheet, plane: _Plane, member: FunnelMember, *, own: bool) -> None:
    """A dot, larger for the own authority; a diamond beyond the outer limits, so that it is told apart in grey.

    Hollow is what is being asked about.
    """
    fill, edge = (palette.OWN, palette.WHITE) if own else (palette.OTHERS, palette.INK)
    if member.asked:
        fill, edge = palette.WHITE, palette.OWN if own else palette.INK
    far = abs(member.outside) == 2
    page.line(
        [plane.x(member.size)],
        [plane.y(member.figure)],
        marker="D" if far else "o",
        markersize=8 if own else 6.5 if far else 5.5,
        color=palette.INK if far and not own else fill,
        markeredgecolor=edge,
        markeredgewidth=1.3 if member.asked else 0.6,
        zorder=5 if own else 4,
    )
