"""One event of the log: who did what and when, bound to everything before it."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal, TypeVar

from pydantic import AfterValidator, Field, JsonValue

from analysis.reference.model import Record
from analysis.registers.wording import Words

NOTHING_BEFORE = "0" * 64
"""What stands for the hash of the event before the first."""
FILE_NAME = re.compile(r"\d{6,}-[0-9a-f]{12}\.json")
"""As `Event.file_name`."""
LAST_BYTE = b"\n"
"""Of every event: one that does not end so was cut off."""
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in hexadecimal."""


def _whole_seconds_utc(at: datetime) -> datetime:
    if at.utcoffset() != timedelta(0) or at.microsecond:
        raise ValueError("a time is given in UTC, in whole seconds")
    return at


Moment = Annotated[datetime, AfterValidator(_whole_seconds_utc)]
"""When something was done: UTC, whole seconds."""


class Actor(Record):
    """Who did something: a post and a number. The name that belongs to the number is kept apart, and can be erased."""

    post: Words = Field(min_length=2, max_length=100)
    """`DBG chair`, `performance analyst of 825`."""
    person: str = Field(pattern=r"^[0-9a-f]{8}$")
    """Drawn at random once for a person of the region."""
    known_by: Literal["account", "settings", "nothing"]
    """By the account of the machine, or by what its settings say: attested, and proven by neither."""


NOBODY = "0" * 8
"""The number that no person has."""
NOT_ENROLLED = Actor(post="not enrolled", person=NOBODY, known_by="nothing")
"""Whoever was at the keyboard: the log knows neither post nor number, and says so."""


class Body(Record):
    """What happened. Each kind of event is a class of its own, in the file of the register that it belongs to."""

    kind: ClassVar[str]
    """The event's name in the log: a noun and a participle, as `permission_granted`."""


B = TypeVar("B", bound=Body)


class EditedError(ValueError):
    """An event that is not as it was written."""


def _canonical(held: dict[str, JsonValue]) -> bytes:
    return json.dumps(held, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


class Event(Record):
    """One line of the log."""

    sequence: int = Field(ge=1)
    previous: Digest
    """The SHA-256 of the event before it."""
    at: Moment
    by: Actor
    kind: str = Field(pattern=r"^[a-z]+(_[a-z]+)*$")
    body: dict[str, JsonValue]

    @classmethod
    def of(cls, body: Body, *, after: Event | None, by: Actor, at: datetime) -> Event:
        """The event that comes next.

        Raises
        ------
        ValidationError
            If the time is not in UTC and whole seconds.
        """
        return cls(
            sequence=1 if after is None else after.sequence + 1,
            previous=NOTHING_BEFORE if after is None else after.sha256,
            at=at,
            by=by,
            kind=body.kind,
            body=body.model_dump(mode="json"),
        )

    @classmethod
    def read(cls, line: bytes) -> Event:
        """The event that a line keeps.

        Raises
        ------
        ValueError
            If it is none, or was changed since it was written.
        """
        held = json.loads(line)
        if not isinstance(held, dict):
            raise ValueError("an event is keys with values")
        held.pop("seal", None)
        event = cls.model_validate_json(json.dumps(held))
        if event.line != line:
            raise EditedError("this event was edited")
        return event

    @property
    def line(self) -> bytes:
        """The event as it is kept: one line of JSON, always the same for the same event.

        Its seal is the SHA-256 of the rest: no event follows the last one that would tell of a change in it.
        """
        held = self.model_dump(mode="json")
        return _canonical({**held, "seal": hashlib.sha256(_canonical(held)).hexdigest()}) + LAST_BYTE

    @property
    def sha256(self) -> str:
        """Of its line."""
        return hashlib.sha256(self.line).hexdigest()

    @property
    def file_name(self) -> str:
        """Its place in line and what it follows: two events that follow one event want the same name."""
        return f"{self.sequence:06d}-{self.previous[:12]}.json"

    def body_as(self, kind: type[B]) -> B:
        """What happened, as its own class.

        Raises
        ------
        ValidationError
            If the log holds something else under this name.
        """
        return kind.model_validate(self.body)
