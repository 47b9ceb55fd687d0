"""Where each release stands, told from the log alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from pydantic import ValidationError

from analysis.registers.log.chain import BrokenLogError, Chain
from analysis.registers.log.event import Actor, B, Event
from analysis.release.events import (
    CopiesSent,
    DocumentRegistered,
    DocumentsBuilt,
    RecallWritten,
    ReleaseApproved,
    ReleaseChecked,
    ReleaseIssued,
    ReleaseWithdrawn,
    ReviewOpened,
    Scope,
)
from analysis.release.states import ENDED, RELEASED, State, why_not


@dataclass(frozen=True)
class Approval:
    """One approval: who, for which post, when."""

    by: Actor
    at: datetime
    body: ReleaseApproved


@dataclass(frozen=True)
class Standing:
    """One release, as the log has it."""

    release: str
    scope: Scope
    state: State
    checked_at: datetime
    documents: int = 0
    """How many files it has."""
    shows: tuple[str, ...] = ()
    """DfE codes of those of whom it holds what is not published; empty where that was not noted."""
    review: ReviewOpened | None = None
    opened_at: datetime | None = None
    approvals: tuple[Approval, ...] = ()
    issued: ReleaseIssued | None = None
    issued_at: datetime | None = None
    sent_later: tuple[tuple[str, date], ...] = ()
    """Who got it after it was released, and when."""
    superseded_by: str = ""
    reason: str = ""
    """Why it was superseded or withdrawn."""
    recalled: bool = False

    @property
    def was_released(self) -> bool:
        """Whether anybody has it."""
        return self.issued is not None

    @property
    def recipients(self) -> frozenset[str]:
        """Everybody who was sent it, as far as it was noted."""
        return frozenset(name for name, _ in self.sent)

    @property
    def sent(self) -> tuple[tuple[str, date], ...]:
        """Everybody who was sent it with the day, in the order of the log."""
        if self.issued is None or self.issued_at is None:
            return ()
        first = self.issued_at.date()
        return (*((name, first) for name in self.issued.recipients), *self.sent_later)

    @property
    def open(self) -> bool:
        """Whether it waits for the DBG or for its release."""
        return self.state in {State.QA_PASSED, State.DBG_REVIEW, State.DBG_APPROVED}

    def late(self, day: date) -> bool:
        """Whether its review is past the deadline."""
        return self.state is State.DBG_REVIEW and self.review is not None and day > self.review.deadline


Standings = Mapping[str, Standing]
"""By release id, in the order of their checks."""


def standings(chain: Chain) -> Standings:
    """Every release of the log and where it stands.

    Raises
    ------
    BrokenLogError
        If the log holds a step that could not have been taken: the kit never wrote it.
    """
    held: dict[str, Standing] = {}
    for event in chain.events:
        step = _STEPS.get(event.kind)
        if step is not None:
            step(held, event)
    return held


def builders(chain: Chain, documents: Mapping[str, str]) -> frozenset[str]:
    """The numbers of the people who made any of these files, or took it in.

    Parameters
    ----------
    documents
        SHA-256 by name.
    """
    wanted = set(documents.items())
    made = {
        event.by.person
        for event, body in chain.of_kind(DocumentsBuilt)
        if wanted & (body.documents.items() | body.drafts.items())
    }
    taken_in = {event.by.person for event, body in chain.of_kind(DocumentRegistered) if wanted & body.documents.items()}
    return frozenset(made | taken_in)


def in_place_of(held: Standings, release: str) -> str:
    """The id of the release that is in use where one was superseded, by however many steps; empty where none is."""
    following = held[release].superseded_by
    while following and held[following].state not in RELEASED:
        following = held[following].superseded_by
    return following


def live(held: Standings, scope: Scope) -> Standing | None:
    """The release of a scope that is in use; None where there is none."""
    return next((one for one in held.values() if one.scope == scope and one.state in RELEASED), None)


def _moved(held: dict[str, Standing], event: Event, release: str, state: State) -> Standing:
    found = held.get(release)
    reason = "nothing is known of this release" if found is None else why_not(found.state, state)
    if found is None or reason:
        raise BrokenLogError(
            f"{event.kind} of {release[:12]} could not have happened: {reason}",
            where=event.file_name,
            remedy="report it: the kit writes no such event",
        )
    return replace(found, state=state)


def _checked(held: dict[str, Standing], event: Event) -> None:
    body = _body(event, ReleaseChecked)
    if body.release in held:
        raise BrokenLogError(
            f"{body.release[:12]} was checked twice", where=event.file_name, remedy="report it: the kit does not"
        )
    held[body.release] = Standing(body.release, body.scope, State.QA_PASSED, event.at, body.documents, body.shows)


def _opened(held: dict[str, Standing], event: Event) -> None:
    body = _body(event, ReviewOpened)
    found = _moved(held, event, body.release, State.DBG_REVIEW)
    for other in list(held.values()):
        # One review of a scope at a time: of what was built last.
        if other.scope == found.scope and other.release != found.release and other.open:
            reason = "a later build was put before the DBG"
            held[other.release] = replace(other, state=State.SUPERSEDED, superseded_by=body.release, reason=reason)
    held[body.release] = replace(found, review=body, opened_at=event.at)


def _approved(held: dict[str, Standing], event: Event) -> None:
    body = _body(event, ReleaseApproved)
    found = held.get(body.release)
    enough = found is not None and found.review is not None and len(found.approvals) + 1 >= found.review.approvals
    if found is None or found.state is not State.DBG_REVIEW:
        _moved(held, event, body.release, State.DBG_APPROVED)
        return
    if any(event.by.person == one.by.person or body.for_post == one.body.for_post for one in found.approvals):
        raise BrokenLogError(
            f"{body.release[:12]} was approved twice",
            where=event.file_name,
            remedy="report it: the kit does not",
        )
    approvals = (*found.approvals, Approval(event.by, event.at, body))
    held[body.release] = replace(found, approvals=approvals, state=State.DBG_APPROVED if enough else State.DBG_REVIEW)


def _issued(held: dict[str, Standing], event: Event) -> None:
    body = _body(event, ReleaseIssued)
    found = _moved(held, event, body.release, State(body.to))
    if body.supersedes is not None:
        before = _moved(held, event, body.supersedes, State.SUPERSEDED)
        held[body.supersedes] = replace(before, superseded_by=body.release, reason=body.reason)
    held[body.release] = replace(found, issued=body, issued_at=event.at)


def _sent(held: dict[str, Standing], event: Event) -> None:
    body = _body(event, CopiesSent)
    found = held.get(body.release)
    if found is None or found.state not in RELEASED:
        raise BrokenLogError(
            f"{body.release[:12]} was sent without being in use", where=event.file_name, remedy="report it"
        )
    held[body.release] = replace(
        found, sent_later=(*found.sent_later, *((name, event.at.date()) for name in body.recipients))
    )


def _withdrawn(held: dict[str, Standing], event: Event) -> None:
    body = _body(event, ReleaseWithdrawn)
    held[body.release] = replace(_moved(held, event, body.release, State.WITHDRAWN), reason=body.reason)


def _recalled(held: dict[str, Standing], event: Event) -> None:
    body = _body(event, RecallWritten)
    found = held.get(body.release)
    if found is None or not found.was_released or found.state not in ENDED:
        raise BrokenLogError(
            f"{body.release[:12]} was recalled before its end", where=event.file_name, remedy="report it"
        )
    held[body.release] = replace(found, recalled=True)


def _body(event: Event, kind: type[B]) -> B:
    try:
        return event.body_as(kind)
    except ValidationError:
        what = f"this event is no {kind.kind} that this version of the kit knows"
        raise BrokenLogError(what, where=event.file_name, remedy="use the version that wrote it") from None


_STEPS: Mapping[str, Callable[[dict[str, Standing], Event], None]] = {
    ReleaseChecked.kind: _checked,
    ReviewOpened.kind: _opened,
    ReleaseApproved.kind: _approved,
    ReleaseIssued.kind: _issued,
    CopiesSent.kind: _sent,
    ReleaseWithdrawn.kind: _withdrawn,
    RecallWritten.kind: _recalled,
}
