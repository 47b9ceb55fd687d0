"""A jump where the definition changed is a note, and nothing else is."""

from return_files import REGISTRY

from analysis.reference.changes.breaks import Break
from analysis.reference.periods import Quarter
from analysis.returns.rules.findings import Finding, findings_frame
from analysis.returns.rules.redefined import redefined
from analysis.returns.rules.rule import RULES

BREAK = Break(
    authority="825", indicator="A05", first=Quarter.parse("2025-26-Q1"), before="open cases", after="open plans"
)


def found(authority="825", measure="cin_at_end", period="2025-26-Q2", rule="jump"):
    [row] = redefined(
        findings_frame([Finding.of(RULES[rule], "seen", authority=authority, period=period, measure=measure)]),
        [BREAK],
        REGISTRY,
    ).to_dict("records")
    return row["severity"], row["seen"]


def test_a_jump_of_the_indicator_in_its_first_year_is_explained():
    for period in ("2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4"):
        assert found(period=period) == ("note", "seen (counted by another definition from 2025-26-Q1)")
    assert found(rule="zero_after_never_zero")[0] == "note"
    assert found(rule="ten_fold")[0] == "note"


def test_everything_else_is_asked_as_before():
    asked = ("query", "seen")
    assert found(period="2024-25-Q4") == asked
    assert found(period="2026-27-Q1") == asked
    assert found(authority="826") == asked
    assert found(measure="referrals") == asked
    assert found(rule="missing_measure") == asked
