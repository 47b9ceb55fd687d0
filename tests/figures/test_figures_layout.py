"""Labels that don't cover each other, axes from zero, periods in words."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.figures.fonts import line_count, shortened, width_of, wrapped
from analysis.figures.labels import spread
from analysis.figures.scale import ticks_from_zero
from analysis.figures.timeline import period_words, same_season, short_period, tick_labels, year_before

labels = st.lists(
    st.tuples(st.floats(0, 10, allow_nan=False), st.floats(0.1, 0.5, allow_nan=False)), min_size=1, max_size=8
)


@given(labels)
def test_labels_keep_their_order_stay_apart_and_stay_inside(wanted: list[tuple[float, float]]) -> None:
    middles, heights = [one for one, _ in wanted], [height for _, height in wanted]
    places = spread(middles, heights, 0.0, 10.0)
    order = sorted(range(len(wanted)), key=lambda index: middles[index])
    for below, above in itertools.pairwise(order):
        assert places[above] - places[below] >= (heights[below] + heights[above]) / 2 - 1e-9
    assert min(place - height / 2 for place, height in zip(places, heights, strict=True)) >= -1e-9
    assert max(place + height / 2 for place, height in zip(places, heights, strict=True)) <= 10 + 1e-9


def test_labels_that_have_room_stay_where_they_are() -> None:
    assert spread([1.0, 5.0, 3.0], [0.2, 0.2, 0.2], 0, 6) == [1.0, 5.0, 3.0]


def test_labels_without_room_run_over_the_top_rather_than_over_each_other() -> None:
    assert spread([0.5, 0.5, 0.5], [1.0, 1.0, 1.0], 0, 1) == [0.5, 1.5, 2.5]


@given(st.lists(st.floats(0, 1e6, allow_nan=False), max_size=12), st.booleans())
def test_an_axis_starts_at_zero_and_holds_every_value(values: list[float], percentage: bool) -> None:
    ticks = ticks_from_zero(values, percentage=percentage)
    assert ticks[0] == 0
    assert ticks == sorted(set(ticks))
    assert ticks[-1] >= max(values, default=0.0)
    assert len(ticks) <= 8


def test_a_percentage_axis_ends_at_100() -> None:
    assert ticks_from_zero([99.9], percentage=True)[-1] == 100


QUARTERS = ["2023-24-Q4", "2024-25-Q1", "2024-25-Q2", "2024-25-Q3", "2024-25-Q4", "2025-26-Q1", "2025-26-Q2"]


def test_quarters_are_labelled_with_each_year_once() -> None:
    assert tick_labels(QUARTERS) == ["Q4\n2023-24", "Q1\n2024-25", "Q2", "Q3", "Q4", "Q1\n2025-26", "Q2"]


def test_many_years_are_labelled_every_other_one_with_the_latest() -> None:
    years = [f"20{year}-{year + 1}" for year in range(14, 25)]
    shown = tick_labels(years)
    assert shown[-1] == "2024-25"
    assert shown.count("") == 5
    assert tick_labels(years[-7:]) == years[-7:]


def test_same_season_and_a_year_before() -> None:
    assert [QUARTERS[index] for index in same_season(QUARTERS)] == ["2024-25-Q2", "2025-26-Q2"]
    assert year_before(QUARTERS) == 2
    assert year_before(QUARTERS[-3:]) is None
    assert same_season(["2022-23", "2023-24", "2024-25"]) == [0, 2]
    assert year_before(["2023-24", "2024-25"]) == 0
    assert year_before(["2024-25"]) is None


def test_periods_in_words() -> None:
    assert period_words("2024-25-Q4") == "January to March 2025"
    assert period_words("2024-25") == "2024-25"
    assert short_period("2024-25-Q4") == "Q4 2024-25"


@given(st.text(alphabet="abcdefghij ", min_size=1, max_size=80).filter(str.strip), st.floats(0.5, 4))
def test_wrapping_loses_no_word_and_keeps_to_the_width(words: str, inches: float) -> None:
    broken = wrapped(words, "Regular", 8, inches)
    assert broken.split() == words.split()
    for line in broken.split("\n"):
        assert width_of(line, "Regular", 8) <= inches or " " not in line


@pytest.mark.parametrize(
    ("lines", "expected"), [(1, "one,…".replace(",", "")), (2, "one,\ntwo…"), (3, "one,\ntwo\nthree")], ids=str
)
def test_shortening_says_that_something_is_missing(lines: int, expected: str) -> None:
    found = shortened("one,\ntwo\nthree", lines)
    assert found == expected
    assert line_count(found) == lines
