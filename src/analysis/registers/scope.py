"""What a permission is about, and what a document shows: indicators, quarters, and the document itself."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from analysis.reference.model import Record
from analysis.registers.wording import QuarterText, Words

_ALL = "*"
"""Stands for everything of a kind. No id is called so."""


class Scope(Record):
    """Without indicators, quarters or a document: all of them."""

    indicators: tuple[str, ...] = ()
    periods: tuple[QuarterText, ...] = ()
    document: Words = ""
    """What the document is called that alone is meant: a release id, or the title of a report."""

    @property
    def words(self) -> str:
        """For people: `A01, A06; 2025-26-Q2`."""
        parts = (
            ", ".join(self.indicators) or "all indicators",
            ", ".join(self.periods) or "all quarters",
            f"the document {self.document}" if self.document else "",
        )
        return "; ".join(part for part in parts if part)

    def within(self, permitted: Iterable[Scope]) -> bool:
        """Whether several permissions together cover it.

        Each indicator in each quarter must be covered by one of them; "all" is covered by "all" alone, so that a list
        of today's indicators never permits one that is added tomorrow.
        """
        fitting = [one for one in permitted if one.document in ("", self.document)]
        return all(
            any(_in(indicator, one.indicators) and _in(period, one.periods) for one in fitting)
            for indicator, period in product(self.indicators or (_ALL,), self.periods or (_ALL,))
        )


def _in(wanted: str, permitted: tuple[str, ...]) -> bool:
    return not permitted or wanted in permitted
