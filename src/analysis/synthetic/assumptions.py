"""The assumptions behind made-up data: read from `data/calibration.yml`, each with where it comes from."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from analysis.reference.model import Record
from analysis.reference.periods import Quarter
from analysis.reference.yaml_file import read_yaml

FOLDER = Path(__file__).parent / "data"


def _is_quarter(text: str) -> str:
    Quarter.parse(text)
    return text


class FromPublished(Record):
    """How level, growth and spread are read off an authority's published years."""

    newest_year: int
    level_years: int
    growth_years: int
    growth_kept: float
    growth_limit: float
    spread_from: int
    spread_prior: float
    spread_limits: tuple[float, float]
    suppressed_count: float
    source: str


class Season(Record):
    """What a quarter is to the mean quarter of its year, from April to June on."""

    multipliers: tuple[float, float, float, float]
    source: str


class Wander(Record):
    """How an authority's own level moves: slowly (a first-order autoregression) and quickly (noise)."""

    phi: float = Field(ge=0, lt=1)
    shorter_phi: float = Field(ge=0, lt=1)
    """For percentages, and for flows that say so."""
    quick_share: float
    """Standard deviation of the quick noise over that of the slow wandering."""
    source: str


class Shared(Record):
    """A movement that the authorities of a region share."""

    phi: float = Field(ge=0, lt=1)
    sd: float
    source: str


class Flow(Record):
    """Events in a quarter. `level` is per 10,000 aged 0 to 17 in a year."""

    published: str | None = None
    like: str | None = None
    like_power: float = 1.0
    level: float | None = None
    authority_sd: float = 0.0
    spread: float | None = None
    season: float
    shorter_memory: bool = False
    follows: str | None = None
    correlation: float = 0.0
    source: str

    @model_validator(mode="after")
    def _has_a_level(self) -> Self:
        if self.published is None and (self.like is None or self.spread is None):
            raise ValueError("a flow is published, or is like another and has a spread of its own")
        return self


class Stock(Record):
    """Children at the end of a quarter, fed by `starting` and drained by `ceasing`."""

    published: str
    less: tuple[str, ...] = ()
    at_least: float = 0.0
    """Smallest share that may be left when `less` is taken off."""
    starting: str
    ceasing: str
    leaving_share: float | None = None
    """Share of the stock that leaves in a quarter; follows from the published starts when None."""
    leaving_sd: float
    leaving_phi: float
    pull: float
    """Power with which a stock above its level drains faster."""
    source: str


class Proportion(Record):
    """A part of another count."""

    of: str
    published: str | None = None
    ratio_of_published: tuple[str, str] | None = None
    level: float | None = None
    authority_sd: float = 0.0
    spread: float | None = None
    source: str

    @model_validator(mode="after")
    def _has_a_level(self) -> Self:
        if self.published is None and (self.level is None or self.spread is None):
            raise ValueError("a share is published, or has a level and a spread")
        return self


class Timeliness(Record):
    """Days of adopted children (A1, A2) and the limit of A3."""

    a1_days: float
    a1_shape: float
    a1_spread: float
    a2_days: float
    a2_concentration: float
    a2_children: float
    a2_spread: float
    authority_sd: float
    a3_days: float
    source: str


class Assumptions(Record):
    """Everything that `data/calibration.yml` says."""

    epoch: Annotated[str, AfterValidator(_is_quarter)]
    epoch_source: str
    hidden_quarters: int
    published: FromPublished
    season: Season
    wander: Wander
    region: Shared
    flows: dict[str, Flow]
    stocks: dict[str, Stock]
    proportions: dict[str, Proportion]
    timeliness: Timeliness


@cache
def assumptions(path: Path = FOLDER / "calibration.yml") -> Assumptions:
    """The assumptions of the kit, or those of another file.

    Raises
    ------
    BadReferenceError
        If the file does not fit, with its line.
    """
    return read_yaml(path, Assumptions).content
