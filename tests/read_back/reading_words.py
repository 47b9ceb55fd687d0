"""Each figure in a report's sentences, captions and alternative texts against the recomputation."""

import hashlib
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

from annex_a import QUARTER, YEAR, Line
from expected_pages import GROUPS, Pages, QuarterPages
from ledger import Ledger
from page_reading import Page, Piece, Words
from period_phrases import PERIOD, period, year_name
from raw_files import Cell
from reading_tables import number
from recompute import difference, present, printed, printed_change, rounded
from standings import Standing

NUM = r"\d[\d,]*(?:\.\d+)?"
POLICY = "disclosure/policy.yml"


class WordsReader:
    """Reads the texts of one document that stand outside its tables' cells."""

    def __init__(self, pages: Pages, ledger: Ledger, package: Path) -> None:
        self.pages = pages
        self.ledger = ledger
        self.package = package
        self.lines = {line.number: line for line in pages.lines}
        self.groups = dict(zip((pages.area.region, "Statistical neighbours", "England"), GROUPS, strict=True))
        self.figures = 0

    def read(self, page: Page) -> None:
        """Account for each number of a page's texts."""
        for piece in page.pieces:
            words, line = piece.words, self.lines.get(piece.number)
            self._headings(piece, words)
            if piece.kind == "figcaption":
                self._figure_number(words)
            if line is not None:
                self._own_sentence(words, line)
                self._position_sentence(words, line)
                self._group_half(words, line)
                if piece.kind in ("alt", "aria-label"):
                    self._trend(words, line)
                    self._members(words, line)
                self._members_caption(words, line)
            self._over_time(words)
            self._notes(words)
            self._periods(words)

    def say(self, words: Words, what: str, shown: str, expected: str) -> None:
        self.ledger.claim(words.place, what, shown, expected)

    def _printed(self, cell: Cell, line: Line) -> str:
        return printed(cell, self.pages.decimals(line))

    def _headings(self, piece: Piece, words: Words) -> None:
        """`7. Child protection conferences`: numbered as in the agreed list, above it in the contents."""
        if piece.kind in ("h3", "a"):
            for found in words.take(r"^(\d+)\. "):
                self.ledger.claim(words.place, "a number of the list", int(found[1]) in self.lines, True)

    def _figure_number(self, words: Words) -> None:
        self.figures += 1
        for found in words.take(r"^Figure (\d+)(?=: )"):
            self.say(words, "number of a picture", found[1], str(self.figures))

    def _own_sentence(self, words: Words, line: Line) -> None:
        decimals = self.pages.decimals(line)
        for found in words.take(rf"(?<={PERIOD_END}): ({NUM})(?= )"):
            self.say(words, "latest in a sentence", found[1], printed(self.pages.latest(line), decimals))
        for found in words.take(rf"(?<=; )({NUM})(?= in the (?:same quarter last year|year before))"):
            self.say(words, "a year ago in a sentence", found[1], printed(self.pages.year_ago(line), decimals))
        for found in words.take(rf"(?<=change of )([-+]?{NUM})"):
            self.say(words, "change in a sentence", found[1], printed_change(self.pages.change(line), decimals))
