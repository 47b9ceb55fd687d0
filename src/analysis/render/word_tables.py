"""The tables of a Word file: heads, shading, own row and alignment, as in the other formats.

Pandoc writes a table's words and marks its head to be repeated on each page; it has no way to write what a cell stands
on. That is set here, cell by cell, from the same markup that the page has.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Pt, RGBColor
from docx.table import Table, _Cell

from analysis.render.pandoc import RenderError
from analysis.render.project import brand_colour
from analysis.render.read_tables import ReadCell, ReadTable

_WHITE, _RULE, _OWN, _QUIET = "FFFFFF", "BFBFBF", "EDF2F7", "595959"
# What the standard puts behind an element: Word refuses a file where they stand otherwise (ECMA-376, 17.4).
_AFTER_SHADE = ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
_AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription")
_LETTERS = 44
"""A text longer than this is broken anyhow, and asks for no more room."""
_PICTURE = Pt(76)
"""The small lines of the rug."""
_LETTER = 0.62
"""How wide a bold letter is, of its height, in the wider fonts that stand in where one is missing."""


def dressed(content: bytes, tables: Sequence[ReadTable], width: Length) -> bytes:
    """A Word file whose tables look as they do on the page.

    Parameters
    ----------
    content
        The file as pandoc wrote it.
    tables
        Its tables, in order.
    width
        Between the margins.

    Raises
    ------
    RenderError
        If the file's tables are not these: a shade on another figure would be a wrong figure.
    """
    document = Document(io.BytesIO(content))
    written = [table for table in document.tables if len(table.columns)]
    if [_words(table) for table in written] != [_expected(table) for table in tables]:
        raise RenderError("the tables of the Word file are not those of the page")
    for table, read in zip(written, tables, strict=True):
        _dress(table, read, width)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _words(table: Table) -> list[list[str]]:
    return [["".join(cell.text.split()) for cell in row.cells] for row in table.rows]


def _expected(table: ReadTable) -> list[list[str]]:
    rows = [table.columns, *(row.cells for row in table.rows)]
    return [["" if cell.pictured else "".join(cell.text.split()) for cell in row] for row in rows]


def _dress(table: Table, read: ReadTable, width: Length) -> None:
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    _rule(table)
    size = Pt(7 if len(read.columns) > 7 else 8)
    widths = _widths(read, size, width)
    head = brand_colour().removeprefix("#").upper()
    for row, told in zip(table.rows, [None, *read.rows], strict=True):
        # A row is not broken over two pages.
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = read.columns if told is None else told.cells
        for place, (cell, said) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = widths[place]
            if told is None:
                _set(cell, said, fill=head, ink=_WHITE, bold=True, size=size)
            else:
                ink = said.ink or (_QUIET if said.missing else "")
                _set(cell, said, fill=said.fill or (_OWN if told.own else ""), ink=ink,
                     bold=told.own or place == 0, size=size)  # fmt: skip
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide


def _set(cell: _Cell, said: ReadCell, *, fill: str, ink: str, bold: bool, size: Length) -> None:
    if fill:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().insert_element_before(shade, *_AFTER_SHADE)
    for paragraph in cell.paragraphs:
        if said.number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1)
        for run in paragraph.runs:
            run.font.bold, run.font.size = bold, size
            if ink:
                run.font.color.rgb = RGBColor.from_string(ink)


def _rule(table: Table) -> None:
    """A thin line under each row."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.insert_element_before(borders, *_AFTER_BORDERS)


def _widths(read: ReadTable, size: Length, width: Length) -> list[Length]:
    """Each column has room for its longest word, and of what is left as much as its longest text asks for."""
    columns = list(zip(*[read.columns, *(row.cells for row in read.rows)], strict=True))
    margins, letter = Pt(14), size * _LETTER
    told = [[cell for cell in column if not cell.pictured] for column in columns]
    need = [margins + letter * max(len(word) for cell in column for word in cell.text.split()) for column in told]
    asked = [margins + letter * min(max(len(cell.text) for cell in column[1:] or column), _LETTERS) for column in told]
    for place, column in enumerate(columns):
        if any(cell.pictured for cell in column):
            need[place] = max(need[place], margins + _PICTURE)
    spare = [max(most - least, 0) for least, most in zip(need, asked, strict=True)]
    share = max(width - sum(need), 0) / max(sum(spare), 1)
    wanted = [least + share * more for least, more in zip(need, spare, strict=True)]
    return [Length(int(width * each / sum(wanted))) for each in wanted]
