"""The tables of a parsed document, read back from their markup: for the formats that have tables of their own.

What a spreadsheet or a Word table shows is taken from here and not from the view, so that a document says the same in
each format, and no format can hold what the page does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import html

from analysis.render.parsing import Parsed
from analysis.render.placed import Placed, placed_blocks

_FILL = re.compile(r"background-color: #(\w{6}); color: #(\w{6})")


@dataclass(frozen=True)
class ReadCell:
    """One cell: its lines, and how it is set."""

    lines: tuple[str, ...]
    number: bool = False
    missing: bool = False
    pictured: bool = False
    """Whether its line is what a picture says to those who don't see it."""
    fill: str = ""
    """What it stands on, as `12436D`; empty for the page itself."""
    ink: str = ""
    """The colour of its text."""

    @property
    def text(self) -> str:
        """The lines as one."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class ReadRow:
    """A row: its heading, its other cells, and whether it is the reader's own."""

    cells: tuple[ReadCell, ...]
    own: bool = False


@dataclass(frozen=True)
class ReadTable:
    """A table with the headings that it stands under."""

    section: str
    part: str
    """The heading below that of the section; empty where there is none."""
    classes: tuple[str, ...]
    """What kind of table it is: `rug`, `series`, ..."""
    caption: str
    columns: tuple[ReadCell, ...]
    rows: tuple[ReadRow, ...]


def read_tables(parsed: Parsed) -> tuple[ReadTable, ...]:
    """The tables of figures of a document, in its order (pipe tables, which hold none, are left out)."""
    return tuple(_table(one) for one in placed_blocks(parsed) if _holds_a_table(one.block))


def _holds_a_table(block: dict[str, Any]) -> bool:
    return block["t"] == "RawBlock" and "<table" in block["c"][1]


def _table(placed: Placed) -> ReadTable:
    table = html.fragment_fromstring(placed.block["c"][1]).find(".//table")
    return ReadTable(
        section=placed.section,
        part=placed.part,
        classes=tuple(table.get("class", "").split()),
        caption=" ".join(table.findtext("caption").split()),
        columns=tuple(_cell(cell) for cell in table.iterfind("thead/tr/th")),
        rows=tuple(
            ReadRow(tuple(_cell(cell) for cell in row), own="own" in row.get("class", "").split())
            for row in table.iterfind("tbody/tr")
        ),
    )


def _cell(cell: Any) -> ReadCell:
    classes, colours = cell.get("class", "").split(), _FILL.search(cell.get("style", ""))
    fill, ink = colours.groups() if colours else ("", "")
    picture, link = cell.find("img"), cell.find("a")
    first = cell if link is None else link
    return ReadCell(
        lines=(first.text or "", *(line.text or "" for line in cell.iterfind("span")))
        if picture is None
        else (picture.get("alt"),),
        pictured=picture is not None,
        number="number" in classes,
        missing="missing" in classes,
        fill=fill.upper(),
        ink=ink.upper(),
    )
