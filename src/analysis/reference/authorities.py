"""The authorities: every code and name that one has gone by, and how to find one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ValidationError

from analysis.errors import UsageError
from analysis.reference.csv_file import read_rows, refuse
from analysis.reference.data_folder import DATA
from analysis.reference.matching import matching, nearest
from analysis.reference.model import Record
from analysis.reference.yaml_file import in_words, read_yaml

_ONS_SPAN = re.compile(r"([EWNS]\d{8}):(\d{4})-(\d{4})?")


class OnsCode(Record):
    """An ONS code, and the reporting years (ending March) in which it was the authority's."""

    code: str
    first_year: int | None
    last_year: int | None
    """None while it is in use."""


def _listed(text: object) -> object:
    return tuple(part.strip() for part in text.split(";") if part.strip()) if isinstance(text, str) else text


def _spans(text: object) -> object:
    if not isinstance(text, str):
        return text
    found = [_ONS_SPAN.fullmatch(part.strip()) for part in text.split(";")]
    if not all(found):
        raise ValueError("write each code as E10000002:2013-2020, with ; between")
    return tuple(
        OnsCode(code=span[1], first_year=int(span[2]), last_year=int(span[3]) if span[3] else None)
        for span in found
        if span is not None
    )


def _blank_is_none(text: object) -> object:
    return None if text == "" else text


Codes = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class Authority(Record):
    """One authority, present or past, under the key that stays the same through boundary changes."""

    code: str
    """DfE's three digits, as text."""
    ons_code: str
    """The latest in the reference; `ons_codes` has them all."""
    name: str
    aliases: Codes
    """Other spellings in published tables, and abbreviations in common use."""
    region: str
    region_code: str
    london_subregion: str
    type: str
    ons_codes: Annotated[tuple[OnsCode, ...], BeforeValidator(_spans)]
    first_year: int
    """First reporting year (ending March) in the reference."""
    last_year: Annotated[int | None, BeforeValidator(_blank_is_none)]
    """Last reporting year of an authority that was abolished."""
    current: bool
    predecessors: Codes
    successors: Codes
    change_date: str
    note: str


class KnownAs(Record):
    """Names and codes of one authority that the published tables do not hold."""

    aliases: tuple[str, ...] = ()
    ons_codes: tuple[OnsCode, ...] = ()
    why: str = ""


class KnownAsFile(Record):
    """`also_known_as.yml`."""

    authorities: dict[str, KnownAs]


@cache
def authorities(
    path: Path = DATA / "authorities.csv", names: Path = DATA / "also_known_as.yml"
) -> Mapping[str, Authority]:
    """Every authority by its DfE code, in the order of the codes.

    Parameters
    ----------
    path
        The table of authorities.
    names
        Further names and codes, kept by hand.

    Returns
    -------
    Mapping
        DfE code to authority: those of today and their predecessors since 2012-13.

    Raises
    ------
    BadReferenceError
        By name and line: a row that does not fit, a code twice, a predecessor or successor that does not exist.
    """
    found: dict[str, Authority] = {}
    lines: dict[str, int] = {}
    for line, row in read_rows(path, Authority.model_fields):
        try:
            authority = Authority.model_validate(row)
        except ValidationError as error:
            first = error.errors()[0]
            raise refuse(path, line, f"{first['loc'][0]} is {first['input']!r}: {in_words(first)}") from None
        if not re.fullmatch(r"\d{3}", authority.code):
            raise refuse(path, line, f"code is {authority.code!r}, which is not three digits")
        if authority.code in found:
            raise refuse(path, line, f"the authority {authority.code} stands here a second time")
        found[authority.code], lines[authority.code] = authority, line
    for authority in found.values():
        for other in (*authority.predecessors, *authority.successors):
            if other not in found:
                raise refuse(path, lines[authority.code], f"{authority.name} names {other}, which is not in the table")
    file = read_yaml(names, KnownAsFile)
    for code, known in file.content.authorities.items():
        if code not in found:
            raise file.refuse(f"there is no authority {code}", "authorities", code, remedy="use a DfE code")
        authority = found[code]
        found[code] = authority.model_copy(
            update={
                "aliases": (*authority.aliases, *known.aliases),
                "ons_codes": (*authority.ons_codes, *known.ons_codes),
            }
        )
    return found


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
    known = {code: _all_names(authority) for code, authority in every.items()}
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
    near = nearest(text, {code: known[code] for code in known if code in chosen})
    meant = " or ".join(f"{every[code].name} ({code})" for code in near)
    raise UsageError(
        f"there is no authority {text!r}" + (f": did you mean {meant}?" if meant else ""),
        remedy="use a name, a DfE code or an ONS code; `tartanrug reference` lists them",
    )


def _all_names(authority: Authority) -> tuple[str, ...]:
    codes = (span.code for span in authority.ons_codes)
    return (authority.code, authority.ons_code, *codes, authority.name, *authority.aliases)
