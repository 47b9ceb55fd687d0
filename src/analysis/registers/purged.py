"""That old working copies were deleted, by the region's schedule."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from pydantic import Field

from analysis.reference.model import Record
from analysis.registers.log.event import Body
from analysis.registers.sharing import Retention


class PurgedFolder(Record):
    """How many files went from a folder."""

    place: str
    files: int = Field(ge=1)


class CopiesPurged(Body):
    """Copies that the kit had made, older than the schedule of the day."""

    kind: ClassVar[str] = "copies_purged"

    on: date
    schedule: Retention
    folders: tuple[PurgedFolder, ...]
