"""Whom an authority is set against: its region, its statistical neighbours, England, a group of the region's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.reference.authorities import authorities
from analysis.reference.neighbours import Neighbour
from analysis.reference.regions import Region


@dataclass(frozen=True)
class Group:
    """A comparison group, as each authority sees it."""

    id: str
    edition: str
    """Of a list that comes in editions; empty otherwise."""
    members: Mapping[str, frozenset[str]]
    """By authority: whose figures make up the group's summary. An authority is a member of its region, but not one of
    its own neighbours."""
    placed: frozenset[str]
    """Who has a position in it."""

    def summarised(self, subjects: Sequence[str], everyone: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Subjects by everyone: whose figures the summary is made of."""
        lists = (self.members.get(subject, frozenset()) for subject in subjects)
        return np.array([[code in members for code in everyone] for members in lists], dtype=bool)


def region_group(region: Region) -> Group:
    """The region's rank set: its own members. Who joined from outside sees its figures and has no place (S0 5.5)."""
    return _fixed("region", region.members, region.everyone)


def own_groups(region: Region) -> list[Group]:
    """The groups that the region chose for itself."""
    return [_fixed(group.id, group.members, region.everyone) for group in region.groups]


def neighbour_group(neighbours: Mapping[str, Sequence[Neighbour]], edition: str, subjects: Iterable[str]) -> Group:
    """Each authority's statistical neighbours in one edition. An authority without a list has an empty group."""
    subjects = tuple(subjects)
    members = {code: frozenset(neighbour.code for neighbour in neighbours.get(code, ())) for code in subjects}
    return Group("neighbours", edition, members, frozenset(code for code in subjects if members[code]))


def england_group(subjects: Iterable[str], year_ending: int | None = None) -> Group:
    """All English authorities: those of today, or those that reported for the year ending March `year_ending`."""
    return _fixed("england", english_authorities(year_ending), subjects)


def english_authorities(year_ending: int | None = None) -> tuple[str, ...]:
    """The DfE codes of the authorities of today, or of a reporting year."""
    every = authorities().values()
    if year_ending is None:
        return tuple(authority.code for authority in every if authority.current)
    return tuple(
        authority.code
        for authority in every
        if authority.first_year <= year_ending and (authority.last_year is None or year_ending <= authority.last_year)
    )


def _fixed(name: str, members: Iterable[str], subjects: Iterable[str]) -> Group:
    fixed = frozenset(members)
    return Group(name, "", dict.fromkeys(subjects, fixed), fixed)
