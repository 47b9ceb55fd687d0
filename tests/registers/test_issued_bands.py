"""The register of issued bands: written whole, read back as it was, and refused once somebody has edited it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from analysis.errors import BadReferenceError, UsageError
from analysis.reference.periods import Quarter
from analysis.registers.issued_bands import (
    Issue,
    IssuedBand,
    IssuedLine,
    bands_path,
    known_on,
    load_every_quarter,
    load_issues,
)
from analysis.registers.register_file import add_issue

PERIOD = Quarter.parse("2025-26-Q2")
POLICY = "a" * 64


def issue(median: float = 520.0, day: int = 4, reason: str = "", by: str = "DBG chair") -> Issue:
    band = IssuedBand(period="2025-26-Q2", lower=410.0, median=median, upper=0.1 + 0.2)
    lines = (
        IssuedLine(group="region", series="A01-rate", at_least=15, members=("825", "921"), bands=(band,)),
        IssuedLine(group="region", series="A05-percent", reason="too_few_in_every_period"),
    )
    return Issue.of(lines, policy_sha256=POLICY, by=by, on=date(2026, 2, day), reason=reason)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return bands_path(tmp_path / "south-east", PERIOD)


def test_what_is_written_is_read_back_to_the_last_digit(path: Path) -> None:
    add_issue(path, issue())
    add_issue(path, issue(530.0, 9, "a return was replaced"))
    assert load_issues(path) == (issue(), issue(530.0, 9, "a return was replaced"))
    assert "Internal" in path.read_text(encoding="utf-8").splitlines()[0]


def test_the_same_issue_is_the_same_bytes(path: Path, tmp_path: Path) -> None:
    other = bands_path(tmp_path / "another" / "south-east", PERIOD)
    add_issue(path, issue())
    add_issue(other, issue())
    assert path.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("old", "new"),
    [("median: 520.0", "median: 521.0"), ("'825'", "'826'"), ("at_least: 15", "at_least: 10"), (POLICY, "b" * 64)],
    ids=["figure", "member", "size", "policy"],
)
def test_an_issue_that_was_edited_is_refused(path: Path, old: str, new: str) -> None:
    add_issue(path, issue())
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadReferenceError, match="no longer what was approved"):
        load_issues(path)


@pytest.mark.parametrize(
    "second", [issue(530.0, 9), issue(530.0, 3, "a return was replaced")], ids=["no reason", "earlier date"]
)
def test_a_later_issue_has_a_reason_and_no_earlier_date(path: Path, second: Issue) -> None:
    add_issue(path, issue())
    with pytest.raises(BadReferenceError, match="a reason, and no earlier date"):
        add_issue(path, second)
    assert load_issues(path) == (issue(),)


def test_nobody_is_named_as_who_approved() -> None:
    with pytest.raises(ValidationError, match="name or identify a person"):
        issue(by="Margaret Thompson")


def test_a_build_as_known_earlier_has_the_issue_of_then() -> None:
    both = (issue(), issue(530.0, 9, "a return was replaced"))
    assert known_on(both, date(2026, 2, 3)) == ()
    assert known_on(both, date(2026, 2, 8)) == both[:1]
    assert known_on(both, date(2026, 2, 9)) == both


def test_the_quarters_come_in_order_and_a_file_that_is_none_is_refused(path: Path) -> None:
    registers = path.parent.parent
    later = Quarter.parse("2026-27-Q1")
    add_issue(bands_path(registers, later), issue())
    add_issue(path, issue())
    assert list(load_every_quarter(registers)) == [PERIOD, later]
    path.with_name("notes.yml").write_text("[]", encoding="utf-8")
    with pytest.raises(UsageError, match="'notes' is not a quarter"):
        load_every_quarter(registers)
