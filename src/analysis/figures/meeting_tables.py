"""The tables of meeting documents: what is open and answered, how far the data is, counts, and steps over years."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.figures.captions import full_caption
from analysis.figures.drawing import Table
from analysis.figures.markup import Column, Entry, Row, change, figure, table, words
from analysis.figures.timeline import short_period
from analysis.views.checking_book import BookPage
from analysis.views.meeting_pack import MeetingPack
from analysis.views.model import Heading
from analysis.views.protocol import Counted, ProtocolReport
from analysis.views.trajectory import AuthorityCourse

_ABOUT = Column("About", number=False, share=18)
_PERIOD = Column("Period", number=False, share=9)
_COUNTED = ("Measures missing", "Queries open", "Queries answered", "Figures changed", "Prompts", "Held back")


def figures_table(page: BookPage, heading: Heading) -> Table:
    """An authority's headlines as they would go into the quarter's summary, in the order of the list."""
    columns = [
        # Wide enough for a title on one line: a page has room for all of them and for some queries.
        Column("Indicator", number=False, share=70),
        Column("Year before", share=10),
        Column("Quarter before", share=10),
        Column("This quarter", share=10),
    ]
    rows = [
        Row(
            words(f"{one.number} {one.title}", f"{one.unit}, {one.window_words}"),
            tuple(figure(cell, one.decimals) for cell in (one.year_ago, one.before, one.latest)),
        )
        for one in page.figures
    ]
    cells = [cell for one in page.figures for cell in (one.year_ago, one.before, one.latest)]
    caption = full_caption(f"Figures to check, {page.name}, {heading.period_words}.", heading, cells)
    return table(f"tbl-figures-{page.authority}", "figures", caption, columns, rows)


def open_queries_table(page: BookPage, heading: Heading) -> Table:
    """What an authority has been asked and has not answered, in the order of its query sheet."""
    columns = [
        _ABOUT,
        _PERIOD,
        Column("Sent", number=False, share=9),
        Column("What was seen", number=False, share=30),
        Column("What is asked", number=False, share=30),
    ]
    rows = [
        Row(
            words(one.about),
            tuple(words(text or "nothing") for text in (_when(one.period), one.sent, one.seen, one.asked)),
        )
        for one in page.open
    ]
    return _of_page("open", f"Open queries, {page.name}.", page, heading, columns, rows)


def answered_queries_table(page: BookPage, heading: Heading) -> Table:
    """What an authority answered, in the order of its answers."""
    columns = [
        _ABOUT,
        _PERIOD,
        Column("Answer", number=False, share=16),
        Column("Reason", number=False, share=30),
        Column("Answered by", number=False, share=14),
        Column("Read on", number=False, share=10),
    ]
    rows = [
        Row(
            words(one.about),
            tuple(
                words(text or "not given")
                for text in (_when(one.period), one.answer, one.reason, one.answered_by, one.on)
            ),
        )
        for one in page.answered
    ]
    return _of_page("answered", f"Queries answered, {page.name}.", page, heading, columns, rows)


def changes_table(page: BookPage, heading: Heading) -> Table:
    """Figures that are other ones than were sent before, in the order of the findings."""
    columns = [
        Column("Measure", number=False, share=22),
        _PERIOD,
        Column("What was seen", number=False, share=50),
        Column("How", number=False, share=14),
    ]
    rows = [
        Row(
            words(one.measure.replace("_", " ") or "The whole return"),
            (words(_when(one.period)), words(one.seen), words(one.rule.replace("_", " "))),
        )
        for one in page.changes
    ]
    return _of_page(
        "changes", f"Figures changed since they were first sent, {page.name}.", page, heading, columns, rows
    )


def states_table(pack: MeetingPack) -> Table:
    """How far each authority's data is, in alphabetical order."""
    columns = [
        Column("Authority", number=False, share=26),
        Column("Return", number=False, share=16),
        *(Column(title, share=10) for title in _COUNTED),
    ]
    rows = [
        Row(
            words(one.name),
            (
                words(received_words(one.sent, one.late)),
                *(
                    Entry((f"{count}",))
                    for count in (one.missing, one.open, one.answered, one.changes, one.prompts, one.held_back)
                ),
            ),
        )
        for one in pack.states
    ]
    notes = (
        "Alphabetical; no order of merit",
        "Prompts are questions about what is unusual for an authority itself; held back are those whose figure is "
        "being asked about",
    )
    sentence = f"Where the data stands, {pack.heading.region_name}, {pack.heading.period_words}."
    return table("tbl-states", "states", full_caption(sentence, pack.heading, (), *notes), columns, rows)


def counts_table(label: str, sentence: str, counted: Sequence[Counted], report: ProtocolReport) -> Table:
    """Things and how many there were of each."""
    columns = [Column("What", number=False, share=80), Column("How many", share=20)]
    rows = [Row(words(one.words), (Entry((f"{one.count:,}",)),)) for one in counted]
    return table(f"tbl-{label}", "counts", full_caption(sentence, report.heading), columns, rows)


def steps_table(course: AuthorityCourse, heading: Heading) -> Table:
    """An authority's headlines in the same quarter of each year, in the order of the list."""
    columns = [
        Column("Indicator", number=False, share=40),
        *(Column(short_period(quarter), share=10) for quarter in course.quarters),
        Column("Change on the year before", share=11),
        Column("Last four quarters", number=False, share=14),
        Column("Quarter by quarter, beside the region", number=False, share=14),
    ]
    rows = [
        Row(
            words(f"{one.number} {one.title}", f"{one.unit}, {one.window_words}"),
            (
                *(figure(cell, one.decimals) for cell in one.cells),
                change(one.change, one.decimals),
                words(one.sustained),
                words(one.drift),
            ),
        )
        for one in course.steps
    ]
    cells = [cell for one in course.steps for cell in (*one.cells, one.change)]
    caption = full_caption(f"{course.name}, the same quarter of each year.", heading, cells)
    return table(f"tbl-steps-{course.authority}", "steps", caption, columns, rows)


def received_words(sent: bool, late: bool | None) -> str:
    """Whether a return came, and whether in time as far as that is known."""
    if not sent:
        return "nothing received"
    return "received" if late is None else "received late" if late else "received in time"


def _of_page(
    kind: str, sentence: str, page: BookPage, heading: Heading, columns: Sequence[Column], rows: Sequence[Row]
) -> Table:
    return table(f"tbl-{kind}-{page.authority}", kind, full_caption(sentence, heading), columns, rows)


def _when(period: str) -> str:
    return short_period(period) if period else ""
