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
_LETTERS = re.compile(r"(?:\d{2,6}\s*,\s*){2,}\d{2,6}")
_BRACKETED = re.compile(r"[\[(]([^\[\]()]{5,})[\])]")
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
    """What stands in a script or style only when it runs: joined strings, numbered letters, escapes; and its arrays."""
    if _CONCATENATED.search(text):
        yield Said((*where, "strings joined"), _CONCATENATED.sub("", text))
    if "\\" in text:
        yield Said((*where, "escapes resolved"), _STYLE_ESCAPE.sub(_letter, text))
    for run in _LETTERS.findall(text):
        letters = [int(part) for part in run.split(",")]
        if all(32 <= letter < 0x110000 for letter in letters):
            yield Said((*where, "numbers as letters"), "".join(map(chr, letters)))
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
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise DamagedError("a table of separated values that can't be read") from None
    for found in table(rows, where):
        budget.tick()
        yield found
    numbers = tuple(one for found in table(rows, where) if isinstance(found, Numbers) for one in found.values)
    if numbers:
        yield Numbers((*where, "all columns"), numbers)
