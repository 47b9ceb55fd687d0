"""What was accepted is not asked again until it expires."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.errors import BadReferenceError
from analysis.reference.periods import Quarter
from analysis.reference.registry import registry
from analysis.registers.accepted import Acceptance, Accepted, accept, load_accepted
from analysis.returns.rules.findings import Finding, findings_frame
from analysis.returns.rules.query_budget import rank_queries
from analysis.returns.rules.query_policy import query_policy
from analysis.returns.rules.rule import RULES

REASON = "contacts are counted as referrals since the new system; it stays so"
ENTRY = f"""\
- authority: "921"
  rule: jump
  measure: referrals
  from: 2025-26-Q1
  until: 2025-26-Q3
  reason: {REASON}
  answered_by: head of performance
  date: 2025-07-30
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "accepted.yml"
    path.write_text(text, encoding="utf-8")
    return path


def loaded(tmp_path: Path, text: str = ENTRY) -> Accepted:
    return load_accepted(written(tmp_path, text), registry())


def query(
    rule: str = "jump", authority: str = "921", measure: str = "referrals", period: str = "2025-26-Q2"
) -> Finding:
    return Finding.of(RULES[rule], "2510; 700 the quarter before", authority=authority, measure=measure, period=period)


def test_an_accepted_query_is_a_note_with_the_reason_and_nothing_is_lost(tmp_path):
    findings = findings_frame([query(), query(measure="adopted"), query(authority="825"), query("ten_fold")])
    told = accept(findings, loaded(tmp_path), Quarter(2025, 2))
    assert len(told) == 4
    noted = told[told["severity"] == "note"].iloc[0]
    assert (noted["authority"], noted["rule"], noted["measure"]) == ("921", "jump", "referrals")
    assert noted["seen"] == f"2510; 700 the quarter before (accepted until 2025-26-Q3: {REASON})"
    assert told["severity"].tolist() == ["query"] * 3 + ["note"]
    assert findings["severity"].tolist() == ["query"] * 4  # what was given is left as it was


def test_without_a_measure_all_are_meant(tmp_path):
    text = "".join(line for line in ENTRY.splitlines(keepends=True) if "measure" not in line)
    told = accept(findings_frame([query(), query(measure="adopted")]), loaded(tmp_path, text), Quarter(2025, 2))
    assert told["severity"].tolist() == ["note", "note"]


@pytest.mark.parametrize(
    ("period", "severity"),
    [("2024-25-Q4", "query"), ("2025-26-Q1", "note"), ("2025-26-Q3", "note"), ("2025-26-Q4", "query")],
)
def test_it_holds_from_its_first_quarter_to_its_last(tmp_path, period, severity):
    told = accept(findings_frame([query(period=period)]), loaded(tmp_path), Quarter.parse(period))
    assert told.loc[told["rule"] == "jump", "severity"].item() == severity


def test_when_it_has_expired_the_query_comes_again_and_the_entry_is_reported(tmp_path):
    told = accept(findings_frame([query(period="2025-26-Q4")]), loaded(tmp_path), Quarter(2025, 4))
    expired = told[told["rule"] == "acceptance_expired"].iloc[0]
    assert (expired["severity"], expired["file"], expired["line"]) == ("note", "accepted.yml", 1)
    assert expired["seen"] == "jump, accepted from 2025-26-Q1 until 2025-26-Q3"
    assert told["severity"].tolist() == ["query", "note"]


def test_an_entry_that_answers_nothing_is_reported_and_one_for_later_is_not(tmp_path):
    told = accept(
        findings_frame([]), loaded(tmp_path, ENTRY + ENTRY.replace("2025-26-Q", "2026-27-Q")), Quarter(2025, 2)
    )
    assert told[["rule", "authority", "measure"]].to_numpy().tolist() == [["acceptance_unused", "921", "referrals"]]


def test_an_old_figure_that_was_accepted_stays_so(tmp_path):
    """A slip in the history that is none: the entry's quarters are past, and it still answers the query."""
    text = ENTRY.replace("rule: jump", "rule: ten_fold")
    told = accept(findings_frame([query("ten_fold", period="2025-26-Q1")]), loaded(tmp_path, text), Quarter(2028, 1))
    assert told[["rule", "severity"]].to_numpy().tolist() == [["ten_fold", "note"]]


def test_what_is_accepted_uses_up_no_budget(tmp_path):
    rest = ["assessments", "cin_at_end", "s47_enquiries", "cpp_at_end", "adopted"]
    findings = findings_frame([query(), *(query(measure=measure) for measure in rest)])
    told = accept(findings, loaded(tmp_path), Quarter(2025, 2))
    asked = rank_queries(told, ("921",), registry(), query_policy())
    assert set(asked.loc[asked["severity"] == "query", "measure"]) == set(rest)


def test_a_build_as_known_earlier_leaves_it_out(tmp_path):
    accepted = loaded(tmp_path)
    assert accepted.known_on(date(2025, 7, 29)) == Accepted()
    assert accepted.known_on(date(2025, 7, 30)) == accepted


def test_a_region_without_the_file_has_accepted_nothing(tmp_path):
    assert load_accepted(tmp_path / "accepted.yml", registry()) == Accepted()
    assert loaded(tmp_path, "") == Accepted()
    entry = loaded(tmp_path).entries[0]
    assert isinstance(entry, Acceptance)
    assert Accepted.of([entry]).lines == (1,)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"921"', '"999"', 1, "no authority"),
        ("rule: jump", "rule: jumps", 2, "no rule"),
        ("rule: jump", "rule: revised", 2, "asks nothing"),
        ("measure: referrals", "measure: referals", 3, "no measure"),
        ("from: 2025-26-Q1", "from: 2025-26-Q4", 1, "before"),
        ("until: 2025-26-Q3", "until: 2025-27-Q3", 5, "not a quarter"),
        (f"reason: {REASON}", "reason: ok", 6, "10 characters or more"),
        (f"reason: {REASON}", "reason: John Smith says that it is right", 6, "name"),
        ("answered_by: head of performance", "answered_by: Jane Smith", 7, "name"),
        ("date: 2025-07-30", "date: soon", 8, "date"),
        ("date: 2025-07-30", "dated: 2025-07-30", 8, "not known"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_by_name_and_line(tmp_path, old, new, line, said):
    with pytest.raises(BadReferenceError) as error:
        loaded(tmp_path, ENTRY.replace(old, new))
    assert f"accepted.yml, line {line}" in str(error.value.where)
    assert said in error.value.what
