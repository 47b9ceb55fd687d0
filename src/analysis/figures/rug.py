"""The tartan rug: every indicator in one table, with what each reader may see of it (S1 14)."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.figures import palette
from analysis.figures.captions import full_caption
from analysis.figures.drawing import Table
from analysis.figures.markup import Column, Entry, Row, change, figure, line, table, words
from analysis.figures.readings_table import FILLS
from analysis.figures.rug_notes import rug_notes
from analysis.figures.spark import spark
from analysis.figures.timeline import quarter_of
from analysis.figures.variants import Block, PlacedBlock, View
from analysis.reference.indicators import Polarity
from analysis.signals.schema import Reading
from analysis.signals.tiers import Tier
from analysis.views.anonymised import AnonymisedBlock
from analysis.views.dfe import DfeBlock
from analysis.views.internal import InternalView
from analysis.views.model import Bands, Card, Heading, OwnFigures, Position, Variant
from analysis.views.own import OwnBlock
from analysis.views.public import PublicBlock
from analysis.views.readings import in_a_line
from analysis.views.words import FOURTHS, half_text

Cells = list[tuple[Column, Entry]]

NOT_PLACED = "not placed"
_TITLE, _FIGURE, _CHANGE, _PLACE, _LINE = 50, 9, 15, 12, 17
"""Widths of the columns beside each other."""
_TITLE_OF_ONE_PAGE, _UNIT, _PLACES_OF_ONE_PAGE = 52, 27, (15, 13, 19)
"""The same of the DfE's summary, which must fit a page: a position keeps to one line with its interval."""


def rug_table(view: View) -> Table:
    """The table of all indicators: value with unit and window, change, and what the variant may compare with.

    Parameters
    ----------
    view
        Any view of one authority; its type decides the columns.
    """
    described = [(block, _with_prompts(view, block, _cells(block, view.heading))) for block in view.blocks]
    one_page = view.heading.variant is Variant.DFE
    title = Column("Indicator", number=False, share=_TITLE_OF_ONE_PAGE if one_page else _TITLE)
    columns = [title, *(column for column, _ in described[0][1])]
    entries = [tuple(entry for _, entry in cells) for _, cells in described]
    if one_page:
        columns, entries = _years_in_headings(columns, entries)
    groups = [] if one_page else list(dict.fromkeys(block.own.card.group for block in view.blocks))
    rows = [
        Row(_head(block), cells, group=0 if one_page else groups.index(block.own.card.group) + 1)
        for (block, _), cells in zip(described, entries, strict=True)
    ]
    sentence = f"All indicators, {view.heading.authority_name}, {view.heading.period_words}."
    shown = [cell for block in view.blocks for cell in (block.own.latest, block.own.change)]
    caption = full_caption(sentence, view.heading, shown, *rug_notes(view.blocks))
    return table("tbl-rug", "rug one-page" if one_page else "rug", caption, columns, rows, groups)


def card_head(card: Card) -> Entry:
    """An indicator as a row heading that leads to its part of the report: number and title, then unit and window."""
    return words(f"{card.number} {card.title}", f"{card.unit}, {card.window_words}", link=place_of(card))


def place_of(card: Card) -> str:
    """What the part of a report about an indicator is called, for links to it."""
    return f"indicator-{card.number}"


def _head(block: Block) -> Entry:
    """One line in the DfE's summary, which must fit a page: there the unit has a column of its own."""
    card = block.own.card
    return words(f"{card.number} {card.title}") if isinstance(block, DfeBlock) else card_head(card)


def _cells(block: Block, heading: Heading) -> Cells:
    own, region = block.own, heading.region_name
    if isinstance(block, DfeBlock):
        return [_unit(own.card), *_own_cells(own), *_places(block, region), _middle(block.bands)]
    latest, since = _own_cells(own)
    shown = [latest, _line(block, heading), since]
    match block:
        case OwnBlock():
            return [*shown, _year_ago(own), _rolling(own)]
        case AnonymisedBlock():
            return [*shown, _fourth(block), *_half(block.bands)]
        case PublicBlock():
            return [*shown, _year_ago(own), *_places(block, region)]
        case _:
            return [*shown, _rolling(own), *_places(block, region)]


def _line(block: Block, heading: Heading) -> tuple[Column, Entry]:
    """The periods shown; the DfE's summary has them in one picture under the table."""
    bands = block.bands if isinstance(block, AnonymisedBlock) else None
    periods = block.own.histories[0].points
    yearly = quarter_of(periods[-1].period) is None
    column = Column(f"Last {len(periods)} {'years' if yearly else 'quarters'}", number=False, share=_LINE)
    return column, line(spark(block.own, bands, made_up=heading.made_up))


