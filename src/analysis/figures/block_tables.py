"""The tables under one indicator: its series over time, the groups it is compared with, members, published figures."""

from __future__ import annotations

from analysis.figures.captions import first_upper, full_caption, period_span, series_title
from analysis.figures.definitions import changes_note
from analysis.figures.drawing import Table
from analysis.figures.markup import Column, Row, figure, table, words
from analysis.figures.timeline import period_words, quarter_of
from analysis.figures.variants import Block, NamedBlock, PlacedBlock, require_same_variant
from analysis.views.anonymised import AnonymisedBlock
from analysis.views.model import Card, Heading, History, Position
from analysis.views.own import OwnBlock
from analysis.views.public import PublicBlock
from analysis.views.sentences import groups_of
from analysis.views.words import WINDOWS, position_text

SHORT = 12
"""Characters of a file's SHA-256 that are printed under a table; the whole stands among the sources."""


def block_table(block: Block, heading: Heading) -> Table:
    """All series of one indicator over the periods shown, a row a period, the latest last.

    Raises
    ------
    TypeError
        If block and heading are of different variants.
    """
    require_same_variant(block, heading)
    card, histories = block.own.card, block.own.histories
    columns = [
        Column("Period", number=False, share=3),
        *(Column(_series_words(card, history), share=2) for history in histories),
    ]
    rows = [
        Row(
            words(period_words(points[0].period)),
            tuple(figure(point.cell, history.decimals) for point, history in zip(points, histories, strict=True)),
        )
        for points in zip(*(history.points for history in histories), strict=True)
    ]
    cells = [point.cell for history in histories for point in history.points]
    sentence = f"{card.title}, {heading.authority_name}, {period_span(histories[0])}."
    changed = first_upper(changes_note(histories[0]))
    return table(
        f"tbl-{card.id.lower()}-series", "series", full_caption(sentence, heading, cells, changed), columns, rows
    )


def _series_words(card: Card, history: History) -> str:
    """A series with its window: `Referrals per 10,000 children, in the quarter`."""
    yearly = quarter_of(history.points[-1].period) is None
    as_the_card = yearly or card.kind == "stock" or history.window is card.window
    return f"{history.label}, {card.window_words if as_the_card else WINDOWS[history.window]}"


def positions_table(block: PlacedBlock, heading: Heading) -> Table:
    """Where the authority stands in each group, the figure that was placed, and what the group's figures come to.

    Raises
    ------
    TypeError
        If block and heading are of different variants.
    """
    require_same_variant(block, heading)
    card = block.own.card
    columns = [
        Column("Group", number=False),
        Column("Position", number=False),
        Column("Own figure placed"),
        Column("Pooled"),
        Column("Mean"),
        Column("Median"),
        Column("Figures from", number=False),
    ]
    positions = (block.region, block.neighbours, block.england, *groups_of(block))
    rows = [_position_row(position, card.decimals) for position in positions]
    cells = [cell for item in positions for cell in (item.own, item.pooled, item.mean, item.median)]
    sentence = f"{card.title}: {heading.authority_name} in its groups ({card.polarity_words})."
    caption = full_caption(sentence, heading, cells)
    return table(f"tbl-{card.id.lower()}-positions", "positions", caption, columns, rows)


def _position_row(position: Position, decimals: int) -> Row:
    figures = (position.own, position.pooled, position.mean, position.median)
    return Row(
        words(position.label),
        (
            words(position_text(position)),
            *(figure(cell, decimals) for cell in figures),
            words(position.provenance),
        ),
    )


def members_table(block: NamedBlock, heading: Heading) -> Table:
    """Every member's headline figure by name, in alphabetical order: no league table (S1 7).

    Raises
    ------
    TypeError
        If block and heading are of different variants.
    """
    require_same_variant(block, heading)
    card = block.own.card
    columns = [Column("Authority", number=False), Column(series_title(card))]
    rows = [
        Row(words(member.name), (figure(member.cell, card.decimals),), own=member.authority == heading.authority)
        for member in sorted(block.members, key=lambda member: member.name)
    ]
    sentence = f"{card.title}, authorities of {heading.region_name} in alphabetical order, {heading.period_words}."
    caption = full_caption(sentence, heading, [member.cell for member in block.members])
    return table(f"tbl-{card.id.lower()}-members", "members", caption, columns, rows)


def published_table(block: OwnBlock | AnonymisedBlock | PublicBlock, heading: Heading) -> Table:
    """What DfE has published beside the authority's own figures, each with its source.

    Raises
    ------
    TypeError
        If block and heading are of different variants.
    """
    require_same_variant(block, heading)
    card = block.own.card
    columns = [
        Column("Area", number=False, share=22),
        Column("Year", number=False, share=10),
        Column("Published figure", share=12),
        Column("Unit", number=False, share=20),
        Column("Like for like", number=False, share=10),
        Column("Source", number=False, share=26),
    ]
    rows = [
        Row(
            words(item.label),
            (
                words(item.year),
                figure(item.cell, item.decimals),
                words(item.unit or card.unit),
                words("yes" if item.like_for_like else "no"),
                words(item.source),
            ),
        )
        for item in block.published
    ]
    cells = [item.cell for item in block.published]
    editions = sorted({(item.edition, item.sha256[:SHORT]) for item in block.published if item.edition})
    notes = [f"Published in {edition}; file {digest}" for edition, digest in editions]
    differ = sorted({item.difference.rstrip(".") for item in block.published if not item.like_for_like})
    notes += [f"Not like for like: {difference}" for difference in differ]
    caption = full_caption(f"{card.title}: published figures.", heading, cells, *notes, real=True)
    return table(f"tbl-{card.id.lower()}-published", "published", caption, columns, rows)
