"""The region's authorities side by side, by name in alphabetical order: no league table (S1 7).

Internal and public views only: the function takes no other block.
"""

from __future__ import annotations

from analysis.figures import palette
from analysis.figures.alt import members_alt
from analysis.figures.captions import full_caption, series_title
from analysis.figures.drawing import Drawing
from analysis.figures.fonts import Face
from analysis.figures.scale import given
from analysis.figures.sheet import Sheet, SheetHeading, sheet
from analysis.figures.variants import NamedBlock, require_same_variant
from analysis.reference.status import Status
from analysis.views.model import Cell, Heading, Member, Position
from analysis.views.words import definitions_text, figure_text

WIDTH = 7.0
_ROW = 0.172
_LEFT, _RIGHT, _ABOVE, _BOTTOM = 2.72, 0.75, 0.36, 0.06
_FIGURE = 0.62
"""Room for a figure between the name and the bar: no line of the plot crosses it."""
_SHORT_REASON = {
    Status.NOT_SUBMITTED: "not submitted",
    Status.SUPPRESSED: "c: hidden, a small count",
    Status.NOT_APPLICABLE: "not applicable",
    Status.NOT_AVAILABLE: "not available",
    Status.UNRELIABLE: "of low reliability",
    Status.BREAK: "the definition changed",
}


def members(block: NamedBlock, heading: Heading) -> Drawing:
    """Every member's headline figure as a bar, with the region's mean and median.

    Parameters
    ----------
    block
        One indicator of an internal or public view.
    heading
        The heading of the same view.

    Raises
    ------
    TypeError
        If block and heading are of different variants.
    """
    require_same_variant(block, heading)
    card = block.own.card
    shown = sorted(block.members, key=lambda member: member.name)
    top = SheetHeading.fit(f"{card.number} {card.title}", f"{series_title(card)}: {heading.period_words}", WIDTH)
    height = top.height + _ABOVE + _BOTTOM + _ROW * len(shown)
    with sheet(WIDTH, height, made_up=heading.made_up) as page:
        page.heading(top)
        _paint(page, shown, block.region, heading, card.decimals)
    return Drawing(
        label=f"fig-{card.id.lower()}-members",
        png=page.png,
        caption=full_caption(
            f"{card.title}, authorities of {heading.region_name} in alphabetical order, {heading.period_words}.",
            heading,
            (),
            f"Lines: mean and median of the {block.region.reporting} that are placed in {block.region.label}",
            *definitions_text(block.region.definitions),
        ),
        alt=members_alt(block.own, heading, block.region, shown),
        width_in=WIDTH,
        height_in=height,
        texts=page.texts,
    )


def _paint(page: Sheet, shown: list[Member], region: Position, heading: Heading, decimals: int) -> None:
    bottom, top = _BOTTOM, _BOTTOM + _ROW * len(shown)
    lines = {
        name: cell.value for name, cell in (("mean", region.mean), ("median", region.median)) if cell.value is not None
    }
    longest = max([*given(member.cell for member in shown), *lines.values()], default=1.0) or 1.0
    inches = (page.width - _LEFT - _RIGHT) / longest
    for row, member in enumerate(shown):
        own = member.authority == heading.authority
        _draw_member(page, member, top - (row + 0.5) * _ROW, inches, decimals, own=own)
    page.line((_LEFT, _LEFT), (bottom, top), linewidth=1, color=palette.AXIS, zorder=3)
    _draw_summary(page, {name: _LEFT + value * inches for name, value in lines.items()}, region, top, decimals)


def _draw_member(page: Sheet, member: Member, y: float, inches: float, decimals: int, *, own: bool) -> None:
    face: Face = "Bold" if own else "Regular"
    colour = palette.OWN if own else palette.INK
    page.write(_LEFT - _FIGURE, y, member.name, face=face, colour=colour, across="right")
    if member.cell.value is None:
        page.write(_LEFT + 0.06, y, _SHORT_REASON[member.cell.status], face="Italic", colour=palette.QUIET)
        return
    page.write(_LEFT - 0.08, y, figure_text(member.cell, decimals), face=face, colour=colour, across="right")
    fill = palette.OWN if own else palette.OTHERS
    page.box(_LEFT, y - 0.36 * _ROW, member.cell.value * inches, 0.72 * _ROW, fill)


def _draw_summary(page: Sheet, lines: dict[str, float], region: Position, top: float, decimals: int) -> None:
    """The region's mean and median as lines, each labelled above on the side away from the other."""
    looks: dict[str, tuple[Cell, float, str | tuple[int, tuple[int, int]]]] = {
        "mean": (region.mean, 0.24, "-"),
        "median": (region.median, 0.09, (0, (3, 2))),
    }
    for name, x in lines.items():
        cell, up, style = looks[name]
        page.line((x, x), (_BOTTOM, top + up), linewidth=1.3, linestyle=style, color=palette.MEDIAN, zorder=2)
        others = [place for other, place in lines.items() if other != name]
        leftwards = any(place > x or (place == x and name == "mean") for place in others)
        page.write(
            x + (-0.05 if leftwards else 0.05), top + up - 0.02, f"{name} {figure_text(cell, decimals)}",
            colour=palette.MEDIAN, across="right" if leftwards else "left",
        )  # fmt: skip
