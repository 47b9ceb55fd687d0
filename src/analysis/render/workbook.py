"""The Excel writer: cover, contents, notes, the rug in its colours, and every figure of the document in tidy rows.

Made from the document's own tables, so that it holds what the page holds and nothing else. Without macros, merged cells
or hidden sheets; one table a sheet, each with its marking over it and in print (Government Analysis Function, Releasing
statistics in spreadsheets).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from math import ceil
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from analysis.render.archive import timeless
from analysis.render.notes import Noted, read_notes
from analysis.render.parsing import Parsed
from analysis.render.project import brand_colour
from analysis.render.read_tables import ReadCell, ReadTable, read_tables
from analysis.render.shown_number import shown_number

_OWN, _LINK = "EDF2F7", "1D4F91"
_WIDEST = 60
"""Letters: a column's longest text is broken beyond it."""
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_RIGHT = Alignment(wrap_text=True, vertical="top", horizontal="right")
_FACE = "Calibri"
"""The spreadsheet's own, named: a bold cell without a face would be set in another one."""
_LINE, _LETTER = 15, 1.0
"""A line's height in points; and how much wider letters are than the digits that columns are measured by."""
_TIDY = ("Section", "Part", "Table", "Row", "Column", "Figure", "As shown")
_MOST_IN_A_HEADER = 250
"""Excel opens no file whose printed header or footer is longer than 255 signs."""


def write_xlsx(parsed: Parsed, _scratch: Path, epoch: int) -> bytes:
    """A document as an Excel workbook; the same bytes for the same document.

    Returns
    -------
    bytes
        With the sheets `Cover`, `Contents`, `Notes`, where the document has rugs `Rug`, `Rug 2` ..., and `Figures`.
        A figure is the number that the page shows, with as many decimals; what is no number stands as shown.
    """
    tables, notes = read_tables(parsed), read_notes(parsed)
    rugs = [table for table in tables if any(name.endswith("rug") for name in table.classes)]
    names = {f"Rug {place}" if place > 1 else "Rug": table for place, table in enumerate(rugs, start=1)}
    told = {
        "Notes": "What the figures are, how they are made and how far they may go",
        **{name: table.caption for name, table in names.items()},
        "Figures": "Every figure of the document, one a row",
    }
    book = Workbook()
    book.remove(book.worksheets[0])
    _cover(book, parsed, notes)
    _contents(book, parsed, told)
    _notes(book, parsed, notes, told["Notes"])
    for name, table in names.items():
        _rug(book, parsed, name, table)
    _figures(book, parsed, tables, told["Figures"])
    _calculate_nothing(book)
    book.properties.creator = ""
    book.properties.title = parsed.words("title")
    book.properties.created = book.properties.modified = datetime.fromtimestamp(epoch, UTC).replace(tzinfo=None)
    out = io.BytesIO()
    # Not `book.save`, which writes the time of day into the properties.
    ExcelWriter(book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)).save()
    return timeless(out.getvalue())


