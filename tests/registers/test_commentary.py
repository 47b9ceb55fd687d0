"""Commentary: what a check is bound to, and which files are refused."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from analysis.config import Workspace
from analysis.errors import BadReferenceError
from analysis.pipeline.as_known import as_known
from analysis.reference.registry import registry
from analysis.registers.commentary import Commentary, commentary_path, load_commentary

TEXT = "Referrals rose when the new front door opened in May."
SHA256 = hashlib.sha256(f"825\n2025-26-Q2\nA01\n{TEXT}".encode()).hexdigest()
ENTRY = f"""\
- authority: "825"
  indicator: A01
  text: {TEXT}
  written_by: Head of quality
  date: 2025-11-03
  check:
    name: J. Smith
    date: 2025-11-05
    sha256: {SHA256}
"""


def loaded(tmp_path: Path, text: str) -> Commentary:
    path = commentary_path(tmp_path / "south-east", "2025-26-Q2")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load_commentary(path, registry())


def test_the_hash_is_of_whose_text_it_is_of_what_and_for_which_quarter(tmp_path: Path) -> None:
    (entry,) = loaded(tmp_path, ENTRY).entries
    assert entry.sha256("2025-26-Q2") == SHA256
    assert entry.sha256("2025-26-Q3") != SHA256
    assert entry.model_copy(update={"indicator": ""}).sha256("2025-26-Q2") != SHA256
    assert entry.model_copy(update={"authority": "921"}).sha256("2025-26-Q2") != SHA256


def test_without_a_file_or_entries_nothing_is_said(tmp_path: Path) -> None:
    assert load_commentary(tmp_path / "none.yml", registry()) == Commentary()
    assert loaded(tmp_path, "# nothing yet\n") == Commentary()


def test_each_entry_knows_its_line(tmp_path: Path) -> None:
    assert loaded(tmp_path, "# a remark\n" + ENTRY + ENTRY.replace("A01", "A02")).lines == (2, 11)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("A01", "A99", "no indicator has this id"),
        ("name: J. Smith", "name: Smith", "first name or initial and surname"),
        ("date: 2025-11-05", "date: 2025-11-02", "before the text"),
        ('"825"', '"999"', "no authority has this code"),
        ("Head of quality", "Mary Jones", "name or identify a person"),
        ("Referrals rose", "Mary Jones said that referrals rose", "name or identify a person"),
        ("written_by", "writen_by", "not known"),
        (SHA256, "abc", "form"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused_by_name_and_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(BadReferenceError) as refused:
        loaded(tmp_path, ENTRY.replace(old, new))
    assert told in str(refused.value)
    assert re.search(r"2025-26-Q2\.yml, line \d", refused.value.where)


def test_two_texts_about_one_thing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadReferenceError, match="on line 1") as refused:
        loaded(tmp_path, ENTRY + ENTRY)
    assert refused.value.where.endswith("line 10")


def test_a_build_as_known_earlier_has_neither_later_texts_nor_later_checks(tmp_path: Path) -> None:
    place = Workspace(tmp_path / "now")
    loaded(place.registers, ENTRY)
    for day, entries, checked in ((2, 0, False), (4, 1, False), (5, 1, True)):
        then = Workspace(tmp_path / str(day))
        as_known(place, date(2025, 11, day), then)
        held = load_commentary(commentary_path(then.registers / "south-east", "2025-26-Q2"), registry())
        assert len(held.entries) == entries
        assert all((entry.check is not None) is checked for entry in held.entries)
        assert all(entry.text == TEXT for entry in held.entries)
