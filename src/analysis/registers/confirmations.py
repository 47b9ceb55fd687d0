"""What authorities were asked about their own figures, and what they answered: events, and the state that follows.

Silence is no consent: it leaves the confirmation outstanding, and the page says so. What is unusual for an authority is
told to the DfE only after the authority had time to say what lies behind it (S0 4.4.2 to 4.4.5). That the time is over
is an event as well, since a page knows no day but those in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar, TypeVar

from pydantic import Field

from analysis.errors import UserError
from analysis.reference.model import Record
from analysis.reference.working_days import working_days_after
from analysis.registers.log.chain import Chain
from analysis.registers.log.event import Body, Digest, Event
from analysis.registers.wording import Code, QuarterText, Words


class UnusualReading(Record):
    """One reading that is to become a sentence: which question of the screen, about what, and which way."""

    indicator: str
    """Its id: `A04`."""
    test: str
    reading: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What sorts it, and makes it the same one."""
        return self.indicator, self.test, self.reading


class ConfirmationAsked(Body):
    """An authority was asked whether its figures are right, and what lies behind what is unusual in them."""

    kind: ClassVar[str] = "confirmation_asked"
    authority: Code
    period: QuarterText
    figures: Digest
    """Of its figures as they then stood (`pipeline.confirmations.figures_now`)."""
    readings: tuple[UnusualReading, ...] = ()
    """What it was told is unusual."""


class FiguresConfirmed(Body):
    """An authority said that its figures are right."""

    kind: ClassVar[str] = "figures_confirmed"
    authority: Code
    period: QuarterText
    figures: Digest
    said_by: Words = Field(min_length=2, max_length=100)
    """A role in the authority."""
    evidence: Words = Field(min_length=5)
    """Where it says so: `e-mail of 6 November 2025`."""


class FiguresQueried(Body):
    """An authority said that some of its figures may be wrong."""

    kind: ClassVar[str] = "figures_queried"
    authority: Code
    period: QuarterText
    figures: Digest
    indicators: tuple[str, ...] = Field(min_length=1)
    reason: Words = Field(min_length=10)
    said_by: Words = Field(min_length=2, max_length=100)
    evidence: Words = Field(min_length=5)


class SentencesFreed(Body):
    """The time to answer is over: these readings may be told."""

    kind: ClassVar[str] = "sentences_freed"
    authority: Code
    period: QuarterText
    readings: tuple[UnusualReading, ...] = Field(min_length=1)


Q = TypeVar("Q", ConfirmationAsked, FiguresConfirmed, FiguresQueried, SentencesFreed)
BODIES: tuple[type[Body], ...] = (ConfirmationAsked, FiguresConfirmed, FiguresQueried, SentencesFreed)


class Answered(StrEnum):
    """What is known of an authority's figures as they now stand."""

    NOT_ASKED = "not asked"
    OUTSTANDING = "outstanding"
    CONFIRMED = "confirmed"
    QUERIED = "queried"


@dataclass(frozen=True)
class Confirmation:
    """One authority's quarter: its answer about the figures as they now stand, and what may be told."""

    state: Answered = Answered.NOT_ASKED
    asked: date | None = None
    """First about these figures; if never about these, None."""
    said: date | None = None
    said_by: str = ""
    queried: tuple[str, ...] = ()
    changed_since: bool = False
    """Whether something was asked or answered about earlier figures, which have changed since."""
    asked_about: Mapping[tuple[str, str, str], date] = field(default_factory=dict)
    """When each reading was first put to the authority, whatever figures it then rested on; no sooner than the newest
    event of the log before it."""
    freed: frozenset[tuple[str, str, str]] = frozenset()

    def may_tell(self, reading: UnusualReading) -> bool:
        """Whether the sentence is free, and the authority does not query the very figure."""
        return reading.key in self.freed and reading.indicator not in self.queried

    def due(self, readings: Iterable[UnusualReading], today: date, waits: int) -> tuple[UnusualReading, ...]:
        """The readings that wait no longer on a day, and were not freed yet."""
        return tuple(
            one
            for one in readings
            if one.key not in self.freed
            and one.indicator not in self.queried
            and wait_is_over(self.asked_about.get(one.key), today, waits)
        )


