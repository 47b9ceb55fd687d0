"""Each figure in a report's sentences, captions and alternative texts against the recomputation."""

import hashlib
import re
from collections import Counter
from pathlib import Path

from annex_a import Line
from ledger import Ledger
from page_reading import Piece, Words
from period_phrases import PERIOD, period
from published_pages import YearPages
from quarter_pages import QuarterPages
from raw_files import Cell
from reading_chance import ChanceReader
from reading_in_short import InShortReader
from reading_tables import half_of, number, position_text
from recompute import present, printed, printed_change, rounded
from stage_tables import Interval, Stages
from standings import GROUPS, Band

BESIDE = r"([+-]?\d+(?:\.\d)?% (?:(?:above|below) what was expected|of itself a quarter beside the region))"
NUM = r"\d+(?:,\d{3})*(?:\.\d+)?"
STRETCH = r"(?:in the quarter|at the end of the quarter|.. months to the end of the quarter)"


class WordsReader:
    """Reads the texts of one document that stand outside its tables' cells."""

    def __init__(
        self, pages: QuarterPages | YearPages, ledger: Ledger, policy: Path, stages: Stages | None = None
    ) -> None:
        self.stages = stages
        self.pages = pages
        self.ledger = ledger
        self.policy = policy
        self.lines = {line.number: line for line in pages.lines}
        self.groups = dict(zip((pages.area.region, "Statistical neighbours", "England"), GROUPS, strict=True))
        self.pictures = 0

    def read(self, piece: Piece) -> None:
        """Account for each number of a text."""
        words, line = piece.words, self.lines.get(piece.number)
        self._headings(piece)
        if isinstance(self.pages, QuarterPages) and self.pages.hides_small_counts:
            chance = ChanceReader(self.pages, self.ledger)
            if line is not None and piece.label.endswith("-xmr"):
                chance.chart_words(words, line)
                return
            chance.read(words, line)
        if line is not None:
            self._note_sent(words)
            self._own_sentence(words, line)
            self._position_sentence(words, line)
            self._trend(words, line)
            self._members(words, line)
        else:
            self._over_time(words)
            InShortReader(self.pages, self.ledger, self.stages).read(words)
            self._notes(words)
            self._stands_out(words)
        self._middle_half(words, line)
        self._editions(words, line)

    def say(self, words: Words, what: str, shown: object, expected: object) -> None:
        """A claim of a text."""
        self.ledger.claim(words, what, shown, expected)

    def _printed(self, line: Line, cell: Cell) -> str:
        return printed(cell, self.pages.decimals(line))

    def _headings(self, piece: Piece) -> None:
        """Indicators are numbered as in the agreed list, pictures one after the other."""
        if piece.kind in ("h3", "a"):
            for found in piece.words.take(r"^(\d+)\. "):
                self.say(piece.words, "is in the list", int(found[1]) in self.lines, True)
        if piece.kind == "figcaption":
            self.pictures += 1
            for found in piece.words.take(r"^Figure (\d+)(?=: )"):
                self.say(piece.words, "number of a picture", found[1], str(self.pictures))

    def _note_sent(self, words: Words) -> None:
        """What the authority wrote beside a figure, and at which quarters."""
        for found in words.take(rf"^({PERIOD})(?: to ({PERIOD}), (\d+) quarters)?, ([^:]+): (.+)$"):
            noted = self.pages.noted(found[4], found[5])
            shown = (period(found[1]), period(found[2] or found[1]), int(found[3] or 1))
            names = {quarter: name for name, quarter in self.pages.periods.items()}
            expected = (names[noted[0]], names[noted[-1]], len(noted)) if noted else None
            self.say(words, "note sent with a figure", shown, expected)

    def _own_sentence(self, words: Words, line: Line) -> None:
        for found in words.take(rf"(?:^|, ){PERIOD}: ({NUM}) "):
            self.say(words, "latest, in words", found[1], self._printed(line, self.pages.latest(line)))
        for found in words.take(rf"; ({NUM}) in the (?:same quarter last year|year before)"):
            self.say(words, "a year ago, in words", found[1], self._printed(line, self.pages.year_ago(line)))
        for found in words.take(rf"change of ([-+]?{NUM})"):
            expected = printed_change(self.pages.change(line), self.pages.decimals(line))
            self.say(words, "change, in words", found[1], expected)

    def _position_sentence(self, words: Words, line: Line) -> None:
        label = words.text.partition(":")[0]
        if label not in self.groups or "position" not in words.text:
            return
        standing = self.pages.standing(line, self.groups[label])
        interval = self.stages.interval(line, self.groups[label]) if self.stages else None
        for found in words.take(r": position (\d+ of \d+ reporting(?:, placed among \d{4}-\d\d)? \([^()]*\))\."):
            self.say(words, "position, in words", found[1], position_text(standing, interval))
        if "no position" in words.text:
            self.say(words, "position, in words", None, standing.rank)
        cells = {"pooled": standing.pooled, "mean": standing.mean, "median": standing.median}
        for found in words.take(rf"\b([Pp]ooled|[Mm]ean|[Mm]edian) ({NUM})"):
            self.say(words, "group figure, in words", found[2], self._printed(line, cells[found[1].lower()]))
        for found in words.take(r"; ([^;()]+)\.$"):
            self.say(words, "provenance, in words", found[1], standing.source)

    def _trend(self, words: Words, line: Line) -> None:
        history = {name: self.pages.headline(line, at) for name, at in self.pages.periods.items()}
        figures = present(history.values())
        for found in words.take(rf"([Ll]owest|[Hh]ighest) ({NUM}) in ({PERIOD})"):
            extreme = min(figures) if found[1].lower() == "lowest" else max(figures)
            shown = (found[2], history.get(period(found[3])))
            self.say(words, found[1].lower(), shown, (self._printed(line, extreme), extreme))
        for found in words.take(rf"\b({NUM}) in ({PERIOD})"):
            self.say(words, "figure, in words", found[1], self._printed(line, history.get(period(found[2]), "none")))
        for found in words.take(rf"\bno figure in ({PERIOD})"):
            self.say(words, "has no figure", isinstance(history.get(period(found[1])), str), True)
        listed = [
            period(one)
            for found in words.take(rf"No figure \([^)]*\): ({PERIOD}(?:, {PERIOD})*)")
            for one in re.findall(PERIOD, found[1])
        ]
        if re.search(r"No figure \([^)]*\): all of them\.", words.text):
            listed = list(history)
        if listed or words.text.startswith("Line of"):
            missing = [name for name, cell in history.items() if isinstance(cell, str)]
            self.say(words, "periods without a figure", sorted(listed), sorted(missing))

    def _members(self, words: Words, line: Line) -> None:
        cells = self.pages.member_cells(line)
        region = self.pages.standing(line, "region")
        for found in words.take(r"\b(\d+) authorities in alphabetical order"):
            self.say(words, "authorities", found[1], str(len(cells)))
        for found in words.take(rf"{re.escape(self.pages.area.name)}: ({NUM})\."):
            self.say(words, "own, in words", found[1], self._printed(line, cells[self.pages.area.name]))
        for found in words.take(rf"figures run from ({NUM}) to ({NUM})\."):
            figures = present(cells.values())
            expected = (self._printed(line, min(figures)), self._printed(line, max(figures)))
            self.say(words, "lowest and highest of the region", (found[1], found[2]), expected)
        for found in words.take(rf"{self.pages.area.region}: mean ({NUM}), median ({NUM})"):
            expected = (self._printed(line, region.mean), self._printed(line, region.median))
            self.say(words, "mean and median, in words", (found[1], found[2]), expected)
        for found in words.take(r"\bmean and median of the (\d+) that are placed"):
            self.say(words, "how many are placed", found[1], str(len(present(cells.values()))))

    def _over_time(self, words: Words) -> None:
        """How many indicators are higher or lower than a year before, as printed."""
        counts: Counter[str] = Counter()
        for line in self.pages.lines:
            pair = present([self.pages.latest(line), self.pages.year_ago(line)])
            latest, before = (rounded(cell, self.pages.decimals(line)) for cell in pair) if len(pair) == 2 else (0, "")
            counts["none" if before == "" else "the same" if latest == before else _way(latest > before)] += 1
        for found in words.take(r"^(\d+) small lines"):
            self.say(words, "lines in the picture", found[1], str(len(self.pages.lines)))
        for found in words.take(r"\b(higher|lower|the same) for (\d+)"):
            self.say(words, f"how many are {found[1]}", found[2], str(counts[found[1]]))
        for found in words.take(r"\b(\d+) (?:has|have) no figure to compare"):
            self.say(words, "how many can't be compared", found[1], str(counts["none"]))

    def _notes(self, words: Words) -> None:
        """What a caption says of some indicators, by their numbers."""
        for found in words.take(rf"({STRETCH}): indicators? ((?:\d+, )*\d+)"):
            stretch = words.text[slice(*found.span(1))]
            expected = [line.number for line in self.pages.lines if _stretch(line) == stretch]
            self.say(words, f"indicators {stretch}", _numbers(found[2]), expected)
        for found in words.take(r"Not placed in ([^:]+): [^()]+ \(indicators? ((?:\d+, )*\d+)\)"):
            for group in found[1].split(" and "):
                ranks = [self.pages.standing(self.lines[one], self.groups[group]).rank for one in _numbers(found[2])]
                self.say(words, f"positions in {group}", set(ranks), {None})
        intervals = {(line.number, group): self._interval(line, group) for line in self.pages.lines for group in GROUPS}
        for found in words.take(r"(No interval|Intervals of chance alone)[^:]*: indicators? ((?:\d+, )*\d+)"):
            none = found[1] == "No interval"
            expected = [
                line.number
                for line in self.pages.lines
                if any(self._has(line, group, intervals[line.number, group], none=none) for group in GROUPS)
            ]
            self.say(words, found[1], _numbers(found[2]), expected)
        for found in words.take(r"No band: [^()]+ \(indicators? ((?:\d+, )*\d+)\)"):
            expected = [line.number for line in self.pages.lines if self.pages.bands(line) is None]
            self.say(words, "indicators without a band", _numbers(found[1]), expected)
        for found in words.take(r"Median alone: [^()]+ \(indicators? ((?:\d+, )*\d+)\)"):
            expected = [line.number for line in self.pages.lines if _is_alone(self.pages.bands(line))]
            self.say(words, "indicators with a median alone", _numbers(found[1]), expected)

    def _interval(self, line: Line, group: str) -> Interval | None:
        return self.stages.interval(line, group) if self.stages else None

    def _has(self, line: Line, group: str, interval: Interval | None, *, none: bool) -> bool:
        """Whether a position has no interval, or one of chance alone."""
        if self.pages.standing(line, group).rank is None:
            return False
        return interval is None if none else interval is not None and interval.alone

    def _stands_out(self, words: Words) -> None:
        """The prompts, what is told with them, and how much was looked at without one."""
        if self.stages is None or not self.stages.readings:
            return
        told, counted = self.stages.told(), self.stages.counted()
        for found in words.take(rf"^(\d+) .* \({BESIDE}\)\. "):
            self.say(words, "is a prompt", (f"A{int(found[1]):02d}", found[2], True) in told, True)
        if words.text.startswith("With it, but no prompts"):
            for found in words.take(rf"(?:: |, )(\d+) [^()]*(?:\([^()+-]*\) )?\({BESIDE}\)"):
                self.say(words, "moved with it", (f"A{int(found[1]):02d}", found[2], False) in told, True)
        said = ("prompts?", "held back by an open query", "within their pattern")
        counts = ", ".join(rf"(\d+) {one}" for one in said)
        counts += r", (\d+) of too few children \(or too restless\) to say, and (\d+) not tested\.$"
        for found in words.take(rf"^Of (\d+) readings \(three questions about each indicator\): {counts}"):
            shown = [int(one) for one in found.groups()]
            self.say(words, "how much was looked at", shown, list(counted.values()))
        for found in words.take(r"^(\d+) [^()]*(?:\([^()]*\))?$"):
            asked = self.stages.readings.get((f"A{int(found[1]):02d}", "sustained"), {"reading": ""})["reading"]
            self.say(words, "held back", asked, "queried")

    def _middle_half(self, words: Words, line: Line | None) -> None:
        if "iddle half" not in words.text and "at least" not in words.text:
            return
        about = self.pages.lines if line is None else (line,)
        if isinstance(self.pages, QuarterPages) and line is not None and (wide := self.pages.wide_bands(line)):
            across = "Authorities across regions"
            for found in words.take(rf"{across} \(at least (\d+) authorities"):
                self.say(words, "size of the group across regions", found[1], str(wide[-1].at_least))
            if words.text.startswith(across):
                self._one_band(words, line, wide[-1])
                return
        found_bands = [bands for one in about if (bands := self.pages.bands(one))]
        for found in words.take(r"\bat least (\d+) authorities"):
            self.say(words, "size of the group", found[1], str(min(bands[-1].at_least for bands in found_bands)))
        if found_bands:
            self._one_band(words, about[0], found_bands[0][-1])

    def _one_band(self, words: Words, line: Line, band: Band) -> None:
        for found in words.take(rf"[Mm]iddle half of [^\d:]+:? ({NUM}) to ({NUM}), median ({NUM})"):
            self.say(words, "middle half, in words", f"{found[1]} to {found[2]}", half_of(band))
            self.say(words, "median, in words", found[3], number(band.median))
        for found in words.take(rf"[Mm]iddle half of [^\d:]+:? not shown, median ({NUM})"):
            self.say(words, "median alone, in words", ("not shown", found[1]), (half_of(band), number(band.median)))
        for found in words.take(r"the figure is in the ([\w-]+ (?:fourth|half))"):
            (latest,) = present([self.pages.latest(line)])
            self.say(words, "fourth, in words", found[1], band.fourth(latest))

    def _editions(self, words: Words, line: Line | None) -> None:
        for found in words.take(r"\b(\d{4}) edition"):
            self.say(words, "edition of the neighbours", found[1], self.pages.reference.edition)
        for found in words.take(r"\bon population mid-(\d{4})"):
            self.say(words, "population", found[1], str(self.pages.mid_year))
        published = self.pages.reference.published_sha256
        for found in words.take(r"File of published figures: (\w{64})"):
            self.say(words, "published file", found[1], published)
        for found in words.take(r"; file (\w{12})\b"):
            self.say(words, "published file, shortly", found[1], published[:12])
        for found in words.take(r"Disclosure policy: (\w{64})"):
            digest = hashlib.sha256(self.policy.read_text(encoding="utf-8").encode()).hexdigest()
            self.say(words, "policy", found[1], digest)

    def periods(self, words: Words) -> None:
        """What is left must be the report's own period, those that it shows, or the year of published figures."""
        first, *_, last = self.pages.periods
        for found in words.take(rf"({PERIOD}) to ({PERIOD})"):
            self.say(words, "periods shown", (period(found[1]), period(found[2])), (first, last))
        for found in words.take(rf"({PERIOD})"):
            self.say(words, "is the period", period(found[1]) in (self.pages.period, self.pages.published_year), True)


def _way(up: bool) -> str:
    return "higher" if up else "lower"


def _is_alone(bands: list[Band] | None) -> bool:
    return bands is not None and bands[-1].lower is None


def _numbers(listed: str) -> list[int]:
    return [int(one) for one in listed.split(", ")]


def _stretch(line: Line) -> str:
    return "at the end of the quarter" if line.is_stock else line.over