def _calculate_nothing(book: Workbook) -> None:
    """Text that begins like a formula stays text, also when somebody edits the cell."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type, cell.quotePrefix = "s", True


def _sheet(book: Workbook, parsed: Parsed, name: str, title: str) -> Worksheet:
    """A sheet with its title, and the marking over the table and in print."""
    sheet: Worksheet = book.create_sheet(name)
    for words, font in ((title, Font(name=_FACE, bold=True, size=14)), (parsed.marking, Font(name=_FACE, bold=True))):
        sheet.append([words])
        sheet.cell(sheet.max_row, 1).font = font
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    printed = parsed.marking.replace("&", "&&")[:_MOST_IN_A_HEADER]
    sheet.HeaderFooter.oddHeader = HeaderFooterItem(left=_HeaderFooterPart(printed))
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(right=_HeaderFooterPart("Page &P of &N"))
    return sheet


def _cover(book: Workbook, parsed: Parsed, notes: Sequence[Noted]) -> None:
    sheet = _sheet(book, parsed, "Cover", parsed.words("title"))
    sheet.append([parsed.words("subtitle")])
    if parsed.words("audience"):
        sheet.append([f"Prepared for: {parsed.words('audience')}"])
    for note in notes:
        if note.opens:
            sheet.append([note.words])
    _fit(sheet, (100,), top=2)


def _contents(book: Workbook, parsed: Parsed, told: dict[str, str]) -> None:
    sheet = _sheet(book, parsed, "Contents", "Contents")
    _head(sheet, ("Sheet", "What it holds"))
    for name, what in told.items():
        sheet.append([name, what])
        cell = sheet.cell(sheet.max_row, 1)
        cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{name}'!A1")
        cell.font = Font(name=_FACE, underline="single", color=_LINK)
    _fit(sheet, (14, 100))


def _notes(book: Workbook, parsed: Parsed, notes: Sequence[Noted], title: str) -> None:
    sheet = _sheet(book, parsed, "Notes", title)
    _head(sheet, ("Section", "Part", "Note"))
    for note in notes:
        sheet.append([note.section, note.part, note.words])
    _fit(sheet, (28, 40, 100))


def _rug(book: Workbook, parsed: Parsed, name: str, table: ReadTable) -> None:
    sheet = _sheet(book, parsed, name, table.section or parsed.words("title"))
    top = _head(sheet, [column.text for column in table.columns])
    for row in table.rows:
        sheet.append([None] * len(row.cells))
        for place, cell in enumerate(row.cells, start=1):
            _put(sheet, sheet.max_row, place, cell, own=row.own, head=place == 1)
    sheet.freeze_panes = f"B{top + 1}"
    longest = [
        max(len(cell.text) for cell in column) for column in zip(*(row.cells for row in table.rows), strict=True)
    ]
    _fit(sheet, [max(min(letters + 2, _WIDEST), 12) for letters in longest])


def _put(sheet: Worksheet, row: int, column: int, said: ReadCell, *, own: bool, head: bool) -> None:
    cell, number = sheet.cell(row, column), shown_number(said.text) if said.number else None
    cell.alignment = _RIGHT if said.number else _WRAPPED
    if number is None:
        cell.value = "\n".join(said.lines)
    else:
        cell.value, cell.number_format = number.value, number.layout
    if said.fill or own:
        cell.fill = PatternFill("solid", fgColor=said.fill or _OWN)
    cell.font = Font(name=_FACE, bold=own or head, color=said.ink or "000000")


def _figures(book: Workbook, parsed: Parsed, tables: Sequence[ReadTable], title: str) -> None:
    sheet = _sheet(book, parsed, "Figures", title)
    top = _head(sheet, _TIDY)
    for table in tables:
        for row in table.rows:
            told = [pair for pair in zip(table.columns[1:], row.cells[1:], strict=True) if not pair[1].pictured]
            for column, cell in told:
                about = (table.section, table.part, table.caption, row.cells[0].text, column.text)
                number = shown_number(cell.text) if cell.number else None
                value = None if number is None else number.value
                sheet.append([*about, value, cell.text])
                if number is not None:
                    sheet.cell(sheet.max_row, len(_TIDY) - 1).number_format = number.layout
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(_TIDY))}{sheet.max_row}"
    _fit(sheet, (24, 40, 50, 28, 40, 12, 24), broken=False)


def _head(sheet: Worksheet, words: Sequence[str]) -> int:
    """Write the heads of the sheet's one table, which stay in sight and are printed on each page; their row."""
    sheet.append([])
    sheet.append(list(words))
    top = sheet.max_row
    fill = PatternFill("solid", fgColor=brand_colour().removeprefix("#").upper())
    for cell in sheet[top]:
        cell.font, cell.fill, cell.alignment = Font(name=_FACE, bold=True, color="FFFFFF"), fill, _WRAPPED
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    return top


def _fit(sheet: Worksheet, widths: Sequence[float], top: int = 4, *, broken: bool = True) -> None:
    """Set the columns' widths in letters, and from a row on each row's height to its longest text, broken in lines.

    Rows that are to be sorted and filtered stay one line high. Title and marking, over the table, run on to the right;
    what is printed ends with the table.
    """
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(sheet.iter_rows(min_row=top) if broken else (), start=top):
        lines = 1
        for cell, width in zip(row, widths, strict=True):
            if cell.alignment.horizontal is None:
                cell.alignment = _WRAPPED
            texts = str(cell.value or "").split("\n")
            lines = max(lines, sum(ceil(_LETTER * max(len(text), 1) / width) for text in texts))
        # Excel works heights out by itself when it opens a file; other programs leave the lines over one another.
        sheet.row_dimensions[number].height = _LINE * lines
    sheet.print_area = f"A1:{get_column_letter(len(widths))}{sheet.max_row}"
