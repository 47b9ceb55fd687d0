"""Working days against the bank holidays of England and Wales as GOV.UK listed them, and numpy's own counting."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reference.working_days import bank_holidays, is_working_day, working_days_after

LISTED = {
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}
HOLIDAYS = [f"{year}-{day}" for year, days in LISTED.items() for day in days.split()]


@pytest.mark.parametrize("year", LISTED)
def test_bank_holidays_are_those_that_were_listed(year: int) -> None:
    on_weekdays = {day for day in bank_holidays(year) if day.weekday() < 5}
    assert on_weekdays == {date.fromisoformat(f"{year}-{day}") for day in LISTED[year].split()}


@given(st.dates(date(2022, 1, 1), date(2027, 8, 1)), st.integers(1, 60))
def test_counting_is_numpys(day: date, count: int) -> None:
    expected = np.busday_offset(np.datetime64(day, "D"), count - 1, roll="forward", holidays=HOLIDAYS)
    if np.is_busday(np.datetime64(day, "D"), holidays=HOLIDAYS):
        expected = np.busday_offset(np.datetime64(day, "D"), count, holidays=HOLIDAYS)
    assert working_days_after(day, count) == expected.astype(object)


def test_the_platinum_jubilee_was_no_working_day() -> None:
    assert not is_working_day(date(2022, 6, 3))
    assert is_working_day(date(2022, 5, 30))  # the usual day of the spring bank holiday, which was moved that year


def test_a_day_is_not_after_itself() -> None:
    with pytest.raises(ValueError, match="1"):
        working_days_after(date(2025, 9, 30), 0)
