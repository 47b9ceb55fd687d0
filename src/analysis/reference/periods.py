"""Financial quarters and years as keys: `2025-26-Q2` (April to June is Q1) and `2024-25`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from analysis.errors import UsageError

_QUARTER = re.compile(r"(\d{4})-(\d{2})-Q([1-4])")
_MONTHS = {1: ("April", "June"), 2: ("July", "September"), 3: ("October", "December"), 4: ("January", "March")}
_LAST_DAY = {1: (6, 30), 2: (9, 30), 3: (12, 31), 4: (3, 31)}


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter of a financial year.

    Parameters
    ----------
    start_year
        Calendar year in which the financial year begins (2025 for 2025-26).
    number
        1 to 4; 1 is April to June.
    """

    start_year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """The quarter written as `2025-26-Q2`.

        Raises
        ------
        UsageError
            If the text has another form or its two years do not follow each other.
        """
        found = _QUARTER.fullmatch(text.strip())
        if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
            raise UsageError(
                f"{text!r} is not a quarter", remedy="write the financial year and the quarter as in 2025-26-Q2"
            )
        return cls(int(found[1]), int(found[3]))

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def year(self) -> str:
        """The financial year as `2025-26`."""
        return financial_year(self.start_year + 1)

    @property
    def year_ending(self) -> int:
        """The calendar year of the March that ends this financial year, DfE's label for a year."""
        return self.start_year + 1

    @property
    def last_day(self) -> date:
        """The day on which the quarter closes."""
        month, day = _LAST_DAY[self.number]
        return date(self.start_year + (self.number == 4), month, day)

    @property
    def words(self) -> str:
        """The quarter for a reader: `July to September 2025`."""
        first, last = _MONTHS[self.number]
        return f"{first} to {last} {self.last_day.year}"

    @property
    def short(self) -> str:
        """The quarter in few words: `Q2 2025-26`."""
        return f"Q{self.number} {self.year}"

    def shift(self, quarters: int) -> Quarter:
        """The quarter so many quarters later (earlier when negative)."""
        index = self.start_year * 4 + self.number - 1 + quarters
        return Quarter(index // 4, index % 4 + 1)

    def back(self, count: int) -> list[Quarter]:
        """The `count` quarters that end with this one, oldest first."""
        return [self.shift(-offset) for offset in reversed(range(count))]


def financial_year(year_ending: int) -> str:
    """`2024-25` for the year ending March 2025."""
    return f"{year_ending - 1}-{year_ending % 100:02d}"
