"""Requests for insights from the region's data: "Good notice of these requests is required" (S0 5.5.4 iii)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from analysis.errors import UserError
from analysis.registers.log.chain import Chain
from analysis.registers.log.event import Body
from analysis.registers.wording import Words


class BadRequestError(UserError):
    """A request that may not be entered, or that there is not."""


class RequestReceived(Body):
    """Somebody asked."""

    kind: ClassVar[str] = "request_received"

    id: str = Field(pattern=r"^r\d{4,}$")
    asker: Words = Field(min_length=2, max_length=100)
    """An organisation or a post."""
    purpose: Words = Field(min_length=3)
    wanted: Words = Field(min_length=3)
    """What of the data, for which quarters."""
    received: date
    answer_by: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.answer_by < self.received:
            raise ValueError("it is to be answered before it was received")
        return self


class RequestAnswered(Body):
    """The group considered it and said what it says."""

    kind: ClassVar[str] = "request_answered"

    id: str
    answer: Literal["yes", "no", "in part"]
    answered: date
    evidence: Words = Field(min_length=3)


@dataclass(frozen=True)
class Request:
    """A request, and its answer if there is one."""

    received: RequestReceived
    answered: RequestAnswered | None

    def state(self, on: date) -> str:
        """`answered: yes`, `open, 12 days left`, `overdue by 3 days`."""
        if self.answered is not None and self.answered.answered <= on:
            return f"answered: {self.answered.answer}"
        left = (self.received.answer_by - on).days
        days = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
        return f"open, {days} left" if left >= 0 else f"overdue by {days}"

    @property
    def notice(self) -> int:
        """Days of notice that were given."""
        return (self.received.answer_by - self.received.received).days


def requests_of(chain: Chain) -> tuple[Request, ...]:
    """Every request of the log, in the order of its events."""
    answers = {body.id: body for _, body in chain.of_kind(RequestAnswered)}
    return tuple(Request(body, answers.get(body.id)) for _, body in chain.of_kind(RequestReceived))


def receiving(
    *, asker: str, purpose: str, wanted: str, received: date, answer_by: date
) -> Callable[[Chain], RequestReceived]:
    """What `append` is to decide: the next request of the log."""

    def decide(chain: Chain) -> RequestReceived:
        number = sum(1 for _ in chain.of_kind(RequestReceived)) + 1
        return RequestReceived(
            id=f"r{number:04d}",
            asker=asker,
            purpose=purpose,
            wanted=wanted,
            received=received,
            answer_by=answer_by,
        )

    return decide


def answering(
    identifier: str, *, answer: Literal["yes", "no", "in part"], answered: date, evidence: str
) -> Callable[[Chain], RequestAnswered]:
    """What `append` is to decide: a request's answer, once.

    Raises
    ------
    BadRequestError
        When decided: if there is no such request, it was answered before, or the answer is dated before it.
    """

    def decide(chain: Chain) -> RequestAnswered:
        found = next((one for one in requests_of(chain) if one.received.id == identifier), None)
        if found is None:
            raise BadRequestError(f"there is no request {identifier}", remedy="tartanrug permit requests")
        if found.answered is not None:
            raise BadRequestError(
                f"{identifier} was answered on {found.answered.answered}: {found.answered.answer}",
                remedy="enter what is asked anew as a request of its own",
            )
        if answered < found.received.received:
            raise BadRequestError("the answer is dated before the request", remedy="correct the day")
        return RequestAnswered(id=identifier, answer=answer, answered=answered, evidence=evidence)

    return decide
