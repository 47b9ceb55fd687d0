"""Incidents: something reached whom it should not have. What went to whom, what was done, and the clock.

Article 33 of the UK GDPR is about personal data. Counts of an authority are mostly none; one of 1 to 5 can be.
Whether it is, a person decides; the kit counts the hours from when the group knew until somebody has said no.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from analysis.errors import UserError
from analysis.reference.model import Record
from analysis.registers.log.chain import Chain
from analysis.registers.log.event import Body, Moment
from analysis.registers.wording import Code, Words

HOURS = timedelta(hours=72)
"""UK GDPR, Art. 33(1): the controller tells the Information Commissioner "without undue delay and, where feasible, not
later than 72 hours after having become aware", unless a risk to people is unlikely."""


class BadIncidentError(UserError):
    """An incident that may not be entered, or that there is not."""


class PersonalData(StrEnum):
    """Whether the data are about people who can be identified."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "not known yet"


class Sent(Record):
    """What went to whom."""

    document: Words = Field(min_length=2)
    """A release id, or what it is called."""
    recipients: tuple[Words, ...] = Field(min_length=1)
    """Organisations, posts or mailboxes."""


class IncidentOpened(Body):
    """Somebody found that something went astray."""

    kind: ClassVar[str] = "incident_opened"

    id: str = Field(pattern=r"^i\d{4,}$")
    what: Words = Field(min_length=5)
    aware: Moment
    """When the group knew."""
    personal: PersonalData
    sent: tuple[Sent, ...]
    shown: tuple[Code, ...] = ()
    """DfE codes of the authorities whose figures are in it: they are told without delay."""


class IncidentNoted(Body):
    """What was done or found since; and whether the data are personal, where that is now known."""

    kind: ClassVar[str] = "incident_noted"

    id: str
    note: Words = Field(min_length=3)
    personal: PersonalData | None = None


class IncidentClosed(Body):
    """It is over."""

    kind: ClassVar[str] = "incident_closed"

    id: str
    outcome: Words = Field(min_length=3)


@dataclass(frozen=True)
class Incident:
    """An incident and what came after."""

    opened: IncidentOpened
    notes: tuple[tuple[datetime, IncidentNoted], ...]
    closed: tuple[datetime, IncidentClosed] | None

    @property
    def personal(self) -> PersonalData:
        """What is known of it now."""
        said = [note.personal for _, note in self.notes if note.personal is not None]
        return said[-1] if said else self.opened.personal

    @property
    def deadline(self) -> datetime:
        """72 hours after the group knew."""
        return self.opened.aware + HOURS

    def clock(self, at: datetime) -> str:
        """How the 72 hours stand, and for whom they count.

        Parameters
        ----------
        at
            UTC.
        """
        if self.closed is not None:
            return f"closed on {self.closed[0]:%Y-%m-%d}"
        if self.personal is PersonalData.NO:
            return "no personal data: Article 33 sets no time; the memorandum's duty to those shown stays"
        left = self.deadline - at
        hours = abs(left) // timedelta(hours=1)
        when = f"{self.deadline:%Y-%m-%d %H:%M} UTC"
        counted = (
            f"{hours} hours left, until {when}" if left >= timedelta(0) else f"over since {when}, by {hours} hours"
        )
        doubt = (
            "" if self.personal is PersonalData.YES else "; whether the data are personal is not known yet: decide it"
        )
        return f"72 hours of Article 33: {counted}{doubt}"


def incidents_of(chain: Chain) -> tuple[Incident, ...]:
    """Every incident of the log, in the order of its events."""
    notes: dict[str, list[tuple[datetime, IncidentNoted]]] = {}
    for event, note in chain.of_kind(IncidentNoted):
        notes.setdefault(note.id, []).append((event.at, note))
    closed = {body.id: (event.at, body) for event, body in chain.of_kind(IncidentClosed)}
    return tuple(
        Incident(body, tuple(notes.get(body.id, ())), closed.get(body.id)) for _, body in chain.of_kind(IncidentOpened)
    )


def find_incident(chain: Chain, identifier: str) -> Incident:
    """One incident.

    Raises
    ------
    BadIncidentError
        If there is none of this id.
    """
    found = next((one for one in incidents_of(chain) if one.opened.id == identifier), None)
    if found is None:
        raise BadIncidentError(f"there is no incident {identifier}", remedy="tartanrug incident list")
    return found


def opening(
    *, what: str, aware: datetime, personal: PersonalData, sent: tuple[Sent, ...], shown: tuple[str, ...]
) -> Callable[[Chain], IncidentOpened]:
    """What `append` is to decide: the next incident of the log."""

    def decide(chain: Chain) -> IncidentOpened:
        number = sum(1 for _ in chain.of_kind(IncidentOpened)) + 1
        return IncidentOpened(id=f"i{number:04d}", what=what, aware=aware, personal=personal, sent=sent, shown=shown)

    return decide


def noting(identifier: str, *, note: str, personal: PersonalData | None = None) -> Callable[[Chain], IncidentNoted]:
    """What `append` is to decide: a note on an incident that is open.

    Raises
    ------
    BadIncidentError
        When decided: if there is none of this id, or it is closed.
    """

    def decide(chain: Chain) -> IncidentNoted:
        _still_open(chain, identifier)
        return IncidentNoted(id=identifier, note=note, personal=personal)

    return decide


def closing(identifier: str, *, outcome: str) -> Callable[[Chain], IncidentClosed]:
    """What `append` is to decide: that an incident is over.

    Raises
    ------
    BadIncidentError
        When decided: as `noting`; and while nobody has said whether the data are personal.
    """

    def decide(chain: Chain) -> IncidentClosed:
        incident = _still_open(chain, identifier)
        if incident.personal is PersonalData.UNKNOWN:
            raise BadIncidentError(
                f"nobody has said whether the data of {identifier} are personal",
                remedy=f'tartanrug incident note {identifier} "..." --personal yes (or no)',
            )
        return IncidentClosed(id=identifier, outcome=outcome)

    return decide


def _still_open(chain: Chain, identifier: str) -> Incident:
    incident = find_incident(chain, identifier)
    if incident.closed is not None:
        what = f"{identifier} was closed on {incident.closed[0]:%Y-%m-%d}"
        raise BadIncidentError(what, remedy="open another")
    return incident
