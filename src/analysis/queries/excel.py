"""The form as an Excel workbook: one sheet, the answers' cells open and the others locked."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from analysis.queries.form import CHOICES, GUIDANCE, MARKING, NOTHING_ASKED, Column, about, cells, title
from analysis.queries.sheet import Sheet
from analysis.render.archive import timeless
from analysis.render.document import MADE_UP_WORDS
from analysis.render.project import brand_colour
from analysis.returns.spreadsheet import neutral_cell

_WIDTHS = {
    Column.NUMBER: 11, Column.ID: 13, Column.MEASURE: 30, Column.PERIOD: 12, Column.SENT: 14, Column.SEEN: 32,
    Column.ASKED: 34, Column.ANSWER: 20, Column.FIGURE: 12, Column.REASON: 38, Column.ROLE: 20, Column.UNTIL: 13,
}  # fmt: skip
_LINE = Side(style="thin", color="8C8C8C")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def write_excel(sheet: Sheet) -> bytes:
    """The form of a sheet as xlsx; the same bytes for the same sheet."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Queries"
    heading = _above(page, sheet)
    _table(page, sheet, heading)
    _ready_to_print(page, sheet, heading)
    day = datetime.combine(sheet.quarter.last_day, time())
    book.properties.creator = ""
    book.properties.title = title(sheet) + (f" – {MADE_UP_WORDS}" if sheet.made_up else "")
    book.properties.created = book.properties.modified = day
    out = io.BytesIO()
    # Not `book.save`, which writes the time of day into the properties.
    ExcelWriter(book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)).save()
    return timeless(out.getvalue())


def _above(page: Worksheet, sheet: Sheet) -> int:
    """Write what stands over the table, and say in which row its heading comes."""
    page.append([title(sheet)])
    page["A1"].font = Font(bold=True, size=14)
    if sheet.made_up:
        page.append([MADE_UP_WORDS])
        page.cell(page.max_row, 1).font = Font(bold=True, color="801650")
    page.append([MARKING])
    page.cell(page.max_row, 1).font = Font(bold=True)
    for label, text in about(sheet).items():
        page.append([label, neutral_cell(text)])
        page.cell(page.max_row, 1).font = Font(bold=True)
    for line in GUIDANCE:
        page.append([line])
    if not sheet.queries:
        page.append([NOTHING_ASKED])
    return page.max_row + 2


def _table(page: Worksheet, sheet: Sheet, heading: int) -> None:
    fill = PatternFill("solid", fgColor=brand_colour().removeprefix("#").upper())
    for position, column in enumerate(Column, start=1):
        top = page.cell(heading, position, str(column))
        top.font, top.fill, top.border, top.alignment = Font(bold=True, color="FFFFFF"), fill, _GRID, _WRAPPED
        page.column_dimensions[get_column_letter(position)].width = _WIDTHS[column]
    for row, query in enumerate(sheet.queries, start=heading + 1):
        given = cells(query)
        for position in range(1, len(Column) + 1):
            cell = page.cell(row, position)
            cell.alignment, cell.border = _WRAPPED, _GRID
            # As text: a quarter, an id of digits and a mark stay what was typed.
            cell.number_format = "@"
            if position > len(given):
                cell.protection = Protection(locked=False)
            else:
                cell.value = given[position - 1]
    if sheet.queries:
        choices = DataValidation("list", formula1=f'"{",".join(CHOICES)}"', allow_blank=True)
        choices.promptTitle, choices.prompt = str(Column.ANSWER), "Choose one of the four answers."
        choices.showInputMessage = True
        letter = get_column_letter(list(Column).index(Column.ANSWER) + 1)
        choices.add(f"{letter}{heading + 1}:{letter}{heading + len(sheet.queries)}")
        page.add_data_validation(choices)
    page.freeze_panes = f"A{heading + 1}"
    # Without a password: against slips of the hand, not against people.
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False


def _ready_to_print(page: Worksheet, sheet: Sheet, heading: int) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = "9"  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{heading}:{heading}"
    words = f"{MADE_UP_WORDS}. {MARKING}" if sheet.made_up else MARKING
    page.HeaderFooter.oddHeader = HeaderFooterItem(left=_HeaderFooterPart(words))
    page.HeaderFooter.oddFooter = HeaderFooterItem(left=_HeaderFooterPart(words))
