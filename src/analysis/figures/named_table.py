"""Authorities that are named with their permission, beside the reader's own figures."""

from __future__ import annotations

from analysis.figures.captions import full_caption, period_span
from analysis.figures.drawing import Table
from analysis.figures.markup import Column, Row, figure, table, words
from analysis.figures.timeline import period_words
from analysis.figures.variants import require_same_variant
from analysis.views.anonymised import AnonymisedBlock
from analysis.views.model import Heading
from analysis.views.words import COUNTS_HIDDEN, named_with_permission


def named_table(block: AnonymisedBlock, heading: Heading) -> Table:
    """The headline of each named authority over the periods shown, the latest last.

    Raises
    ------
    TypeError
        If block and heading are of different variants.
    """
    require_same_variant(block, heading)
    card, own = block.own.card, block.own.histories[0]
    columns = [
        Column("Period", number=False, share=3),
        Column("Own figure", share=2),
        *(Column(named_with_permission(line.name), share=3) for line in block.named),
    ]
    histories = [own, *(line.history for line in block.named)]
    rows = [
        Row(words(period_words(points[0].period)), tuple(figure(point.cell, own.decimals) for point in points))
        for points in zip(*(history.points for history in histories), strict=True)
    ]
    sentence = f"{card.title}: authorities named with their permission, {period_span(own)}."
    cells = [point.cell for history in histories for point in history.points]
    caption = full_caption(sentence, heading, cells, COUNTS_HIDDEN)
    return table(f"tbl-{card.id.lower()}-named", "series", caption, columns, rows)
