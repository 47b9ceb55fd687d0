"""Made-up regions in which nothing happened, or in which it is known what did; many quarters at a time."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from analysis.signals.panel import Array, Kind, Mask, Panel

ASSUMED = Path(__file__).with_name("assumed_world.csv")
ESTIMATED = Path(__file__).with_name("estimated_world.csv")
CHILDREN = 1000.0 * np.array([25, 28, 34, 35, 38, 41, 43, 44, 49, 51, 64, 71, 105, 126, 150, 176, 263, 285, 340])
"""Aged 0 to 17, of 19 authorities: about those of the South East."""
SEASON = np.array([0.5, -1.0, 0.2, 0.3])
BURN_IN = 24
SHARE_MOVED = 0.05
REGION_LASTS = 0.6
GROUPS = {
    "stocks": ("cin_end", "cpp_end", "cla_end"),
    "referrals, assessments, S47": ("referrals", "assessments", "s47"),
    "plans, looked after: starts, ceases": ("cpp_start", "cpp_cease", "cla_start", "cla_cease"),
    "percentages of many": ("rereferral_pct", "assess45_pct", "icpc15_pct"),
    "percentages of few": ("second_cpp_pct", "adopted_pct", "A3_pct"),
    "days": ("A1_days", "A2_days"),
}


@dataclass(frozen=True)
class SeriesWorld:
    """How one series is made."""

    name: str
    kind: Kind
    level: float
    base: float
    noise_sd: float
    lasting: float
    season: float
    adverse: int
    """1 or -1."""


@dataclass(frozen=True)
class World:
    """What holds for all series. The defaults are the base world."""

    series: tuple[SeriesWorld, ...]
    season_times: float = 1.0
    regional_sd: float = 0.02
    unequal_noise: float = 0.0
    """Of the logarithm of an authority's noise, in each series for itself."""
    moves_all: float = 0.0
    """A relative move of every flow and stock of the whole region in the latest quarter."""
    heavy_tails: bool = False
    """Noise of a Student t with 4 degrees of freedom, and quarters of their own instead of a lasting one."""
    wanders: float = 0.0
    """The standard deviation by quarter of a level that wanders without end, which the screen does not assume."""
    outlying: bool = False
    """Whether a few authorities lie far from the others: own levels of a Student t with 3 degrees of freedom."""
    days_shape: float = 4.0
    """Of the gamma law of one child's days: 4 has a standard deviation of half the average, 1 of the whole."""

    def only(self, name: str) -> World:
        """The same with one series."""
        return replace(self, series=tuple(one for one in self.series if one.name == name))


@dataclass(frozen=True)
class Planted:
    """What happens to some cells, one in twenty of them: a shift over the last quarters, or a drift by quarter."""

    shift: float = 0.0
    quarters: int = 1
    drift: float = 0.0
    share: float = SHARE_MOVED


@dataclass(frozen=True)
class Made:
    """One series of many quarters, and what it comes from."""

    series: SeriesWorld
    panel: Panel
    moved: Mask
    """Where something was planted: repeats by authorities."""
    own: Array
    """Each authority's own level, by which its true position goes: repeats by authorities."""
    now: Array
    """The same in each quarter with what swings about it, but nothing planted: repeats by authorities by quarters."""

    @property
    def counts(self) -> tuple[Array, Array]:
        """Numerators and denominators as `analysis.uncertainty` takes them: repeats by quarters by authorities.

        Of a duration these are the days of all children together, 0 where there was no child.
        """
        events, base = self.panel.events, self.panel.base
        if self.panel.kind is Kind.DURATION:
            events = np.where(base > 0, events * base, 0.0)
        return events.swapaxes(1, 2), base.swapaxes(1, 2)

    @property
    def scale(self) -> Literal["rate", "percentage", "duration"]:
        """The kind of these, by `analysis.uncertainty`: a stock is a rate of the children there are."""
        if self.panel.kind is Kind.PERCENTAGE:
            return "percentage"
        return "duration" if self.panel.kind is Kind.DURATION else "rate"


def read_world(path: Path = ASSUMED) -> World:
    """A world as a table describes it."""
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return World(
        tuple(
            SeriesWorld(
                name=row["series"],
                kind=Kind(row["kind"]),
                level=float(row["level"]),
                base=float(row["base"] or 0.0),
                noise_sd=float(row["noise_sd"]),
                lasting=float(row["lasting"]),
                season=float(row["season"]),
                adverse=1 if row["adverse"] == "higher" else -1,
            )
            for row in rows
        )
    )


def null_worlds(base: World) -> dict[str, World]:
    """The five worlds in which nothing happened to any one authority."""
    return {
        "base": base,
        "season x 2.5": replace(base, season_times=2.5),
        "regional sd 0.06": replace(base, regional_sd=0.06),
        "unequal noise": replace(base, unequal_noise=0.5),
        "+10 % region-wide": replace(base, moves_all=0.1),
    }


def other_worlds(base: World) -> dict[str, World]:
    """Worlds that are not made as the screen assumes."""
    return {
        "heavy tails": replace(base, heavy_tails=True),
        "wandering levels": replace(base, wanders=0.02),
        "both, unequal": replace(base, heavy_tails=True, wanders=0.02, unequal_noise=0.5),
    }


def simulate(world: World, repeats: int, quarters: int, seed: int, planted: Planted | None = None) -> list[Made]:
    """Make each series so many times; arrays are of repeats by authorities by quarters."""
    rng = np.random.default_rng(seed)
    return [_made(one, world, repeats, quarters, planted or Planted(), rng) for one in world.series]


