"""Entries cut out of a register: the others stay as people wrote them, letter for letter."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.registers.without_entries import without_entries

TEXT = """\
# The head of the file

- authority: "825"   # quoted
  reason: a long one
- authority: "886"
  reason: >
    folded
    text
  date: 2025-11-01

# about the next
- authority: "936"
  reason: last
# the end
"""


def of(code: str):
    return lambda entry: entry["authority"] == code


def test_the_entry_goes_and_every_other_line_stays() -> None:
    left, count = without_entries(TEXT, of("886"))
    gone = ['- authority: "886"', "  reason: >", "    folded", "    text", "  date: 2025-11-01"]
    assert count == 1
    assert left.splitlines() == [line for line in TEXT.splitlines() if line not in gone]


def test_what_is_not_there_changes_nothing() -> None:
    assert without_entries(TEXT, of("201")) == (TEXT, 0)
    assert without_entries("quarters: {}\n", of("201")) == ("quarters: {}\n", 0)
    assert without_entries("", of("201")) == ("", 0)


def test_entries_that_share_a_line_are_cut_too() -> None:
    left, count = without_entries('[{authority: "825"}, {authority: "886"}]\n', of("886"))
    assert (yaml.safe_load(left), count) == ([{"authority": "825"}], 1)


@pytest.mark.parametrize("style", [None, True, False])
@given(codes=st.lists(st.sampled_from(["825", "886", "936"]), max_size=6))
def test_whatever_the_style_the_right_entries_are_left(style: bool | None, codes: list[str]) -> None:
    entries = [{"authority": code, "note": f"entry {number}\nof two lines"} for number, code in enumerate(codes)]
    left, count = without_entries(yaml.safe_dump(entries, default_flow_style=style), of("886"))
    assert (yaml.safe_load(left) or []) == [entry for entry in entries if entry["authority"] != "886"]
    assert count == codes.count("886")
