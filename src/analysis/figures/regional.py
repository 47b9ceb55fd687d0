"""The whole region at a glance: every member against every indicator, in alphabetical order (internal only)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from analysis.figures import palette
from analysis.figures.captions import full_caption
from analysis.figures.definitions import on_each_note
from analysis.figures.drawing import Table
from analysis.figures.markup import Column, Entry, Row, figure, table, words
from analysis.figures.palette import Fill
from analysis.figures.rug_notes import SHADING
from analysis.reference.indicators import Polarity
from analysis.views.model import Card, Member
from analysis.views.regional import RegionalRow, RegionalView

_MOST_COLUMNS = 6


def regional_rug(view: RegionalView) -> tuple[Table, ...]:
    """Members down, indicators across, each cell shaded by its position in the region.

    In several tables, since a page has room for some six indicators with their titles: neighbouring groups of
    indicators share one where they fit.
    """
    return tuple(_part(view, rows, number) for number, rows in enumerate(_parts(view.rows), start=1))


def _parts(rows: Sequence[RegionalRow]) -> list[list[RegionalRow]]:
    parts: list[list[RegionalRow]] = []
    for _, group in groupby(rows, key=lambda row: row.card.group):
        listed = list(group)
        if parts and len(parts[-1]) + len(listed) <= _MOST_COLUMNS:
            parts[-1] += listed
        else:
            parts.append(listed)
    return parts


def _part(view: RegionalView, rows: Sequence[RegionalRow], number: int) -> Table:
    ranked = rank_set(view)
    names = {member.authority: member.name for row in rows for member in row.members}
    shaded = [_entries(row, ranked) for row in rows]
    columns = [Column("Authority", number=False, share=3), *(Column(_head(row.card), share=2) for row in rows)]
    body = [
        Row(words(names[code]), tuple(entries[code] for entries in shaded))
        for code in sorted(names, key=names.__getitem__)
    ]
    for name in ("pooled", "mean", "median"):
        summary = tuple(figure(getattr(row, name), row.card.decimals) for row in rows)
        body.append(Row(words(f"{view.heading.region_name}, {name}"), summary, own=True))
    cells = [member.cell for row in rows for member in row.members]
    groups = ", ".join(dict.fromkeys(row.card.group.lower() for row in rows))
    sentence = f"{view.heading.region_name}, {view.heading.period_words}: {groups}."
    caption = full_caption(sentence, view.heading, cells, SHADING, *on_each(view, rows))
    return table(f"tbl-regional-rug-{number}", "regional-rug", caption, columns, body)


def _head(card: Card) -> str:
    return f"{card.number} {card.title}, {card.unit}, {card.window_words}"


def _entries(row: RegionalRow, ranked: frozenset[str]) -> dict[str, Entry]:
    fills = shading(row.members, row.card.polarity, ranked)
    return {
        member.authority: figure(member.cell, row.card.decimals, fills.get(member.authority)) for member in row.members
    }


def on_each(view: RegionalView, rows: Sequence[RegionalRow]) -> list[str]:
    """How many members count by each definition, where they count by different ones."""
    return on_each_note((row.card, view.heading.region_name, row.definitions) for row in rows)


def rank_set(view: RegionalView) -> frozenset[str]:
    """Who is placed in the region: not those who joined from outside."""
    return frozenset(item.authority for item in view.submissions if item.in_rank_set)


def shading(members: Sequence[Member], polarity: Polarity, ranked: frozenset[str]) -> dict[str, Fill]:
    """The fill of each member that has a figure and is placed.

    Positions count as everywhere: 1 is the better end, or the highest where neither is counted as better; ties
    share the smaller number; a missing figure is not counted.
    """
    sign = 1 if polarity is Polarity.BETTER_LOW else -1
    fills = palette.NEUTRAL_SIXTHS if polarity is Polarity.NEUTRAL else palette.SIXTHS
    values = {
        member.authority: sign * member.cell.value
        for member in members
        if member.cell.value is not None and member.authority in ranked
    }
    found = {}
    for code, value in values.items():
        band = palette.sixth(1 + sum(other < value for other in values.values()), len(values))
        if band is not None:
            found[code] = fills[band]
    return found
