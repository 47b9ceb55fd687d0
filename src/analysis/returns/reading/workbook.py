"""Excel workbooks: every cell of every sheet, hidden ones too, and the text around the cells; in bounded memory."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree import ElementTree

from analysis.returns.reading.document import Document, Sheet, TooManyCellsError, unreadable
from analysis.returns.reading.spelling import odd_marks
from analysis.returns.rules.file_rules import HIDDEN_RECORDS, TOO_LARGE, Refusal

MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 400
MAX_COLUMNS = 256
MAX_TEXT = 131_072
"""Characters of one cell, as in a CSV; Excel itself holds a quarter of it."""
_RATIO_COUNTS_FROM = 1024 * 1024

_SEALED = re.compile(r"xl/(pivotcache|embeddings|model|externallinks|activex|ctrlprops|vbaproject|customdata)", re.I)
_PLAIN_PARTS = re.compile(
    r"(xl/(styles|calcchain)\.xml|xl/theme/.*|.*\.rels|\[content_types\]\.xml|docprops/app\.xml)", re.I
)
_TEXT_ATTRIBUTES = ("name", "displayName", "title", "descr", "v", "prompt", "promptTitle", "error", "tooltip")
_COLUMN = re.compile(r"[A-Z]+")
_PERCENT_FORMAT = re.compile(rb"""numFmtId=["'](9|10)["']|formatCode=["'][^"']*%""")


def open_workbook(content: bytes) -> Document | Refusal:
    """The document in an xlsx file.

    Parameters
    ----------
    content
        The file's bytes, which begin like a zip archive.

    Returns
    -------
    Document or Refusal
        A refusal where the archive is no workbook, unpacks to too much, or holds records that no sheet shows.

    Notes
    -----
    openpyxl raises whatever its parser meets, and its messages may quote a cell: none of them is passed on.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refusal = _bounds(archive.infolist())
            if refusal is not None:
                return refusal
            loose = tuple(dict.fromkeys(_loose_text(archive)))
            percentages = _has_percentages(archive)
        sheets = tuple(_sheets(content, percentages=percentages))
    except _NoResultError:
        return unreadable("formulas without their results: open it in Excel, and save it again")
    except TooManyCellsError:
        return Refusal(TOO_LARGE, "a sheet with far more cells than a return")
    except Exception:
        return unreadable("the workbook is damaged, or is protected with a password")
    choices = tuple(dict.fromkeys(words for text in loose for words in odd_marks(text)))
    return Document(sheets=tuple(sheet for sheet in sheets if sheet.lines), loose=loose, choices=choices)


class _NoResultError(Exception):
    """A formula that was never calculated: its cell would read as blank, in silence."""


def _bounds(parts: list[zipfile.ZipInfo]) -> Refusal | None:
    names = [part.filename.casefold() for part in parts]
    if "xl/workbook.xml" not in names:
        return unreadable("an archive, which is not opened")
    if len(set(names)) < len(names):
        return unreadable("the workbook holds two parts of one name")
    unpacked = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > _RATIO_COUNTS_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if unpacked > MAX_UNPACKED or swollen or len(parts) > MAX_PARTS:
        return Refusal(TOO_LARGE, "a workbook that unpacks to far more than a return")
    if any(_SEALED.match(name) for name in names):
        return Refusal(HIDDEN_RECORDS, "a pivot table's cache, a data model, an embedded or linked file, or a macro")
    return None


def _loose_text(archive: zipfile.ZipFile) -> Iterator[str]:
    """Every text in the parts that can hold any; numbers of cells are left to the sheets themselves."""
    for part in archive.infolist():
        if not part.filename.casefold().endswith((".xml", ".vml")) or _PLAIN_PARTS.fullmatch(part.filename):
            continue
        data = archive.read(part)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise ValueError
        for _, element in ElementTree.iterparse(io.BytesIO(data)):
            kind = element.tag.rpartition("}")[2]
            if kind == "c" and element.find("{*}f") is not None and not element.findtext("{*}v"):
                raise _NoResultError
            if kind == "c" and _column(element.get("r", "A")) > MAX_COLUMNS:
                # Reading its row would take the memory of a sheet.
                raise TooManyCellsError
            if element.text and len(element.text) > MAX_TEXT:
                raise TooManyCellsError
            if kind not in ("v", "author", "creator", "lastModifiedBy") and element.text and element.text.strip():
                yield element.text
            yield from (text for key in _TEXT_ATTRIBUTES if (text := element.get(key, "").strip()))
            if kind in ("c", "row", "si"):
                element.clear()


def _column(reference: str) -> int:
    letters = _COLUMN.match(reference)
    number = 0
    for letter in letters[0] if letters else "A":
        number = number * 26 + ord(letter) - 64
    return number


def _has_percentages(archive: zipfile.ZipFile) -> bool:
    """Whether a number format of the workbook shows percentages: only then the cells' formats are looked at."""
    styles = next((name for name in archive.namelist() if name.casefold() == "xl/styles.xml"), None)
    return styles is not None and _PERCENT_FORMAT.search(archive.read(styles)) is not None


def _sheets(content: bytes, *, percentages: bool) -> Iterator[Sheet]:
    # Imported where it is needed: most returns are CSV files, and it takes a fifth of a second to load.
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns of dates that it cannot read and quotes them.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        try:
            for number, sheet in enumerate(book.worksheets, start=1):
                # The stated size of a sheet may be wrong, and cells outside it would be passed over in silence.
                sheet.reset_dimensions()
                rows = sheet.iter_rows() if percentages else sheet.values
                read = _shown if percentages else _text
                lines = ((line, list(map(read, row))) for line, row in enumerate(rows, start=1))
                yield Sheet.of(lines, number, hidden=sheet.sheet_state != "visible")
        finally:
            book.close()


def _shown(cell: Any) -> str:
    """A cell with its percent sign: what is shown as 45% is stored as 0.45, and 100% as 1."""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and "%" in cell.number_format:
        return f"{cell.value * 100:.10g}%"
    return _text(cell.value)


def _text(cell: object) -> str:
    """A cell as it would stand in a CSV."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell).strip()
