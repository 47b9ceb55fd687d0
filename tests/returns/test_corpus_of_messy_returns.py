"""A corpus of made-up returns with one fault each: read exactly as the clean file is, or given exactly one finding."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
import yaml
from messy_books import AS_CLEAN, FINDING
from openpyxl import Workbook
from return_files import PERIOD, REGISTRY, Return, file_of, saved

from analysis.reference.regions import regions
from analysis.returns.checked import Checked, check
from analysis.returns.files import ReturnFile
from analysis.returns.rules.rule import RULES, Severity

CORPUS = Path(__file__).parent / "corpus" / "made-up"
OUTCOMES = yaml.safe_load((CORPUS.parent / "outcomes.yml").read_text(encoding="utf-8"))
OWN = {"south-east": "825", "south-west": "839"}
FOLLOWS = {"missing_return", "missing_measure"}
"""What is missing where something was refused."""


@dataclass(frozen=True)
class Region:
    """The region around the authority whose file is faulty, with three others."""

    others: tuple[ReturnFile, ...]
    alone: Checked
    clean: Checked


@cache
def region_of(name: str) -> Region:
    members = [code for code in regions()[name].members if code != OWN[name]][:3]
    others = tuple(file_of(Return(code).csv(), f"{code}.csv") for code in members)
    clean = file_of(Return(OWN[name]).csv(), f"{OWN[name]}.csv")
    return Region(others, of(others, name), of((*others, clean), name))


def of(files: tuple[ReturnFile, ...], name: str) -> Checked:
    return check(files, regions()[name], PERIOD, REGISTRY)


def outcome_of(content: bytes, name: str = "south-east") -> Checked:
    """The region's outcome with a file of the corpus, after a look at the others' figures."""
    around = region_of(name)
    outcome = of((*around.others, file_of(content, f"{OWN[name]}.csv")), name)
    pd.testing.assert_frame_equal(figures_of_others(outcome, name), figures_of_others(around.alone, name))
    return outcome


def figures_of_others(outcome: Checked, name: str) -> pd.DataFrame:
    table = outcome.checked
    return table[(table["authority"] != OWN[name]) & (table["period"] == str(PERIOD))].reset_index(drop=True)


def new_findings(outcome: Checked, name: str = "south-east") -> set[str]:
    """The rules broken that the clean file does not break."""
    return set(keys(outcome.findings)) - set(keys(region_of(name).clean.findings))


def keys(findings: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(findings[["rule", "authority", "measure"]].itertuples(index=False, name=None))


def receipt_of(outcome: Checked) -> tuple[str, ...]:
    return next(one.choices for one in outcome.files if "825" in one.name or "839" in one.name)


def read_as_clean(content: bytes, words: list[str]) -> None:
    outcome = outcome_of(content)
    assert new_findings(outcome) == set()
    columns = ["authority", "period", "measure", "value", "status", "quality"]
    pd.testing.assert_frame_equal(outcome.checked[columns], region_of("south-east").clean.checked[columns])
    assert list(receipt_of(outcome)) == words


def has_one_finding(content: bytes, rule: str, region: str = "south-east") -> Checked:
    outcome = outcome_of(content, region)
    follows = FOLLOWS if RULES[rule].severity is Severity.REFUSE or rule == "no_rows" else set()
    assert {found for found, *_ in new_findings(outcome, region)} - (follows - {rule}) == {rule}
    return outcome


def content_of(build: object) -> bytes:
    made = build()  # type: ignore[operator]
    return saved(made) if isinstance(made, Workbook) else made


@pytest.mark.parametrize("name", OUTCOMES["as_clean"])
def test_a_messy_file_is_read_as_the_clean_one_and_its_receipt_says_how(name):
    read_as_clean((CORPUS / name).read_bytes(), OUTCOMES["as_clean"][name])


@pytest.mark.parametrize("name", OUTCOMES["finding"])
def test_a_faulty_file_has_exactly_its_finding(name):
    expected = OUTCOMES["finding"][name]
    region = expected.get("region", "south-east")
    outcome = has_one_finding((CORPUS / name).read_bytes(), expected["rule"], region)
    if "status" in expected:
        table = outcome.checked
        cell = table[(table["authority"] == OWN[region]) & (table["measure"] == expected["measure"])]
        assert cell["status"].tolist() == [expected["status"]]
        assert cell["value"].isna().all()


@pytest.mark.parametrize("name", AS_CLEAN)
def test_a_messy_workbook_is_read_as_the_clean_file_and_its_receipt_says_how(name):
    build, words = AS_CLEAN[name]
    read_as_clean(content_of(build), list(words))


@pytest.mark.parametrize("name", FINDING)
def test_a_faulty_workbook_has_exactly_its_finding(name):
    build, rule = FINDING[name]
    has_one_finding(content_of(build), rule)


def test_the_corpus_and_its_table_are_whole():
    listed = {*OUTCOMES["as_clean"], *OUTCOMES["finding"], "clean.csv"}
    assert {path.name for path in CORPUS.iterdir()} == listed
    assert len(listed) + len(AS_CLEAN) + len(FINDING) > 150
    assert (CORPUS / "clean.csv").read_text(encoding="utf-8") == Return("825").csv()
    contents = [path.read_bytes() for path in CORPUS.iterdir()]
    assert len(set(contents)) == len(contents)


def test_every_rule_about_reading_has_a_file_that_breaks_it():
    broken = {one["rule"] for one in OUTCOMES["finding"].values()} | {rule for _, rule in FINDING.values()}
    about_reading = {
        "unreadable_file", "unknown_layout", "repeated_column", "several_sheets", "hidden_records", "too_large",
        "no_rows", "extra_column", "missing_column", "ragged_row", "split_number", "unreadable_value",
        "percentage_sent", "ambiguous_number", "abolished_authority", "bad_period", "unknown_authority",
        "unknown_measure",
    }  # fmt: skip
    assert about_reading <= broken


def test_a_finding_on_one_of_several_sheets_says_which():
    build, rule = FINDING["one figure again on another sheet"]
    findings = outcome_of(content_of(build)).findings
    files = findings.loc[findings["rule"] == rule, "file"].tolist()
    assert files == ["2025-26-Q2/825.csv, sheet 1", "2025-26-Q2/825.csv, sheet 2"]
