"""Builds returns as files: CSV as text, xlsx as bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd
from openpyxl import Workbook

from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions
from analysis.reference.registry import registry
from analysis.returns.checked import Checked, check
from analysis.returns.files import ReturnFile
from analysis.returns.reading.interpret import Source, interpret
from analysis.returns.reading.mapping import packaged_templates
from analysis.returns.reading.read import read_return
from analysis.returns.rules.file_rules import Refusal
from analysis.returns.rules.row_rules import Setting, check_rows

REGION = regions()["south-east"]
REGISTRY = registry()
PERIOD = Quarter(2025, 2)
FOLDER = "2025-26-Q2"
HEADER = (
    "Region", "LA Code", "LA Name", "Financial Year", "Quarter", "Measure ID", "Measure Name", "Measure Value",
    "Measure Quality",
)  # fmt: skip
MEASURES = {
    "referrals": "400", "re_referrals": "80", "assessments": "350", "assessments_45_days": "300", "cin_at_end": "1200",
    "s47_enquiries": "150", "icpc_15_days": "60", "cpp_at_end": "210", "cpp_starting": "70", "cpp_ceasing": "65",
    "cpp_second_ever": "15", "cpp_second_2_years": "6", "cla_at_end": "480", "cla_starting": "40", "cla_ceasing": "38",
    "adopted": "4", "a1_days": "412.5", "a1_children": "4", "a2_days": "180", "a2_children": "4",
    "a3_under_14_months": "3", "a3_children": "4",
}  # fmt: skip


@dataclass(frozen=True)
class Return:
    """One authority's return for one quarter, in the format."""

    code: str
    quarter: Quarter = PERIOD
    values: Mapping[str, str] = field(default_factory=lambda: dict(MEASURES))
    quality: str = ""

    def with_values(self, **values: str | None) -> Return:
        """With other values; None takes the row out."""
        merged = {**self.values, **values}
        return replace(self, values={key: value for key, value in merged.items() if value is not None})

    def rows(self) -> list[list[str]]:
        authority = authorities()[self.code]
        year, number = str(self.quarter).rsplit("-", 1)
        return [
            [
                authority.region,
                self.code,
                authority.name,
                year,
                number,
                key,
                REGISTRY.measures[key].name,
                value,
                self.quality,
            ]
            for key, value in self.values.items()
        ]

    def csv(self) -> str:
        return as_csv([HEADER, *self.rows()])


def as_csv(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def as_xlsx(rows: Iterable[Sequence[object]], **other_sheets: Iterable[Sequence[object]]) -> Workbook:
    book = Workbook()
    for sheet, content in (
        (book.active, rows),
        *((book.create_sheet(name), rows) for name, rows in other_sheets.items()),
    ):
        for row in content:
            sheet.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def file_of(content: str | bytes, name: str = "return.csv", folder: str = FOLDER) -> ReturnFile:
    return ReturnFile.of(folder, name, content.encode() if isinstance(content, str) else content)


def files_of(returns: Mapping[str, Return]) -> list[ReturnFile]:
    return [file_of(one.csv(), f"{code}_{one.quarter}.csv", str(one.quarter)) for code, one in returns.items()]


def checked(*files: ReturnFile | str | bytes, **settings: object) -> Checked:
    """The outcome of files, each of which may be given as its content."""
    loaded = [
        one if isinstance(one, ReturnFile) else file_of(one, f"{number}.csv")
        for number, one in enumerate(files, start=1)
    ]
    return check(loaded, REGION, PERIOD, REGISTRY, **settings)  # type: ignore[arg-type]


def rules_of_rows(file: ReturnFile | str) -> set[str]:
    """The rules that a file or its rows break, without putting the files of the region together."""
    loaded = file if isinstance(file, ReturnFile) else file_of(file)
    outcome = read_return(loaded, REGISTRY, packaged_templates())
    if isinstance(outcome, Refusal):
        return {outcome.rule.id}
    sources = [Source(FOLDER, FOLDER, "a.csv", loaded.sha256, outcome)]
    _, _, findings = check_rows(interpret(sources, REGION, REGISTRY), Setting(REGION, PERIOD, REGISTRY))
    return {note.rule.id for note in outcome.notes} | {finding.rule for finding in findings}


def rows_of(outcome: Checked, rule: str) -> pd.DataFrame:
    return outcome.findings[outcome.findings["rule"] == rule]


def cell(outcome: Checked, measure: str, authority: str = "825", period: str = FOLDER) -> pd.Series:
    table = outcome.checked
    found = table[(table["authority"] == authority) & (table["period"] == period) & (table["measure"] == measure)]
    assert len(found) == 1
    return found.iloc[0]


def rules_broken(outcome: Checked, authority: str = "825") -> set[str]:
    """The rules broken by one authority's files, without the absence of the other eighteen."""
    findings = outcome.findings
    others = (findings["rule"] == "missing_return") & (findings["authority"] != authority)
    return set(findings.loc[~others, "rule"])
