"""Working days: Monday to Friday, without England's bank holidays. The regions' dates are counted in them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_SATURDAY = 5


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """England's bank holidays of a calendar year, those that were declared for one year only among them.

    Notes
    -----
    The package `holidays` has them for past years as they were kept, and for years to come by the rules that hold now.
    """
    # Imported where it is needed: it knows every country, and takes a third of a second to load.
    from holidays import country_holidays

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether offices are open in England."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year)


def working_days_after(day: date, count: int) -> date:
    """The working day that is so many working days after a day, which need not be one itself.

    Parameters
    ----------
    day
        For a quarter its last day.
    count
        At least 1: the first working day after `day` is 1.

    Raises
    ------
    ValueError
        If `count` is below 1.
    """
    if count < 1:
        raise ValueError("the first working day after a day is 1")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
