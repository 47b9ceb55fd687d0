"""The registry: what is counted, and every choice of method that turns counts into figures. Data, not code."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import Field

from analysis.reference.model import Record

POPULATION = "population_0_17"


class Window(StrEnum):
    """The stretch of time that a figure covers."""

    QUARTER = "quarter"
    ROLLING_YEAR = "rolling12"


class Polarity(StrEnum):
    """Which way is better, if either is."""

    BETTER_HIGH = "better_high"
    BETTER_LOW = "better_low"
    NEUTRAL = "neutral"


class Measure(Record):
    """One thing that authorities count and send."""

    id: str
    name: str
    kind: Literal["flow", "stock", "duration"]
    unit: str
    """What is counted, in the plural: `referrals`, `children`, `days`."""
    weight: str | None = None
    """For a duration: the measure that holds the number of children behind the average."""
    starting: str | None = None
    """For a stock, where they are counted: the flow that adds to it, and with `ceasing` the one that takes from it."""
    ceasing: str | None = None

    @property
    def counted(self) -> str:
        """When it is counted, and what, for those who fill a return in: `over the quarter, referrals`."""
        when = {"flow": "over the quarter", "stock": "on the last day", "duration": "average over the quarter"}
        return f"{when[self.kind]}, {self.unit}"


class Balance(NamedTuple):
    """A stock at the end is the stock before, plus who started, less who left: the ids of the three measures."""

    stock: str
    starting: str
    ceasing: str


class Series(Record):
    """One figure made from measures: a number, a rate, a percentage or a duration."""

    id: str
    kind: Literal["number", "rate", "percentage", "duration"]
    label: str
    numerator: str
    denominator: str | None = None
    """A measure, `population_0_17`, or nothing for a number."""
    multiplier: float = 1.0
    unit: str
    decimals: int
    minimum_n: int = 0
    """Denominator below which the figure is too small a base to describe; 0 for none."""


class Published(Record):
    """The nearest figure that DfE publishes."""

    id: str
    series: str
    """The series of ours that it stands beside."""
    like_for_like: bool
    difference: str = ""
    """Why it is not like for like, in words for the page."""
    title: str = ""
    """The title of the published figure where it is not that of our indicator."""
    unit: str = ""
    """The unit of the published figure where it is not that of our series."""


class Indicator(Record):
    """One line of the agreed list."""

    id: str
    number: int
    annex_a: str
    """The agreed list's own words, verbatim."""
    title: str
    """The words for a director's page."""
    group: str
    kind: Literal["stock", "flow", "percentage", "duration"]
    polarity: Polarity
    polarity_source: str
    headline: str
    """The series that is compared; counts are not, because they follow the size of the authority."""
    window: Window
    """The window of the headline on the page. Stocks are always at the quarter's end."""
    annualisation: str
    version: str
    published: Published | None = None
    choices: tuple[str, ...] = ()
    """Where the documents are silent or ambiguous: what was chosen, and why."""
    series: tuple[Series, ...] = Field(min_length=1)

    @property
    def headline_series(self) -> Series:
        """The series that is compared."""
        return next(series for series in self.series if series.id == self.headline)


class IndicatorSet(Record):
    """A dated list: which indicators, in which order, for which purpose."""

    id: str
    title: str
    edition: str
    purpose: str
    source: str
    indicators: tuple[str, ...]
