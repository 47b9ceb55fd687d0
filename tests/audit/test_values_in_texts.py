"""Concealed figures are found in whatever text they stand, one by one too; other figures in the same forms are not."""

from __future__ import annotations

import numpy as np
import pytest
from figure_forms import forms
from hypothesis import given
from hypothesis import strategies as st
from planted import page

from analysis.audit.deny import Deny, Kind
from analysis.audit.report import Verdict, in_words
from analysis.audit.running import numbers_in
from analysis.audit.scan import scan

HELD = (187.4, 203.9, 226.1, 241.7, 262.3, 279.8, 301.2, 318.6, 344.9, 362.5, 391.3, 420.8, 447.2, 489.6, 538.1, 611.7,
        702.4, 866.3)  # fmt: skip
VALUES = {"A04": HELD}
WRITTEN = list(forms(HELD[2:14]))


@pytest.mark.parametrize(("name", "content"), [pytest.param(name, file, id=form) for form, name, file in WRITTEN])
def test_figures_are_found_in_whatever_they_are_written(name: str, content: bytes, deny: Deny) -> None:
    report = scan(content, deny, VALUES, name=name)
    assert {finding.kind for finding in report.findings} == {Kind.VALUES}
    assert not any(str(value) in repr(report) for value in HELD)


@pytest.mark.parametrize("seed", range(3))
def test_others_written_so_are_rarely_taken_for_them(seed: int, deny: Deny) -> None:
    """At most one file in a hundred, of figures that are as far apart as those that are concealed."""
    others = np.round(np.random.default_rng(seed).lognormal(5.9, 0.4, 12), 1).tolist()
    failed = [
        form for form, name, content in forms(others) if scan(content, deny, VALUES, name=name).verdict is Verdict.FAIL
    ]
    assert not failed


def test_figures_of_one_page_of_many_are_found_among_the_others_numbers(deny: Deny) -> None:
    """Two thousand numbers with one decimal, and a paragraph with the figures in the middle of them."""
    draw = np.random.default_rng(7)
    before, after = (" ".join(map(str, np.round(draw.lognormal(5.9, 0.6, 1000), 1))) for _ in range(2))
    content = page(f"<p>{before}</p><p>{' and '.join(map(str, HELD))}</p><p>{after}</p>")
    assert scan(content, deny, VALUES, name="a.html").verdict is Verdict.FAIL
    assert scan(page(f"<p>{before}</p><p>{after}</p>"), deny, VALUES, name="a.html").verdict is Verdict.PASS


def test_where_there_is_no_number_nothing_is_said_to_have_been_compared(deny: Deny) -> None:
    report = scan(page("<p>Nothing to see.</p>"), deny, VALUES, name="a.html")
    assert "Not tried: no row of three numbers" in in_words(report)
    assert "than accident would" not in in_words(report)


@given(st.lists(st.decimals(0, 99_999, places=1, allow_nan=False), min_size=1))
def test_a_number_is_read_in_every_dress(values: list) -> None:  # type: ignore[type-arg]
    wanted = [float(value) for value in values]
    for written in (
        [f"{value}" for value in values],
        [f"{value:,}" for value in values],
        [f"{value} per head" for value in values],
        [f"({value} to" for value in values],
        [f"£{value}%" for value in values],
        [f"{value}".replace(".", ",") for value in values],
        [f"{value}".replace(".", "·") for value in values],
        [f"{float(value):.8e}" for value in values],
    ):
        assert numbers_in("; ".join(written))[0] == pytest.approx(wanted)


def test_a_comma_is_read_as_part_of_a_number_and_as_between_two() -> None:
    assert numbers_in("[3,241.7],[1,234]") == ([3241.7, 1234], [3, 241.7, 1, 234])
    assert numbers_in("12,5 and 1.234,5") == ([12.5, 1234.5], [12, 5, 1.234, 5])


def test_what_is_part_of_a_name_or_a_date_is_no_number() -> None:
    assert numbers_in("Q2 H1 v187.4 21.11.2025 1.2.3 sha1") == ([], [])
