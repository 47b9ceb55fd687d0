"""A prefilled template: the format, whole; filled in by hand it comes back as a clean return."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import openpyxl
import pytest
from return_files import HEADER, MEASURES, PERIOD, REGION, REGISTRY, Return, as_csv, checked, file_of, rules_broken

from analysis.reference.authorities import authorities
from analysis.returns import prefilled
from analysis.returns.prefilled import template_csv, template_files, template_name, template_rows, template_xlsx

CODE = "825"


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Return", "Definitions"]
    assert book.active.title == "Return"
    return [list(row) for row in book.active.iter_rows(values_only=True)]


@pytest.mark.parametrize("code", REGION.everyone)
def test_every_measure_stands_in_it_once_and_no_figure(code: str) -> None:
    header, *rows = read_csv(template_csv(code, PERIOD, REGISTRY))
    assert tuple(header) == HEADER
    table = [dict(zip(header, row, strict=True)) for row in rows]
    assert [row["Measure ID"] for row in table] == list(REGISTRY.measures)
    assert [row["Measure Name"] for row in table] == [one.name for one in REGISTRY.measures.values()]
    assert {row["Measure Value"] + row["Measure Quality"] for row in table} == {""}
    authority = authorities()[code]
    same = ("Region", "LA Code", "LA Name", "Financial Year", "Quarter")
    assert {tuple(row[name] for name in same) for row in table} == {
        ("South East", code, authority.name, "2025-26", "Q2")
    }


def test_the_workbook_holds_the_same_cells() -> None:
    texts = read_csv(template_csv(CODE, PERIOD, REGISTRY))
    cells = [["" if cell is None else cell for cell in row] for row in read_xlsx(template_xlsx(CODE, PERIOD, REGISTRY))]
    assert cells == texts


def test_the_second_sheet_says_what_each_measure_counts() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(CODE, PERIOD, REGISTRY)))
    rows = [row for row in book["Definitions"].iter_rows(values_only=True) if row[1]]
    assert rows[0] == ("Measure ID", "Measure Name", "Counted")
    assert [row[0] for row in rows[1:]] == list(REGISTRY.measures)
    assert ("cla_at_end", "Children looked after at the end of the period", "on the last day, children") in rows


def filled_csv(values: dict[str, str], ending: str = "\r\n") -> str:
    """As a person does: the last but one cell of each row, and the file saved."""
    header, *rows = read_csv(template_csv(CODE, PERIOD, REGISTRY))
    for row in rows:
        row[header.index("Measure Value")] = values[row[header.index("Measure ID")]]
    return "\ufeff" + as_csv([header, *rows]).replace("\n", ending)


def filled_xlsx(values: dict[str, str]) -> bytes:
    """As a person does in Excel: digits become numbers, marks stay text."""
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx(CODE, PERIOD, REGISTRY)))
    sheet = book.active
    names = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        text = values[row[names.index("Measure ID")].value]
        number = float(text) if text.replace(".", "").isdigit() else text
        row[names.index("Measure Value")].value = number
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("fill", [filled_csv, filled_xlsx])
@pytest.mark.parametrize(
    "changed", [{}, {"referrals": "0", "re_referrals": "0", "adopted": "x", "cpp_second_2_years": "c"}]
)
def test_filled_in_by_hand_it_is_a_clean_return(fill, changed) -> None:
    values = MEASURES | changed
    outcome = checked(file_of(fill(values)))
    expected = checked(file_of(Return(CODE, values=values).csv()))
    same = ["authority", "period", "measure", "value", "status", "quality", "source_line"]
    assert outcome.checked[same].equals(expected.checked[same])
    assert rules_broken(outcome) == rules_broken(expected)
    assert rules_broken(outcome) <= {"no_figure"}


@pytest.mark.parametrize("make", [template_csv, template_xlsx])
def test_sent_back_blank_it_is_read_and_every_figure_is_missing(make) -> None:
    outcome = checked(file_of(make(CODE, PERIOD, REGISTRY)))
    assert outcome.files[0].state == "received"
    own = outcome.checked[(outcome.checked["authority"] == CODE) & (outcome.checked["period"] == str(PERIOD))]
    assert set(own["status"]) == {"not_submitted"}


def test_the_same_input_gives_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    first = template_files([CODE], PERIOD, REGISTRY)

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2031, 1, 1, tzinfo=tz or UTC)

    for module in ("openpyxl.writer.excel", "openpyxl.packaging.core"):
        monkeypatch.setattr(f"{module}.datetime.datetime", Later, raising=True)
    assert template_files([CODE], PERIOD, REGISTRY) == first
    assert b"2031" not in first[template_name(CODE, PERIOD, "xlsx")]


def test_a_measure_of_the_regions_own_that_looks_like_a_formula_is_text() -> None:
    own = REGISTRY.measures["referrals"].model_copy(update={"id": "own", "name": '=HYPERLINK("x")'})
    registry = type(REGISTRY)(
        measures={**REGISTRY.measures, "own": own}, indicators=REGISTRY.indicators, sets=REGISTRY.sets
    )
    assert template_rows(CODE, PERIOD, registry)[-1][6] == '\'=HYPERLINK("x")'
    cell = openpyxl.load_workbook(io.BytesIO(template_xlsx(CODE, PERIOD, registry))).active.cell(24, 7)
    assert cell.data_type == "s"


def test_a_template_is_called_by_quarter_and_authority() -> None:
    assert template_name("869", PERIOD, "csv") == "return-2025-26-Q2-869-west-berkshire.csv"
    assert set(template_files(["825", "869"], PERIOD, REGISTRY)) == {
        template_name(code, PERIOD, ending) for code in ("825", "869") for ending in ("csv", "xlsx")
    }
    assert prefilled.SHEET == "Return"
