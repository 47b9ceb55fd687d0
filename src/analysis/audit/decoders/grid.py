"""Tables, whatever they came in: which cells are codes, and which numbers stand in one column or row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from analysis.audit.found import Found, Numbers, Place, Said
from analysis.audit.undressed import beside_each_other, spelt_in_pieces
from analysis.reference.authorities import authorities

Cell = str | float | int | None
_CODES = re.compile(
    r"\b(la|lea|lad|utla|ltla|dfe|ons|gss|authority|council|code|codes|id|area|geography|reader|region)\b", re.I
)
_NOT_CODES = re.compile(r"\b(number|count|rate|value|total|figure|children|per)\b", re.I)
"""Beside one of these a heading such as *Authority value* promises no code."""
_MINE = re.compile(r"\b(in|my|own|your|our)\b", re.I)
"""*In my authority* stands over figures."""
_NUMBER_OF_ONE = re.compile(r"^(la|lea|dfe|authority|council) (number|no)$", re.I)
_NUMBER = re.compile(r"[-+−]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?%?|[-+−]?\.\d+")
_LONGEST_HEADING = 8
"""Words: a sentence with `authority` in it (an indicator's title) is no heading of codes."""
_ENOUGH = 3
"""Codes among codes: fewer in a column may be figures."""


def number(cell: Cell) -> float | None:
    """The number that a cell shows; None where it shows none."""
    if isinstance(cell, str):
        text = cell.strip()
        if not _NUMBER.fullmatch(text):
            return None
        return float(text.rstrip("%").replace(",", "").replace("−", "-"))
    return None if cell is None or isinstance(cell, bool) else float(cell)


def table(rows: Sequence[Sequence[Cell]], where: tuple[str, ...]) -> Iterator[Found]:
    """Every cell, as an id where its column or row is one of codes; every column and row of numbers.

    Parameters
    ----------
    rows
        Cells by row; rows may differ in length. Text and numbers, None where there is nothing.
    where
        Where the table is.
    """
    width = max((len(row) for row in rows), default=0)
    columns = [[row[place] if place < len(row) else None for row in rows] for place in range(width)]
    codes = {
        place
        for place, column in enumerate(columns)
        if _called_codes(column) or _called_codes(_from_heading(column)) or (not place and _all_codes(column))
    }
    rows_of_codes = {place for place, row in enumerate(rows) if _called_codes(row) or (not place and _all_codes(row))}
    for down, row in enumerate(rows):
        for across, cell in enumerate(row):
            if cell is None or cell == "":
                continue
            is_id = across in codes or down in rows_of_codes
            text = f"{cell:g}" if isinstance(cell, float) else str(cell)
            at = (*where, f"row {down + 1}, column {across + 1}")
            yield Said(at, text, Place.ID if is_id else Place.TEXT)
    for name, lines in (("column", columns), ("row", rows)):
        for place, line in enumerate(lines):
            texts = [cell if isinstance(cell, str) else "" if cell is None else "0" for cell in line]
            for word in spelt_in_pieces([text or "0" for text in texts]):
                yield Said((*where, f"{name} {place + 1}", "letters of cells"), word)
            for word in beside_each_other(texts):
                yield Said((*where, f"{name} {place + 1}", "cells joined"), word, Place.BESIDE)
            values = tuple(value for cell in line if (value := number(cell)) is not None)
            if len(values) >= _ENOUGH:
                yield Numbers((*where, f"{name} {place + 1}"), values)


def _texts(line: Sequence[Cell]) -> list[str]:
    return [str(cell).strip() for cell in line if cell is not None and str(cell).strip()]


def _called_codes(line: Sequence[Cell]) -> bool:
    """Whether the heading of a column (or row) says that it is one of codes."""
    texts = _texts(line)
    if len(texts) < 2:
        return False
    return promises_codes(texts[0])


def promises_codes(name: str) -> bool:
    """Whether what is called so is a code: the heading of a column, the name of a property."""
    heading = _NUMBER_OF_ONE.sub("code", re.sub(r"[_\W]+", " ", name))
    promised = len(heading.split()) <= _LONGEST_HEADING and _CODES.search(heading)
    figures = _NOT_CODES.search(heading) or (_MINE.search(heading) and not re.search(r"\bcodes?\b", heading, re.I))
    return bool(promised and not figures and not _NUMBER.fullmatch(name))


def _from_heading(column: Sequence[Cell]) -> list[str]:
    """A column from the last words above its first number: titles stand over the headings of most spreadsheets."""
    texts = _texts(column)
    first = next((place for place, text in enumerate(texts) if _NUMBER.fullmatch(text)), 0)
    return texts[first - 1 :] if first else []


def _all_codes(line: Sequence[Cell]) -> bool:
    """Whether nothing but codes stands in a column (or row), beside its heading.

    That tells codes only where rows (or columns) are called by it, which is the first: three quarters of the numbers
    from 801 to 896 are codes, so that a small council's figures of a year are all codes by chance.
    """
    texts = _texts(line)
    places = [place for place, text in enumerate(texts) if _NUMBER.fullmatch(text)]
    # Titles above, and *England* below.
    numbers = texts[places[0] : places[-1] + 1] if places else []
    return any(
        len(rest) >= _ENOUGH and len(set(rest)) == len(rest) and set(rest) <= known_codes()
        for rest in (numbers, numbers[1:])
    )


@cache
def known_codes() -> frozenset[str]:
    """DfE's three-digit codes of all authorities."""
    return frozenset(authorities())
