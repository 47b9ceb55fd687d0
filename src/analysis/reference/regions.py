"""The regions: who is in, who joined from outside, what is due when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from analysis.errors import UsageError
from analysis.reference.authorities import authorities
from analysis.reference.data_folder import DATA
from analysis.reference.matching import matching, nearest
from analysis.reference.model import Record
from analysis.reference.periods import Quarter
from analysis.reference.working_days import working_days_after
from analysis.reference.yaml_file import YamlFile, read_yaml


class Group(Record):
    """A comparison group that the region chose for itself."""

    id: str
    title: str
    members: tuple[str, ...] = Field(min_length=1)


class DueDates(Record):
    """When a quarter's returns are due: so many days after it closes, unless a date is given."""

    days_after_quarter: int | None = Field(default=None, ge=0)
    """Calendar days, weekends and holidays among them."""
    working_days_after_quarter: int | None = Field(default=None, ge=1)
    dates: dict[str, date] = Field(default_factory=dict)
    """Quarter (`2025-26-Q2`) to the date agreed for it."""
    choice: str = ""
    """Why this rule, where no document says it."""

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        if self.days_after_quarter is not None and self.working_days_after_quarter is not None:
            raise ValueError("give days_after_quarter or working_days_after_quarter, not both")
        return self


class CollectionDates(Record):
    """The other dates of a quarter's collection: each so many working days after the quarter's last day."""

    open: int = Field(ge=1)
    """The templates go out."""
    chase: int = Field(ge=1)
    """Who has not sent is asked."""
    dbg_meeting: int = Field(ge=1)
    """The DBG checks what is to be released (S1 14)."""
    dfe_meeting: int = Field(ge=1)
    """The quarterly meeting with the DfE (S1 14)."""
    choice: str = ""
    """Why these, where no document says it."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.open < self.chase < self.dbg_meeting < self.dfe_meeting:
            raise ValueError("open, chase, dbg_meeting and dfe_meeting follow each other in this order")
        return self


class Region(Record):
    """One region's settings."""

    id: str = Field(pattern=r"^[0-9a-z]+(-[0-9a-z]+)*$")
    """Folders are called by it: a word that leads to no other."""
    name: str
    area_code: str
    members: tuple[str, ...] = Field(min_length=1)
    """DfE codes of the authorities that are ranked among each other."""
    outside_members: tuple[str, ...] = ()
    """DfE codes of those who joined from outside: they get reports, but are not in the rank set (S0 5.5)."""
    indicator_set: str
    own_indicators: str | None = Field(default=None, pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]*\.yml$")
    """A YAML file with measures and indicators of the region's own, beside this one and nowhere else."""
    small_counts_shown_by: tuple[str, ...] = ()
    """DfE codes of authorities that let their own counts of 1 to 5 be shown in every variant of their report."""
    due_dates: DueDates | None = None
    collection_dates: CollectionDates | None = None
    returns_to: str = ""
    """Whom returns are sent to: a role or a mailbox, never a person."""
    groups: tuple[Group, ...] = ()

    @property
    def everyone(self) -> tuple[str, ...]:
        """Everyone who gets a report: the rank set, then those from outside."""
        return (*self.members, *self.outside_members)

    def due(self, quarter: Quarter) -> date | None:
        """The day by which a quarter's returns are due; None where the region has set none."""
        if self.due_dates is None:
            return None
        agreed = self.due_dates.dates.get(str(quarter))
        days, working_days = self.due_dates.days_after_quarter, self.due_dates.working_days_after_quarter
        if agreed is None and days is not None:
            return quarter.last_day + timedelta(days=days)
        if agreed is None and working_days is not None:
            return working_days_after(quarter.last_day, working_days)
        return agreed


@cache
def regions(folder: Path = DATA / "regions") -> Mapping[str, Region]:
    """Every region by its id.

    Parameters
    ----------
    folder
        Holds one YAML file for each region.

    Raises
    ------
    BadReferenceError
        By name and line: a member that does not exist or stands twice, an id twice, a quarter that is none.
    """
    found: dict[str, Region] = {}
    for path in sorted(folder.glob("*.yml")):
        file = read_yaml(path, Region)
        _check(file)
        if file.content.id in found:
            raise file.refuse(f"another region has the id {file.content.id} too", "id", remedy="give it one of its own")
        found[file.content.id] = file.content
    return found


def find_region(text: str) -> Region:
    """The region that a person means: by id, name or area code, in any case and with any punctuation.

    Raises
    ------
    UsageError
        If there is none: with the names that come near.
    """
    every = regions()
    known = {key: (key, region.name, region.area_code) for key, region in every.items()}
    found = matching(text, known)
    if len(found) == 1:
        return every[found[0]]
    meant = " or ".join(nearest(text, known))
    raise UsageError(
        f"there is no region {text!r}" + (f": did you mean {meant}?" if meant else ""),
        remedy=f"choose from {', '.join(every)}",
    )


def _check(file: YamlFile[Region]) -> None:
    region = file.content
    known = authorities()
    for place, code in _codes(region):
        if code not in known:
            raise file.refuse(f"there is no authority {code}", *place, remedy="use a DfE code of authorities.csv")
    for place, code in _repeated(region):
        raise file.refuse(f"{known[code].name} ({code}) stands here a second time", *place, remedy="remove one")
    for index, code in enumerate(region.small_counts_shown_by):
        if code not in region.everyone:
            what = f"{known[code].name} ({code}) gets no report here"
            raise file.refuse(what, "small_counts_shown_by", index, remedy="make it a member, or remove it")
    for quarter in region.due_dates.dates if region.due_dates else ():
        try:
            Quarter.parse(quarter)
        except UsageError as error:
            raise file.refuse(error.what, "due_dates", "dates", quarter, remedy=error.remedy) from None


def _codes(region: Region) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for field in ("members", "outside_members", "small_counts_shown_by"):
        yield from (((field, index), code) for index, code in enumerate(getattr(region, field)))
    for position, group in enumerate(region.groups):
        yield from ((("groups", position, "members", index), code) for index, code in enumerate(group.members))


def _repeated(region: Region) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Members that stand twice, whether in one list or in both: a rank set is a set."""
    seen: set[str] = set()
    for place, code in _codes(region):
        if place[0] in ("members", "outside_members"):
            if code in seen:
                yield place, code
            seen.add(code)
