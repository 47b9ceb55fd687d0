"""When a command is given: now, or the day that the command names."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from analysis.errors import UsageError

NOON = time(12)


def now() -> datetime:
    """The clock: UTC, whole seconds. Whatever a step of a release rests on is asked of its day (`cli/judged.py`)."""
    return datetime.now(UTC).replace(microsecond=0)


def moment(on: datetime | None) -> datetime:
    """When a step is taken: now, in UTC and whole seconds; or noon of a day.

    Parameters
    ----------
    on
        The day of `--on`; None for today.

    Raises
    ------
    UsageError
        As `day`.
    """
    return now() if on is None else datetime.combine(day(on), NOON, UTC)


def seen_from(on: datetime | None) -> datetime:
    """The time from which something is looked at, which may be still to come: now, or noon of a day."""
    return now() if on is None else datetime.combine(on, NOON, UTC)


def arrived(on: datetime | None) -> datetime:
    """When a return came: now, or the beginning of a day (UTC), so that any time of that day is later.

    Raises
    ------
    UsageError
        As `day`.
    """
    return datetime.now(UTC) if on is None else datetime.combine(day(on), datetime.min.time(), UTC)


def day(on: datetime | None) -> date:
    """The day that an entry carries: that of `--on`, or today (UTC).

    Raises
    ------
    UsageError
        If it is still to come: what was known on a day would leave out what is known already, and nobody approves,
        permits or answers on a day that has not come.
    """
    today = now()
    if on is None:
        return today.date()
    # By the clock on the wall: at midnight in summer it is a day ahead of UTC.
    if on.date() > today.astimezone().date():
        raise UsageError(f"{on.date()} is still to come", where="--on", remedy="give the day on which it was, or none")
    return on.date()
