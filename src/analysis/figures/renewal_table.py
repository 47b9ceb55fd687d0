"""Old beside new as a table: figures, and where the reader sees positions those too."""

from __future__ import annotations

from analysis.figures.captions import full_caption
from analysis.figures.drawing import Table
from analysis.figures.markup import Column, Row, figure, table, words
from analysis.views.model import Heading
from analysis.views.renewal import Renewal


def renewal_table(renewal: Renewal, heading: Heading) -> Table:
    """The indicators that read otherwise than they would have without the changes that begin in the quarter.

    Raises
    ------
    ValueError
        If none does: a document says so in a sentence.
    """
    if not renewal.rows:
        raise ValueError("a table of old beside new needs at least one indicator")
    columns = [
        Column("Indicator", number=False, share=24),
        Column("Unit", number=False, share=14),
        Column("As before", share=11),
        Column("Now", share=11),
    ]
    if renewal.rows[0].positions:
        for group in (heading.region_name, "Neighbours"):
            columns += [Column(f"{group}, {when}", number=False, share=10) for when in ("as before", "now")]
    rows = [
        Row(
            words(f"{one.number}. {one.title}"),
            (
                words(one.unit),
                figure(one.before, one.decimals),
                figure(one.now, one.decimals),
                *(words(text) for both in one.positions for text in both),
            ),
        )
        for one in renewal.rows
    ]
    cells = [cell for one in renewal.rows for cell in (one.before, one.now)]
    sentence = f"{heading.authority_name}, {heading.period_words}: without this quarter's changes, and with them."
    return table("tbl-old-beside-new", "renewal", full_caption(sentence, heading, cells), columns, rows)
