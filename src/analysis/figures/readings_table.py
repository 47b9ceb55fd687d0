"""What each question found of each indicator, as a table: prompts stand out, and silence says what it is worth."""

from __future__ import annotations

from analysis.figures.captions import full_caption
from analysis.figures.drawing import Table
from analysis.figures.markup import Column, Entry, Row, table, words
from analysis.figures.palette import CONCERN, IMPROVEMENT, NEITHER, Fill
from analysis.views.internal import InternalView
from analysis.views.prompts import TierReading
from analysis.views.readings import OF_CHANCE, QUESTIONS, Shade

FILLS: dict[Shade, Fill] = {Shade.BETTER: IMPROVEMENT, Shade.WORSE: CONCERN, Shade.NEITHER: NEITHER}
_NOTES = (
    "Each indicator is asked three questions of its quarterly figures, beside what moves the region",
    "Under a prompt: how far it lies from what was expected. Under the others: the change that would have been "
    "asked about four times in five, though it were the only one; of a move quarter by quarter from the first to the "
    "last",
    "Cannot say: too few children, or a series too restless, for a change that matters to show",
    "Blue: the way that is counted as better; orange: the other way; grey: neither is",
)


def readings_table(view: InternalView) -> Table:
    """Every reading of one authority, a row an indicator and a column a question."""
    columns = [Column("Indicator", number=False, share=40)]
    columns += [Column(QUESTIONS[tier], number=False, share=20) for tier in OF_CHANCE]
    rows = [
        Row(words(f"{one.number} {one.title}"), tuple(_entry(reading) for reading in one.tiers))
        for one in view.readings
    ]
    sentence = f"What was asked and found, {view.heading.authority_name}, {view.heading.period_words}."
    return table("tbl-readings", "readings", full_caption(sentence, view.heading, (), *_NOTES), columns, rows)


def _entry(reading: TierReading) -> Entry:
    lines = (reading.word, reading.beneath) if reading.beneath else (reading.word,)
    return words(*lines, fill=FILLS.get(reading.shade))
