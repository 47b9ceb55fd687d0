"""`tartanrug signals`: prompts listed and explained, marked as internal and as made up, and nothing invented."""

from __future__ import annotations

import csv

import pytest

PERIOD = ("--period", "2025-26-Q2")


def test_the_list_names_prompts_and_says_how_much_was_looked_at(tartanrug, received, tmp_path):
    done = tartanrug("signals", "list", *PERIOD, "--csv", tmp_path / "all.csv")
    assert done.code == 0
    assert "MADE-UP DATA" in done.words
    assert "internal and limited use" in done.words
    assert "1026 readings" in done.words
    with (tmp_path / "all.csv").open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 1026
    prompts = sum(row["reading"] in ("higher", "lower") for row in rows)
    assert f"{prompts} prompts" in done.words
    assert all(row["marking"].startswith("MADE-UP DATA. For internal") for row in rows)


def test_why_not_says_what_was_found_and_what_could_have_been(tartanrug, received):
    done = tartanrug("signals", "why-not", "Bracknell Forest", "a03", *PERIOD)
    assert done.code == 0
    assert "A03 Assessments" in done.words
    assert "The figure is being asked about" in done.words
    assert done.words.count("four times in five") == 3
    assert done.words.count("beside its own pattern and the region's move") == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [(("Bracknel", "A03"), "did you mean Bracknell"), (("867", "A99"), "no indicator"), (("383", "A03"), "not in the")],
)
def test_a_wrong_name_is_answered(tartanrug, received, words, told):
    done = tartanrug("signals", "why-not", *words, *PERIOD)
    assert done.code in (2, 4)
    assert told in done.words
    assert "Traceback" not in done.err
