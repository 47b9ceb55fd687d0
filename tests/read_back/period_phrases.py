"""Periods as they stand on a page, read back to one form: `2025-26-Q2` for a quarter, `2024-25` for a year."""

import re

_MONTHS = {"April to June": 1, "July to September": 2, "October to December": 3, "January to March": 4}

PERIOD = (
    r"(?:(?:" + "|".join(_MONTHS) + r") \d{4}"  # July to September 2025
    r"|\d{4}-\d\d-Q[1-4]"  # 2025-26-Q2
    r"|Q[1-4] \d{4}-\d\d"  # Q2 2025-26
    r"|[Yy]ear ending 31 March \d{4}"
    r"|\d{4}-\d\d)"  # 2024-25
    r"(?![\d-])"
)
"""Any of the ways in which a page writes a period."""


def period(words: str) -> str:
    """The period that some words name."""
    if words[:-5] in _MONTHS:
        number, year = _MONTHS[words[:-5]], int(words[-4:])
        return quarter_name((year - (number == 4)) * 4 + number - 1)
    if words.lower().startswith("year ending"):
        return year_name(int(words[-4:]))
    turned = re.fullmatch(r"(Q[1-4]) (\d{4}-\d\d)", words)
    return f"{turned[2]}-{turned[1]}" if turned else words


def quarter_of(name: str) -> int:
    """The number of a quarter from `2025-26-Q2`."""
    return int(name[:4]) * 4 + int(name[-1]) - 1


def quarter_name(quarter: int) -> str:
    """`2025-26-Q2` from the number of a quarter."""
    return f"{year_name(quarter // 4 + 1)}-Q{quarter % 4 + 1}"


def year_name(year: int) -> str:
    """`2024-25` for the year ending March 2025."""
    return f"{year - 1}-{year % 100:02d}"
