"""Intervals and readings as the stages' tables hold them, in the words of a page.

They come of draws, and of estimates over many quarters: what holds those right is in the tests of `uncertainty` and
`signals`, and in `test_intervals_again.py`. Here each page must say what the tables say, and nothing else.
"""

from collections import Counter
from copy import copy
from dataclasses import dataclass
from math import isinf, isnan
from pathlib import Path

import pandas as pd
from annex_a import Line

QUESTIONS = ("new", "sustained", "drift")
SILENT = {
    "queried": "being asked about",
    "quiet": "within its pattern",
    "too_few": "cannot say",
    "too_short": "too few quarters",
    "no_figure": "no figure",
    "few_authorities": "too few authorities",
}
PROMPTED = {
    ("new", "higher"): "higher this quarter",
    ("new", "lower"): "lower this quarter",
    ("sustained", "higher"): "higher over four quarters",
    ("sustained", "lower"): "lower over four quarters",
    ("drift", "higher"): "moving upwards",
    ("drift", "lower"): "moving downwards",
}


@dataclass(frozen=True)
class Interval:
    low: int
    high: int
    alone: bool
    """Of chance alone."""

    def __str__(self) -> str:
        return f"90% interval {self.low} to {self.high}{', of chance alone' if self.alone else ''}"


class Stages:
    """One authority's rows of the comparisons and, of returns, of the signals."""

    def __init__(self, comparisons: pd.DataFrame, signals: pd.DataFrame | None, code: str) -> None:
        mine = comparisons[comparisons["authority"] == code]
        self._intervals = {
            (series.partition("-")[0], group): None
            if pd.isna(low)
            else Interval(int(low), int(high), kind == "sampling")
            for series, group, low, high, kind in zip(
                *(mine[name] for name in ("series", "group", "rank_low", "rank_high", "interval")), strict=True
            )
        }
        rows = [] if signals is None else signals[signals["authority"] == code].to_dict("records")
        self.readings = {(row["series"].partition("-")[0], row["test"]): row for row in rows}

    @classmethod
    def of_a_quarter(cls, root: Path, code: str, period: str = "2025-26-Q2") -> "Stages":
        """As they stand in a workspace."""
        place = ("made-up", "south-east", f"{period}.parquet")
        comparisons, signals = (
            pd.read_parquet(root.joinpath("data", "processed", stage, *place)) for stage in ("comparisons", "signals")
        )
        return cls(comparisons, signals, code)

    def of_positions_alone(self) -> "Stages":
        """Without any reading."""
        alone = copy(self)
        alone.readings = {}
        return alone

    def interval(self, line: Line, group: str) -> Interval | None:
        return self._intervals.get((line.id, group))

    def reading(self, line: Line, question: str) -> tuple[str, ...]:
        """The lines of a cell: the reading, and the change that was found or would have been."""
        row = self.readings[line.id, question]
        reading, drift = row["reading"], question == "drift"
        if reading in ("higher", "lower"):
            words = {"higher": "moving upwards", "lower": "moving downwards"}[reading] if drift else reading
            return words, f"{percent(row['change'], drift)}{' of itself a quarter' if drift else ''}"
        found = SILENT[reading]
        if reading not in ("quiet", "too_few"):
            return (found,)
        if isnan(row["smallest"]):
            return (found,)
        if isinf(row["smallest"]):
            return found, "nothing would show"
        if row["smallest"] > 1:
            return found, "a doubling would not"
        return found, f"{100 * row['smallest']:.0f}%{' in all' if drift else ''} would show"

    def prompts(self, line: Line) -> tuple[str, ...]:
        """The lines of the rug's cell: each prompt; else whether nothing was found, or nothing can be said."""
        found = {question: self.readings[line.id, question]["reading"] for question in QUESTIONS}
        told = tuple(PROMPTED[one] for one in found.items() if one in PROMPTED)
        if told or "queried" in found.values():
            return told or ("being asked about",)
        return ("none",) if "quiet" in found.values() else ("cannot say",)

    def told(self) -> set[tuple[str, str, bool]]:
        """Every prompt, and everything that may be told with one: indicator, change, and whether it is a prompt."""
        return {
            (line, beside(question, row["change"]), prompt)
            for (line, question), row in self.readings.items()
            for prompt in (True, False)
            if not isnan(row["change"]) and prompt == (row["reading"] in ("higher", "lower"))
        }

    def counted(self) -> dict[str, int]:
        """How many readings came to what."""
        counts = Counter(row["reading"] for row in self.readings.values())
        return {
            "readings": len(self.readings),
            "prompt": counts["higher"] + counts["lower"],
            "held back": counts["queried"],
            "pattern": counts["quiet"],
            "too few": counts["too_few"],
            "not tested": counts["too_short"] + counts["no_figure"] + counts["few_authorities"],
        }


def beside(question: str, change: float) -> str:
    if question == "drift":
        return f"{percent(change, True)} of itself a quarter beside the region"
    return f"{abs(100 * change):.0f}% {'above' if change > 0 else 'below'} what was expected"


def percent(change: float, drift: bool) -> str:
    return f"{100 * change:+.1f}%" if drift else f"{100 * change:+.0f}%"
