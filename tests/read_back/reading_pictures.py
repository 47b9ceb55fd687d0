"""Each figure that is written in a picture against the recomputation."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from annex_a import Line
from fixed_words import FIXED
from ledger import Ledger
from page_reading import Words, plain
from period_phrases import PERIOD, period
from published_pages import YearPages
from quarter_pages import QuarterPages
from reading_tables import half_of, number
from recompute import printed, rounded
from standings import GROUPS, Band

NUM = r"\d+(?:,\d{3})*(?:\.\d+)?"


class PictureReader:
    """Reads the pictures of one document, from the texts that were drawn in them."""

    def __init__(self, pages: QuarterPages | YearPages, ledger: Ledger) -> None:
        self.pages = pages
        self.ledger = ledger
        self.lines = {line.number: line for line in pages.lines}
        self.groups = dict(zip((pages.area.region, "Statistical neighbours", "England"), GROUPS, strict=True))

    def read(self, label: str, texts: Sequence[str]) -> None:
        """Account for each number of a picture. A text that is drawn several times comes once."""
        everything = [Words(label, plain(text)) for text in texts]
        line = next((self.lines[int(found)] for found in re.findall(r"^fig-a(\d\d)-", label)), None)
        for words in everything:
            self._wording(words, list(self.pages.charted(line)) if label.endswith("-xmr") else ())
        if line is None:
            self._figures(everything, [self._printed(one, self.pages.latest(one)) for one in self.pages.lines])
        elif label.endswith("-spark"):
            self.ledger.claim(everything[0], "words in a small line", texts[-1], "MADE-UP DATA")
        elif label.endswith("-xmr"):
            self._ticks(everything, from_zero=False)
            self._chart(everything, line)
        elif label.endswith("-members"):
            cells = self.pages.member_cells(line)
            self._figures(everything, [self._printed(line, cell) for cell in cells.values()])
            self._labels(everything, line)
        else:
            self._ticks(everything)
            self._figures(everything, self._same_season(line))
            self._labels(everything, line)
        for words in everything:
            self.ledger.account_for(words)

    def _printed(self, line: Line, cell: Fraction | str) -> str:
        return printed(cell, self.pages.decimals(line))

    def _wording(self, words: Words, charted: Sequence[str] = ()) -> None:
        """Titles, units and periods."""
        for phrase in FIXED:
            words.strike(phrase)
        for found in words.take(r"^(\d+)(?= [A-Z])"):
            self.ledger.claim(words, "number in a title", int(found[1]) in self.lines, True)
        for found in words.take(rf"({PERIOD})"):
            known = {*self.pages.periods, self.pages.period, *charted}
            self.ledger.claim(words, "period in a picture", period(found[1]) in known, True)
        words.strike(r"^Q[1-4]$")

    def _ticks(self, everything: Sequence[Words], *, from_zero: bool = True) -> None:
        """The axis comes first: in equal steps, and from zero where a line is not held against its own limits."""
        ticks: list[Words] = []
        for words in everything:
            if re.fullmatch(NUM, words.left):
                ticks.append(words)
            elif ticks:
                break
        values = [Fraction(words.text.replace(",", "")) for words in ticks]
        steps = {later - earlier for earlier, later in pairwise(values)}
        first = 0 if from_zero else values[0]
        self.ledger.claim(ticks[0], "axis from zero in equal steps", (values[0], len(steps)), (first, 1))
        for words in ticks:
            words.strike(r".+")

    def _figures(self, everything: Sequence[Words], expected: Sequence[str]) -> None:
        """Bare numbers: what is written at the points or bars."""
        shown = {words.text for words in everything if re.fullmatch(NUM, words.text)}
        figures = {text for text in expected if re.fullmatch(NUM, text)}
        ticks = {words.text for words in everything if re.fullmatch(NUM, words.text) and not words.unaccounted}
        self.ledger.claim(everything[0], "figures in a picture", sorted(shown - (ticks - figures)), sorted(figures))
        for words in everything:
            if words.text in figures:
                words.strike(r".+")

    def _same_season(self, line: Line) -> list[str]:
        """Figures stand at the earlier points of the same quarter of the year; of years, at the first."""
        *earlier, _ = self.pages.periods.values()
        marked = earlier[:1] if isinstance(self.pages, YearPages) else earlier[3::4]
        return [self._printed(line, self.pages.headline(line, at)) for at in marked]

    def _labels(self, everything: Sequence[Words], line: Line) -> None:
        """Names with a figure, at the end of a line or above a bar."""
        region = self.pages.standing(line, "region")
        latest = self.pages.latest(line)
        for words in everything:
            for found in words.take(rf"^(?:(.+) )?(mean|median) ({NUM})$"):
                standing = self.pages.standing(line, self.groups[found[1]]) if found[1] else region
                cells = {"mean": self._printed(line, standing.mean), "median": self._printed(line, standing.median)}
                if self.pages.hides_small_counts:
                    cells = {"median": number(self._band(line).median)}
                self.ledger.claim(words, "group figure in a picture", found[3], cells[found[2]])
            for found in words.take(rf"^England ({NUM})$"):
                england = self.pages.standing(line, "england").pooled
                self.ledger.claim(words, "England's figure in a picture", found[1], self._printed(line, england))
            for found in words.take(rf"^{re.escape(self.pages.area.name)} ({NUM})$"):
                self.ledger.claim(words, "own figure in a picture", found[1], self._printed(line, latest))
            for found in words.take(rf"^Middle half ({NUM}) to ({NUM})$"):
                band = self._band(line)
                self.ledger.claim(words, "middle half in a picture", f"{found[1]} to {found[2]}", half_of(band))

    def _chart(self, everything: Sequence[Words], line: Line) -> None:
        """The limits and the latest figure, written beside the lines of a chart."""
        limits, charted = self.pages.limits(line), self.pages.charted(line)
        decimals = self.pages.decimals(line)
        levels = {"Lower limit": limits.lower, "Mean": limits.mean, "Upper limit": limits.upper}
        for words in everything:
            for found in words.take(rf"^(Lower limit|Mean|Upper limit) ({NUM})$"):
                expected = f"{rounded(Fraction(levels[found[1]]), decimals):,}"
                self.ledger.claim(words, "limit in a picture", found[2], expected)
            for found in words.take(rf"^{re.escape(self.pages.area.name)} ({NUM})$"):
                latest = self._printed(line, charted[self.pages.period])
                self.ledger.claim(words, "own figure in a picture", found[1], latest)

    def _band(self, line: Line) -> Band:
        bands = self.pages.bands(line)
        assert bands is not None
        return bands[-1]
