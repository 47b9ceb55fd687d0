"""The regional rug as one picture: indicators down, members across, shaded as in the tables (internal only)."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.figures import palette
from analysis.figures.alt import regional_alt
from analysis.figures.captions import full_caption
from analysis.figures.drawing import Drawing
from analysis.figures.fonts import width_of, wrapped
from analysis.figures.palette import Fill
from analysis.figures.regional import on_each, rank_set, shading
from analysis.figures.rug_notes import SHADING
from analysis.figures.sheet import Sheet, SheetHeading, sheet
from analysis.views.model import Member
from analysis.views.regional import RegionalRow, RegionalView
from analysis.views.words import figure_text

WIDTH = 10.4
_LEFT, _ROW, _BETWEEN, _POINTS = 3.5, 0.192, 0.05, 6.2
_NAME = 7.5
_PLAIN = Fill(palette.WHITE, palette.INK)


def regional_picture(view: RegionalView) -> Drawing:
    """Every member's headline figure for every indicator, shaded by position in the region.

    Parameters
    ----------
    view
        The regional view. Members stand in alphabetical order; those who joined from outside are not shaded.
    """
    members = sorted(view.rows[0].members, key=lambda member: member.name)
    breaks = sum(one.card.group != other.card.group for one, other in zip(view.rows, view.rows[1:], strict=False))
    title = f"{view.heading.region_name}, {view.heading.period_words}"
    heading = SheetHeading.fit(title, "", WIDTH)
    lines = [line for member in members for line in _name(member).split("\n")]
    names = 0.15 + max(width_of(line, "Regular", _NAME) for line in lines)
    height = heading.height + names + _ROW * len(view.rows) + _BETWEEN * breaks + 0.05
    with sheet(WIDTH, height, made_up=view.heading.made_up) as page:
        page.heading(heading)
        _draw(page, view, members, height - heading.height - names)
    cells = [member.cell for row in view.rows for member in row.members]
    return Drawing(
        label="fig-regional-rug",
        png=page.png,
        caption=full_caption(
            f"All members and indicators, {title}.", view.heading, cells, SHADING, *on_each(view, view.rows)
        ),
        alt=regional_alt(view),
        width_in=WIDTH,
        height_in=height,
        texts=page.texts,
    )


def _draw(page: Sheet, view: RegionalView, members: Sequence[Member], top: float) -> None:
    width = (WIDTH - _LEFT) / len(members)
    for column, member in enumerate(members):
        middle = _LEFT + (column + 0.5) * width
        page.write(middle, top + 0.05, _name(member), size=_NAME, across="centre", up="bottom", upright=True)
    ranked = rank_set(view)
    longest = max((_text(row, member) for row in view.rows for member in row.members), key=len)
    size = min(7.0, 0.92 * width / width_of(longest, "Regular", 1.0))
    group = view.rows[0].card.group
    for row in view.rows:
        if row.card.group != group:
            group, top = row.card.group, top - _BETWEEN
        _draw_row(page, row, members, ranked, top, width, size)
        top -= _ROW


def _draw_row(
    page: Sheet,
    row: RegionalRow,
    members: Sequence[Member],
    ranked: frozenset[str],
    top: float,
    width: float,
    size: float,
) -> None:
    title = wrapped(f"{row.card.number} {row.card.title}, {row.card.unit}", "Regular", _POINTS, _LEFT - 0.15)
    page.write(0.05, top - _ROW / 2, title, size=_POINTS)
    cells = {member.authority: member for member in row.members}
    fills = shading(row.members, row.card.polarity, ranked)
    for column, member in enumerate(members):
        fill = fills.get(member.authority, _PLAIN)
        left = _LEFT + column * width
        page.box(left + 0.006, top - _ROW + 0.006, width - 0.012, _ROW - 0.012, fill.background)
        text = _text(row, cells[member.authority])
        page.write(left + width / 2, top - _ROW / 2, text, size=size, colour=fill.text, across="centre")


def _name(member: Member) -> str:
    return wrapped(member.name, "Regular", _NAME, 1.4)


def _text(row: RegionalRow, member: Member) -> str:
    return figure_text(member.cell, row.card.decimals)
