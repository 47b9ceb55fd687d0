"""The last day of a period, and the time that stands for now in what is made of it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time

from analysis.errors import UsageError
from analysis.reference.periods import Quarter


def last_day_of(period: str) -> date:
    """The last day of a quarter or a year."""
    return Quarter.parse(period if "-Q" in period else f"{period}-Q4").last_day


def epoch_of(period: str) -> int:
    """The seconds since 1970 that stand for now: `SOURCE_DATE_EPOCH`, or the period's last day; never the clock.

    Raises
    ------
    UsageError
        If `SOURCE_DATE_EPOCH` is not a whole number.
    """
    given = given_epoch()
    return int(datetime.combine(last_day_of(period), time(), UTC).timestamp()) if given is None else given


def given_epoch() -> int | None:
    """The seconds in `SOURCE_DATE_EPOCH`; None where it is not set.

    Raises
    ------
    UsageError
        If it is not a whole number.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not given:
        return None
    if not given.isdecimal():
        raise UsageError("SOURCE_DATE_EPOCH is not a number of seconds", remedy="unset it, or set it to whole seconds")
    return int(given)
