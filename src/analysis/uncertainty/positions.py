"""The interval of a position: where an authority's own level may stand among those reporting, sampling apart."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from analysis.uncertainty.scales import Kind, Scaled, Values, scaled

Ints = npt.NDArray[np.intp]

LEVEL = 0.9
DRAWS = 2000
SEED = 20190322
"""Fixed, so that the same figures give the same interval: the day on which Annex A was signed."""

SPREADS = 80
"""On so many spreads between authorities the posterior is reckoned, in equal steps."""
WIDEST = 4.0
"""The largest spread, in standard deviations of the figures: with so much of it nothing is drawn to the middle."""
FEWEST = 3
"""Fewer authorities do not tell how far authorities differ."""


class Positions(NamedTuple):
    """Positions and their intervals, in the shape of the figures; NaN where an authority has no figure."""

    rank: Values
    low: Values
    high: Values


def position_intervals(
    numerator: npt.ArrayLike,
    denominator: npt.ArrayLike,
    kind: Kind,
    *,
    highest_first: bool,
    noise_sd: npt.ArrayLike = 0.0,
    level: float = LEVEL,
    draws: int = DRAWS,
) -> Positions:
    """The position of each figure, and the interval in which the position of the authority's own level lies.

    Parameters
    ----------
    numerator, denominator
        Authorities, or series by authorities; as for `scaled`. NaN where missing.
    kind
        That of the series.
    highest_first
        Whether position 1 is the highest figure (`comparisons.ranks.highest_first`).
    noise_sd
        How far an authority's figures swing about its own level beyond sampling, on the scale of the kind
        (`estimate_noise`): one number, or one for each series. With 0 the interval is for the level of this one
        quarter, swing included.
    level
        The share of draws inside the interval, between 0 and 1; at most half of the rest lies on either side. And
        those whose interval leaves out the first place held it in at most that rest of the draws together; likewise
        the last place.
    draws
        How many orders of the authorities are drawn.

    Returns
    -------
    Positions
        `rank` is 1 + the number strictly ahead, ties sharing the smaller number, and who has no figure is not
        counted. The interval always holds the rank: where the draws leave it out, it is extended to it. One
        authority: 1 to 1. Two: 1 to 2 whatever their figures, since two do not tell how far authorities differ.

    Raises
    ------
    ValueError
        As `scaled`; and where `noise_sd` is below 0, or NaN (which `estimate_noise` gives for a history too short or
        too broken), for any series, also one without figures; or `level` is not between 0 and 1.

    Notes
    -----
    Each level on the scale is normal about the figure, with the variance of sampling and swings; the levels are normal
    about a common mean, with a common spread. Mean and spread are not known either: both get a flat prior, the spread
    up to four standard deviations of the figures, and are drawn with the levels (A. Gelman and others, Bayesian Data
    Analysis, third edition (2013), 5.4). H. Goldstein and D. J. Spiegelhalter, Journal of the Royal Statistical
    Society A 159 (1996), on intervals of ranks.
    """
    figures = scaled(numerator, denominator, kind)
    noise = np.broadcast_to(np.asarray(noise_sd, dtype=float), figures.level.shape[:-1])
    if not (noise >= 0).all():
        raise ValueError("noise_sd below 0 or missing")
    if not 0 < level < 1:
        raise ValueError(f"a level is between 0 and 1, not {level:g}")
    shape = figures.level.shape
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.asarray(numerator, dtype=float) / np.asarray(denominator, dtype=float)
    chance = _chance(shape[-1] + 1, draws)
    rows = (np.atleast_2d(part) for part in (figures.level, figures.variance + noise[..., None] ** 2, value))
    found = [
        _of_one_series(Scaled(figure, variance), of, highest_first, level, chance)
        for figure, variance, of in zip(*rows, strict=True)
    ]
    parts = np.array(found).reshape(len(found), 3, shape[-1])
    return Positions(*(parts[:, part].reshape(shape) for part in range(3)))


@lru_cache(maxsize=8)
def _chance(rows: int, draws: int) -> Values:
    """The same chance for all: a row for the mean, and one for each authority."""
    return np.random.default_rng(SEED).standard_normal((rows, draws))


def _of_one_series(figures: Scaled, value: Values, highest_first: bool, level: float, chance: Values) -> Positions:
    """The positions of one series, with the authorities in an order of their own.

    Draws are given out by order of the figures, not by place in the table: so a table in another order has the same
    intervals, and so has one with further rows that hold nothing.
    """
    empty = np.full(len(value), np.nan)
    positions = Positions(empty, empty.copy(), empty.copy())
    present = np.flatnonzero(~np.isnan(figures.level))
    order = present[np.lexsort((figures.variance[present], figures.level[present]))]
    if not order.size:
        return positions
    ahead = -value[order] if highest_first else value[order]
    rank = rankdata(ahead, method="min").astype(float)
    low, high = _interval(figures.level[order], figures.variance[order], level, chance)
    if highest_first:
        low, high = len(order) + 1 - high, len(order) + 1 - low
    positions.rank[order] = rank
    positions.low[order] = np.minimum(low, rank)
    positions.high[order] = np.maximum(high, rank)
    return positions


def _interval(level_of: Values, variance: Values, level: float, chance: Values) -> tuple[Values, Values]:
    """The interval of each authority's place from the lowest up; figures in ascending order."""
    count = len(level_of)
    if count < FEWEST:
        return np.ones(count), np.full(count, float(count))
    in_order = np.argsort(_drawn_levels(level_of, variance, chance[: count + 1]), axis=1)
    cells = count * in_order + np.arange(count)
    at = np.bincount(cells.ravel(), minlength=count * count).reshape(count, count)
    outside = int(chance.shape[1] * (1 - level) + 1e-9)
    up_to, from_there = at.cumsum(axis=1), at[:, ::-1].cumsum(axis=1)
    low = 1.0 + (up_to <= outside // 2).sum(axis=1)
    high = count - (from_there <= outside // 2).sum(axis=1)
    low = np.where(_may_hold(at[:, 0], outside), 1.0, low)
    high = np.where(_may_hold(at[:, -1], outside), count, high)
    return _alike(low, high.astype(float), level_of, variance)


def _may_hold(times: Ints, outside: int) -> npt.NDArray[np.bool_]:
    """Who may hold the first place, or the last, by how many draws gave it to each.

    Those left out of it held it in at most `outside` draws together. Of many authorities each is seldom first, and
    somebody is: leaving out each by itself would leave out whoever is first too often.
    """
    order = np.argsort(times, kind="stable")
    may = np.empty(len(times), dtype=bool)
    may[order] = times[order].cumsum() > outside
    return may


def _drawn_levels(figure: Values, variance: Values, chance: Values) -> Values:
    """Draws by authorities: levels that these figures may come from."""
    spread, mean, mean_variance = _drawn_spreads(figure, variance, chance.shape[1])
    middle = mean + np.sqrt(mean_variance) * chance[0]
    weight = spread[:, None] ** 2 / (spread[:, None] ** 2 + variance)
    drawn: Values = weight * figure + (1 - weight) * middle[:, None] + np.sqrt(weight * variance) * chance[1:].T
    return drawn


def _drawn_spreads(figure: Values, variance: Values, draws: int) -> tuple[Values, Values, Values]:
    """For each draw: the spread between authorities, and mean and variance of their common mean with that spread.

    The spreads are the quantiles of their own posterior at equal distances, which needs no chance.
    """
    widest = WIDEST * np.sqrt(figure.var() + variance.min())
    spread = widest * (np.arange(SPREADS) + 0.5) / SPREADS
    precision = 1 / (variance + spread[:, None] ** 2)
    mean_variance = 1 / precision.sum(axis=1)
    mean = (precision * figure).sum(axis=1) * mean_variance
    log_posterior = 0.5 * (
        np.log(mean_variance) + (np.log(precision) - precision * (figure - mean[:, None]) ** 2).sum(axis=1)
    )
    posterior = np.exp(log_posterior - log_posterior.max())
    reached = posterior.cumsum() / posterior.sum()
    chosen = np.searchsorted(reached, (np.arange(draws) + 0.5) / draws)
    return spread[chosen], mean[chosen], mean_variance[chosen]


def _alike(low: Values, high: Values, figure: Values, variance: Values) -> tuple[Values, Values]:
    """The same interval for authorities with the same figures: which of them drew what is no difference."""
    first = np.concatenate([[True], (np.diff(figure) != 0) | (np.diff(variance) != 0)])
    starts = np.flatnonzero(first)
    of = first.cumsum() - 1
    return np.minimum.reduceat(low, starts)[of], np.maximum.reduceat(high, starts)[of]
