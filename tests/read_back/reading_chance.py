"""The own history with its limits, the own interval, and the questions of a report, against the recomputation."""

import re
from collections import Counter
from fractions import Fraction

from annex_a import Line
from chance import Limits
from ledger import Ledger
from page_reading import Words
from period_phrases import PERIOD, period
from quarter_pages import QuarterPages
from recompute import present, printed, rounded

NUM = r"-?\d+(?:,\d{3})*(?:\.\d+)?"


class ChanceReader:
    """Reads what a report for outside readers says of chance and asks of its readers."""

    def __init__(self, pages: QuarterPages, ledger: Ledger) -> None:
        self.pages = pages
        self.ledger = ledger

    def read(self, words: Words, line: Line | None) -> None:
        """Account for the numbers of a text."""
        if line is None:
            self._question(words)
            return
        self._interval(words, line)
        self._history(words, line)
        self._fourths(words, line)
        if "group's median" in words.text and words.text.startswith("Over the quarters of the band"):
            said = re.fullmatch(r"Over the quarters of the band the group's median (.*)\.", words.text)
            self._say(words, "way of the median", said and said[1], self.pages.course(line))

    def chart_words(self, words: Words, line: Line) -> None:
        """Caption and alternative text of a chart: its span, its limits, and the quarters that it marks."""
        quarters = list(self.pages.charted(line))
        for found in words.take(rf"({PERIOD}) to ({PERIOD}), with the limits of chance"):
            self._say(words, "quarters charted", (period(found[1]), period(found[2])), (quarters[0], quarters[-1]))
        for found in words.take(rf"The axis begins at ({NUM})"):
            lowest = min(present(self.pages.charted(line).values()))
            self._say(words, "axis begins below", 0 < Fraction(found[1].replace(",", "")) <= lowest, True)
        self._limits(words, line)
        for found in words.take(rf": ({NUM}) in ({PERIOD}),"):
            expected = self._printed(line, self.pages.charted(line)[period(found[2])])
            self._say(words, "latest of a chart", found[1], expected)
        for found in words.take(r"population mid-(\d{4})"):
            self._say(words, "population of a chart", found[1], str(self.pages.mid_year))
        marked: list[str] = []
        for found in words.take(rf"({PERIOD})(?: to ({PERIOD}))? \((?:above the upper|below the lower) limit\)"):
            first, last = period(found[1]), period(found[2] or found[1])
            marked += quarters[quarters.index(first) : quarters.index(last) + 1]
        if "Marked by the rules of such charts" in words.text or "No point is marked" in words.text:
            self._say(words, "points outside the limits", marked, self._outside(line))
        for found in words.take(rf"({PERIOD})"):
            self._say(words, "is charted", period(found[1]) in quarters, True)

    def _printed(self, line: Line, cell: Fraction | str) -> str:
        return printed(cell, self.pages.decimals(line))

    def _say(self, words: Words, what: str, shown: object, expected: object) -> None:
        self.ledger.claim(words, what, shown, expected)

    def _ends(self, line: Line, *levels: float) -> tuple[str, ...]:
        decimals = self.pages.decimals(line)
        return tuple(f"{rounded(Fraction(level), decimals):,}" for level in levels)

    def _interval(self, words: Words, line: Line) -> None:
        for found in words.take(rf"own count alone: ({NUM}) to ({NUM})\.$"):
            interval = self.pages.interval(line)
            self._say(words, "own interval", found.groups(), interval and self._ends(line, *interval))

    def _history(self, words: Words, line: Line) -> None:
        if words.text.startswith("There is no chart of the own history"):
            self._say(words, "has no chart", self.pages.limits(line), None)
        if not words.text.startswith("Beside the authority's own history"):
            return
        self._limits(words, line)
        latest, limits = present([self.pages.charted(line)[self.pages.period]]), self.pages.limits(line)
        side = "within the limits"
        if latest and limits:
            side = "above the limits" if latest[0] > limits.upper else side
            side = "below the limits" if latest[0] < limits.lower else side
        self._say(words, "side of the limits", side in words.text, True)

    def _limits(self, words: Words, line: Line) -> None:
        limits = self.pages.limits(line) or Limits(0, 0, 0)
        levels = {"lower limit": limits.lower, "mean": limits.mean, "upper limit": limits.upper}
        shown = {found[1]: found[2] for found in words.take(rf"\b(lower limit|mean|upper limit) ({NUM})")}
        reachable = {
            name: self._ends(line, level)[0]
            for name, level in levels.items()
            if level >= 0 and not (line.headline.kind.startswith("percent") and level > 100)
        }
        if shown:
            self._say(words, "limits", shown, reachable)

    def _outside(self, line: Line) -> list[str]:
        limits = self.pages.limits(line) or Limits(0, 0, 0)
        figures = self.pages.charted(line).items()
        return [
            name for name, cell in figures if isinstance(cell, Fraction) and not limits.lower <= cell <= limits.upper
        ]

    def _fourths(self, words: Words, line: Line) -> None:
        if not re.match(r"In the [\w-]+ (?:fourth|half) in \d", words.text):
            return
        counts = Counter(self.pages.fourths(line)[-4:])
        shown = {found[1]: int(found[2]) for found in words.take(r"\b[Ii]n the ([\w-]+ (?:fourth|half)) in (\d)\b")}
        for found in words.take(r"without a figure to place in (\d)"):
            shown[""] = int(found[1])
        self._say(words, "fourths of a year", shown, dict(counts))

    def _question(self, words: Words) -> None:
        started = re.match(r"(\d+) [A-Z]", words.text)
        if started is None or not words.text.endswith("?"):
            return
        line = next(one for one in self.pages.lines if one.number == int(started[1]))
        words.strike(r"^\d+")
        fourths = self.pages.fourths(line)
        for found in words.take(r"In the (lowest fourth|highest fourth) of the group in (\d) of"):
            self._say(
                words, "asked about an end", (found[1], int(found[2])), (fourths[-1], fourths[-4:].count(found[1]))
            )
        for found in words.take(rf"published figure for (\d{{4}}-\d\d) was ({NUM}), (above|below) England's ({NUM})"):
            own, _, england, *_ = self.pages.published(line)
            expected = [printed(one.value, one.decimals) for one in (own, england)]
            side = "above" if own.value > england.value else "below"
            self._say(words, "asked about England", found.groups(), (own.year, expected[0], side, expected[1]))
