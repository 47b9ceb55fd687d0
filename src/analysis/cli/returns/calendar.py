"""`tartanrug returns calendar`: the dates of a quarter's collection, on the screen and as a calendar file."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from analysis import store
from analysis.config import shown, workspace
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.registers.calendar import NAMES, calendar_of, read_calendar
from analysis.registers.calendar_file import WORDS, calendar_text
from analysis.returns.chasing import day_words


def show_calendar(region: str, period: str, console: Console, *, quarters: int = 1, ics: Path | None = None) -> None:
    """Say what is when.

    Parameters
    ----------
    quarters
        How many quarters, the first of them `period`.
    ics
        Where the dates are written as an iCalendar file too.

    Raises
    ------
    UserError
        If there is no such region or quarter, a date is not set, or the dates are out of order.
    """
    home, first = find_region(region), Quarter.parse(period)
    agreed = read_calendar(workspace().registers / home.id, home)
    found = {quarter: calendar_of(home, quarter, agreed) for quarter in map(first.shift, range(quarters))}
    for quarter, dates in found.items():
        table = Table(title=f"{home.name}: figures of {quarter.words} ({quarter})", title_justify="left")
        for heading in ("what", "day", "set by"):
            table.add_column(heading)
        for name in NAMES:
            own = quarter in agreed and getattr(agreed[quarter], name) is not None
            table.add_row(WORDS[name], day_words(getattr(dates, name)), "agreed" if own else "the region's rule")
        console.print(table)
    if ics is not None:
        store.write_bytes(ics, calendar_text(home, found).encode())
        console.print(f"Written: {shown(ics.absolute())}")
