"""What stands in the documents for meetings, part by part, made from their views."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.figures.meeting_tables import (
    answered_queries_table,
    changes_table,
    counts_table,
    figures_table,
    open_queries_table,
    received_words,
    states_table,
    steps_table,
)
from analysis.render.page import Part, region_over_time, stands_out
from analysis.render.plain import plain
from analysis.views.checking_book import BookPage, CheckingBook
from analysis.views.meeting_pack import MeetingPack
from analysis.views.model import Heading
from analysis.views.protocol import ProtocolReport
from analysis.views.sentences import prompt_words, with_it_words
from analysis.views.trajectory import TrajectoryView

NEW_PAGE = "::: {.page-break}\n:::"
WHAT_THE_BOOK_IS = (
    "A page for each authority in alphabetical order: how far its return is, its figures, what is asked and answered, "
    "which figures changed, and what the data raises. The data benchmarking group checks with it before summaries go "
    "to the Department for Education (2019, paragraph 14). An authority's own page alone is shown to it."
)
WHAT_THE_PACK_IS = (
    "For the quarterly meeting that discusses the reports (2019, paragraph 14). Whoever is there from outside the "
    "member authorities, the Department for Education among them, is shown released summaries and not this pack."
)
NO_RANKING = (
    "Authorities stand in alphabetical order, each beside its own past: no position, no other order and no sum of "
    "indicators. A change from one year to the next is described, and may be chance. Whether the last four quarters "
    "are apart, or move beside the region, is read by the same tests as in the quarterly reports; silence says only "
    "that nothing was found."
)
_WHOM_THE_REPORT_NAMES = (
    "The data benchmarking group monitors how the data sharing protocol works and reports any issue to the directors "
    "(regional memorandum 2025-26, 5.5.6). These are counts; they name nobody."
)


def book_pages(book: CheckingBook) -> Iterator[Part]:
    """Every authority's page of the checking book."""
    yield plain(WHAT_THE_BOOK_IS)
    for page in book.pages:
        yield f"{NEW_PAGE}\n\n## {plain(page.name)}\n\n{plain(_state(page, book.due))}\n\n{plain(page.confirmed)}"
        yield figures_table(page, book.heading)
        yield from _queries(page, book.heading)
        yield from _raised(page)


def _state(page: BookPage, due: str) -> str:
    said = received_words(page.sent, page.late)
    parts = [f"{said[:1].upper()}{said[1:]}" + (f" on {page.received}" if page.received else "")]
    parts.append(f"due {due}" if due else "no due date is set")
    if page.vintages > 1:
        parts.append(f"sent {page.vintages} times")
    if page.refused:
        parts.append(f"{page.refused} figures, rows or files refused")
    missing = f" Missing: {', '.join(page.missing)}." if page.sent and page.missing else ""
    return "; ".join(parts) + "." + missing


def _queries(page: BookPage, heading: Heading) -> Iterator[Part]:
    yield "### What is asked"
    yield open_queries_table(page, heading) if page.open else "No query is open."
    if page.answered:
        yield answered_queries_table(page, heading)
    yield "### What changed"
    yield changes_table(page, heading) if page.changes else "No figure changed since it was first sent."


def _raised(page: BookPage) -> Iterator[Part]:
    found = page.stands_out
    lines = [
        f"- {plain(words)}"
        for story in found.stories
        for words in (*map(prompt_words, story.prompts), *([with_it_words(story.with_it)] if story.with_it else []))
    ]
    lines += [f"- {plain(f'{one}: held back until the query about the figure is answered.')}" for one in found.queried]
    yield "### What the data raises\n\n" + ("\n".join(lines) or "No prompt.")
    about = "; ".join(page.own_words)
    said = f"In the authority's own checked words: {about}." if about else "No commentary has been checked."
    yield plain(said)


def pack_pages(pack: MeetingPack) -> Iterator[Part]:
    """The meeting pack: where the data stands, what stands out, and the region over time."""
    yield plain(WHAT_THE_PACK_IS)
    yield "## Where the data stands"
    yield states_table(pack)
    yield from stands_out(pack.regional)
    yield "## The region over time"
    yield from region_over_time(pack.regional)


def trajectory_pages(view: TrajectoryView) -> Iterator[Part]:
    """The trajectory paper: the region, then a page for each authority."""
    yield plain(NO_RANKING)
    if view.absent:
        yield plain(f"Without any figure for the quarter, and so without a page: {', '.join(view.absent)}.")
    yield "## The region over time"
    yield from region_over_time(view.regional)
    for course in view.courses:
        yield f"{NEW_PAGE}\n\n## {plain(course.name)}"
        yield steps_table(course, view.heading)


def protocol_pages(report: ProtocolReport) -> Iterator[Part]:
    """The protocol report, on one page."""
    yield plain(_WHOM_THE_REPORT_NAMES)
    yield "## Collected"
    yield counts_table("collected", "Returns of the quarter.", report.collected, report)
    yield "## Asked and answered"
    yield counts_table("asked", "Queries, changes and prompts.", report.asked, report)
    yield "## In the log"
    when = f"after {report.closed} and until {report.last_day}"
    if report.logged:
        yield counts_table("logged", f"Events of the region's log {when}.", report.logged, report)
        yield f"Last event counted: {report.head[:12]}."
    else:
        yield plain(f"The region's log holds no event {when}: nothing released, refused or reported by way of it.")


def sources(lines: tuple[str, ...]) -> str:
    """Where the figures come from, in small type at the end."""
    return f"::: {{.method}}\nSources: {plain('; '.join(lines))}.\n:::"