def wait_is_over(asked: date | None, today: date, waits: int) -> bool:
    """Whether an authority had so many whole working days to answer.

    Parameters
    ----------
    asked
        The day on which it was asked, which does not count itself; None if it never was: the wait is then never over.
    waits
        Working days (England's), 1 or more, as the release policy has them.
    """
    return asked is not None and today > working_days_after(asked, waits)


def confirmation_of(chain: Chain, authority: str, period: str, figures: str) -> Confirmation:
    """How an authority's quarter stands.

    Parameters
    ----------
    chain
        The region's log.
    figures
        Of the figures as they now stand: what was said of others counts for nothing.

    Raises
    ------
    BrokenLogError
        If the log holds something else under one of these names.
    """
    asked = _about(chain, ConfirmationAsked, authority, period)
    first = next((event.at.date() for event, body in asked if body.figures == figures), None)
    put: dict[tuple[str, str, str], date] = {}
    for event, body in asked:
        # Whatever day was named: it was entered after all that the log held by then, and the wait begins no sooner.
        entered = max(one.at for one in chain.events if one.sequence <= event.sequence).date()
        for reading in body.readings:
            put.setdefault(reading.key, entered)
    freed = frozenset(one.key for _, body in _about(chain, SentencesFreed, authority, period) for one in body.readings)
    answers: list[tuple[Event, FiguresConfirmed | FiguresQueried]] = [
        *_about(chain, FiguresConfirmed, authority, period),
        *_about(chain, FiguresQueried, authority, period),
    ]
    answers.sort(key=lambda one: one[0].sequence)
    earlier = any(body.figures != figures for _, body in (*asked, *answers))
    of_these = [(event, body) for event, body in answers if body.figures == figures]
    if not of_these:
        state = Answered.OUTSTANDING if first is not None else Answered.NOT_ASKED
        return Confirmation(state, first, changed_since=earlier, asked_about=put, freed=freed)
    event, said = of_these[-1]
    queried = said.indicators if isinstance(said, FiguresQueried) else ()
    state = Answered.QUERIED if queried else Answered.CONFIRMED
    return Confirmation(state, first, event.at.date(), said.said_by, queried, earlier, put, freed)


def _about(chain: Chain, kind: type[Q], authority: str, period: str) -> list[tuple[Event, Q]]:
    return [
        (event, body) for event, body in chain.of_kind(kind) if (body.authority, body.period) == (authority, period)
    ]


class NothingNewError(UserError):
    """What would be written stands in the log already."""


def ask(body: ConfirmationAsked) -> Callable[[Chain], Body]:
    """Decide on asking: not twice about the same figures and readings.

    Raises
    ------
    NothingNewError
        When decided, if the authority was asked all of this about these very figures.
    """

    def decide(chain: Chain) -> Body:
        found = confirmation_of(chain, body.authority, body.period, body.figures)
        if found.state is not Answered.NOT_ASKED and all(one.key in found.asked_about for one in body.readings):
            raise NothingNewError(f"{body.authority} was asked this already", where=body.period)
        return body

    return decide


def answer(body: FiguresConfirmed | FiguresQueried) -> Callable[[Chain], Body]:
    """Decide on an answer: not the same one twice in a row.

    Raises
    ------
    NothingNewError
        When decided, if that is what the authority said last about these very figures.
    """

    def decide(chain: Chain) -> Body:
        found = confirmation_of(chain, body.authority, body.period, body.figures)
        queried = body.indicators if isinstance(body, FiguresQueried) else ()
        state = Answered.QUERIED if queried else Answered.CONFIRMED
        if (found.state, found.queried) == (state, queried):
            remedy = "nothing: what they said before still holds"
            raise NothingNewError(f"{body.authority} has said so already", where=body.period, remedy=remedy)
        return body

    return decide


def free(body: SentencesFreed, today: date, waits: int) -> Callable[[Chain], Body]:
    """Decide on freeing readings: only those whose wait is over.

    Raises
    ------
    UserError
        When decided, if one of them has to wait, or is free already.
    """

    def decide(chain: Chain) -> Body:
        # No figures: which figures an answer was about says nothing of how long ago a reading was put to them.
        found = confirmation_of(chain, body.authority, body.period, "")
        if found.due(body.readings, today, waits) != body.readings:
            raise NothingNewError(f"a reading of {body.authority} still waits, or waits no longer", where=body.period)
        return body

    return decide
