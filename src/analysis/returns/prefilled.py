"""An authority's template for a quarter: the format with everything filled in but the figures."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.returns.reading.mapping import HEADER
from analysis.returns.spreadsheet import neutral_cell

SHEET, DEFINITIONS = "Return", "Definitions"
_TO_FILL_IN = ("Measure Value", "Measure Quality")
_WIDTHS = {"Region": 16, "LA Code": 9, "LA Name": 24, "Financial Year": 14, "Measure ID": 20, "Measure Name": 80}
_HOW = (
    "Fill in the shaded cells of the first sheet, and change nothing else.",
    "Write digits alone, and 0 only where nothing happened.",
    "Where there is no figure, write why: x (not available), z (not applicable) or c (withheld).",
    "Send counts only, and nothing about single children.",
)
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip archive can write down: the same in each workbook."""
_CHANGED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def template_rows(code: str, period: Quarter, registry: Registry) -> list[tuple[str, ...]]:
    """The rows under the column names: one for each measure, with a blank figure and a blank note.

    Parameters
    ----------
    code
        DfE code of the authority that is to fill it in.
    period
        The quarter.
    registry
        Its measures, in its order, a region's own among them.
    """
    authority = authorities()[code]
    who = (authority.region, authority.code, authority.name, period.year, f"Q{period.number}")
    return [
        tuple(neutral_cell(cell) for cell in (*who, measure.id, measure.name, "", ""))
        for measure in registry.measures.values()
    ]


def template_csv(code: str, period: Quarter, registry: Registry) -> bytes:
    """The template as CSV, as `template_rows`.

    Returns
    -------
    bytes
        UTF-8 with a byte order mark, without which Excel takes it for another encoding. The same input, the same bytes.
    """
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([HEADER, *template_rows(code, period, registry)])
    return text.getvalue().encode("utf-8-sig")


def template_xlsx(code: str, period: Quarter, registry: Registry) -> bytes:
    """The template as an Excel workbook, as `template_rows`: the cells to fill in are shaded.

    A second sheet says what each measure counts. It holds the kit's own words alone, so that the reader knows it for
    notes and leaves it out (`sheets.choose`).

    Returns
    -------
    bytes
        Without the time at which it was written: the same input, the same bytes.
    """
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise TypeError("a new workbook has a sheet")
    sheet.title = SHEET
    rows = template_rows(code, period, registry)
    for row in (HEADER, *rows):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    shaded = PatternFill("solid", fgColor="FFF2CC")
    for position, name in enumerate(HEADER, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = _WIDTHS.get(name, 16)
        if name in _TO_FILL_IN:
            for number in range(2, len(rows) + 2):
                sheet.cell(number, position).fill = shaded
    sheet.freeze_panes = "A2"
    _define(book.create_sheet(DEFINITIONS), registry)
    out = io.BytesIO()
    book.save(out)
    return _without_time(out.getvalue())


def _define(sheet: Worksheet, registry: Registry) -> None:
    """What each measure counts, and how to write that there is no figure."""
    for row in (("Measure ID", "Measure Name", "Counted"), *_definitions(registry), (), *((line,) for line in _HOW)):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in (("A", 20), ("B", 80), ("C", 36)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _definitions(registry: Registry) -> list[tuple[str, ...]]:
    return [
        tuple(map(neutral_cell, (measure.id, measure.name, measure.counted))) for measure in registry.measures.values()
    ]


def _without_time(content: bytes) -> bytes:
    """The workbook with one and the same time in its properties and its archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            data = read.read(name)
            if name == "docProps/core.xml":
                data = _CHANGED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", data)
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            written.writestr(part, data)
    return out.getvalue()


def template_name(code: str, period: Quarter, ending: str) -> str:
    """What the template is called: `return-2025-26-Q2-825-buckinghamshire.csv`."""
    name = "-".join(re.findall(r"[a-z]+", authorities()[code].name.casefold()))
    return f"return-{period}-{code}-{name}.{ending}"


def template_files(codes: Sequence[str], period: Quarter, registry: Registry) -> dict[str, bytes]:
    """The templates of several authorities by file name, each as CSV and as a workbook."""
    files: dict[str, bytes] = {}
    for code in codes:
        files[template_name(code, period, "csv")] = template_csv(code, period, registry)
        files[template_name(code, period, "xlsx")] = template_xlsx(code, period, registry)
    return files
