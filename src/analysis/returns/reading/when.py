"""Which quarter a text means, in the spellings that are common and as Excel leaves them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from analysis.errors import UsageError
from analysis.reference.periods import Quarter
from analysis.returns.door.personal import day
from analysis.returns.reading.spelling import spelt

_YEAR = re.compile(r"([0-9]{4}) ?[-/] ?([0-9]{2}|[0-9]{4})")
_QUARTER = re.compile(r"(?:q|qtr|quarter)? ?([1-4])", re.I)
_BOTH = re.compile(r"([0-9]{4} ?[-/] ?(?:[0-9]{4}|[0-9]{2}))[ ,/-]{1,3}((?:q|qtr|quarter) ?[1-4])", re.I)
_BOTH_REVERSED = re.compile(r"((?:q|qtr|quarter) ?[1-4])[ ,/-]{1,3}([0-9]{4} ?[-/] ?(?:[0-9]{4}|[0-9]{2}))", re.I)
_SERIAL = re.compile(r"[345][0-9]{4}")
_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's serial numbers, as they count from 1 March 1900 on."""
A_DAY = "a day in the quarter's column read as its quarter"
_FIRST_DAYS = {(7, 1): 2, (10, 1): 3}
"""1 April and 1 January are left out: Excel makes `4/2025` (the fourth quarter of 2025-26) and `1/2026` into them."""


def quarter_of(period: str, year: str, quarter: str) -> tuple[str, str]:
    """The quarter that the cells of a row mean.

    Parameters
    ----------
    period
        `2025-26 Q2`, where the layout has one column for both.
    year, quarter
        `2025-26` (also `2025/26`, `2025-2026`) and `Q2` (also `2`, `Qtr 2`, `Quarter 2`). A day stands for the quarter
        that it begins (1 July, 1 October) or ends, as text or as Excel's serial number, if the year agrees.

    Returns
    -------
    quarter, how
        `2025-26-Q2`, empty where it is not certain; and what was chosen, in words for the receipt, mostly nothing.
    """
    period, year, quarter = spelt(period), spelt(year), spelt(quarter)
    if period and not year and not quarter:
        if whole := _from_both(period):
            return whole, ""
        found = _from_day(period)
        return found, A_DAY if found else ""
    start = _start_year(year)
    if start is None:
        return "", ""
    if number := _QUARTER.fullmatch(quarter):
        return str(Quarter(start, int(number[1]))), ""
    if (whole := _from_both(quarter)) and whole.startswith(f"{start}-"):
        return whole, ""
    found = _from_day(quarter)
    return (found, A_DAY) if found.startswith(f"{start}-") else ("", "")


def _from_both(text: str) -> str:
    if parts := _BOTH.fullmatch(text):
        year, quarter = parts[1], parts[2]
    elif parts := _BOTH_REVERSED.fullmatch(text):
        quarter, year = parts[1], parts[2]
    else:
        return ""
    start = _start_year(year)
    return "" if start is None else str(Quarter(start, int(quarter[-1])))


def _start_year(text: str) -> int | None:
    years = _YEAR.fullmatch(text)
    # 2025-26 and 2025/2026 are the same year; 2025-2126 is none.
    if years is None or (len(years[2]) == 4 and int(years[2]) != int(years[1]) + 1):
        return None
    try:
        return Quarter.parse(f"{years[1]}-{years[2][-2:]}-Q1").start_year
    except UsageError:
        return None


def _from_day(text: str) -> str:
    """The quarter that a day begins or ends; empty for any other day, which may be when the file was made."""
    if _SERIAL.fullmatch(text):
        found = _EPOCH + timedelta(days=int(text))
    elif iso := day(text, bare_digits=False):
        found = date.fromisoformat(iso)
    else:
        return ""
    quarter = Quarter(found.year - (found.month < 4), (found.month - 4) % 12 // 3 + 1)
    return str(quarter) if (found.month, found.day) in _FIRST_DAYS or found == quarter.last_day else ""
