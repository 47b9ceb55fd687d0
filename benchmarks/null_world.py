"""A made-up region in which nothing happens: authorities differ and swing about their levels, and chance does the rest.

All of it is assumed, none of it estimated. What is measured in it holds for it, and for a region that is like it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

CHILDREN = 1000.0 * np.array([25, 28, 34, 35, 38, 41, 43, 44, 49, 51, 64, 71, 105, 126, 150, 176, 263, 285, 340])
EFFECT_SD, LOGIT_EFFECT_SD = 0.25, 0.3
"""How far authorities' own levels differ, on the log scale; on the logit scale for percentages."""
REGION_PHI, REGION_SD = 0.6, 0.02
SEASON = (0.5, -1.0, 0.2, 0.3)
BURN_IN = 24


class Indicator(NamedTuple):
    """One row of the world.

    `level` is per 10,000 children and quarter (rate), per 10,000 (stock), a share (percentage) or days (duration).
    `base` is what a percentage or an average is of, per 10,000 children and quarter; of a stock the share that leaves
    in a quarter. Own swings are a first-order autoregression with standard deviation `swing` and correlation `phi`:
    of the log level, the logit for a percentage, and the log of the starts for a stock.
    """

    id: str
    group: str
    kind: Literal["rate", "stock", "percentage", "duration"]
    level: float
    base: float
    swing: float
    phi: float
    season: float


STOCK, VOLUME, LOW = "stocks", "referrals, assessments, section 47", "plans and looked after: started, ended"
LARGE, SMALL, DAYS = "percentages of many", "percentages of few", "average days"
INDICATORS = (
    Indicator("referrals", VOLUME, "rate", 130, 0, 0.07, 0.3, 0.07),
    Indicator("rereferral_pct", LARGE, "percentage", 0.22, 130, 0.15, 0.3, 0),
    Indicator("assessments", VOLUME, "rate", 130, 0, 0.08, 0.3, 0.06),
    Indicator("assess45_pct", LARGE, "percentage", 0.83, 130, 0.30, 0.5, 0),
    Indicator("cin_end", STOCK, "stock", 330, 0.35, 0.08, 0.3, 0.05),
    Indicator("s47", VOLUME, "rate", 45, 0, 0.10, 0.3, 0.06),
    Indicator("icpc15_pct", LARGE, "percentage", 0.78, 15, 0.35, 0.4, 0),
    Indicator("cpp_end", STOCK, "stock", 42, 0.30, 0.12, 0.3, 0.03),
    Indicator("cpp_start", LOW, "rate", 13, 0, 0.12, 0.3, 0.05),
    Indicator("cpp_cease", LOW, "rate", 13, 0, 0.12, 0.3, 0.05),
    Indicator("second_cpp_pct", SMALL, "percentage", 0.24, 13, 0.15, 0.2, 0),
    Indicator("cla_end", STOCK, "stock", 60, 0.095, 0.10, 0.3, 0.02),
    Indicator("cla_start", LOW, "rate", 6, 0, 0.10, 0.3, 0.03),
    Indicator("cla_cease", LOW, "rate", 5.8, 0, 0.10, 0.3, 0.03),
    Indicator("adopted_pct", SMALL, "percentage", 0.10, 5.8, 0.15, 0.2, 0),
    Indicator("A1_days", DAYS, "duration", 480, 0.6, 0.05, 0.2, 0),
    Indicator("A2_days", DAYS, "duration", 200, 0.6, 0.08, 0.2, 0),
    Indicator("A3_pct", SMALL, "percentage", 0.55, 0.6, 0.10, 0.2, 0),
)
GROUPS = (STOCK, VOLUME, LOW, LARGE, SMALL, DAYS)


class Made(NamedTuple):
    """Figures and what they come from. Worlds by quarters by authorities, but `own` is worlds by authorities."""

    numerator: Values
    denominator: Values
    own: Values
    """The authority's own level, by which the true position goes."""
    this_quarter: Values
    """The same with the quarter's swing (and what region and season add to all)."""


