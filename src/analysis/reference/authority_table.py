"""The table of authorities: every code and name that one has gone by, as the package holds them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, ValidationError

from analysis.reference.csv_file import read_rows, refuse
from analysis.reference.data_folder import DATA
from analysis.reference.model import Record
from analysis.reference.yaml_file import in_words, read_yaml

TABLE, NAMES = DATA / "authorities.csv", DATA / "also_known_as.yml"
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

    def in_year(self, year_ending: int) -> bool:
        """Whether it was there in the reporting year that ends in March of a year."""
        return self.first_year <= year_ending and (self.last_year is None or year_ending <= self.last_year)

    @property
    def every_name(self) -> tuple[str, ...]:
        """Every code and name that it goes by, or went by."""
        codes = (span.code for span in self.ons_codes)
        return (self.code, self.ons_code, *codes, self.name, *self.aliases)


class KnownAs(Record):
    """Names and codes of one authority that the published tables do not hold."""

    aliases: tuple[str, ...] = ()
    ons_codes: tuple[OnsCode, ...] = ()
    why: str = ""


class KnownAsFile(Record):
    """`also_known_as.yml`."""

    authorities: dict[str, KnownAs]
    counties: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """DfE codes of the authorities that a county of this name is today."""
    childrens_trusts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Name of a trust or company that does an authority's work to the DfE codes of those that it serves."""


@cache
def authority_table(path: Path = TABLE, names: Path = NAMES) -> Mapping[str, Authority]:
    """Every authority of the package by its DfE code, in the order of the codes.

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
    for county, codes in file.content.counties.items():
        if strange := [code for code in codes if code not in found]:
            raise file.refuse(f"there is no authority {strange[0]}", "counties", county, remedy="use DfE codes")
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


@cache
def counties(names: Path = NAMES) -> Mapping[str, tuple[str, ...]]:
    """Counties that are several authorities today, with the DfE codes of these. No authority goes by such a name.

    Raises
    ------
    BadReferenceError
        As `authority_table`.
    """
    return read_yaml(names, KnownAsFile).content.counties


@cache
def childrens_trusts(names: Path = NAMES) -> Mapping[str, tuple[str, ...]]:
    """Name of each children's trust that bears no authority's name to the DfE codes of those that it serves."""
    return read_yaml(names, KnownAsFile).content.childrens_trusts