def _made(
    one: SeriesWorld, world: World, repeats: int, quarters: int, planted: Planted, rng: np.random.Generator
) -> Made:
    authorities = len(CHILDREN)
    before = BURN_IN if one.kind is Kind.STOCK else 0
    length = quarters + before
    shape = (repeats, authorities)
    level = rng.normal(size=(*shape, 1)) * (0.3 if one.kind is Kind.PERCENTAGE else 0.25)
    if world.outlying:
        level /= np.sqrt(rng.chisquare(3, (*shape, 1)))  # of a Student t with variance 1, as the bell curve's
    spread = one.noise_sd * np.exp(world.unequal_noise * rng.normal(size=shape))[..., None]
    own = spread * _noise(rng, shape, length, one.lasting, heavy=world.heavy_tails)
    wander = np.cumsum(rng.normal(size=(*shape, length)), axis=2) * world.wanders
    region = world.regional_sd * _noise(rng, (repeats, 1), length, REGION_LASTS)
    season = one.season * world.season_times * SEASON[(np.arange(length) - before) % 4]
    expected = level + own + wander + region + season
    moved = rng.random(shape) < planted.share if planted != Planted() else np.zeros(shape, dtype=bool)
    factor = np.where(moved[..., None], _effect(one.adverse, planted, quarters), 1.0)
    factor = factor * np.where(np.arange(quarters) == quarters - 1, _common(one, world), 1.0)
    children = np.broadcast_to(CHILDREN[:, None], (repeats, authorities, quarters))
    now = _stock_level(one, expected) if one.kind is Kind.STOCK else expected
    return Made(one, _counted(one, world, expected, factor, children, rng), moved, level[..., 0], now)


def moved_by(made: Made, times: Array, rng: np.random.Generator) -> Panel:
    """The same quarters, with what is counted drawn anew wherever it is to be more or less.

    A stock is moved as it stands, since most of its children are those of the quarter before; and so is an average.

    Parameters
    ----------
    times
        Repeats by authorities by quarters: 1 where nothing moves.
    """
    one, (events, base) = made.series, (made.panel.events, made.panel.base)
    if one.kind is Kind.FLOW:
        anew = rng.poisson(base / 10_000 * one.level * np.exp(made.now) * times).astype(float)
    elif one.kind is Kind.PERCENTAGE:
        share = 1.0 / (1.0 + np.exp(-(np.log(one.level / (1.0 - one.level)) + made.now)))
        anew = rng.binomial(base.astype(int), np.clip(share * times, 0.0, 1.0)).astype(float)
    else:
        anew = events * times if one.kind is Kind.DURATION else np.rint(events * times)
    return Panel(one.kind, np.where(times == 1.0, events, anew), base)


def _noise(
    rng: np.random.Generator, shape: tuple[int, ...], length: int, lasting: float, *, heavy: bool = False
) -> Array:
    """With variance 1: each quarter keeps a part of the one before."""
    fresh = rng.standard_t(4, size=(*shape, length)) / np.sqrt(2.0) if heavy else rng.normal(size=(*shape, length))
    if heavy:
        return fresh
    noise = np.empty((*shape, length))
    noise[..., 0] = fresh[..., 0]
    for quarter in range(1, length):
        noise[..., quarter] = lasting * noise[..., quarter - 1] + np.sqrt(1 - lasting**2) * fresh[..., quarter]
    return noise


def _effect(adverse: int, planted: Planted, quarters: int) -> Array:
    if planted.drift:
        return (1.0 + adverse * planted.drift) ** np.arange(quarters)
    return np.where(np.arange(quarters) >= quarters - planted.quarters, 1.0 + adverse * planted.shift, 1.0)


def _common(one: SeriesWorld, world: World) -> float:
    return 1.0 + world.moves_all if one.kind in (Kind.FLOW, Kind.STOCK) else 1.0


def _stock_level(one: SeriesWorld, expected: Array) -> Array:
    """What a stock is expected to be, given its starts: like them on the log scale, but slower."""
    here = np.exp(expected.mean(axis=2))
    levels = np.empty(expected.shape)
    for quarter in range(expected.shape[2]):
        here = here * (1.0 - one.base) + one.base * np.exp(expected[..., quarter])
        levels[..., quarter] = np.log(here)
    return levels[..., BURN_IN:]


def _counted(
    one: SeriesWorld, world: World, expected: Array, factor: Array, children: Array, rng: np.random.Generator
) -> Panel:
    thousands = children / 10_000
    if one.kind is Kind.FLOW:
        return Panel(one.kind, rng.poisson(thousands * one.level * np.exp(expected) * factor).astype(float), children)
    if one.kind is Kind.STOCK:
        here = rng.poisson(one.level * thousands[..., 0] * np.exp(expected.mean(axis=2)))
        days = []
        for quarter in range(expected.shape[2]):
            starting = rng.poisson(one.level * one.base * thousands[..., 0] * np.exp(expected[..., quarter]))
            here = rng.binomial(here, 1.0 - one.base) + starting
            days.append(here)
        counts = np.stack(days[BURN_IN:], axis=-1)
        return Panel(one.kind, np.rint(counts * factor), children)
    base = rng.poisson(thousands * one.base)
    if one.kind is Kind.PERCENTAGE:
        share = 1.0 / (1.0 + np.exp(-(np.log(one.level / (1.0 - one.level)) + expected)))
        counts = rng.binomial(base, np.clip(share * factor, 0.0, 0.99))
        return Panel(one.kind, counts.astype(float), base.astype(float))
    shape = world.days_shape * np.maximum(base, 1)
    days_mean = rng.gamma(shape, one.level * np.exp(expected) * factor / shape)
    return Panel(one.kind, np.where(base > 0, days_mean, np.nan), base.astype(float))