class World(NamedTuple):
    """How a world is unlike what the intervals suppose; as it stands here, it is as they do."""

    unequal: float = 0.0
    """The standard deviation of the logarithm of each authority's own `swing`; 0 where all swing alike."""
    outlying: bool = False
    """Whether a few authorities lie far from the others: own levels from Student's t of 3 degrees of freedom."""
    days_shape: float = 4.0
    """Of the gamma law of one child's days: 4 has a standard deviation of half the average, 1 of the whole."""


AS_SUPPOSED = World()


def make(indicator: Indicator, worlds: int, quarters: int, seed: int, world: World = AS_SUPPOSED) -> Made:
    """The figures of one indicator in many worlds of one sort."""
    chance = np.random.default_rng([seed, INDICATORS.index(indicator)])
    places, span = len(CHILDREN), quarters + BURN_IN
    swing = indicator.swing * np.exp(world.unequal * chance.standard_normal((worlds, 1, places)))
    moved = swing * _autoregression(chance, (worlds, span, places), indicator.phi)
    moved += REGION_SD * _autoregression(chance, (worlds, span, 1), REGION_PHI)
    moved += indicator.season * np.resize(SEASON, span)[:, None]
    effect = chance.standard_normal((worlds, places))
    if world.outlying:
        effect /= np.sqrt(chance.chisquare(3, (worlds, places)))
    own = effect * (LOGIT_EFFECT_SD if indicator.kind == "percentage" else EFFECT_SD)
    now = own[:, None] + moved
    children = np.broadcast_to(CHILDREN, now.shape)
    if indicator.kind == "rate":
        counted = chance.poisson(indicator.level / 1e4 * children * np.exp(now)).astype(float)
        made = Made(counted, children, own, now)
    elif indicator.kind == "stock":
        made = _stock(indicator, chance, own, now)
    else:
        how_many = indicator.base / 1e4 * CHILDREN * np.exp(EFFECT_SD * chance.standard_normal((worlds, 1, places)))
        total = chance.poisson(np.broadcast_to(how_many, now.shape)).astype(float)
        if indicator.kind == "percentage":
            share = 1 / (1 + np.exp(-np.log(indicator.level / (1 - indicator.level)) - now))
            part = chance.binomial(total.astype(int), share).astype(float)
        else:
            shape = world.days_shape
            part = chance.gamma(shape * total + (total == 0)) * indicator.level * np.exp(now) / shape
            part = np.where(total == 0, 0.0, part)
        made = Made(part, total, own, now)
    return Made(made.numerator[:, BURN_IN:], made.denominator[:, BURN_IN:], own, made.this_quarter[:, BURN_IN:])


def _stock(indicator: Indicator, chance: np.random.Generator, own: Values, now: Values) -> Made:
    """Starts are Poisson, each child leaves with the same chance; the stock expected from the starts is Poisson too."""
    expected = np.exp(own) * indicator.level / 1e4 * CHILDREN
    there = chance.poisson(expected)
    levels, counts = np.empty(now.shape), np.empty(now.shape)
    for quarter in range(now.shape[1]):
        starts = indicator.base * indicator.level / 1e4 * CHILDREN * np.exp(now[:, quarter])
        expected = expected * (1 - indicator.base) + starts
        there = chance.binomial(there, 1 - indicator.base) + chance.poisson(starts)
        levels[:, quarter], counts[:, quarter] = np.log(expected / CHILDREN), there
    return Made(counts, np.broadcast_to(CHILDREN, now.shape), own, levels)


def _autoregression(chance: np.random.Generator, shape: tuple[int, int, int], phi: float) -> Values:
    """A stationary series of variance 1 along the second axis."""
    series = chance.standard_normal(shape)
    for quarter in range(1, shape[1]):
        series[:, quarter] = phi * series[:, quarter - 1] + np.sqrt(1 - phi**2) * series[:, quarter]
    return series
