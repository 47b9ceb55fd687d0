"""What a finished page says of the group, read back from its bytes: tables, the sentences about bands, drawings."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader

from analysis.audit.crowds import crowds
from analysis.audit.decoders.pdf_text import pages_of
from analysis.audit.intruder.drawings import drawn_in_pdf, drawn_in_tree
from analysis.audit.page_tree import is_page, page_tree
from analysis.audit.unreadable import DamagedError
from analysis.audit.word_page import word_page

_NUMBER = r"-?[\d,]+(?:\.\d+)?"
_BAND = re.compile(
    rf"(?P<group>[^:.;•]+?) \(at least (?P<size>\d+) authorities[^)]*\): "
    rf"middle half of the group (?:(?P<lower>{_NUMBER}) to (?P<upper>{_NUMBER})|not shown), "
    rf"median (?P<median>{_NUMBER})"
)
_SAID = re.compile(r"(?:The group is|No band:|Median alone:|There is no band) [^.]*\.")
_HEADING = re.compile(r"(\d+)\. \S")
_QUARTILES = ("Lower quartile", "Median", "Upper quartile")
_NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class PrintedTable:
    """A table as it stands on the page."""

    label: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The row's heading first, then its cells."""


@dataclass(frozen=True)
class PrintedBand:
    """One group's band of one indicator in one period, letter by letter as it stands on the page."""

    place: int
    """Which number the indicator has on the page; 0 where the page doesn't tell."""
    period: str
    """In the page's words; empty for the latest."""
    group: str
    at_least: str
    lower: str
    """Empty, as `upper`, where the median stands alone."""
    median: str
    upper: str


@dataclass(frozen=True)
class Page:
    """One finished file."""

    name: str
    tables: tuple[PrintedTable, ...]
    bands: tuple[PrintedBand, ...]
    drawings: tuple[str, ...]
    """What is drawn in marks that a program can read: kinds of elements, curves of a PDF."""
    said: tuple[str, ...]
    """What is said of the group beside the bands' numbers: notes under tables, alternative texts."""
    crowds: tuple[str, ...] = ()
    """Lists, texts, cells and boxes that may be a row of several. A PDF tells no list from a table, and has none here:
    `of_view` decides about it."""


def number(text: str) -> float:
    """`1,234.5` as a number.

    Raises
    ------
    ValueError
        If it is none.
    """
    return float(text.replace(",", "").replace("−", "-"))


def read_page(name: str, content: bytes) -> Page:
    """A finished HTML page, PDF or Word file.

    Raises
    ------
    DamagedError
        If it is none of them, or can't be read.
    """
    if content.startswith(b"%PDF-"):
        return _pdf(name, content)
    if content.startswith(b"PK\x03\x04"):
        return _tree(name, word_page(content))
    if is_page(content):
        return _tree(name, page_tree(content))
    raise DamagedError("no HTML page, PDF or Word file: the intruder can't read it")


def _tree(name: str, root: Any) -> Page:
    tables: list[PrintedTable] = []
    bands: list[PrintedBand] = []
    said: list[str] = []
    place = 0
    for element in root.iter():
        tag = element.tag
        if tag in ("h2", "h3", "h4"):
            found = _HEADING.match(_text(element))
            place = int(found[1]) if found else place if tag == "h4" else 0
        elif tag == "table":
            tables.append(_table(element))
            bands += _of_table(tables[-1], place)
            said += _SAID.findall(tables[-1].caption)
        elif tag in ("li", "p"):
            bands += _of_text(_text(element), place)
        elif tag == "img":
            said += re.findall(r"Middle half of [^.]*(?:\.\d[^.]*)*\.", element.get("alt", ""))
    return Page(name, tuple(tables), tuple(bands), drawn_in_tree(root), tuple(said), crowds(root))


def _table(element: Any) -> PrintedTable:
    holder = element.getparent()
    label = element.get("id") or (holder.get("id") if holder is not None else None) or ""
    caption = element.find("caption")
    lines = [tuple(_text(cell) for cell in row if cell.tag in ("td", "th")) for row in element.iter("tr")]
    columns = lines[0] if lines else ()
    return PrintedTable(label, "" if caption is None else _text(caption), columns, tuple(lines[1:]))


def _of_table(table: PrintedTable, place: int) -> list[PrintedBand]:
    """The bands of a table that has columns for them, a row a period."""
    if "Median" not in table.columns or not {"Own fourth", "Own half"} & set(table.columns):
        return []
    at = [table.columns.index(column) if column in table.columns else None for column in _QUARTILES]
    size = re.search(r"at least (\d+) authorities", table.caption)
    group = re.search(r"the (?:middle half|median) of ([^(.]+) \(", table.caption)
    return [
        PrintedBand(
            place,
            row[0],
            group[1] if group else "",
            size[1] if size else "",
            *("" if one is None or row[one] == _NOT_SHOWN else row[one] for one in at),
        )
        for row in table.rows
        if len(row) == len(table.columns)
    ]


def _of_text(text: str, place: int) -> list[PrintedBand]:
    return [
        PrintedBand(
            place,
            "",
            found["group"].strip(),
            found["size"],
            found["lower"] or "",
            found["median"],
            found["upper"] or "",
        )
        for found in _BAND.finditer(text)
    ]


def _text(element: Any) -> str:
    """The element's text, its lines parted by blanks."""
    return " ".join(" ".join(element.itertext()).replace("−", "-").split())


def _pdf(name: str, content: bytes) -> Page:
    try:
        reader = PdfReader(io.BytesIO(content))
        text = " ".join(" ".join(page.text for page in pages_of(content)).replace("−", "-").split())
        drawn = tuple(one for page in reader.pages for one in drawn_in_pdf(page))
    except Exception:
        raise DamagedError("a PDF that can't be read") from None
    return Page(name, (), tuple(_of_text(text, 0)), drawn, ())
