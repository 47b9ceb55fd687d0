"""CSV files: bytes to rows of text, in the encodings and with the delimiters that spreadsheets write."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from analysis.returns.reading.document import Document, Sheet, TooManyCellsError, unreadable
from analysis.returns.reading.spelling import odd_marks
from analysis.returns.rules.file_rules import TOO_LARGE, Refusal

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32", "UTF-32"),
    (b"\x00\x00\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_UTF_8_MARK = b"\xef\xbb\xbf"
_DELIMITERS = {",": "", ";": "semicolons", "\t": "tabs", "|": "bars"}
_TOP = 65_536
"""Characters in which a line of column names is looked for."""
HEADER_WITHIN = 20
"""Rows with content in which a line of column names is looked for."""


def open_text(content: bytes, fits: Callable[[Sequence[str]], bool]) -> Document | Refusal:
    """The document in a text file.

    Parameters
    ----------
    content
        The file's bytes: UTF-8, UTF-16 or UTF-32, with or without a byte order mark, or Windows-1252.
    fits
        Whether a row is a line of column names. Of the delimiters the one that makes one is the right one; where none
        does, the comma is taken, so that the file can be examined.

    Returns
    -------
    Document or Refusal
        A refusal where the bytes are not text at all.
    """
    decoded = _decode(content)
    if decoded is None:
        return unreadable("the file is not text")
    text, trouble, choices = decoded
    if trouble:
        return Document(sheets=(), text=text, unreadable=trouble)
    delimiter = next((one for one in _DELIMITERS if _has_header(text, one, fits)), ",")
    if _DELIMITERS[delimiter]:
        choices = (*choices, f"columns parted by {_DELIMITERS[delimiter]}")
    try:
        sheet = Sheet.of(_rows(text, delimiter))
    except TooManyCellsError:
        return Refusal(TOO_LARGE, "a table with far more cells than a return")
    except csv.Error:
        # The message of csv is not passed on: what is wrong may be quoted from a cell.
        return Document(sheets=(), text=text, unreadable="the text is not a table of comma-separated values")
    return Document(sheets=(sheet,) if sheet.lines else (), text=text, choices=(*choices, *odd_marks(text)))


def _decode(content: bytes) -> tuple[str, str, tuple[str, ...]] | None:
    """The text, what is wrong with it (it is then good for examining only), and what was chosen."""
    for mark, encoding, name in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding, name)
    if content.startswith(_UTF_8_MARK):
        text, trouble, _ = _strictly(content, "utf-8-sig", "UTF-8")
        return text, trouble, ("a byte order mark left out",)
    if b"\x00" in content:
        return next((_strictly(content, one, one[:6].upper()) for one in _without_a_mark(content)), None)
    try:
        return content.decode("utf-8"), "", ()
    except UnicodeDecodeError:
        return _strictly(content, "cp1252", "Windows-1252")


def _strictly(content: bytes, encoding: str, name: str) -> tuple[str, str, tuple[str, ...]]:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode(encoding, errors="replace"), f"the text is broken {name}", ()
    # A zero between letters would hide a word from whoever searches the text.
    return text, "the text holds zero bytes" if "\x00" in text else "", (f"read as {name}",)


def _without_a_mark(content: bytes) -> Iterator[str]:
    """The encodings that the zeros between Latin letters give away."""
    quarter, half = max(len(content) // 4, 1), max(len(content) // 2, 1)
    if content[2::4].count(0) > 0.9 * quarter and content[1::4].count(0) > 0.9 * quarter:
        yield "utf-32-le" if content[3::4].count(0) > 0.9 * quarter else "utf-32-be"
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if content[offset::2].count(0) > 0.4 * half:
            yield encoding


def _has_header(text: str, delimiter: str, fits: Callable[[Sequence[str]], bool]) -> bool:
    rows = (row for row in csv.reader(io.StringIO(text[:_TOP], newline=""), delimiter=delimiter) if any(row))
    try:
        return any(fits(row) for row in islice(rows, HEADER_WITHIN))
    except csv.Error:
        return False


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    for row in reader:
        yield before + 1, list(map(str.strip, row))
        before = reader.line_num
