"""The protocol report (internal): how data sharing went in a quarter, in counts that name nobody.

"The continued operation and effectiveness of this protocol will be monitored by the data benchmarking group and any
issues reported back to Directors of Children's Services" (S0 5.5.6).
"""

from __future__ import annotations

from collections import Counter

from analysis.reference.model import Record
from analysis.reference.periods import Quarter
from analysis.registers.log.chain import Chain
from analysis.views.checking_book import CheckingBook
from analysis.views.meetings import Meeting, meeting_heading
from analysis.views.model import Heading


class Counted(Record):
    """One thing that was counted."""

    words: str
    count: int


class ProtocolReport(Record):
    """Everything that the report shows."""

    heading: Heading
    collected: tuple[Counted, ...]
    asked: tuple[Counted, ...]
    logged: tuple[Counted, ...]
    """Events of the log by what happened; empty where there is none."""
    closed: str
    """The last day of the quarter: events after it are counted."""
    last_day: str
    """The last day of which events are counted."""
    head: str
    """The SHA-256 of the log's last event of those days: whoever has the log can count again."""
    sources: tuple[str, ...]


def build(book: CheckingBook, chain: Chain) -> ProtocolReport:
    """The report of a quarter.

    Parameters
    ----------
    book
        The quarter's checking book.
    chain
        The region's log. Counted are the events of the three months after the quarter, in which it is collected,
        checked and released.
    """
    quarter = Quarter.parse(book.heading.period)
    closed, last_day = quarter.last_day, quarter.shift(1).last_day
    known = chain.known_on(last_day)
    kinds = Counter(event.kind for event in known.events if event.at.date() > closed)
    return ProtocolReport(
        heading=meeting_heading(book.heading, Meeting.PROTOCOL),
        collected=_collected(book),
        asked=_asked(book),
        logged=tuple(Counted(words=kind.replace("_", " "), count=kinds[kind]) for kind in sorted(kinds)),
        closed=closed.isoformat(),
        last_day=last_day.isoformat(),
        head=known.head,
        sources=book.sources,
    )


def _collected(book: CheckingBook) -> tuple[Counted, ...]:
    pages = book.pages
    return _counted(
        {
            "authorities in the collection": len(pages),
            "returns received": sum(page.sent for page in pages),
            "of these with a figure or a mark for every measure": sum(page.sent and not page.missing for page in pages),
            "received by the due date": sum(page.late is False for page in pages),
            "received after it": sum(page.late is True for page in pages),
            "received on a day that is not known": sum(page.sent and page.late is None for page in pages),
            "sent more than once": sum(page.vintages > 1 for page in pages),
            "figures, rows or files refused": sum(page.refused for page in pages),
        }
    )


def _asked(book: CheckingBook) -> tuple[Counted, ...]:
    pages = book.pages
    return _counted(
        {
            "queries open": sum(len(page.open) for page in pages),
            "queries answered": sum(len(page.answered) for page in pages),
            "figures changed by a later return or a correction": sum(len(page.changes) for page in pages),
            "prompts about what is unusual": sum(page.stands_out.prompts for page in pages),
            "readings held back by an open query": sum(page.stands_out.held_back for page in pages),
        }
    )


def _counted(counts: dict[str, int]) -> tuple[Counted, ...]:
    return tuple(Counted(words=words, count=count) for words, count in counts.items())
