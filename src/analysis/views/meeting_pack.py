"""The quarterly meeting's pack (internal): the region, what stands out in it, and how far each authority's data is."""

from __future__ import annotations

from analysis.reference.model import Record
from analysis.views.checking_book import CheckingBook
from analysis.views.meetings import Meeting, meeting_heading
from analysis.views.model import Heading
from analysis.views.regional import RegionalView


class AuthorityState(Record):
    """How far one authority's data is: a line of the pack."""

    name: str
    sent: bool
    late: bool | None
    missing: int
    open: int
    answered: int
    changes: int
    prompts: int
    held_back: int


class MeetingPack(Record):
    """Everything that the pack shows."""

    heading: Heading
    regional: RegionalView
    states: tuple[AuthorityState, ...]
    """By name."""
    sources: tuple[str, ...]


def build(regional: RegionalView, book: CheckingBook) -> MeetingPack:
    """The pack from the regional view and the checking book of one quarter."""
    return MeetingPack(
        heading=meeting_heading(regional.heading, Meeting.PACK),
        regional=regional,
        states=tuple(
            AuthorityState(
                name=page.name,
                sent=page.sent,
                late=page.late,
                missing=len(page.missing),
                open=len(page.open),
                answered=len(page.answered),
                changes=len(page.changes),
                prompts=page.stands_out.prompts,
                held_back=page.stands_out.held_back,
            )
            for page in book.pages
        ),
        sources=regional.sources,
    )
