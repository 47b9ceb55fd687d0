"""A made-up grid in which no two figures of anybody are alike, findings about it, and forms filled in by hand."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date

import docx
import openpyxl
import pandas as pd
import yaml
from docx.oxml.ns import qn

from analysis.queries.form import Column
from analysis.queries.sheet import Sheet, build_sheet
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions
from analysis.reference.registry import registry
from analysis.registers.apply_corrections import apply_corrections  # noqa: F401  (declares the ledger's rules)
from analysis.returns.rules.findings import Finding, findings_frame
from analysis.returns.rules.rule import RULES

REGION = regions()["south-east"]
REGISTRY = registry()
PERIOD = Quarter(2025, 2)
WHEN = "2025-26-Q2"
DAY = date(2025, 11, 20)
OWN = "825"
MEASURES = sorted(REGISTRY.measures)


def figure(code: str, measure: str, period: str = WHEN) -> int:
    """No two are alike, and none is short enough to stand in another by chance."""
    place = (sorted(REGION.everyone).index(code) * 2 + (period != WHEN)) * len(MEASURES) + MEASURES.index(measure)
    return 500_011 + 37 * place


def grid(**changed: tuple[float | None, str]) -> pd.DataFrame:
    """Every member's figures of two quarters; `measure=(figure, status)` changes one of Buckinghamshire's."""
    rows = [
        (code, period, measure, float(figure(code, measure, period)), "given", "MADE-UP", 2, "a" * 64)
        for code in sorted(REGION.everyone)
        for period in ("2025-26-Q1", WHEN)
        for measure in MEASURES
    ]
    names = ["authority", "period", "measure", "value", "status", "quality", "source_line", "receipt"]
    table = pd.DataFrame(rows, columns=names).astype({"source_line": "Int64"})
    table = table.astype(dict.fromkeys(("authority", "period", "measure", "status", "quality", "receipt"), "str"))
    for measure, (value, status) in changed.items():
        here = table["authority"].eq(OWN) & table["period"].eq(WHEN) & table["measure"].eq(measure)
        table.loc[here, ["value", "status"]] = [float("nan") if value is None else value, status]
    return table


def finding(rule: str, measure: str = "", seen: str = "", authority: str = OWN, period: str = WHEN) -> Finding:
    return Finding.of(
        RULES[rule],
        seen,
        file=f"{WHEN}/kent-and-medway.csv",
        line=7,
        authority=authority,
        period=period,
        measure=measure,
    )


def sheet_of(
    *findings: Finding, authority: str = OWN, made_up: bool = True, **changed: tuple[float | None, str]
) -> Sheet:
    return build_sheet(findings_frame(findings), grid(**changed), authority, REGION, PERIOD, REGISTRY, made_up=made_up)


def three_queries() -> Sheet:
    """A figure above its base, a refused one, and one that is missing."""
    return sheet_of(
        finding("above_its_base", "icpc_15_days", "700, beside 650 of s47_enquiries"),
        finding("negative_count", "referrals", "-3"),
        finding("missing_measure", "cin_at_end", "blank"),
        icpc_15_days=(700.0, "given"),
        referrals=(None, "not_available"),
        cin_at_end=(None, "not_submitted"),
    )


Filled = Mapping[str, Mapping[Column, str]]
"""By measure: what is typed."""


def row_of(sheet: Sheet, measure: str) -> int:
    return next(index for index, query in enumerate(sheet.queries) if measure in query.measures)


def fill_word(content: bytes, sheet: Sheet, filled: Filled) -> bytes:
    """As a person does in Word: the hint goes, and what is typed stands in the field."""
    document = docx.Document(io.BytesIO(content))
    table = document.tables[1]
    for measure, cells in filled.items():
        for column, text in cells.items():
            cell = table.rows[row_of(sheet, measure) + 1].cells[list(Column).index(column)]
            fields = cell._tc.findall(".//" + qn("w:sdt"))
            if not fields:
                cell.text = text
                continue
            hint = fields[0].find(f".//{qn('w:showingPlcHdr')}")
            hint.getparent().remove(hint)
            fields[0].find(f".//{qn('w:t')}").text = text
    return saved(document)


def fill_excel(content: bytes, sheet: Sheet, filled: Filled) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    heading = next(row for row in range(1, 40) if page.cell(row, 1).value == "No.")
    for measure, cells in filled.items():
        for column, text in cells.items():
            page.cell(heading + row_of(sheet, measure) + 1, list(Column).index(column) + 1, text)
    return saved(book)


def fill_yaml(content: bytes, sheet: Sheet, filled: Filled) -> bytes:
    form = yaml.safe_load(content)
    for measure, cells in filled.items():
        form["Queries"][row_of(sheet, measure)] |= {str(column): text for column, text in cells.items()}
    return yaml.safe_dump(form, sort_keys=False, allow_unicode=True).encode()


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def answered(answer: str, figure: str = "", reason: str = "", role: str = "", until: str = "") -> dict[Column, str]:
    texts: Sequence[str] = (answer, figure, reason, role, until)
    columns = (Column.ANSWER, Column.FIGURE, Column.REASON, Column.ROLE, Column.UNTIL)
    return {column: text for column, text in zip(columns, texts, strict=True) if text}
