"""Workbooks with one fault each, after which they are named, and what is to become of them. All made up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime

from children import with_part
from openpyxl import Workbook
from openpyxl.comments import Comment
from return_files import HEADER, Return, as_xlsx, saved

Rows = list[list[object]]
COLUMN = {name: position for position, name in enumerate(HEADER)}
SHEET = "xl/worksheets/sheet1.xml"
A_DAY = "a day in the quarter's column read as its quarter"


def rows() -> Rows:
    """The return as a spreadsheet holds it: figures and codes are numbers."""
    return [[*row[:1], int(row[1]), *row[2:7], float(row[7]), row[8] or None] for row in Return("825").rows()]


def changed(**cells: object) -> Rows:
    """With the same content all the way down some columns."""
    found = rows()
    for row in found:
        for name, content in cells.items():
            row[COLUMN[name.replace("_", " ")]] = content
    return found


def book(content: Sequence[Sequence[object]] | None = None, **others: Sequence[Sequence[object]]) -> Workbook:
    return as_xlsx([HEADER, *(rows() if content is None else content)], **others)


def with_value(measure: str, value: object, number_format: str = "General") -> Workbook:
    made = book()
    for row in made.active.iter_rows(min_row=2):
        if row[COLUMN["Measure ID"]].value == measure:
            row[COLUMN["Measure Value"]].value = value
            row[COLUMN["Measure Value"]].number_format = number_format
    return made


def hidden(made: Workbook, name: str, state: str = "hidden") -> Workbook:
    made[name].sheet_state = state
    return made


def commented() -> Workbook:
    made = book()
    made.active["H2"].comment = Comment("checked against the dashboard", "the sender")
    return made


def merged_title() -> Workbook:
    made = as_xlsx([["South East quarterly return", *[None] * 8], [], HEADER, *rows()])
    made.active.merge_cells("A1:I1")
    return made


def percentage_beside() -> Workbook:
    """A column that is left out is shown in percent: nothing of it is read."""
    made = as_xlsx([[*HEADER, "Share"], *([*row, 0.5] for row in rows())])
    for cell in made.active["J"][1:]:
        cell.number_format = "0%"
    return made


def replaced(made: Workbook, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with other text in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(made))) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.infolist():
            content = source.read(one)
            assert one.filename != part or old in content
            if one.filename == part:
                content = content.replace(old, new)
            target.writestr(one.filename, content)
    return out.getvalue()


def giant() -> bytes:
    made = as_xlsx([HEADER, *Return("825", quality="the note").rows()])
    return replaced(made, SHEET, b"the note", b"x" * 200_000)


COVER = [
    ["Quarterly return"],
    ["Authority", "Buckinghamshire"],
    ["Quarter", "Q2 2025-26"],
    ["Completed by", "Jane Smith"],
    ["Authorised by", "John Taylor"],
    ["Date submitted", date(2025, 10, 12)],
]
NOTES = [["Please fill in every measure, and write 0 only where nothing happened."], ["Marks"], ["c", "suppressed"]]
LOOKUP = [["LA Code", "LA Name"], *([code, Return(code).rows()[0][2]] for code in ("825", "826", "846", "850", "851"))]
PIVOT = [["Month", "Seen", "Waiting"], *([f"Week {number}", number * 3, number * 2] for number in range(1, 9))]

AS_CLEAN: dict[str, tuple[Callable[[], Workbook | bytes], tuple[str, ...]]] = {
    "numbers": (book, ()),
    "numbers as text": (lambda: as_xlsx([HEADER, *Return("825").rows()]), ()),
    "a cover with those who filled it in": (lambda: book(Cover=COVER), ("1 sheet of notes left out",)),
    "a sheet of notes": (lambda: book(Notes=NOTES), ("1 sheet of notes left out",)),
    "a hidden sheet of notes": (
        lambda: hidden(book(Notes=NOTES), "Notes", "veryHidden"),
        ("1 sheet of notes left out",),
    ),
    "a hidden list of authorities": (
        lambda: hidden(book(Lists=LOOKUP), "Lists"),
        ("1 sheet of notes left out",),
    ),
    "a cover, notes and an empty sheet": (
        lambda: book(Cover=COVER, Notes=NOTES, Empty=[]),
        ("2 sheets of notes left out",),
    ),
    "half on each of two sheets": (
        lambda: as_xlsx([HEADER, *rows()[:11]], More=[HEADER, *rows()[11:]]),
        ("2 sheets read",),
    ),
    "a title in merged cells": (merged_title, ("1 title row left out",)),
    "a table that begins further down and to the right": (
        lambda: as_xlsx([[], [], *([None, *row] for row in [list(HEADER), *rows()])]),
        (),
    ),
    "a total below": (
        lambda: book([*rows(), ["Total", *[None] * 6, 4229, None]]),
        ("1 row of totals or notes left out",),
    ),
    "blank rows between": (lambda: book([row for one in rows() for row in (one, [])]), ()),
    "column names repeated": (
        lambda: book([*rows()[:9], list(HEADER), *rows()[9:]]),
        ("1 repeated line of column names left out",),
    ),
    "a date for the quarter, its first day": (lambda: book(changed(Quarter=date(2025, 7, 1))), (A_DAY,)),
    "a date for the quarter, its last day": (lambda: book(changed(Quarter=datetime(2025, 9, 30))), (A_DAY,)),
    "a serial number for the quarter": (lambda: book(changed(Quarter=45839)), (A_DAY,)),
    "a number for the quarter": (lambda: book(changed(Quarter=2)), ()),
    "thousands as text": (lambda: with_value("cin_at_end", "1,200"), ("thousands separators left out (1 cell)",)),
    "thousands as a format": (lambda: with_value("cin_at_end", 1200, "#,##0"), ()),
    "a no-break space after a figure": (
        lambda: with_value("referrals", "400\u00a0"),
        ("no-break spaces read as spaces",),
    ),
    "a comment": (commented, ()),
    "an older ONS code": (
        lambda: book(changed(LA_Code="E10000002")),
        ("LA Code E10000002 read as Buckinghamshire (825)",),
    ),
}
FINDING: dict[str, tuple[Callable[[], Workbook | bytes], str]] = {
    "a percentage as a format": (lambda: with_value("re_referrals", 0.2, "0%"), "percentage_sent"),
    "a hundred per cent, which is stored as 1": (lambda: with_value("adopted", 1, "0.0%"), "percentage_sent"),
    "a percentage as text": (lambda: with_value("re_referrals", "20%"), "percentage_sent"),
    "a share in a column of its own": (percentage_beside, "extra_column"),
    "a day for a figure": (lambda: with_value("adopted", date(2025, 5, 1), "dd/mm/yyyy"), "unreadable_value"),
    "true for a figure": (lambda: with_value("adopted", True), "unreadable_value"),
    "an error for a figure": (lambda: with_value("adopted", "#DIV/0!"), "unreadable_value"),
    "a formula without its result": (lambda: with_value("adopted", "=2+2"), "unreadable_file"),
    "a date for the year": (lambda: book(changed(Financial_Year=date(2025, 7, 1))), "bad_period"),
    "a date for the quarter that may be two": (lambda: book(changed(Quarter=date(2025, 4, 1))), "bad_period"),
    "a return on a hidden sheet": (
        lambda: hidden(as_xlsx(NOTES, Data=[HEADER, *rows()]), "Data"),
        "several_sheets",
    ),
    "two versions of the return": (
        lambda: book(Revised=[HEADER, *changed(Measure_Quality="revised")]),
        "several_sheets",
    ),
    "a table of something else": (lambda: book(Waiting=PIVOT), "several_sheets"),
    "a second return that lacks a column": (
        lambda: as_xlsx([HEADER, *rows()[:11]], More=[HEADER[:-2], *([*row[:-2]] for row in rows()[11:])]),
        "unknown_layout",
    ),
    "one figure again on another sheet": (
        lambda: book(
            More=[HEADER, [*rows()[0][:7], 401, None], *([*row[:3], "2025-26", "Q1", *row[5:]] for row in rows()[:6])]
        ),
        "duplicate",
    ),
    "notes alone": (lambda: as_xlsx(NOTES), "unknown_layout"),
    "a pivot table's cache": (
        lambda: with_part(saved(book()), "xl/pivotCache/pivotCacheRecords1.xml", b"<a/>"),
        "hidden_records",
    ),
    "a macro": (lambda: with_part(saved(book()), "xl/vbaProject.bin", b"\0"), "hidden_records"),
    "half of it": (lambda: saved(book())[:-900], "unreadable_file"),
    "a sheet that is no XML": (
        lambda: replaced(book(), SHEET, b"</sheetData>", b"</sheetDat"),
        "unreadable_file",
    ),
    "a cell with more text than Excel holds": (giant, "too_large"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unreadable_file"),
}
