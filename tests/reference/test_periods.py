"""Financial quarters: April to June is the first, and no quarter is lost on the way."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import UsageError
from analysis.reference.periods import Quarter, financial_year

QUARTERS = st.builds(Quarter, st.integers(1990, 2098), st.integers(1, 4))


@pytest.mark.parametrize(
    ("text", "last_day", "words"),
    [
        ("2025-26-Q1", date(2025, 6, 30), "April to June 2025"),
        ("2025-26-Q2", date(2025, 9, 30), "July to September 2025"),
        ("2025-26-Q3", date(2025, 12, 31), "October to December 2025"),
        ("2025-26-Q4", date(2026, 3, 31), "January to March 2026"),
        ("1999-00-Q4", date(2000, 3, 31), "January to March 2000"),
    ],
)
def test_a_quarter_closes_on_its_last_day(text: str, last_day: date, words: str) -> None:
    quarter = Quarter.parse(text)
    assert (str(quarter), quarter.last_day, quarter.words) == (text, last_day, words)


@given(QUARTERS)
def test_writing_and_reading_a_quarter_gives_it_back(quarter: Quarter) -> None:
    assert Quarter.parse(str(quarter)) == quarter
    assert str(quarter).startswith(financial_year(quarter.year_ending))


@given(QUARTERS)
def test_the_next_quarter_begins_the_day_after(quarter: Quarter) -> None:
    after = quarter.last_day + timedelta(days=1)
    assert (quarter.shift(1).last_day - after).days in (89, 90, 91)
    assert quarter.shift(1).shift(-1) == quarter


@given(QUARTERS, st.integers(1, 20))
def test_the_quarters_back_end_with_this_one_and_follow_each_other(quarter: Quarter, count: int) -> None:
    found = quarter.back(count)
    assert len(found) == count
    assert found[-1] == quarter
    assert all(earlier.shift(1) == later for earlier, later in pairwise(found))


@pytest.mark.parametrize("text", ["2025-26", "2025-27-Q1", "2025-26-Q5", "25-26-Q1", "2025/26 Q1", ""])
def test_what_is_no_quarter_is_refused_with_the_form(text: str) -> None:
    with pytest.raises(UsageError, match="is not a quarter") as caught:
        Quarter.parse(text)
    assert "2025-26-Q2" in caught.value.remedy
