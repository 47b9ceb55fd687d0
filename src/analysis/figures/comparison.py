"""What each group's figures come to, for all indicators: beside the rug, for readers who may see them."""

from __future__ import annotations

from dataclasses import replace

from analysis.figures.captions import full_caption
from analysis.figures.definitions import on_each_note
from analysis.figures.drawing import Table
from analysis.figures.markup import Column, Row, figure, table
from analysis.figures.rug import card_head
from analysis.figures.variants import PlacedBlock
from analysis.views.dfe import DfeView
from analysis.views.internal import InternalView
from analysis.views.model import Cell, Position
from analysis.views.public import PublicView


def comparison_table(view: InternalView | DfeView | PublicView) -> Table:
    """The region's, the neighbours' and England's figures, with how many neighbours have one.

    Parameters
    ----------
    view
        A view with positions.
    """
    region = view.heading.region_name
    columns = [
        Column("Indicator", number=False, share=46),
        *(Column(f"{region}, {name}", share=11) for name in ("pooled", "mean", "median")),
        Column("Mean of neighbours", share=13),
        Column("Median of neighbours", share=13),
        Column("England", share=10),
    ]
    rows = [_row(block) for block in view.blocks]
    cells = [cell for block in view.blocks for cell in _cells(block)]
    sentence = f"Group figures, {view.heading.authority_name}, {view.heading.period_words}."
    notes = (
        f"Neighbours: statistical neighbours of the {view.neighbours_edition} edition, with how many have a figure",
        *_from_published(view.blocks),
        *on_each_note(
            (block.own.card, item.label, item.definitions)
            for block in view.blocks
            for item in (block.region, block.neighbours, block.england)
        ),
    )
    caption = full_caption(sentence, view.heading, cells, *notes)
    return table("tbl-groups", "groups", caption, columns, rows)


def _row(block: PlacedBlock) -> Row:
    pooled, mean, median, among, middle, england = (figure(cell, block.own.card.decimals) for cell in _cells(block))
    among = replace(among, lines=(*among.lines, *_how_many(block.neighbours)))
    return Row(card_head(block.own.card), (pooled, mean, median, among, middle, england))


def _cells(block: PlacedBlock) -> tuple[Cell, ...]:
    region, neighbours = block.region, block.neighbours
    return region.pooled, region.mean, region.median, neighbours.mean, neighbours.median, block.england.pooled


def _how_many(neighbours: Position) -> tuple[str, ...]:
    """`9 of 10`: a placed authority is counted among those reporting, but is no neighbour of its own."""
    placed = 1 if neighbours.rank is not None else 0
    return (f"{neighbours.reporting - placed} of {neighbours.members - 1}",) if neighbours.members else ()


def _from_published(blocks: tuple[PlacedBlock, ...]) -> list[str]:
    years = sorted({item.placed_among for block in blocks for item in (block.neighbours, block.england)} - {""})
    return [f"Neighbours and England: published figures of {year}" for year in years]
