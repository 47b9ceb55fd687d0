"""CSV files: bytes to rows of text, or enough of them to be examined."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from analysis.returns.document import Document, Sheet, TooManyCellsError, unreadable
from analysis.returns.file_rules import TOO_LARGE, Refusal

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def open_text(content: bytes) -> Document | Refusal:
    """The document in a text file.

    Parameters
    ----------
    content
        The file's bytes. UTF-8 with or without a byte order mark is read; UTF-16, UTF-32 and Windows-1252 are
        decoded only so that they can be examined.

    Returns
    -------
    Document or Refusal
        A refusal where the bytes are not text at all.
    """
    decoded = _decode(content)
    if decoded is None:
        return unreadable("the file is not text")
    text, trouble = decoded
    if trouble:
        return Document(sheets=(), text=text, unreadable=trouble)
    try:
        sheet = Sheet.of(_rows(text))
    except TooManyCellsError:
        return Refusal(TOO_LARGE, "a table with far more cells than a return")
    except csv.Error:
        # The message of csv is not passed on: what is wrong may be quoted from a cell.
        return Document(sheets=(), text=text, unreadable="the text is not a table of comma-separated values")
    return Document(sheets=(sheet,) if sheet.lines else (), text=text)


def _decode(content: bytes) -> tuple[str, str] | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace"), f"the text is in {encoding.upper()}, not in UTF-8"
    if b"\x00" in content:
        half = max(len(content) // 2, 1)
        for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            if content[offset::2].count(0) > 0.4 * half:
                return content.decode(encoding, errors="replace"), "the text is in UTF-16, not in UTF-8"
        return None
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "the text is not in UTF-8"


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = 0
    for row in reader:
        yield before + 1, list(map(str.strip, row))
        before = reader.line_num
