"""The bands as a table: what the picture shades, and off which every fourth is read."""

from __future__ import annotations

from analysis.figures.captions import full_caption
from analysis.figures.drawing import Table
from analysis.figures.markup import Column, Entry, Row, figure, table, words
from analysis.figures.timeline import period_words
from analysis.figures.variants import require_same_variant
from analysis.views.anonymised import AnonymisedBlock
from analysis.views.model import Band, Bands, Heading
from analysis.views.words import FOURTHS, group_text, half_text


def bands_table(block: AnonymisedBlock, bands: Bands, heading: Heading) -> Table:
    """The own headline beside the printed band of each quarter, the latest last.

    Parameters
    ----------
    block
        One indicator.
    bands
        Its bands.

    Raises
    ------
    TypeError
        If block and heading are of different variants.
    """
    require_same_variant(block, heading)
    card, history = block.own.card, block.own.histories[0]
    quartiles = any(band.middle_half for band in bands.bands)
    columns = [
        Column("Period", number=False, share=4),
        Column("Own figure", share=2),
        Column("Own fourth" if quartiles else "Own half", number=False, share=3),
        *([Column("Lower quartile", share=2)] if quartiles else []),
        Column("Median", share=2),
        *([Column("Upper quartile", share=2)] if quartiles else []),
    ]
    if block.wide is not None:
        columns += [Column("Across regions, middle half", share=3), Column("Across regions, median", share=2)]
    cells = {point.period: point.cell for point in history.points}
    rows = [
        Row(
            words(period_words(band.period)),
            (
                figure(cells[band.period], history.decimals),
                words(FOURTHS[placed.fourth] if placed.fourth else "no figure"),
                *_edges(band, quartiles=quartiles),
                *_across(block.wide, band.period),
            ),
        )
        for band, placed in zip(bands.bands, block.fourths, strict=True)
    ]
    groups = [bands] if block.wide is None else [bands, block.wide]
    told = " and of ".join(f"{group.label} ({group_text(group)})" for group in groups)
    what = "the middle half" if quartiles else "the median"
    sentence = f"{card.title}: {heading.authority_name} and {what} of {told}."
    what = "Quartiles and median are" if quartiles else "The median is"
    note = f"{what} smoothed and rounded: a step isn't a change"
    caption = full_caption(sentence, heading, [cells[band.period] for band in bands.bands], note)
    return table(f"tbl-{card.id.lower()}-bands", "bands", caption, columns, rows)


def _edges(band: Band, *, quartiles: bool) -> list[Entry]:
    """The band of a quarter; of the median alone where no quarter has more."""
    if not quartiles:
        return [Entry((f"{band.median:,g}",))]
    return [
        Entry(("not shown",), number=False, missing=True) if edge is None else Entry((f"{edge:,g}",))
        for edge in (band.lower, band.median, band.upper)
    ]


def _across(wide: Bands | None, period: str) -> tuple[Entry, ...]:
    """The large group's band of a quarter; no cells where there is no such group."""
    if wide is None:
        return ()
    band = next((one for one in wide.bands if one.period == period), None)
    if band is None:
        return words("no band"), words("no band")
    return Entry((half_text(band),)), Entry((f"{band.median:,g}",))
