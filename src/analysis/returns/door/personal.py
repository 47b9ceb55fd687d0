"""Values that look like a child's: UPNs, NHS numbers, postcodes, dates, people's names."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

from analysis.config import PACKAGE
from analysis.reference.authorities import authorities
from analysis.reference.changes.made import Made, made_here
from analysis.reference.matching import plain

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(rf"(?<![A-Z0-9])[{_UPN_LETTERS}]\d{{11}}[0-9{_UPN_LETTERS}](?=[A-Z]?(?![A-Z0-9]))", re.I)
_TEN_DIGITS = re.compile(r"(?<![\w.])(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\w)")
_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|"
    "GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|"
    "PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|"
    "WS|WV|YO|ZE"
)
_POSTCODE = re.compile(rf"(?<![A-Z0-9])(?:{_AREAS})\d[A-Z\d]? {{0,2}}(\d[ABD-HJLNP-UW-Z]{{2}})(?![A-Z0-9])", re.I)
_ORDINALS = {"1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th"}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_CLOCK = r"([ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?"
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}|\d{{2}}){_CLOCK}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})[/.-](\d{{1,2}})[/.-](\d{{1,2}}){_CLOCK}")
_IN_WORDS = re.compile(rf"(\d{{1,2}})(st|nd|rd|th)?[ /.-]*{_MONTH}[ ,/.-]*(\d{{4}}|\d{{2}}){_CLOCK}", re.I)
_MONTH_FIRST = re.compile(rf"{_MONTH}[ .-]*(\d{{1,2}})(st|nd|rd|th)?[ ,.-]+(\d{{4}})", re.I)
_EIGHT_DIGITS = re.compile(r"(19|20)\d{6}|\d{4}(19|20)\d{2}")
_BORN = re.compile(r"\b(d\.?o\.?b\.?|born|birth)\b[^\w\n]{0,3}(on |is |date )?[^\w\n]{0,3}\d{1,4}[/. -]", re.I)
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ONLY_WORDS = re.compile(r"[^\W\d_]+(?:[ ,.'’-]+[^\W\d_]+)*\.?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEPARATORS = re.compile(r"[,;|\t\r\n\"<>{}\[\]=~^]+|\s{2,}|:\s")


def tidy(text: str) -> str:
    """The text as it reads: full-width digits and no-break spaces made plain, invisible characters dropped."""
    if text.isascii():
        return text
    return "".join(mark for mark in unicodedata.normalize("NFKC", text) if unicodedata.category(mark) != "Cf")


def pieces(text: str) -> list[str]:
    """What stands between delimiters of any kind: the cells of a table that could not be read as one."""
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def upn_like(text: str) -> bool:
    """Whether a unique pupil number stands in the text.

    A letter and twelve digits are enough, since a return holds nothing else like it, and a slip in copying breaks the
    check letter. Only after an E it must be right: an ONS code with a year behind it has that form too.
    """
    return any(found[0] not in "Ee" or _check_letter(found) for found in _UPN.findall(text))


def _check_letter(upn: str) -> bool:
    values = (int(mark) if mark.isdigit() else _UPN_LETTERS.index(mark.upper()) for mark in upn[1:])
    return _UPN_LETTERS[sum(weight * value for weight, value in enumerate(values, start=2)) % 23] == upn[0].upper()


def nhs_numbers(text: str) -> set[str]:
    """The NHS numbers in the text: ten digits of which the last is the check digit of the others (modulo 11)."""
    found = ("".join(parts) for parts in _TEN_DIGITS.findall(text))
    return {digits for digits in found if len(set(digits)) > 1 and _checked(digits)}


def _checked(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def postcode_like(text: str) -> bool:
    """Whether a full postcode of a real postcode area stands in the text (`S47 2nd` is not one)."""
    return any(inward not in _ORDINALS for inward in _POSTCODE.findall(text))


def born(text: str) -> bool:
    """Whether the text says when somebody was born."""
    return _BORN.search(text) is not None


def day(cell: str, *, bare_digits: bool = True) -> str | None:
    """The day that a cell is, as text that is the same for the same day written alike; None if it is none.

    A whole day: `2025-26`, `Q2` and `July 2025` are none. With `bare_digits`, eight digits count too.
    """
    # Files hold the same few words and figures over and over.
    return _day(cell, bare_digits) if len(cell) <= 40 else None


@lru_cache(maxsize=16384)
def _day(cell: str, bare_digits: bool) -> str | None:
    if not any(mark.isdigit() for mark in cell):
        return None
    if found := _YEAR_FIRST.fullmatch(cell):
        year, month, number = int(found[1]), int(found[2]), int(found[3])
    elif found := _DAY_FIRST.fullmatch(cell):
        number, month, year = int(found[1]), int(found[2]), int(found[3])
        if month > 12:
            number, month = month, number
    elif found := _IN_WORDS.fullmatch(cell):
        number, month, year = int(found[1]), _MONTHS.index(found[3][:3].lower()) + 1, int(found[4])
    elif found := _MONTH_FIRST.fullmatch(cell):
        number, month, year = int(found[2]), _MONTHS.index(found[1][:3].lower()) + 1, int(found[4])
    elif bare_digits and _EIGHT_DIGITS.fullmatch(cell):
        return day(f"{cell[:4]}-{cell[4:6]}-{cell[6:]}") or day(f"{cell[:2]}-{cell[2:4]}-{cell[4:]}")
    else:
        return None
    try:
        return date(year if year > 99 else 2000 + year, month, number).isoformat()
    except ValueError:
        return None


def within_month(iso_day: str) -> bool:
    """Whether a day is neither the first nor the last of its month, as the ends of periods are."""
    found = date.fromisoformat(iso_day)
    return 1 < found.day < calendar.monthrange(found.year, found.month)[1]


def people(cells: Iterable[str], known: Collection[str]) -> set[str]:
    """The cells that look like a person's name.

    Parameters
    ----------
    cells
        Whole cells.
    known
        Texts in the form of `reference.matching.plain` that are not people: authorities, regions, measures.
    """
    return {cell for cell in cells if _person(cell) and plain(cell) not in known}


def _person(cell: str) -> bool:
    if len(cell) > 60 or not _ONLY_WORDS.fullmatch(cell):
        return False
    words = _WORDS.findall(cell)
    listed = [is_name(word) for word in words]
    if len(words) > 4 or not any(listed):
        return False
    return all(word[0].isupper() for word in words) or (len(words) > 1 and all(listed))


def person_shaped(cells: Collection[str], known_words: Collection[str]) -> bool:
    """Whether a column looks like names that are on no list: nearly every cell is two or three capitalised words, none
    of them a word of the kit's own.
    """
    shaped = {
        cell
        for cell in cells
        if _ONLY_WORDS.fullmatch(cell)
        and 2 <= len(words := _WORDS.findall(cell)) <= 3
        and all(word[0].isupper() and word.casefold() not in known_words for word in words)
    }
    return len(shaped) > 2 and len(shaped) >= 0.8 * len(cells)


def names_somebody(text: str) -> bool:
    """Whether a first name and a surname stand together in a note."""
    words = [(word, is_name(word)) for word in re.findall(r"[^\W\d_]+", text)]
    return any(
        known and known_next and word[0].isupper() and following[0].isupper()
        for (word, known), (following, known_next) in pairwise(words)
    )


def is_name(word: str) -> bool:
    """Whether a word is a common first name or surname, accents and apostrophes apart."""
    if word.isascii() and word.isalpha():
        return word.casefold() in _names()
    bare = "".join(mark for mark in unicodedata.normalize("NFD", word) if mark.isalpha())
    return bare.casefold() in _names()


@cache
def _names() -> frozenset[str]:
    lines = (PACKAGE / "returns" / "door" / "names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def places() -> frozenset[str]:
    """Every authority's names, its region's and its codes, in the form of `reference.matching.plain`."""
    return _places(made_here())


@lru_cache(maxsize=16)
def _places(made: Made) -> frozenset[str]:
    """`made` says for which reorganisations."""
    found: set[str] = set()
    for one in authorities().values():
        found.update(
            (one.code, one.ons_code, one.name, *one.aliases, one.region, one.region_code, one.london_subregion)
        )
        found.update(span.code for span in one.ons_codes)
    return frozenset(plain(text) for text in found if text)
