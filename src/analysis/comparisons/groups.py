"""Whom an authority is set against: its region, its statistical neighbours, England, a group of the region's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.reference.authority_table import authority_table
from analysis.reference.neighbours import Neighbour
from analysis.reference.regions import Region

NOBODY: Mapping[str, frozenset[str]] = {}


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


def england_group(
    subjects: Iterable[str], english: Iterable[str], follows: Mapping[str, frozenset[str]] = NOBODY
) -> Group:
    """All English authorities of a quarter or a year.

    Parameters
    ----------
    english
        Their codes.
    follows
        By council that begun since: those it follows. It is placed among `english` in their stead.
    """
    fixed = frozenset(english)
    members = {code: fixed - follows[code] if code in follows else fixed for code in subjects}
    return Group("england", "", members, fixed | follows.keys())


def english_authorities(year_ending: int | None = None) -> tuple[str, ...]:
    """The DfE codes of the authorities that the package knows, of today or of a reporting year."""
    return tuple(
        code
        for code, authority in authority_table().items()
        if (authority.current if year_ending is None else authority.in_year(year_ending))
    )


def _fixed(name: str, members: Iterable[str], subjects: Iterable[str]) -> Group:
    fixed = frozenset(members)
    return Group(name, "", dict.fromkeys(subjects, fixed), fixed)
