"""What a report of a quarter of returns should show to one reader."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from annex_a import CHILDREN, LINES, QUARTER, WEIGHTS, YEAR, Line, Series
from chance import Limits, poisson, wilson, xmr
from hidden_counts import HiddenCounts
from period_phrases import quarter_name, year_name
from published_pages import PublishedRow, published_rows
from raw_files import Cell
from recompute import Recomputed, difference, year_before_begins
from standings import (
    GROUPS,
    NOT_COMPARED,
    Band,
    Standing,
    as_published,
    as_sent,
    bands,
    decimals_shown,
    england_published,
    own_year,
    reported_in,
    standing,
)

QUARTERS_CHARTED = 20


def _half_step(median: Fraction) -> Fraction:
    """Half of what the second significant figure of a printed number stands for: 5 for 130."""
    step = Fraction(1)
    while median >= 100 * step:
        step *= 10
    while 0 < median < 10 * step:
        step /= 10
    return step / 2 if median else Fraction(0)


@dataclass
class QuarterPages:
    """One authority's pages of a quarter, for one reader."""

    here: Recomputed
    """The region's returns."""
    elsewhere: Recomputed | None
    """The cross-regional file."""
    code: str
    quarter: int
    hides_small_counts: bool
    hidden_by_choice: set[tuple[Series, str, int]] = field(default_factory=set)
    """Figures that the page hides although no count in them is small: it may, where `may_hide` says so."""

    lines = LINES

    def __post_init__(self) -> None:
        self.reference = self.here.reference
        self.area = self.reference.areas[self.code]
        self.members = self.reference.members(self.area.region)
        quarters = range(self.quarter - 11, self.quarter + 1)
        self.periods = {quarter_name(quarter): quarter for quarter in quarters}
        self.small = HiddenCounts(self.here, self.code, self.quarter)

    @property
    def period(self) -> str:
        return quarter_name(self.quarter)

    @property
    def published_year(self) -> str:
        """The newest published one that had ended by the quarter's last day."""
        return year_name((self.quarter + 1) // 4)

    @property
    def mid_year(self) -> int:
        """The estimate that rates of the quarter are on."""
        return year_before_begins(self.quarter)

    def decimals(self, line: Line, series: Series | None = None) -> int:
        return (series or line.headline).decimals

    def cell(self, line: Line, series: Series, stretch: str, at: int) -> Cell:
        """One of the authority's own figures, as its reader may see it."""
        figure = self.here.figure(self.code, at, series, stretch)
        hidden = self.hides_small_counts and (
            (series, stretch, at) in self.hidden_by_choice or self.small.must_hide(series, at, stretch)
        )
        return "c" if hidden and isinstance(figure, Fraction) else figure

    @property
    def measures(self) -> set[str]:
        """What was asked for."""
        return {measure for _, _, measure in self.here.counts}

    def noted(self, measure: str, text: str) -> list[int]:
        """The quarters shown at which the authority wrote this beside a figure."""
        return sorted(set(self.here.notes.get((self.code, measure, text), [])) & set(self.periods.values()))

    def sent(self, at: int, measure: str) -> Cell:
        """What the authority sent."""
        return self.here.count(self.code, at, measure)

    def may_hide(self, series: Series, stretch: str) -> bool:
        return self.hides_small_counts and self.small.may_hide(series, stretch)

    def headline(self, line: Line, at: int) -> Cell:
        return self.cell(line, line.headline, line.over, at)

    def latest(self, line: Line) -> Cell:
        return self.headline(line, self.quarter)

    def year_ago(self, line: Line) -> Cell:
        return self.headline(line, self.quarter - 4)

    def change(self, line: Line) -> Cell:
        return difference(self.latest(line), self.year_ago(line))

    def twelve_months(self, line: Line) -> Cell:
        return self.cell(line, line.headline, YEAR, self.quarter)

    def member_cells(self, line: Line) -> dict[str, Cell]:
        of = as_sent(self.here, line, self.quarter)
        return {self.reference.areas[code].name: of(code).value for code in self.members}

    def bands(self, line: Line) -> list[Band] | None:
        return self._bands[line]

    @cached_property
    def _bands(self) -> dict[Line, list[Band] | None]:
        quarters = list(self.periods.values())
        return {line: bands(self.here, line, self.members, quarters) for line in LINES}

    def interval(self, line: Line) -> tuple[float, float] | None:
        """The 95% interval of the latest headline; none where it is missing or hidden, and none of an average."""
        series = line.headline
        top, bottom = self.here.parts(self.code, self.quarter, series, line.over)
        if isinstance(self.latest(line), str) or series.top in WEIGHTS:
            return None
        if isinstance(top, str) or not isinstance(bottom, Fraction):
            return None
        x, n = float(top), float(bottom)
        if series.bottom == CHILDREN:
            return tuple(end * series.times / n for end in poisson(x))
        return tuple(100 * end for end in wilson(x, n)) if x <= n else None

    def charted(self, line: Line) -> dict[str, Cell]:
        """The quarters of the chart of the own history, from the first figure on, rates on one population."""
        quarters = range(self.quarter - QUARTERS_CHARTED + 1, self.quarter + 1)
        series = line.headline
        found = {
            quarter_name(at): "c"
            if self.small.must_hide(series, at, QUARTER)
            else self.here.figure(self.code, at, series, QUARTER, self.mid_year)
            for at in quarters
        }
        while found and next(iter(found.values())) in ("..", "x"):
            found.pop(next(iter(found)))
        return found

    def limits(self, line: Line) -> Limits | None:
        """Mean and limits of that chart; none for headlines of 12 months, and none where a figure is hidden."""
        figures = list(self.charted(line).values())
        return None if line.over == YEAR or "c" in figures else xmr(figures)

    def fourths(self, line: Line) -> list[str]:
        """The own fourth of each quarter shown, in the printed band; empty where there is no figure."""
        bands = self.bands(line) or []
        found = zip(list(self.periods.values())[len(self.periods) - len(bands) :], bands, strict=True)
        cells = [(self.headline(line, at), band) for at, band in found]
        return [band.fourth(cell) if isinstance(cell, Fraction) else "" for cell, band in cells]

    def course(self, line: Line) -> str:
        """Whether the last four printed medians differ from the first four by more than rounding makes."""
        medians = [band.median for band in self.bands(line) or []]
        if not medians:
            return ""
        first, last = medians[:4], medians[-4:]
        most = sum(_half_step(median) for median in first + last)
        moved = sum(last) - sum(first)
        if abs(moved) <= most:
            return "moved by no more than rounding explains"
        return f"went {'up' if moved > 0 else 'down'}, by more than rounding explains"

    def wide_bands(self, line: Line) -> list[Band] | None:
        """The bands of everybody in the cross-regional file; without one there are none."""
        return self._wide_bands[line]

    @cached_property
    def _wide_bands(self) -> dict[Line, list[Band] | None]:
        quarters, sent = list(self.periods.values()), self.elsewhere
        return {line: bands(sent, line, self.reference.today, quarters) if sent else None for line in LINES}

    def published(self, line: Line) -> list[PublishedRow]:
        return published_rows(self.reference, self.code, line, self._published_year(line)) if line.published else []

    def standing(self, line: Line, group: str) -> Standing:
        return self._standings[line, group]

    @cached_property
    def _standings(self) -> dict[tuple[Line, str], Standing]:
        return {(line, group): self._standing(line, group) for line in LINES for group in GROUPS}

    def _standing(self, line: Line, group: str) -> Standing:
        own = self.here.figure(self.code, self.quarter, line.headline, line.over)
        here = as_sent(self.here, line, self.quarter)
        if group == "region":
            return standing(line, self.code, own, self.members, here, "this collection")
        if self.elsewhere is not None:
            there = as_sent(self.elsewhere, line, self.quarter)
            members = self._members(group, self.reference.today)
            of = {code: (here if code in self.members else there)(code) for code in {*members, self.code}}
            return standing(line, self.code, own, members, of.__getitem__, "cross-regional file")
        return self._among_published(line, group) if line.published == "like" else NOT_COMPARED

    def _among_published(self, line: Line, group: str) -> Standing:
        year = self._published_year(line)
        everybody = reported_in(self.reference, year)
        of = as_published(self.reference, line, year)
        own = own_year(self.here, line, self.code, self.quarter, year)
        found = standing(
            line, self.code, own, self._members(group, everybody), of, f"published figures {year_name(year)}",
            decimals_placed=decimals_shown([of(code).value for code in everybody]), year=year_name(year),
        )  # fmt: skip
        return found.with_pooled(england_published(self.reference, line, year)) if group == "england" else found

    def _members(self, group: str, everybody: Sequence[str]) -> Sequence[str]:
        return everybody if group == "england" else self.reference.neighbours.get(self.code, [])

    def _published_year(self, line: Line) -> int:
        return self.reference.newest_year(line.id, (self.quarter + 1) // 4)
