"""An authority leaves the region's collection: nothing is collected from then on, and issued documents stand.

What becomes of its history is its own written decision. Without one its returns stay where they are, unused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from analysis.errors import UserError
from analysis.reference.periods import Quarter
from analysis.registers.log.chain import Chain
from analysis.registers.log.event import Body
from analysis.registers.wording import Code, QuarterText, Words


class BadLeavingError(UserError):
    """A leaving that may not be entered."""


class HistoryChoice(StrEnum):
    """What an authority that left decides about what it sent before."""

    STAYS = "stays"
    """Its returns stay as received; nothing new is made from them."""
    ERASE = "erase"
    """They are erased: an instruction of its own carries that out (`erasure`)."""


class AuthorityLeft(Body):
    """An authority said that it leaves."""

    kind: ClassVar[str] = "authority_left"

    authority: Code
    first: QuarterText
    """The first quarter without it."""
    told: date
    evidence: Words = Field(min_length=3)


class HistoryDecided(Body):
    """It decided in writing what becomes of its history."""

    kind: ClassVar[str] = "history_decided"

    authority: Code
    choice: HistoryChoice
    decided: date
    evidence: Words = Field(min_length=3)


@dataclass(frozen=True)
class Leaver:
    """An authority that left."""

    left: AuthorityLeft
    event: int
    """The event's number in the log."""
    history: HistoryDecided | None

    @property
    def words(self) -> str:
        """What is said of it whenever returns come in: no figure, and where to read on."""
        if self.history is None:
            decided = "its history stays unused until it decides in writing what becomes of it"
        elif self.history.choice is HistoryChoice.STAYS:
            decided = f"by its decision of {self.history.decided} its history stays as received, unused"
        else:
            decided = f"by its decision of {self.history.decided} its history is to be erased"
        return f"left the collection: nothing is collected from {self.left.first} on (event {self.event}); {decided}"


def leavers_of(chain: Chain) -> dict[str, Leaver]:
    """Who left, by DfE code; of one that left twice, the later time."""
    found: dict[str, Leaver] = {}
    for event, body in chain.of_kind(AuthorityLeft):
        found[body.authority] = Leaver(body, event.sequence, None)
    for event, decided in chain.of_kind(HistoryDecided):
        leaver = found.get(decided.authority)
        if leaver is not None and leaver.event < event.sequence:
            found[decided.authority] = Leaver(leaver.left, leaver.event, decided)
    return found


def leaving(authority: str, *, first: Quarter, told: date, evidence: str) -> Callable[[Chain], AuthorityLeft]:
    """What `append` is to decide: that an authority leaves.

    Raises
    ------
    BadLeavingError
        When decided: if it left at that quarter or an earlier one already.
    """

    def decide(chain: Chain) -> AuthorityLeft:
        before = leavers_of(chain).get(authority)
        if before is not None and Quarter.parse(before.left.first) <= first:
            raise BadLeavingError(
                f"{authority} left already: its first quarter without returns is {before.left.first}",
                where=f"event {before.event} of the log",
                remedy="nothing to do",
            )
        return AuthorityLeft(authority=authority, first=str(first), told=told, evidence=evidence)

    return decide


def deciding_history(
    authority: str, *, choice: HistoryChoice, decided: date, evidence: str
) -> Callable[[Chain], HistoryDecided]:
    """What `append` is to decide: the written decision of an authority that left.

    Raises
    ------
    BadLeavingError
        When decided: if it has not left.
    """

    def decide(chain: Chain) -> HistoryDecided:
        if authority not in leavers_of(chain):
            raise BadLeavingError(f"{authority} has not left", remedy="enter that first: tartanrug leave record")
        return HistoryDecided(authority=authority, choice=choice, decided=decided, evidence=evidence)

    return decide
