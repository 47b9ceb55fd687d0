"""The authorities: those of the package with those that this workspace's reorganisations make, and how to find one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

from analysis.errors import UsageError
from analysis.reference.authority_table import NAMES, TABLE, Authority, authority_table, counties
from analysis.reference.changes.made import Made, made_here
from analysis.reference.matching import matching, nearest


def authorities(path: Path = TABLE, names: Path = NAMES) -> Mapping[str, Authority]:
    """Every authority by its DfE code: the package's in the order of the codes, then those made since.

    A council that a signed-off reorganisation makes is known from then on, whatever quarter is looked at: to know a
    name puts nobody into a region. Who takes part in a quarter is for `Changes.region_at` and `Changes.england`.

    Parameters
    ----------
    path, names
        As `authority_table`.

    Raises
    ------
    BadReferenceError
        As `authority_table`, and by name and line for a reorganisation's file.
    """
    return _joined(path, names, made_here())


@lru_cache(maxsize=16)
def _joined(path: Path, names: Path, made: Made) -> Mapping[str, Authority]:
    table = authority_table(path, names)
    return made.laid_over(table) if made.reorganisations else table


def find_authority(text: str, among: Collection[str] | None = None) -> Authority:
    """The authority that a person means.

    Parameters
    ----------
    text
        A DfE code, an ONS code old or new, a name or an alias, in any case and with any punctuation.
        Where a name was used twice (Dorset), today's authority is meant.
    among
        DfE codes to choose from; every authority when None.

    Raises
    ------
    UsageError
        If nothing, or more than one authority, answers to it: with the names that come near.
    """
    every = authorities()
    chosen = every.keys() if among is None else among
    known = {code: authority.every_name for code, authority in every.items()}
    found = [every[code] for code in matching(text, known)]
    inside = [authority for authority in found if authority.code in chosen]
    today = [authority for authority in inside if authority.current]
    for candidates in (inside, today):
        if len(candidates) == 1:
            return candidates[0]
    if inside:
        names = ", ".join(f"{authority.name} ({authority.code})" for authority in inside)
        raise UsageError(f"{text!r} may be any of {names}", remedy="use the three-digit code")
    if found:
        raise UsageError(f"{found[0].name} ({found[0].code}) is not among the authorities asked for")
    for county in matching(text, {name: (name,) for name in counties()}):
        names = ", ".join(f"{every[code].name} ({code})" for code in counties()[county])
        raise UsageError(f"{county} is several authorities: {names}", remedy="name one of them")
    near = nearest(text, {code: known[code] for code in known if code in chosen})
    meant = " or ".join(f"{every[code].name} ({code})" for code in near)
    raise UsageError(
        f"there is no authority {text!r}" + (f": did you mean {meant}?" if meant else ""),
        remedy="use a name, a DfE code or an ONS code; `tartanrug reference list authorities` lists them",
    )
