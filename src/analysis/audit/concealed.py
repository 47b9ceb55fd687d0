"""Who is concealed in what is sent to a reader: worked out here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from analysis.audit.deny import Deny, deny_list
from analysis.reference.authorities import authorities
from analysis.reference.neighbours import neighbours
from analysis.reference.regions import Region

_WRITERS = 32
"""Kept compiled: a region's members, each of whom may have several texts."""


def concealed_from(
    reader: str,
    region: Region,
    *,
    known: Iterable[str] = (),
    people: Iterable[str] = (),
    machines: Iterable[str] = (),
) -> Deny:
    """What a reader's pack must not say: who the region's other members are, and the reader's statistical neighbours.

    The neighbours may be of other regions; their list is published, and so is whose it is.

    Parameters
    ----------
    reader
        DfE code of the one authority whose pack it is.
    region
        Whose quarter it tells of.
    known
        DfE codes of others who may be named: they permit it.
    people, machines
        As `deny_list`.

    Raises
    ------
    KeyError
        If a code is no authority's.
    """
    near = [neighbour.code for neighbour in neighbours().get(reader, ())]
    return deny_list((*region.everyone, *near), allowed=(reader, *known), people=people, machines=machines)


@lru_cache(maxsize=_WRITERS)
def concealed_in_words_of(writer: str) -> Deny:
    """What an authority's own words must not say: any other authority of England, present or past.

    They are more than those concealed from it: whoever is compared with in somebody's own words is singled out.

    Raises
    ------
    KeyError
        If the code is no authority's.
    """
    return deny_list(authorities(), allowed=(writer,))
