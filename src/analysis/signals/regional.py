"""Whether the region as a whole has moved: one test for each of its flows, and description alone for a stock."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.signals.common import chance_of_trends
from analysis.signals.covariance import estimate
from analysis.signals.panel import Array, Kind, Panel, by_chance, distance
from analysis.signals.tiers import FEWEST_AUTHORITIES, FEWEST_QUARTERS, Tier

ROUNDS = 3
FIRST_GUESS = 0.01
SEASONS = 4


@dataclass(frozen=True)
class RegionalTrend:
    """One series of a region."""

    slope: float
    """The median of the authorities' Sen slopes, in the figures' own unit by quarter; NaN where there is none."""
    p: float
    """Two-sided; NaN where nothing is tested."""
    rises: bool
    """Whether what was tested rises: members with few children may stand still where the region does not."""
    authorities: int
    """How many could take part in a test: those with a figure in each quarter, and an event in one."""


def regional_trends(panel: Panel) -> list[RegionalTrend]:
    """A trend over all authorities of a region together, series by series.

    Parameters
    ----------
    panel
        All series of one kind: what the region swings in common is told by them together (`common.py`). Who has a
        gap in a series takes no part in its test. Only flows are tested. The quarters of a stock hang together so
        closely that every test cries wolf: its slope is told, without a p.

    Notes
    -----
    Generalised least squares of the region's mean on a season and a slope. Its covariance is that of chance, of the
    authorities' own swings (estimated over all of them, as for the tiers), and of swings that they have in common.
    Kendall's test with the covariance between authorities (Dietz and Killeen 1981) takes quarters for independent:
    where swings last, one region in four had a trend (`docs/methods/signals.md`).
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        # An average of days is a figure by itself: its base is the children behind it.
        figures = panel.events if panel.kind is Kind.DURATION else panel.events / panel.base
        shown = np.where(panel.given, figures, np.nan)
    whole = panel.given.all(axis=2) & (np.nan_to_num(panel.events).sum(axis=2) > 0)
    enough = (whole.sum(axis=1) >= FEWEST_AUTHORITIES) & (shown.shape[2] >= FEWEST_QUARTERS[Tier.DRIFT])
    tested, p, rises = enough & (panel.kind is Kind.FLOW), np.full(len(shown), np.nan), np.zeros(len(shown), dtype=bool)
    if tested.any():
        events, base = (np.where(whole[..., None], one, np.nan)[tested] for one in (panel.events, panel.base))
        design = _level_season_slope(shown.shape[2])
        p[tested], rises[tested] = chance_of_trends(*_means(Panel(panel.kind, events, base), design), design)
    return [
        RegionalTrend(_middle(rows), float(p[at]), bool(rises[at]), int(whole[at].sum()))
        for at, rows in enumerate(shown)
    ]


def sen_slope(values: Array) -> float:
    """Theil and Sen's slope: the median of the slopes between any two quarters; gaps keep their place in time."""
    there = np.flatnonzero(~np.isnan(values))
    if len(there) < 2:
        return float("nan")
    slopes = [(values[b] - values[a]) / (b - a) for a, b in combinations(there, 2)]
    return float(np.median(slopes))


def _middle(rows: Array) -> float:
    slopes = [slope for row in rows if not np.isnan(slope := sen_slope(row))]
    return float(np.median(slopes)) if slopes else float("nan")


def _level_season_slope(quarters: int) -> Array:
    time = np.arange(quarters)
    season = [(time % SEASONS == one).astype(float) for one in range(SEASONS)]
    return np.column_stack([*season, time - (quarters - 1) / 2.0])


def _means(panel: Panel, design: Array) -> tuple[Array, Array]:
    """The weighted mean of the authorities' relative figures, and its covariance but for what they have in common.

    Series by quarters, and series by quarter by quarter. Authorities without a figure have no weight.
    """
    given = panel.given
    there = given.all(axis=2)
    events, base = (np.where(given, one, 0.0) for one in (panel.events, panel.base))
    rate = events.sum(axis=2, keepdims=True) / np.maximum(base.sum(axis=2, keepdims=True), 1e-12)
    usual = np.log(np.where(given, rate + 0.5 / np.maximum(base, 1e-12), 1.0))
    figures, chance = distance(panel, usual), by_chance(panel, usual)
    by_count = np.where(there, np.nan_to_num(chance).mean(axis=2), np.inf)
    variance = np.full(len(figures), FIRST_GUESS)
    for _ in range(ROUNDS):
        weight = 1.0 / (variance[:, None] + by_count)
        weight /= weight.sum(axis=1, keepdims=True)
        means = np.einsum("sa,sat->st", weight, figures)
        # An authority is part of the mean: its distance from it is that much too short.
        own = np.where(given, (figures - means[:, None, :]) / np.sqrt(1.0 - weight)[..., None], 0.0)
        noise = estimate(own, given, chance, variance, panel.kind, design)
        variance = noise.variance
    lags = np.abs(np.arange(figures.shape[2])[:, None] - np.arange(figures.shape[2])[None, :])
    swings = (weight**2).sum(axis=1)[:, None, None] * variance[:, None, None]
    swings = swings * np.power(noise.lasting[:, None, None], lags)
    counted = np.einsum("sa,sat->st", weight**2, np.nan_to_num(chance))
    return means, swings + np.eye(figures.shape[2]) * counted[:, None, :]
