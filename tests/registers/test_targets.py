"""Targets: which holds when and for whom, and which files are refused."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from analysis.config import Workspace
from analysis.errors import BadReferenceError
from analysis.pipeline.as_known import as_known
from analysis.reference.periods import Quarter
from analysis.reference.registry import registry
from analysis.registers.targets import Target, Targets, load_targets

ENTRY = """\
- indicator: A04
  value: 85
  from: 2025-26-Q1
  source: Children's services improvement plan 2025
  date: 2025-03-20
"""
OWN = ENTRY.replace("  value: 85", '  authority: "825"\n  value: 88.5')


def loaded(tmp_path: Path, text: str) -> Targets:
    path = tmp_path / "south-east" / "targets.yml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return load_targets(path, registry())


def value(found: Target | None) -> float | None:
    return None if found is None else found.value


def test_a_target_holds_from_its_quarter_on_for_its_indicator(tmp_path: Path) -> None:
    targets = loaded(tmp_path, ENTRY)
    assert value(targets.at("A04", "825", Quarter(2025, 1))) == 85
    assert value(targets.at("A04", "921", Quarter(2031, 4))) == 85
    assert targets.at("A04", "825", Quarter(2024, 4)) is None
    assert targets.at("A02", "825", Quarter(2025, 1)) is None


def test_an_authoritys_own_target_stands_before_the_regions(tmp_path: Path) -> None:
    later = ENTRY.replace("85", "90").replace("2025-26-Q1", "2025-26-Q3")
    targets = loaded(tmp_path, later + OWN + ENTRY)
    assert value(targets.at("A04", "825", Quarter(2025, 3))) == 88.5
    assert value(targets.at("A04", "921", Quarter(2025, 2))) == 85
    assert value(targets.at("A04", "921", Quarter(2025, 3))) == 90


def test_a_build_as_known_earlier_has_no_later_targets(tmp_path: Path) -> None:
    targets = loaded(tmp_path, ENTRY)
    assert targets.known_on(date(2025, 3, 19)) == Targets()
    assert targets.known_on(date(2025, 3, 20)) == targets


def test_what_was_known_on_a_day_holds_the_targets_of_that_day(tmp_path: Path) -> None:
    later = OWN.replace("2025-03-20", "2025-07-01")
    now = loaded(tmp_path / "data" / "registers", ENTRY + later)
    for day, known in ((date(2025, 3, 19), ()), (date(2025, 6, 30), now.entries[:1]), (date(2025, 7, 1), now.entries)):
        into = Workspace(tmp_path / day.isoformat())
        as_known(Workspace(tmp_path), day, into)
        assert load_targets(into.registers / "south-east" / "targets.yml", registry()).entries == known


def test_the_example_of_the_how_to_can_be_copied(tmp_path: Path) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "charts-of-chance.md"
    [example] = re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = loaded(tmp_path, example)
    assert value(targets.at("A04", "825", Quarter(2025, 2))) == 85
    assert value(targets.at("A04", "867", Quarter(2025, 2))) == 90


@pytest.mark.parametrize("text", ["", "# none yet\n", "[]\n"])
def test_a_region_may_have_set_none(tmp_path: Path, text: str) -> None:
    assert loaded(tmp_path, text) == Targets()
    assert load_targets(tmp_path / "nowhere.yml", registry()) == Targets()


@pytest.mark.parametrize(
    ("wrong", "line", "said"),
    [
        (ENTRY.replace("A04", "A44"), 1, "no indicator has this id"),
        (ENTRY.replace("A04", "A01"), 1, "neither high nor low is counted as better"),
        (ENTRY.replace("85", "850"), 2, "a percentage is 100 at most"),
        (ENTRY.replace("85", "-1"), 2, "0 or more is wanted"),
        (ENTRY.replace("85", ".inf"), 2, "finite"),
        (ENTRY.replace("85", "true"), 2, "a number is wanted"),
        (ENTRY.replace("85", '"85"'), 2, "a number is wanted"),
        (ENTRY.replace("2025-26-Q1", "2025-27-Q1"), 3, "not a quarter"),
        (ENTRY.replace("2025-26-Q1", "spring"), 3, "not a quarter"),
        (ENTRY.replace("Children's services improvement plan 2025", "agreed with Sarah Jones"), 4, "a person"),
        (ENTRY.replace("2025-03-20", "soon"), 5, "a day is wanted"),
        (ENTRY + "  until: 2026-27-Q1\n", 6, "this key is not known"),
        (OWN.replace("825", "999"), 2, "no authority has this code"),
        (ENTRY + "\n" + ENTRY, 7, "stands on line 1"),
    ],
)
def test_a_bad_file_is_refused_by_name_and_line(tmp_path: Path, wrong: str, line: int, said: str) -> None:
    with pytest.raises(BadReferenceError) as refused:
        loaded(tmp_path, wrong)
    assert said in str(refused.value)
    assert f"south-east/targets.yml, line {line}" in f"{refused.value.where}"


def test_the_example_in_the_documents_is_a_register(tmp_path: Path) -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "methods" / "xmr.md"
    found = re.search(r"```yaml\n(.+?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    assert value(loaded(tmp_path, found[1]).at("A04", "825", Quarter(2025, 1))) == 85


def test_a_source_is_plain_words(tmp_path: Path) -> None:
    targets = loaded(tmp_path, ENTRY.replace("improvement plan", "<b>improvement</b> plan"))
    assert targets.entries[0].source == "Children's services improvement plan 2025"
