"""The parts that views are made of.

A view never holds what its reader may not see: the variant is decided here, in the data, and a notebook
only shows it. Each variant has its own type, in the module of its name; this module holds what they share.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from analysis.disclosure.course import Course
from analysis.reference.indicators import Polarity, Window
from analysis.reference.model import Record
from analysis.reference.status import Status


class Variant(StrEnum):
    """Who reads (DESIGN 3)."""

    INTERNAL = "internal"
    OWN = "own"
    ANONYMISED = "anonymised"
    DFE = "dfe"
    PUBLIC = "public"


class Cell(Record):
    """A figure, or the reason why there is none."""

    value: float | None = None
    status: Status = Status.GIVEN


class Heading(Record):
    """What stands at the top of a document and in the margin of each page."""

    variant: Variant
    title: str
    subtitle: str
    authority: str
    """DfE code; empty for a document about a region."""
    authority_name: str
    region: str
    region_name: str
    period: str
    period_words: str
    made_up: bool
    """True where any figure comes from made-up returns: every page and picture then says so."""
    indicator_set: str
    marking: str
    """The limit of use, printed on every page."""
    context: tuple[str, ...]
    """Fixed paragraphs from the memoranda."""


class Card(Record):
    """What an indicator is, as printed above and below its figures."""

    id: str
    number: int
    annex_a: str
    title: str
    group: str
    kind: str
    polarity: Polarity
    polarity_words: str
    unit: str
    decimals: int
    window: Window
    window_words: str
    """`quarter`, `at the end of the quarter`, `12 months to the end of the quarter`."""
    method: str
    """The method line: kind, window, denominator, annualisation, population edition, version, source of polarity."""
    choices: tuple[str, ...]


class Point(Record):
    """One figure in time."""

    period: str
    cell: Cell


class DefinitionChange(Record):
    """From which period shown a series is counted by another definition: a line drawn between two periods."""

    period: str
    """The first of the new definition."""
    words: str = ""
    """From what to what, as people wrote it; internal views only, since it might name others."""


class History(Record):
    """One series of the authority over the periods shown, oldest first; the last is the latest."""

    series: str
    kind: str
    label: str
    unit: str
    decimals: int
    window: Window
    points: tuple[Point, ...]
    breaks: tuple[DefinitionChange, ...] = ()
    """Between two periods shown, oldest first: no line, change or window crosses one."""


class OwnFigures(Record):
    """An authority's own figures for one indicator. `histories[0]` is the headline."""

    card: Card
    latest: Cell
    rolling: Cell
    """The headline over the 12 months to the end of the quarter; the latest for a stock."""
    year_ago: Cell
    change: Cell
    """Latest minus the same quarter last year, in the headline's unit (percentage points for a percentage)."""
    histories: tuple[History, ...]


class OnDefinition(Record):
    """How many of those reporting count by one definition."""

    first: str
    """The first quarter in which it is in use; `earlier` or `not_recorded`."""
    count: int


class Interval(Record):
    """Where the position of an authority's own level may be, 9 times in 10; it holds the printed position."""

    low: int
    high: int
    of_chance_alone: bool
    """Of sampling alone, and not of the authority's own swings: narrower than what the next quarter may bring."""


class Position(Record):
    """Where the authority stands in a group, and the group's summary. Position 1 is the better end, or the highest
    where the indicator is neutral; ties share the smaller number; a missing figure is not counted.
    """

    group: str
    """`region`, `neighbours` or `england`."""
    label: str
    provenance: str
    """`this collection`, `cross-regional file`, or the published source with its year."""
    placed_among: str
    """`2024-25` where the authority's last 12 months stand among that year's published figures; else empty."""
    own: Cell
    """The figure that was placed."""
    rank: int | None
    interval: Interval | None = None
    """None without a position, and where the counts behind the figures are not published."""
    reporting: int
    """How many have a figure, the authority included."""
    members: int
    pooled: Cell
    mean: Cell
    median: Cell
    reason: str
    """Why there is no position; empty where there is one."""
    definitions: tuple[OnDefinition, ...] = ()
    """Where those reporting count by different definitions, the newest first."""


class Member(Record):
    """A named authority's headline figure. Internal and public views only."""

    authority: str
    name: str
    cell: Cell


class Band(Record):
    """The middle half of a fixed group: smoothed quartiles and median, two significant figures.

    A small group has its median alone.
    """

    period: str
    lower: float | None
    median: float
    upper: float | None

    @property
    def middle_half(self) -> tuple[float, float] | None:
        """Both quartiles, or None."""
        return None if self.lower is None or self.upper is None else (self.lower, self.upper)


class Bands(Record):
    """A group's bands over time. The same bytes in every pack of a quarter; no member's mark, count or name."""

    label: str
    at_least: int
    bands: tuple[Band, ...]
    definitions_differ: bool = False
    """Whether figures of more than one definition are in the group; not how many, nor whose."""
    way: Course = Course.NOT_TOLD
    """Which way the printed medians went: the same in every pack, since it is read off the bands."""
    cut_short: bool = False
    """Whether a group of its size may have bands of no more quarters than these."""

    @property
    def median_alone(self) -> bool:
        """Whether the latest quarter's band has no quartiles."""
        return self.bands[-1].middle_half is None


class NamedAuthority(Record):
    """An authority of the group whose express permission to be named is live."""

    authority: str
    """DfE code."""
    name: str
    permission: str
    """The id of the permission in its register."""
    until: date


class PublishedFigure(Record):
    """One public figure: anybody may see it (S0 5.5.3 iv)."""

    label: str
    """`South East`, `England`, `Statistical neighbours (mean)` or the authority itself."""
    year: str
    cell: Cell
    unit: str = ""
    decimals: int = 1
    source: str
    edition: str = ""
    """Where and when it was published: `LAIT ..., April 2026`."""
    sha256: str
    """Of the file that it was taken from."""
    like_for_like: bool
    difference: str