def _with_prompts(view: View, block: Block, cells: Cells) -> Cells:
    """For internal readers: what is asked about the figure, in words."""
    if not isinstance(view, InternalView):
        return cells
    tiers = next(one.tiers for one in view.readings if one.number == block.own.card.number)
    said = in_a_line({Tier(one.test): Reading(one.reading) for one in tiers})
    shades = {one.shade for one in tiers if one.shade}
    fill = FILLS[shades.pop()] if len(shades) == 1 else None
    return [*cells, (Column("Prompts", number=False, share=_PLACE), words(*said, fill=fill))]


def _unit(card: Card) -> tuple[Column, Entry]:
    """The unit alone: the windows stand in the caption, so that a row keeps to one line."""
    return Column("Unit", number=False, share=_UNIT), words(card.unit)


def _own_cells(own: OwnFigures) -> Cells:
    decimals = own.card.decimals
    return [
        (Column("Latest figure", share=_FIGURE), figure(own.latest, decimals)),
        (Column(f"Change on {_before(own)}", share=_CHANGE), change(own.change, decimals)),
    ]


def _before(own: OwnFigures) -> str:
    yearly = quarter_of(own.histories[0].points[-1].period) is None
    return "the year before" if yearly else "the same quarter last year"


def _year_ago(own: OwnFigures) -> tuple[Column, Entry]:
    before = _before(own)
    return Column(before[0].upper() + before[1:], share=_FIGURE), figure(own.year_ago, own.card.decimals)


def _rolling(own: OwnFigures) -> tuple[Column, Entry]:
    stock = own.card.kind == "stock"
    entry = Entry(("not summed",), number=False) if stock else figure(own.rolling, own.card.decimals)
    return Column("Last 12 months", share=_FIGURE), entry


def _places(block: PlacedBlock, region: str) -> Cells:
    labels = (region, "Statistical neighbours", "England")
    positions = (block.region, block.neighbours, block.england)
    in_a_line = isinstance(block, DfeBlock)
    shares = _PLACES_OF_ONE_PAGE if in_a_line else (_PLACE,) * len(labels)
    return [
        (Column(label, number=False, share=share), _place(position, block.own.card.polarity, in_a_line=in_a_line))
        for label, share, position in zip(labels, shares, positions, strict=True)
    ]


def _place(position: Position, polarity: Polarity, *, in_a_line: bool) -> Entry:
    """A position as a shaded cell, with its interval and the year of the published figures that it stands among."""
    if position.rank is None:
        return words(NOT_PLACED)
    band = palette.sixth(position.rank, position.reporting)
    fills = palette.NEUTRAL_SIXTHS if polarity is Polarity.NEUTRAL else palette.SIXTHS
    text = [f"{position.rank} of {position.reporting}"]
    if position.interval is not None:
        text.append(f"({position.interval.low}{'–' if in_a_line else ' to '}{position.interval.high})")
    if position.placed_among:
        text.append(position.placed_among)
    return words(*([" ".join(text)] if in_a_line else text), fill=None if band is None else fills[band])


def _fourth(block: AnonymisedBlock) -> tuple[Column, Entry]:
    column = Column("Own place in the group", number=False, share=_PLACE)
    if not block.fourth:
        return column, words("no band" if block.bands is None else "no figure")
    return column, words(FOURTHS[block.fourth], fill=palette.FOURTHS[block.fourth])


def _half(bands: Bands | None) -> Cells:
    """The group's latest band; the caption says which group."""
    latest = bands.bands[-1] if bands else None
    half = words(half_text(latest) if latest else "no band")
    median = words(f"{latest.median:,g}" if latest else "no band")
    return [
        (Column("Middle half of the group", number=False, share=_PLACE), half),
        (Column("Median of the group", number=False, share=_FIGURE), median),
    ]


def _middle(bands: Bands | None) -> tuple[Column, Entry]:
    """The group's middle half in a column of its own, or its median where that stands alone."""
    (column, half), (_, median) = _half(bands)
    return column, words(f"median {median.lines[0]}") if bands is not None and bands.median_alone else half


_YEAR = re.compile(r" (\d{4}-\d{2})$")


def _years_in_headings(
    columns: list[Column], rows: list[tuple[Entry, ...]]
) -> tuple[list[Column], list[tuple[Entry, ...]]]:
    """A year that stands in every placed cell of a column stands in its heading, so that a row keeps to one line."""
    kept = [list(row) for row in rows]
    for place in range(len(columns) - 1):
        placed = [row for row in kept if row[place].fill is not None]
        years = {match[1] if (match := _YEAR.search(row[place].lines[0])) else "" for row in placed}
        if len(years) == 1 and (year := years.pop()):
            columns[place + 1] = replace(columns[place + 1], words=f"{columns[place + 1].words}, {year}")
            for row in placed:
                row[place] = replace(row[place], lines=(_YEAR.sub("", row[place].lines[0]),))
    return columns, [tuple(row) for row in kept]
