"""The dates of collections as an iCalendar file (RFC 5545), which Outlook and every other calendar opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from analysis.reference.periods import Quarter
from analysis.reference.regions import Region
from analysis.registers.calendar import NAMES, CalendarDates

WORDS = {
    "open": "templates go out",
    "due": "returns are due",
    "chase": "ask who has not sent",
    "dbg_meeting": "DBG meeting",
    "dfe_meeting": "meeting with the DfE",
}
_LONGEST = 75
"""Octets of a line, without its end (RFC 5545, 3.1)."""


def calendar_text(region: Region, quarters: Mapping[Quarter, CalendarDates]) -> str:
    """The dates as the text of an `.ics` file.

    Parameters
    ----------
    region
        Whose dates they are.
    quarters
        The quarters and their dates.

    Returns
    -------
    str
        Lines end with CR LF and are folded at 75 octets. Each day is an event of the whole day that leaves people free.
        The same dates give the same text: an event's stamp is the quarter's last day, and its UID the region's, the
        quarter's and the date's name, so that a calendar that opens the file again moves the event.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tartan-rug//collection//EN", "CALSCALE:GREGORIAN"]
    for quarter, dates in sorted(quarters.items()):
        for name in NAMES:
            lines += _event(region, quarter, name, getattr(dates, name))
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(region: Region, quarter: Quarter, name: str, day: date) -> list[str]:
    summary = f"{region.name} {quarter.year} Q{quarter.number}: {WORDS[name]}"
    return [
        "BEGIN:VEVENT",
        f"UID:{quarter}-{name.replace('_', '-')}@{region.id}.tartan-rug",
        f"DTSTAMP:{quarter.last_day:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(summary)}",
        f"DESCRIPTION:{escaped(f'Figures of {quarter.words}.')}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """A text as a value of type TEXT (RFC 5545, 3.3.11)."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, never cut inside a character; each further part begins with a space."""
    part, size = "", 0
    for mark in line:
        octets = len(mark.encode())
        if size + octets > _LONGEST:
            yield part
            part, size = " ", 1
        part, size = part + mark, size + octets
    yield part
