"""What stays of an authority's erased data: what was where, by hash, who ordered it, and why (S0 5.5.5).

The tombstone holds no figure, no name of a file as it was sent, and no hash of a single entry: an entry has so few
possible figures that its hash would give them away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pydantic import Field

from analysis.reference.model import Record
from analysis.registers.log.chain import Chain
from analysis.registers.log.event import Body, Digest
from analysis.registers.wording import Code, Words


class ErasedFile(Record):
    """A file that was deleted whole."""

    place: str
    """Its folder below the workspace; never its own name, which its sender may have chosen."""
    sha256: Digest


class EmptiedFolder(Record):
    """A folder from which files went that the kit had made and makes again: nobody needs to know them by hash."""

    place: str
    files: int = Field(ge=1)


class EmptiedRegister(Record):
    """A register from which entries were taken."""

    place: str
    entries: int = Field(ge=1)


class ErasureBegun(Body):
    """The controller ordered it, and this is what it comes to. Written before anything is deleted."""

    kind: ClassVar[str] = "erasure_begun"

    authority: Code
    instructed_by: Words = Field(min_length=2)
    """The controller's post."""
    instructed: date
    why: Words = Field(min_length=3)
    evidence: Words = Field(min_length=3)
    files: tuple[ErasedFile, ...]
    made: tuple[EmptiedFolder, ...]
    registers: tuple[EmptiedRegister, ...]
    releases: tuple[str, ...]
    """Ids of the releases of which the stored copies are deleted."""
    asked_again: tuple[Code, ...]
    """Others whose figures were in the deleted returns, and who are asked for them again."""


class ErasureFinished(Body):
    """Everything that was to be deleted is gone, and the workspace was looked through."""

    kind: ClassVar[str] = "erasure_finished"

    authority: Code
    begun: int = Field(ge=1)
    """The number of the event that began it."""


@dataclass(frozen=True)
class Erasure:
    """An erasure, and whether it was finished."""

    begun: ErasureBegun
    event: int
    day: date
    finished: date | None


def erasures_of(chain: Chain) -> tuple[Erasure, ...]:
    """Every erasure of the log, in the order of its events."""
    ended = {body.begun: event.at.date() for event, body in chain.of_kind(ErasureFinished)}
    return tuple(
        Erasure(body, event.sequence, event.at.date(), ended.get(event.sequence))
        for event, body in chain.of_kind(ErasureBegun)
    )


def reproducibility_notes(chain: Chain) -> tuple[str, ...]:
    """What every later build, status and manifest says of erasures; nothing where there was none."""
    notes = []
    for one in erasures_of(chain):
        notes.append(
            f"Reproducibility of older releases ends here: on {one.day} a controller's data were erased "
            f"(event {one.event}); what was made before can't be made again."
        )
        if one.finished is None:
            notes.append(f"The erasure of event {one.event} is not finished: run tartanrug leave erase again.")
    return tuple(notes)
