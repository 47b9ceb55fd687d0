"""Excel: what pandas and openpyxl read back, beside what the page shows."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pandas as pd
import pytest
from made_document import MARKING, STAMP, made_document

from analysis.figures.palette import SIXTHS
from analysis.render.embedded import render_embedded
from analysis.render.shown_number import shown_number


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return render_embedded(made_document(tmp_path_factory.mktemp("book")), ["xlsx"], epoch=1_700_000_000)["xlsx"]


@pytest.fixture(scope="module")
def book(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_every_sheet_is_marked_on_screen_and_in_print(book: Any) -> None:
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Rug", "Figures"]
    for sheet in book:
        assert sheet["A2"].value == f"MADE-UP DATA. {MARKING} {STAMP}"
        assert sheet.oddHeader.left.text == f"MADE-UP DATA. {MARKING} {STAMP}".replace("&", "&&")
        assert sheet.sheet_state == "visible"
        assert not sheet.merged_cells.ranges


def test_pandas_reads_the_figures_as_numbers_and_what_is_none_as_shown(content: bytes) -> None:
    table = pd.read_excel(io.BytesIO(content), sheet_name="Figures", header=3)
    assert list(table.columns) == ["Section", "Part", "Table", "Row", "Column", "Figure", "As shown"]
    found = {(row.Row, row.Column): (row.Figure, row[7]) for row in table.itertuples()}
    assert found[("1 Referrals per 10,000", "Latest figure")] == (1296.5, "1,296.5")
    assert found[("1 Referrals per 10,000", "Change")] == (-23.9, "−23.9")
    assert found[("July to September 2025", "Referrals")] == (1296, "1,296")
    assert found[("1 Referrals per 10,000", "South East")][1] == "1 of 19 (1 to 4)"
    missing = table[table["As shown"].isin(["c", ".."])]
    assert len(missing) == 2
    assert missing["Figure"].isna().all()
    assert set(zip(table["Section"], table["Part"].fillna(""), strict=True)) == {
        ("The rug", ""), ("Referrals", "1. Referrals to social care"),
    }  # fmt: skip


def test_the_rug_has_its_colours_and_native_numbers(book: Any) -> None:
    rug = book["Rug"]
    assert [cell.value for cell in rug[4]] == ["Indicator", "Latest figure", "Change", "South East"]
    assert (rug["B5"].value, rug["B5"].number_format) == (1296.5, "#,##0.0")
    assert (rug["C6"].value, rug["C6"].number_format) == (0.4, "+#,##0.0;-#,##0.0;#,##0.0")
    fill, ink = rug["D5"].fill.fgColor.rgb[-6:], rug["D5"].font.color.rgb[-6:]
    assert (fill, ink) == (SIXTHS[0].background[1:].upper(), SIXTHS[0].text[1:].upper())
    assert rug["D5"].value == "1 of 19\n(1 to 4)"
    assert rug.freeze_panes == "B5"


def test_nothing_that_looks_like_a_formula_is_one(book: Any) -> None:
    assert book["Rug"]["A6"].value == "=2 Plans"
    assert book["Rug"]["A6"].quotePrefix
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_contents_lead_to_each_sheet_and_notes_hold_the_words(book: Any) -> None:
    links = {row[0].value: row[0].hyperlink.location for row in book["Contents"].iter_rows(min_row=5)}
    assert links == {name: f"'{name}'!A1" for name in ("Notes", "Rug", "Figures")}
    notes = [tuple(cell.value for cell in row) for row in book["Notes"].iter_rows(min_row=5)]
    assert ("Referrals", "1. Referrals to social care", "The method.") in notes
    assert ("What this document is", None, "It stays here.") in notes
    assert [cell.value for cell in book["Cover"]["A"]][-1] == "It stays here."


@pytest.mark.parametrize(
    ("text", "value", "layout"),
    [
        ("0", 0, "#,##0"),
        ("12,345", 12345, "#,##0"),
        ("85.10", 85.1, "#,##0.00"),
        ("-1.2", -1.2, "+#,##0.0;-#,##0.0;#,##0.0"),
        ("−1.2", -1.2, "+#,##0.0;−#,##0.0;#,##0.0"),
        ("+3", 3, "+#,##0;-#,##0;#,##0"),
    ],
)
def test_a_shown_number_is_that_number_and_shown_so_again(text: str, value: float, layout: str) -> None:
    read = shown_number(text)
    assert read is not None
    assert (read.value, read.layout) == (value, layout)


@pytest.mark.parametrize("text", ["", "c", "..", "2024-25", "1 of 19", "12,34", "120 to 210", "1.2.3", "none", "٣"])
def test_what_is_no_single_number_is_none(text: str) -> None:
    assert shown_number(text) is None
