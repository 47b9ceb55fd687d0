"""Real series with their quarters in another order: what that leaves of a season, of swings that last and of shifts.

No order that moves quarters about leaves everything as it was. What each of these keeps and what it breaks is said
with it, and `benchmarks/real_series.py` puts made-up series in which nothing happened through the same: what comes of
those is made by the order itself.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.signals.panel import Array

YEAR, WINDOW = 4, 16
Order = Callable[[Array, Array, float, np.random.Generator], Array]
"""From rates (authorities by quarters), regions (by authority) and how long swings last, to rates."""


def in_blocks(quarters: int, *, within: int | None = None, alike: bool = False) -> Order:
    """Blocks of so many quarters in an order of each authority's own, or in one for all.

    They stay within stretches of so many quarters, or go anywhere. Of whole years the season stays; swings that last
    stay within a block and end with it.
    """

    def ordered(rates: Array, regions: Array, lasting: float, rng: np.random.Generator) -> Array:
        out, stretch = np.empty_like(rates), within or rates.shape[1]
        for start in range(0, rates.shape[1], stretch):
            blocks = rates[:, start : start + stretch].reshape(len(rates), -1, quarters)
            orders = rng.permuted(np.tile(np.arange(blocks.shape[1]), (len(rates), 1)), axis=1)
            if alike:
                orders = np.broadcast_to(orders[:1], orders.shape)
            moved = np.take_along_axis(blocks, orders[..., None], axis=1)
            out[:, start : start + stretch] = moved.reshape(len(rates), -1)
        return out

    return ordered


def season_by_season(rates: Array, regions: Array, lasting: float, rng: np.random.Generator) -> Array:
    """Each season's quarters of a window in an order of their own: no swing lasts, and none ends."""
    years = rates.reshape(len(rates), -1, WINDOW // YEAR, YEAR)
    return rng.permuted(years, axis=2).reshape(rates.shape)


def own_year(rates: Array, regions: Array, lasting: float, rng: np.random.Generator) -> Array:
    """Whole years that begin in a quarter of each authority's own: the last four quarters are then seldom one block."""
    begins = rng.integers(0, YEAR, len(rates))
    moved = in_blocks(YEAR)(_turned(rates, -begins), regions, lasting, rng)
    return _turned(moved, begins)


def turned(rates: Array, regions: Array, lasting: float, rng: np.random.Generator) -> Array:
    """Each authority's course as it was, begun some years later and led round: all that lasts stays, and all shifts."""
    return _turned(rates, YEAR * rng.integers(0, rates.shape[1] // YEAR, len(rates)))


def own_part(inner: Order) -> Order:
    """An order of what is an authority's own alone: its level and what its region has in common stay where they are."""

    def ordered(rates: Array, regions: Array, lasting: float, rng: np.random.Generator) -> Array:
        stays, own = _parts(rates, regions)
        moved = inner(np.nan_to_num(own), regions, lasting, rng)
        return np.exp(stays + np.where(np.isnan(own), np.nan, moved))

    return ordered


def level_years(own: Array, regions: Array, lasting: float, rng: np.random.Generator) -> Array:
    """Whole years, each less its own mean: without steps from year to year, and without swings longer than one."""
    years = own.reshape(len(own), -1, YEAR)
    return in_blocks(YEAR)((years - years.mean(axis=2, keepdims=True)).reshape(own.shape), regions, lasting, rng)


def fresh_parts(own: Array, regions: Array, lasting: float, rng: np.random.Generator) -> Array:
    """What is new in each quarter, beside what lasts of the one before, in another order; then made to last again.

    Swings last as they are taken to; what of an authority's restlessness and of far-off quarters is real stays.
    """
    fresh = own[:, 1:] - lasting * own[:, :-1]
    fresh = rng.permuted(fresh - fresh.mean(axis=1, keepdims=True), axis=1)
    out = np.empty_like(own)
    # The first quarter is drawn as far off as a swing that lasts comes to.
    out[:, 0] = fresh[np.arange(len(own)), rng.integers(0, fresh.shape[1], len(own))] / np.sqrt(1.0 - lasting**2)
    for quarter in range(1, own.shape[1]):
        out[:, quarter] = lasting * out[:, quarter - 1] + fresh[:, quarter - 1]
    return out


ORDERS: dict[str, Order] = {
    "whole years, within four": in_blocks(YEAR, within=WINDOW),
    "each season for itself, within four years": season_by_season,
    "whole years": in_blocks(YEAR),
    "whole years, all authorities alike": in_blocks(YEAR, alike=True),
    "whole years from a quarter of the authority's own": own_year,
    "two years together": in_blocks(2 * YEAR),
    "three years together": in_blocks(3 * YEAR),
    "led round by whole years": turned,
    "own part: whole years": own_part(in_blocks(YEAR)),
    "own part: whole years, less their means": own_part(level_years),
    "own part: led round by whole years": own_part(turned),
    "own part: what is new in each quarter": own_part(fresh_parts),
}


def _turned(rates: Array, by: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Array:
    places = (np.arange(rates.shape[1]) - by[:, None]) % rates.shape[1]
    return np.take_along_axis(rates, places, axis=1)


def _parts(rates: Array, regions: Array) -> tuple[Array, Array]:
    """Logarithms in two: an authority's level and its region's middle one of each quarter; and the rest."""
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = np.where(rates > 0, np.log(rates), np.nan)
    level = np.nanmean(whole, axis=1, keepdims=True)
    common = np.empty_like(whole)
    for region in np.unique(regions):
        here = regions == region
        common[here] = np.nanmedian((whole - level)[here], axis=0)
    return level + common, whole - level - common
