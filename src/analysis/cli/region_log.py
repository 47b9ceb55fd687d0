"""What the commands about permissions, incidents and leaving share: a region's log, its rules, and who writes to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from analysis.cli.identity import whoever_this_is
from analysis.cli.moment import day, moment, seen_from
from analysis.cli.source import source_before_returns
from analysis.config import workspace
from analysis.errors import UsageError
from analysis.pipeline.collection import Collection
from analysis.reference.authorities import authorities, find_authority
from analysis.reference.changes.world import Changes
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region, find_region
from analysis.reference.yaml_file import in_words
from analysis.registers.agreements import Agreement, load_agreements
from analysis.registers.log.chain import Chain, append, log_folder, read_chain
from analysis.registers.log.event import Body, Event
from analysis.registers.sharing import SharingRules, sharing_rules


@dataclass(frozen=True)
class RegionLog:
    """A region's registers, as a command needs them."""

    region: Region
    source: str
    registers: Path

    @classmethod
    def of(cls, region: str, source: str = "") -> RegionLog:
        """The log of a region's returns, or of its made-up ones where it has received none.

        Raises
        ------
        UserError
            If there is no such region or source.
        """
        home = find_region(region)
        found = source_before_returns(source, home)
        return cls(home, found, Collection(workspace(), found, home, Quarter(2009, 1)).registers)

    @property
    def chain(self) -> Chain:
        """Everything that has happened."""
        return read_chain(log_folder(self.registers))

    @cached_property
    def rules(self) -> SharingRules:
        """Who may permit what."""
        return sharing_rules(self.region.id, self.registers)

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """What sharing rests on."""
        return load_agreements(self.region.id, self.registers)

    @cached_property
    def changes(self) -> Changes:
        """Every change of the region that is written down."""
        return Collection(workspace(), self.source, self.region, Quarter(2009, 1)).every_change

    @cached_property
    def everyone(self) -> frozenset[str]:
        """DfE codes of all whose figures the region has, had or will have."""
        changed = (code for filed in self.changes.held for _, code in filed.change.codes)
        return frozenset({*self.region.everyone, *changed})

    def codes(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The DfE codes of the authorities that are named, each once.

        Raises
        ------
        UsageError
            If there is no such authority, or it is not in this collection.
        """
        found = tuple(dict.fromkeys(find_authority(name).code for name in names))
        for code in found:
            if code not in self.everyone:
                raise UsageError(
                    f"{named(code)} is not in the collection of {self.region.name}", remedy="name a member"
                )
        return found

    def write(self, decide: Callable[[Chain], Body], *, at: datetime) -> Event:
        """Put an event at the end of the log, in the name of whoever is at the keyboard.

        Raises
        ------
        UserError
            If nobody is enrolled, `decide` refuses, or a word may not stand in the log.
        """

        def in_plain_words(chain: Chain) -> Body:
            with said_in_words():
                return decide(chain)

        return append(log_folder(self.registers), in_plain_words, by=whoever_this_is(self.registers), at=at)


@contextmanager
def said_in_words() -> Iterator[None]:
    """A value that may not stand in the log is the user's to mend."""
    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        what = f"{place}: {in_words(first)}" if place else in_words(first)
        raise UsageError(what, remedy="correct the value that was given") from None


def named(code: str) -> str:
    """`Buckinghamshire (825)`."""
    known = authorities()
    return f"{known[code].name} ({code})" if code in known else code


def time_of(named: datetime | None) -> datetime:
    """The time that an event carries: now, or the time that is named (of a day alone its beginning).

    Raises
    ------
    UsageError
        If its day is still to come.
    """
    return datetime.combine(day(named), named.time(), UTC).replace(microsecond=0) if named else moment(None)


def day_of(named: datetime | None) -> date:
    """The day on which something is looked at, which may be still to come: today, or the one that is named."""
    return seen_from(named).date()
