"""What was asked about a file is over when the authority has sent the figure again, and not before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from return_files import FOLDER, PERIOD, REGION, REGISTRY, Return

from analysis.returns.checked import check
from analysis.returns.files import ReturnFile


def received(day: int, sent: Return) -> ReturnFile:
    """A file as it lies there with a receipt of that day in October."""
    file = ReturnFile.of(FOLDER, f"825-{day}.csv", sent.csv().encode())
    return replace(file, received=f"2025-10-{day:02d}T09:00:00Z")


def asked(rule: str, *files: ReturnFile) -> list[tuple[str, str]]:
    """Severity and words of what the rule says of Buckinghamshire."""
    findings = check(files, REGION, PERIOD, REGISTRY).findings
    own = findings[findings["authority"].eq("825") & findings["rule"].eq(rule)]
    return list(zip(own["severity"], own["seen"], strict=True))


WHOLE = Return("825")
UNREADABLE = received(10, WHOLE.with_values(referrals="about 400"))
ONE = {"values": {"referrals": "412"}}


@pytest.mark.parametrize(
    ("later", "severity"),
    [(WHOLE, "note"), (replace(WHOLE, **ONE), "note"), (WHOLE.with_values(referrals=None), "refuse")],
    ids=["all again", "the figure alone", "all but the figure"],
)
def test_a_figure_that_was_refused_is_asked_for_until_it_is_sent(later, severity):
    assert [said for said, _ in asked("unreadable_value", UNREADABLE)] == ["refuse"]
    ((said, words),) = asked("unreadable_value", UNREADABLE, received(20, later))
    assert said == severity
    assert words.endswith("(sent again since)") == (severity == "note")


def test_a_blank_settles_nothing():
    later = received(20, WHOLE.with_values(referrals=""))
    assert [said for said, _ in asked("unreadable_value", UNREADABLE, later)] == ["refuse"]


def test_the_later_file_is_asked_about_and_not_the_earlier_one():
    well, late = received(10, WHOLE), received(20, WHOLE.with_values(referrals="about 400"))
    assert [said for said, _ in asked("unreadable_value", well, late)] == ["refuse"]


def test_rows_of_an_unknown_figure_are_over_with_their_file():
    strange = received(10, WHOLE)
    content = strange.content.replace(b"adopted,", b"adoptedd,").replace(b"Children adopted", b"Children")
    strange = replace(ReturnFile.of(FOLDER, "825-10.csv", content), received=strange.received)
    rule = "unknown_measure"
    assert [said for said, _ in asked(rule, strange)] == ["refuse"]
    assert [said for said, _ in asked(rule, strange, received(20, replace(WHOLE, **ONE)))] == ["refuse"]
    assert [said for said, _ in asked(rule, strange, received(20, WHOLE))] == ["note"]


def test_a_revision_that_was_revised_is_not_asked_about():
    files = [
        received(day, WHOLE.with_values(referrals=figure)) for day, figure in ((10, "400"), (20, "900"), (25, "405"))
    ]
    assert [said for said, _ in asked("revised_much", *files[:2])] == ["query"]
    assert sorted(said for said, _ in asked("revised_much", *files)) == ["note", "query"]
