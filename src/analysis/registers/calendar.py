"""The dates of a quarter's collection: the region's rules, and what was agreed for single quarters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from datetime import date as date_type  # inside an entry, `date` is the field
from itertools import pairwise
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from analysis.errors import BadReferenceError, UsageError
from analysis.reference.model import Record
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region
from analysis.reference.working_days import working_days_after
from analysis.reference.yaml_file import read_yaml

FILE = "calendar.yml"
"""In the region's folder of registers."""


@dataclass(frozen=True)
class CalendarDates:
    """The five days of a quarter's collection, in the order in which they come."""

    open: date
    """The templates go out."""
    due: date
    """Returns are in by the end of this day."""
    chase: date
    """Who has not sent is asked."""
    dbg_meeting: date
    """The DBG checks what is to be released (S1 14)."""
    dfe_meeting: date
    """The quarterly meeting with the DfE (S1 14)."""


NAMES = tuple(field.name for field in fields(CalendarDates))


class AgreedDates(Record):
    """What was agreed for one quarter; a date that is left out stays the rule's."""

    open: date_type | None = None
    due: date_type | None = None
    chase: date_type | None = None
    dbg_meeting: date_type | None = None
    dfe_meeting: date_type | None = None
    why: str = Field(min_length=1)
    """Who agreed it, and when."""
    date: date_type | None = None
    """On which it was written: a build as known earlier keeps the rule's dates. Without one it was always known."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if all(getattr(self, name) is None for name in NAMES):
            raise ValueError(f"give at least one of {', '.join(NAMES)}")
        return self


class CalendarFile(Record):
    """`data/registers/<region>/calendar.yml`."""

    quarters: dict[str, AgreedDates] = Field(default_factory=dict)
    """Quarter (`2025-26-Q2`) to what was agreed for it."""

    def known_on(self, day: date) -> CalendarFile:
        """What had been agreed by the end of a day."""
        kept = {name: one for name, one in self.quarters.items() if one.date is None or one.date <= day}
        return CalendarFile(quarters=kept)


Agreed = Mapping[Quarter, AgreedDates]


def read_calendar(folder: Path, region: Region) -> dict[Quarter, AgreedDates]:
    """What was agreed for single quarters.

    Parameters
    ----------
    folder
        The region's folder of registers. Without the file in it the rules hold for every quarter.
    region
        Its rules are what the dates are checked with.

    Raises
    ------
    BadReferenceError
        By name and line: an unknown key, a quarter that is none, a date out of order.
    """
    path = folder / FILE
    if not path.exists():
        return {}
    file = read_yaml(path, CalendarFile)
    agreed: dict[Quarter, AgreedDates] = {}
    for text, dates in file.content.quarters.items():
        try:
            agreed[Quarter.parse(text)] = dates
        except UsageError as error:
            raise file.refuse(error.what, "quarters", text, remedy=error.remedy) from None
        found = _found(region, Quarter.parse(text), dates)
        fault = _out_of_order(found)
        if fault is not None:
            earlier, later, what = fault
            place = later if getattr(dates, later) is not None else earlier
            raise file.refuse(what, "quarters", text, place, remedy="correct one of the two dates")
    return agreed


def calendar_of(region: Region, period: Quarter, agreed: Agreed) -> CalendarDates:
    """The dates of a quarter's collection.

    Parameters
    ----------
    region
        Its rules (`due_dates`, `collection_dates`) give each date that was not agreed.
    period
        The quarter that is collected.
    agreed
        As `read_calendar` returns; empty where nothing was agreed.

    Returns
    -------
    CalendarDates
        In order: open < due <= chase < DBG meeting < DfE meeting.

    Raises
    ------
    BadReferenceError
        If the region has neither a rule nor an agreed day for one of them, or two are out of order.
    """
    found = _found(region, period, agreed.get(period))
    absent = [name for name in NAMES if name not in found]
    if absent:
        raise BadReferenceError(
            f"{region.name} has no day for {', '.join(absent)} of {period}",
            where=f"{region.id}.yml, {FILE}",
            remedy=f"agree one, and write it under {period} in data/registers/{region.id}/{FILE}, or as a rule into "
            "the region's settings (docs/reference-data.md)",
        )
    fault = _out_of_order(found)
    if fault is not None:
        raise BadReferenceError(
            f"{period}: {fault[2]}",
            where=f"{region.id}.yml",
            remedy="correct due_dates or collection_dates, or agree other days for the quarter",
        )
    return CalendarDates(**found)


def due_of(region: Region, period: Quarter, agreed: Agreed) -> date | None:
    """The day by which returns are due; None where the region has neither a rule nor an agreed day."""
    return _found(region, period, agreed.get(period)).get("due")


def chase_of(region: Region, period: Quarter, agreed: Agreed) -> date | None:
    """The day from which who has not sent is asked; None where the region has neither a rule nor an agreed day."""
    return _found(region, period, agreed.get(period)).get("chase")


def _found(region: Region, period: Quarter, dates: AgreedDates | None) -> dict[str, date]:
    """The days that are known: the agreed one first, then the rule's."""
    found: dict[str, date] = {}
    due = region.due(period)
    if due is not None:
        found["due"] = due
    rules = region.collection_dates
    if rules is not None:
        for name in ("open", "chase", "dbg_meeting", "dfe_meeting"):
            found[name] = working_days_after(period.last_day, getattr(rules, name))
    if dates is not None:
        found |= {name: day for name in NAMES if (day := getattr(dates, name)) is not None}
    return found


def _out_of_order(found: Mapping[str, date]) -> tuple[str, str, str] | None:
    """The first two known days that are out of order, and how to say so."""
    known = [name for name in NAMES if name in found]
    for earlier, later in pairwise(known):
        together = (earlier, later) == ("due", "chase")
        if found[earlier] > found[later] or (found[earlier] == found[later] and not together):
            what = f"{later} ({found[later]}) is not after {earlier} ({found[earlier]})"
            return earlier, later, what.replace("is not after", "is before") if together else what
    return None
