"""Findings as a table, as CSV and on a terminal, and the page about returns."""

from __future__ import annotations

import csv
import importlib
import io
import pkgutil
from pathlib import Path

import pandas as pd
import pytest
from return_files import Return, checked, file_of
from rich.console import Console

import analysis
from analysis.cli.catalogue import with_tables
from analysis.returns.rules.file_rules import SEVERAL_SHEETS
from analysis.returns.rules.findings import (
    COLUMNS,
    RULES_PAGE,
    Finding,
    counted,
    findings_csv,
    findings_frame,
    print_findings,
)
from analysis.returns.rules.rule import RULES, Severity, declare
from analysis.returns.spreadsheet import neutral_cell, safe_csv

PAGE = Path(__file__).resolve().parents[2] / "docs" / "returns.md"
ONE = Finding.of(SEVERAL_SHEETS, "=HYPERLINK(1)", file="+a.xlsx")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-3", "@a", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠a"])
def test_a_cell_that_starts_like_a_formula_is_escaped(text):
    assert neutral_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["a\r=1+1", "a\r\n=1+1"])
def test_a_carriage_return_begins_no_row_of_its_own(text):
    written = safe_csv(pd.DataFrame({"seen": [text]}))
    assert list(csv.reader(io.StringIO(written, newline=""))) == [["seen"], ["a\n=1+1"]]


def test_other_cells_are_left_alone():
    assert neutral_cell("1-5 = c") == "1-5 = c"


def test_the_csv_holds_every_finding_and_no_formula():
    outcome = checked(Return("825").with_values(referrals="-3", adopted="12.5").csv())
    frame = findings_frame([ONE, *(Finding(**row) for row in outcome.findings.astype(object).to_dict("records"))])
    text = findings_csv(frame)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(frame)
    assert tuple(rows[0]) == COLUMNS
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
    assert {row["seen"] for row in rows} >= {"'-3", "12.5", "'=HYPERLINK(1)"}
    assert "\r" not in text


def test_an_empty_table_has_its_columns_and_types():
    frame = findings_frame([])
    assert tuple(frame.columns) == (*COLUMNS, "likely")
    assert frame["line"].dtype == "Int64"
    assert findings_csv(frame) == ",".join(COLUMNS) + "\n"


def test_the_gravest_come_first_and_lines_are_whole_numbers():
    outcome = checked(Return("825").with_values(referrals="-3", adopted="c", cla_starting=None).csv())
    assert outcome.findings["severity"].tolist() == sorted(
        outcome.findings["severity"], key=[*map(str, Severity)].index
    )
    assert outcome.findings["line"].dtype == "Int64"
    assert all(isinstance(value, str) for name in COLUMNS if name != "line" for value in outcome.findings[name])


def test_the_terminal_shows_each_finding_and_each_remedy_once():
    outcome = checked(file_of(Return("825").with_values(referrals="-3", assessments="-4").csv(), "[bold]825[/x].csv"))
    out = io.StringIO()
    print_findings(outcome.findings, Console(file=out, width=250))
    text = out.getvalue()
    assert "[bold]825[/x].csv" in text  # a file name is never read as markup
    assert text.count(RULES["negative_count"].remedy) == 1
    assert "-3" in text
    assert "-4" in text
    assert f"{len(outcome.findings)} findings: " in text


def test_findings_are_counted_in_words():
    assert counted(["query"] * 10) == "10 queries"
    assert counted(["note", "refuse", "query", "note"]) == "1 refused, 1 query, 2 notes"
    assert counted([]) == "none"


def test_nothing_to_ask_is_said():
    out = io.StringIO()
    print_findings(findings_frame([]), Console(file=out))
    assert out.getvalue() == "Nothing to ask: no findings.\n"


def test_a_rule_has_one_id_a_policy_and_a_remedy():
    for one in RULES.values():
        assert one.policy.endswith(".")
        assert one.remedy
    with pytest.raises(KeyError, match="two rules"):
        declare("duplicate", Severity.NOTE, "row", policy="a.", remedy="b")


def test_the_page_about_returns_is_current():
    """Renew it with `python -m analysis.cli.catalogue docs/returns.md`."""
    text = PAGE.read_text(encoding="utf-8")
    assert with_tables(text) == text
    for rule_id in RULES:
        assert f"`{rule_id}`" in text


def test_every_rule_of_every_module_leads_to_its_words():
    for module in pkgutil.walk_packages(analysis.__path__, "analysis."):
        importlib.import_module(module.name)
    text = PAGE.read_text(encoding="utf-8")
    assert PAGE.as_posix().endswith(RULES_PAGE)
    for rule_id, rule in RULES.items():
        assert text.count(f'<a id="{rule_id}"></a>') == 1, rule_id
        assert f'<a id="{rule_id}"></a>`{rule_id}` | {rule.severity} | {rule.about} | {rule.policy} |' in text
    out = io.StringIO()
    print_findings(findings_frame([ONE]), Console(file=out))
    assert f"{RULES_PAGE}#<rule>" in out.getvalue()


def test_the_examples_on_the_page_are_read_without_a_finding():
    text = PAGE.read_text(encoding="utf-8")
    examples = [block.split("```")[0].lstrip() for block in text.split("```csv")[1:]]
    assert len(examples) == 2
    for example in examples:
        findings = checked(example).findings
        assert set(findings["rule"]) <= {"missing_measure", "missing_return", "missing_column", "no_figure"}
        assert "825" not in set(findings.loc[findings["rule"] == "missing_return", "authority"])


def test_findings_have_text_in_every_column():
    frame = findings_frame([ONE])
    assert pd.isna(frame.loc[0, "line"])
    assert frame.drop(columns=["line", "likely"]).loc[0].tolist() == [
        "several_sheets", "refuse", "", "", "", "+a.xlsx", "=HYPERLINK(1)", SEVERAL_SHEETS.remedy,
    ]  # fmt: skip
