"""A report's first page against the recomputation: how many indicators changed, and which are named there."""

import re
from fractions import Fraction

from annex_a import Line
from ledger import Ledger
from page_reading import Words
from published_pages import YearPages
from quarter_pages import QuarterPages
from recompute import present, rounded
from stage_tables import Stages

LISTED = re.compile(r"(?:(?<=: )|(?<=; )|(?<=, )|(?<=for )|(?<=indicators ))\d+(?= [A-Z]|[,.])")
"""The numbers of indicators, and not those in their titles."""


class InShortReader:
    """Reads the four answers that a report begins with."""

    def __init__(self, pages: QuarterPages | YearPages, ledger: Ledger, stages: Stages | None) -> None:
        self.pages = pages
        self.ledger = ledger
        self.stages = stages

    def read(self, words: Words) -> None:
        """Account for the numbers of a text; the counts of what changed are those of the picture of all lines."""
        for found in words.take(r"^What changed\. Of (\d+) indicators"):
            self._say(words, "indicators", int(found[1]), len(self.pages.lines))
        if words.text.startswith("What stands out. "):
            self._stands_out(words)
        if words.text.startswith("What can't be said. "):
            self._unsaid(words)

    def _stands_out(self, words: Words) -> None:
        told = self.stages.told() if self.stages else ()
        prompted = sorted({int(line[1:]) for line, _, prompt in told if prompt})
        self._listed(words, "beside the region's: ", prompted)
        for end in ("highest", "lowest"):
            placed = [line.number for line in self.pages.lines if self._fourth(line) == f"{end} fourth"]
            self._listed(words, f"{end} fourth of the group: ", placed)
            at_end = [line.number for line in self.pages.lines if self._end(line) == end]
            self._listed(words, f"{end} of the figures shown is the latest: ", at_end)

    def _unsaid(self, words: Words) -> None:
        missing = [line.number for line in self.pages.lines if isinstance(self.pages.latest(line), str)]
        self._listed(words, "There is no figure for ", missing)
        bandless = [line.number for line in self.pages.lines if self.pages.bands(line) is None]
        self._listed(words, "There is no band to compare with for ", bandless)
        for found in words.take(r"In (\d+) of (\d+) readings there are too few"):
            counted = self.stages.counted() if self.stages else {}
            expected = (counted.get("too few"), counted.get("readings"))
            self._say(words, "too few", (int(found[1]), int(found[2])), expected)

    def _listed(self, words: Words, said: str, expected: list[int]) -> None:
        """The indicators of a sentence that begins so, if it is there."""
        _, found, rest = words.text.partition(said)
        if found:
            sentence = re.split(r"\.(?= [A-Z]|$)", found + rest)[0] + "."
            self._say(words, said, [int(one) for one in LISTED.findall(sentence)], expected)
        words.strike(LISTED.pattern)

    def _fourth(self, line: Line) -> str:
        bands, latest = self.pages.bands(line), self.pages.latest(line)
        return bands[-1].fourth(latest) if bands and isinstance(latest, Fraction) else ""

    def _end(self, line: Line) -> str:
        decimals = self.pages.decimals(line)
        figures = [rounded(one, decimals) for one in present(self.pages.headline(line, at) for at in self._periods())]
        latest = self.pages.latest(line)
        if isinstance(latest, str) or len(figures) < 8:
            return ""
        *others, last = figures
        return "highest" if last > max(others) else "lowest" if last < min(others) else ""

    def _periods(self) -> list[int]:
        return list(self.pages.periods.values())

    def _say(self, words: Words, what: str, shown: object, expected: object) -> None:
        self.ledger.claim(words, f"in short: {what}", shown, expected)
