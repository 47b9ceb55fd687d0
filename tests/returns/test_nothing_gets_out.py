"""What stands in a return or a settings file starts no formula elsewhere, and leads to no other folder."""

from __future__ import annotations

import csv
import io

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError
from return_files import PERIOD, REGION, REGISTRY

from analysis.pipeline.differences import COLUMNS as CHANGED
from analysis.reference.registry import Registry
from analysis.reference.status import Status
from analysis.returns.history_import import return_csv
from analysis.returns.prefilled import template_csv, template_xlsx
from analysis.returns.received import Received
from analysis.returns.rules.findings import Finding, findings_csv, findings_frame
from analysis.returns.rules.rule import RULES
from analysis.returns.spreadsheet import safe_csv

CALCULATED = ("=", "+", "-", "@", "\t", "\r", "\n", "＝")
FORMULAS = (
    '=HYPERLINK("http://x.invalid","look")', "+cmd|' /C calc'!A0", "-1+2", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", "\n=1",
    "＝1+1",
)  # fmt: skip


def named(text: str) -> Registry:
    """The registry with a measure of the region's own that has this name."""
    own = REGISTRY.measures["referrals"].model_copy(update={"id": "own", "name": text, "counted": text})
    return Registry({**REGISTRY.measures, "own": own}, REGISTRY.indicators, REGISTRY.sets)


def findings(text: str) -> str:
    return findings_csv(findings_frame([Finding.of(RULES["duplicate"], text, file=text)]))


def changes(text: str) -> str:
    return safe_csv(pd.DataFrame([[text] * len(CHANGED)], columns=list(CHANGED)))


def template(text: str) -> str:
    return template_csv("825", PERIOD, named(text)).decode("utf-8-sig")


def history(text: str) -> str:
    cells = pd.DataFrame({
        "authority": ["825"], "measure": ["own"], "value": [3.0], "status": [str(Status.GIVEN)], "quality": [text],
    })  # fmt: skip
    return return_csv(cells, PERIOD, named(text)).decode()


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("written", [findings, changes, template, history])
def test_no_cell_of_a_csv_is_calculated(written, text):
    cells = [cell for row in csv.reader(io.StringIO(written(text), newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(CALCULATED)]
    assert "'" + text.replace("\r", "\n") in cells


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_template_workbook_is_calculated(text):
    book = openpyxl.load_workbook(io.BytesIO(template_xlsx("825", PERIOD, named(text))))
    cells = [cell for sheet in book.worksheets if isinstance(sheet, Worksheet) for row in sheet for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or str(cell.value or "").startswith(CALCULATED)]
    assert any(text.strip() in str(cell.value) for cell in cells)


RECEIPT = {
    "sha256": "a" * 64, "file": "825-v1-aaaaaaaaaaaa.csv", "received": "2025-10-20T09:30:00+00:00",
    "sender": "returns@bucks", "vintages": {"825": 1}, "periods": ["2025-26-Q2"], "state": "received",
}  # fmt: skip
ELSEWHERE = ("../../x.csv", "/etc/passwd", "..", ".hidden", "a/b.csv", "a\\b.csv", "C:x.csv", "a\x00.csv", "")


def test_a_receipt_is_of_a_file_in_its_own_folder():
    assert Received.model_validate(RECEIPT).file == RECEIPT["file"]
    for name in ELSEWHERE:
        with pytest.raises(ValidationError, match="file"):
            Received.model_validate(RECEIPT | {"file": name})


@pytest.mark.parametrize("name", [*ELSEWHERE, "../south-east", "South East"])
@pytest.mark.parametrize("key", ["id", "own_indicators"])
def test_a_region_names_its_folder_and_its_own_file_without_a_way_out(key, name):
    settings = REGION.model_dump(mode="json")
    assert type(REGION).model_validate(settings) == REGION
    with pytest.raises(ValidationError, match=key):
        type(REGION).model_validate(settings | {key: name})
