"""All changes of a region, and what they come to in a quarter."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import pandas as pd

from analysis.reference.authority_table import authority_table
from analysis.reference.changes.breaks import Break
from analysis.reference.changes.change import Change
from analysis.reference.changes.membership import region_after
from analysis.reference.changes.model import (
    DefinitionChange,
    Membership,
    NeighboursChange,
    PopulationChange,
    Processor,
    Reorganisation,
    Trust,
)
from analysis.reference.changes.populations import with_estimates, with_successors
from analysis.reference.neighbours import Neighbour, editions, neighbours
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region
from analysis.reference.yaml_file import YamlFile

Kind = TypeVar("Kind", bound=Change)


@dataclass(frozen=True)
class Filed:
    """A change and the file that it stands in."""

    file: YamlFile[Change]
    neighbours: Mapping[str, tuple[Neighbour, ...]] = field(default_factory=dict)
    """Of a new edition."""

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.file.path.name

    @property
    def change(self) -> Change:
        """What it says."""
        return self.file.content


@dataclass(frozen=True)
class Changes:
    """Changes, the earliest first. None: the world as the package has it."""

    held: tuple[Filed, ...] = ()

    def in_force(self, period: Quarter, proposed: Collection[str] = ()) -> Changes:
        """Those that hold for a quarter's report: signed off, or proposed by name of file, and begun by then."""
        return self._those(
            filed
            for filed in self.held
            if filed.change.first <= period and (filed.change.signed_off is not None or filed.name in proposed)
        )

    def beginning(self, period: Quarter) -> Changes:
        """Those of them that begin in a quarter."""
        return self._those(filed for filed in self.held if filed.change.first == period)

    def begun_before(self, period: Quarter) -> Changes:
        """Those of them that began earlier."""
        return self._those(filed for filed in self.held if filed.change.first < period)

    def without(self, name: str) -> Changes:
        """All but the one in a file of that name."""
        return self._those(filed for filed in self.held if filed.name != name)

    @staticmethod
    def _those(held: Iterator[Filed]) -> Changes:
        return Changes(tuple(held))

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The changes of one kind, the earliest first."""
        return tuple(filed.change for filed in self.held if isinstance(filed.change, kind))

    @cached_property
    def reorganisations(self) -> tuple[Reorganisation, ...]:
        """Councils that ended, and who followed them."""
        return self.of(Reorganisation)

    @cached_property
    def ended(self) -> Mapping[str, Quarter]:
        """Who ended in a reorganisation, and the first quarter without them."""
        return {code: one.first for one in self.reorganisations for code in one.predecessors}

    @cached_property
    def left(self) -> Mapping[str, Quarter]:
        """Who left the region's collection and has not come back, and the first quarter without them."""
        gone: dict[str, Quarter] = {}
        for one in self.of(Membership):
            gone |= dict.fromkeys(one.leaves, one.first)
            for code in one.joins:
                gone.pop(code, None)
        return gone

    def region_at(self, region: Region, quarter: Quarter) -> Region:
        """The region with those who take part in a quarter."""
        for filed in self.held:
            if filed.change.first <= quarter:
                region = region_after(region, filed.change)
        return region

    def england(self) -> tuple[str, ...]:
        """The DfE codes of the English authorities: those of the package, with successors for those who ended."""
        codes = [code for code, authority in authority_table().items() if authority.current]
        for one in self.reorganisations:
            codes = [code for code in codes if code not in one.predecessors]
            codes += [new.code for new in one.successors]
        return tuple(sorted(codes))

    @cached_property
    def follows(self) -> Mapping[str, frozenset[str]]:
        """By council that began: all those that it follows, also by way of one that has ended since."""
        found: dict[str, frozenset[str]] = {}
        for one in self.reorganisations:
            before = frozenset(one.predecessors).union(*(found.get(code, frozenset()) for code in one.predecessors))
            found |= dict.fromkeys((new.code for new in one.successors), before)
        return found

    def populations(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The package's populations with newer estimates in their place, and those of new councils."""
        return self.with_successors(with_estimates(frame, self.of(PopulationChange)))

    def with_successors(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The package's populations with those of new councils alone: what DfE's own published figures are set on."""
        return with_successors(frame, self.reorganisations)

    @property
    def edition(self) -> str:
        """The edition of the statistical neighbours that holds."""
        newer = self.of(NeighboursChange)
        return newer[-1].edition if newer else editions()[-1]

    @property
    def neighbours(self) -> Mapping[str, Sequence[Neighbour]]:
        """Each authority's statistical neighbours in that edition, nearest first."""
        newer = [filed.neighbours for filed in self.held if isinstance(filed.change, NeighboursChange)]
        return newer[-1] if newer else neighbours()

    def breaks(self, everyone: Sequence[str]) -> tuple[Break, ...]:
        """From when on an authority counts an indicator in another way, for those who take part.

        A merged council's history is a sum, so that it breaks wherever that of one of its parts does.
        """
        return tuple(
            Break(authority=code, indicator=one.indicator, first=one.first, before=one.before, after=one.after)
            for one in self.of(DefinitionChange)
            for code in everyone
            if one.authorities == "all" or {code, *self.follows.get(code, ())}.intersection(one.authorities)
        )

    @property
    def trusts(self) -> tuple[Trust, ...]:
        """Who provides for which authorities. A later word about a trust of the same name goes before an earlier."""
        return tuple({one.name: one for one in self.of(Trust)}.values())

    @property
    def sending(self) -> tuple[Trust, ...]:
        """The trusts that send for others."""
        return tuple(one for one in self.trusts if one.sends)

    @property
    def processor(self) -> str:
        """Who works with the data; empty where no change says so."""
        named = self.of(Processor)
        return named[-1].name if named else ""
