"""`release confirm` and `returns commentary`: what was asked and said is entered once, by somebody who is enrolled."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import PERIOD, Command

from analysis.registers.log.chain import read_chain
from analysis.release.events import ReleaseRefused

OF = ("--period", PERIOD)
SAID = ("--said-by", "head of data", "--evidence", "e-mail of 4 November 2025")


@pytest.fixture
def alone(received: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One authority's return, and one person who is enrolled."""
    for path in (received / "data" / "raw" / "made-up" / "south-east" / PERIOD).glob("*.csv"):
        if path.name != "825.csv":
            path.unlink()
    registers = received / "data" / "registers" / "made-up" / "south-east"
    registers.mkdir(parents=True)
    people = "people:\n  0a1b2c3d:\n    name: Test Person\n    post: DBG data lead\n"
    (registers / "people.yml").write_text(people, encoding="utf-8")
    monkeypatch.setenv("TARTANRUG_PERSON", "0a1b2c3d")
    return registers


def test_what_was_asked_and_answered_stands_in_the_log(tartanrug: Command, alone: Path) -> None:
    log = alone / "log"
    shown = tartanrug("release", "confirm", *OF)
    assert shown.code == 0
    assert "Buckinghamshire (825): Confirmation outstanding: the authority was not asked" in shown.out
    assert not log.exists(), "to look writes nothing"
    asked = tartanrug("release", "confirm", *OF, "--asked", "--on", "2025-11-03")
    assert "was asked on Monday 3 November 2025 and has not answered" in asked.out
    assert len(list(log.glob("*.json"))) == 1
    tartanrug("release", "confirm", *OF, "--asked", "--on", "2025-11-04")
    assert len(list(log.glob("*.json"))) == 1, "the same is not asked twice"
    answer = ("release", "confirm", "825", *OF, "--confirmed", "--on", "2025-11-04")
    assert "--said-by" in tartanrug(*answer).words
    assert "confirmed these figures on Tuesday 4 November 2025" in tartanrug(*answer, *SAID).out
    assert tartanrug(*answer, *SAID).code == 4
    named = tartanrug(*answer, "--said-by", "Margaret Thompson", *SAID[2:])
    assert (named.code, "said_by: it seems to name or identify a person" in named.words) == (2, True)
    assert "Thompson" not in named.words
    everybody = tartanrug("release", "confirm", *OF, "--confirmed", *SAID)
    assert (everybody.code, "tartanrug release confirm 825" in everybody.words) == (2, True)
    both = tartanrug(*answer, *SAID, "--queried", "A04")
    assert both.code == 2
    unknown = tartanrug("release", "confirm", "825", *OF, "--queried", "A99", "--reason", "It may be wrong.", *SAID)
    assert "no indicator 'A99'" in unknown.words
    assert len(list(log.glob("*.json"))) == 2


def test_nobody_enters_an_answer_without_being_enrolled(
    tartanrug: Command, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TARTANRUG_PERSON", "ffffffff")
    done = tartanrug("release", "confirm", *OF, "--asked")
    assert done.code == 3
    assert not (alone / "log").exists()


def test_no_pack_is_made_of_summaries_that_are_not_there(tartanrug: Command, alone: Path) -> None:
    done = tartanrug("release", "pack", *OF)
    assert done.code == 4
    assert "Buckinghamshire" in done.words
    assert "--for-review" in done.words
    assert not list(alone.parents[3].rglob("*.zip"))
    ((_, refused),) = read_chain(alone / "log").of_kind(ReleaseRefused)
    assert (refused.step, "Buckinghamshire" in refused.reason) == ("pack", True)
    assert str(alone.parents[3]) not in refused.reason, "a path may hold the account of whoever works there"


def test_texts_of_a_spreadsheet_are_entered_and_listed(tartanrug: Command, alone: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "words.csv"
    rows = ("825,A01,A new front door opened in May.", "825,A02,Jane Smith has left the team.")
    sheet.write_text("\n".join(("authority,indicator,text", *rows)), encoding="utf-8")
    done = tartanrug("returns", "commentary", sheet, *OF, "--by", "performance lead", "--on", "2025-11-03")
    assert done.code == 4
    assert "Texts entered: 1" in done.out
    assert "Jane" not in done.words
    assert "A01, commentary: A new front door opened in May." in tartanrug("returns", "commentary", *OF).out
