"""When a command is given: now, or the day that the command names."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(on: datetime | None) -> datetime:
    """Now, in UTC and whole seconds; or noon of a day.

    Parameters
    ----------
    on
        The day of `--on`; None for today.
    """
    if on is not None:
        return on.replace(hour=12, tzinfo=UTC)
    return datetime.now(UTC).replace(microsecond=0)
