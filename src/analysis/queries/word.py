"""The form as a Word document: a table with a heading row, and a field to type into in each cell for an answer."""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from analysis.queries.form import (
    ANSWERED,
    CHOICES,
    GUIDANCE,
    MARKING,
    NOTHING_ASKED,
    PLACEHOLDERS,
    Column,
    about,
    cells,
    title,
)
from analysis.queries.sheet import Query, Sheet
from analysis.render.archive import timeless
from analysis.render.document import MADE_UP_WORDS
from analysis.render.project import brand_colour

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

_WIDTHS = {
    Column.NUMBER: 0.9, Column.ID: 2.2, Column.MEASURE: 2.8, Column.PERIOD: 2.0, Column.SENT: 1.7, Column.SEEN: 3.2,
    Column.ASKED: 3.2, Column.ANSWER: 2.2, Column.FIGURE: 1.8, Column.REASON: 3.0, Column.ROLE: 2.0, Column.UNTIL: 2.0,
}  # fmt: skip
"""Centimetres, 27 in all: A4 on its side, less the margins."""
_MARGIN, _SMALL = Cm(1.35), Pt(8)
_QUIET, _MADE_UP = RGBColor(0x59, 0x59, 0x59), RGBColor(0x80, 0x16, 0x50)
_LANGUAGE = "en-GB"


def write_word(sheet: Sheet) -> bytes:
    """The form of a sheet as docx; the same bytes for the same sheet."""
    document = Document()
    _properties(document, sheet)
    _pages(document, sheet)
    document.add_heading(title(sheet), level=1)
    if sheet.made_up:
        _coloured(document.add_paragraph(), MADE_UP_WORDS, _MADE_UP)
    document.add_paragraph().add_run(MARKING).bold = True
    _about(document, sheet)
    document.add_heading("How to answer", level=2)
    for line in GUIDANCE:
        document.add_paragraph(line, style="List Bullet")
    document.add_heading("The queries", level=2)
    if sheet.queries:
        _queries(document, sheet)
    else:
        document.add_paragraph(NOTHING_ASKED)
    out = io.BytesIO()
    document.save(out)
    return timeless(out.getvalue())


def _properties(document: WordDocument, sheet: Sheet) -> None:
    day = datetime.combine(sheet.quarter.last_day, time())
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = ""
    core.title = title(sheet) + (f" – {MADE_UP_WORDS}" if sheet.made_up else "")
    core.language = _LANGUAGE
    core.created = core.modified = day
    package = document.part.package
    # The template's own picture of an empty page.
    for key in [key for key, one in package.rels.items() if one.reltype.endswith("/thumbnail")]:
        del package.rels[key]
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGE)
    normal.element.get_or_add_rPr().append(language)


def _pages(document: WordDocument, sheet: Sheet) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    for edge in (section.header, section.footer):
        paragraph = edge.paragraphs[0]
        if sheet.made_up:
            _coloured(paragraph, f"{MADE_UP_WORDS}. ", _MADE_UP)
        _coloured(paragraph, MARKING, _QUIET)


def _coloured(paragraph: Paragraph, text: str, colour: RGBColor) -> None:
    run = paragraph.add_run(text)
    run.bold, run.font.color.rgb, run.font.size = True, colour, Pt(9)


def _about(document: WordDocument, sheet: Sheet) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    _describe(table, "About this form", "Whose form it is, and for which quarter. Please leave it as it is.")
    for label, text in about(sheet).items():
        left, right = _add_row(table).cells
        _write(left, label, bold=True)
        _write(right, text)
        left.width, right.width = Cm(3.5), Cm(10)
    for column, width in zip(table.columns, (Cm(3.5), Cm(10)), strict=True):
        column.width = width


def _queries(document: WordDocument, sheet: Sheet) -> None:
    table = document.add_table(rows=1, cols=len(Column), style="Table Grid")
    table.autofit = False
    _describe(table, "The queries", "One row for each query; the last five columns are for the answers.")
    heading = table.rows[0]
    _mark_row(heading._tr, "w:tblHeader", "w:cantSplit")
    fill = brand_colour().removeprefix("#").upper()
    for cell, column in zip(heading.cells, Column, strict=True):
        _write(cell, str(column), bold=True, colour=RGBColor(0xFF, 0xFF, 0xFF))
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>'))
    for query in sheet.queries:
        _row(table, query)
    for column, width in zip(table.columns, _WIDTHS.values(), strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def _row(table: Table, query: Query) -> None:
    row = _add_row(table)
    _mark_row(row._tr, "w:cantSplit")
    given = cells(query)
    for cell, text in zip(row.cells, given, strict=False):
        _write(cell, text)
    for position, column in enumerate(ANSWERED):
        number = query.number * len(ANSWERED) + position
        field = _field(number, column, f"{column}, query {query.number}")
        row.cells[len(given) + position].paragraphs[0]._p.append(field)


def _add_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _write(cell: _Cell, text: str, *, bold: bool = False, colour: RGBColor | None = None) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.font.size, run.bold = _SMALL, bold
    if colour is not None:
        run.font.color.rgb = colour


def _describe(table: Table, caption: str, description: str) -> None:
    """Words for a screen reader."""
    properties = table._tbl.tblPr
    for tag, text in (("w:tblCaption", caption), ("w:tblDescription", description)):
        element = OxmlElement(tag)
        element.set(qn("w:val"), text)
        properties.append(element)


def _mark_row(row: object, *tags: str) -> None:
    properties = row.get_or_add_trPr()  # type: ignore[attr-defined]
    for tag in tags:
        properties.append(OxmlElement(tag))


def _field(number: int, column: Column, name: str) -> object:
    """A content control: a choice for the answer, plain text for the rest. It cannot be deleted by a slip."""
    items = "".join(f'<w:listItem w:displayText="{choice}" w:value="{choice}"/>' for choice in CHOICES)
    kind = f"<w:dropDownList>{items}</w:dropDownList>" if column is Column.ANSWER else '<w:text w:multiLine="1"/>'
    return parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:rPr><w:sz w:val="16"/></w:rPr><w:alias w:val="{name}"/>'
        f'<w:tag w:val="field-{number}"/><w:id w:val="{number}"/><w:lock w:val="sdtLocked"/><w:showingPlcHdr/>{kind}'
        f'</w:sdtPr><w:sdtContent><w:r><w:rPr><w:color w:val="595959"/><w:sz w:val="16"/></w:rPr>'
        f"<w:t>{PLACEHOLDERS[column]}</w:t></w:r></w:sdtContent></w:sdt>"
    )
