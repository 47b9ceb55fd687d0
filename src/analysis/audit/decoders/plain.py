"""Text without markup: notes, Markdown, scripts, styles; and tables of comma-separated values."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from analysis.audit.budget import Budget
from analysis.audit.decoders.encoding import as_text
from analysis.audit.decoders.grid import table
from analysis.audit.decoders.tree import row_of_numbers
from analysis.audit.found import Found, Numbers, Said
from analysis.audit.unreadable import DamagedError

_CONCATENATED = re.compile(r"""["'`]\s*\+\s*["'`]""")
_STYLE_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_OCTAL = re.compile(r"\\([0-3]?[0-7]{2})")
_BRACKETED = re.compile(r"[\[(]([^\[\]()]{5,})[\])]")
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.I)
"""What Excel takes as the word for the separator."""
_DELIMITERS = ",;\t|"
_LONGEST_FIELD = 5_000_000


def plain(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """A text, and what a script or a style would make of it.

    Raises
    ------
    DamagedError
        If the bytes are no text.
    """
    budget.tick()
    text = as_text(content)
    yield Said(where, text)
    yield from script(text, where)
    for block in text.splitlines():
        yield from row_of_numbers(block, where)


def script(text: str, where: tuple[str, ...]) -> Iterator[Found]:
    """What stands in a script or style only when it runs: joined strings, escapes; and its arrays."""
    if _CONCATENATED.search(text):
        yield Said((*where, "strings joined"), _CONCATENATED.sub("", text))
    if "\\" in text:
        yield Said((*where, "escapes resolved"), _STYLE_ESCAPE.sub(_letter, text))
        yield Said((*where, "octal escapes resolved"), _OCTAL.sub(lambda match: chr(int(match[1], 8)), text))
    for inner in _BRACKETED.findall(text):
        yield from row_of_numbers(inner, (*where, "array"))


def _letter(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def values(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """A table of separated values, cell by cell, and as the text that it is.

    Raises
    ------
    DamagedError
        If the bytes are no text, or the table can't be read.
    """
    text = as_text(content)
    yield Said((*where, "as text"), text)
    told = _SEPARATOR.match(text)
    text = text[told.end() :] if told else text
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = told[1] if told else max(_DELIMITERS, key=first.count)
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise DamagedError("a table of separated values that can't be read") from None
    finally:
        # The limit is the whole program's.
        csv.field_size_limit(before)
    for found in table(rows, where):
        budget.tick()
        yield found
    numbers = tuple(one for found in table(rows, where) if isinstance(found, Numbers) for one in found.values)
    if numbers:
        yield Numbers((*where, "all columns"), numbers)
