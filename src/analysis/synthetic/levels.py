"""The calm that everything moves around: what is expected of each measure in each quarter, published or assumed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.synthetic.assumptions import Assumptions, Flow, Proportion, Stock
from analysis.synthetic.grid import Grid
from analysis.synthetic.published_levels import read_cells, read_levels
from analysis.synthetic.streams import Floats, normals

QUARTERS = 4
_RATIO_ENDS = (0.1, 0.8)
"""A base over a rate beyond these comes from a handful of children."""


@dataclass(frozen=True)
class Calm:
    """Expected values by measure, and how far each authority moves around them."""

    flows: dict[str, Floats]
    """Events in a quarter, without season; quarters x authorities."""
    stocks: dict[str, Floats]
    """Children at the end of a quarter; quarters x authorities."""
    shares: dict[str, Floats]
    """Parts of another count; quarters x authorities."""
    spreads: dict[str, Floats]
    """For flows and shares, by authority: the change from year to year on the log or the logit."""


def find_levels(seed: int, grid: Grid, assumed: Assumptions) -> Calm:
    """Every level of the assumptions; the seed makes the effects of authorities where nothing is published."""
    calm = Calm({}, {}, {}, {})
    for name, stock in assumed.stocks.items():
        calm.stocks[name] = _stock(stock, grid, assumed)
    entries = {
        name: calm.stocks[name] * stock.leaving_share
        for name, stock in assumed.stocks.items()
        if stock.leaving_share is not None
    }
    for name, flow in assumed.flows.items():
        calm.flows[name], calm.spreads[name] = _flow(seed, name, flow, grid, assumed, calm.flows | entries)
    for name, part in assumed.proportions.items():
        calm.shares[name], calm.spreads[name] = _share(seed, name, part, grid, assumed)
    return calm


def _stock(stock: Stock, grid: Grid, assumed: Assumptions) -> Floats:
    rate = read_levels(stock.published, grid, assumed.published, share=False).at(grid, share=False)
    rest = rate.copy()
    for indicator in stock.less:
        rest -= read_levels(indicator, grid, assumed.published, share=False).at(grid, share=False)
    return np.maximum(rest, stock.at_least * rate) * grid.population / 1e4


def _flow(
    seed: int, name: str, flow: Flow, grid: Grid, assumed: Assumptions, others: dict[str, Floats]
) -> tuple[Floats, Floats]:
    if flow.published is not None:
        levels = read_levels(flow.published, grid, assumed.published, share=False)
        return levels.at(grid, share=False) * grid.population / 1e4 / QUARTERS, levels.spread
    assert flow.like is not None and flow.spread is not None  # noqa: PT018 - what `Flow` has checked
    level = others[flow.like]
    if flow.level is not None:
        rate = level / grid.population
        england = level.sum(axis=1, keepdims=True) / grid.population.sum(axis=1, keepdims=True)
        own = np.exp(flow.authority_sd * normals(seed, f"{name} authority", grid.shape[1:]))
        level = flow.level / 1e4 / QUARTERS * grid.population * (rate / england) ** flow.like_power * own
    return level, np.full(grid.shape[1], flow.spread)


def _share(seed: int, name: str, part: Proportion, grid: Grid, assumed: Assumptions) -> tuple[Floats, Floats]:
    if part.published is not None:
        levels = read_levels(part.published, grid, assumed.published, share=True)
        return levels.at(grid, share=True), levels.spread
    assert part.level is not None and part.spread is not None  # noqa: PT018 - what `Proportion` has checked
    level = np.full(grid.shape[1], part.level)
    if part.ratio_of_published is not None:
        level = _base_over_rate(*part.ratio_of_published, grid, assumed, part.level)
    own = part.authority_sd * normals(seed, f"{name} authority", grid.shape[1:])
    return np.broadcast_to(special.expit(special.logit(level) + own), grid.shape), np.full(grid.shape[1], part.spread)


def _base_over_rate(percentage: str, rate: str, grid: Grid, assumed: Assumptions, otherwise: float) -> Floats:
    """What part of one indicator's events is the base of another's percentage, over the newest years."""
    rules = assumed.published
    first = rules.newest_year - rules.level_years + 1
    base = read_cells(percentage, grid.codes, rules, share=True).since(first).base
    rates = read_cells(rate, grid.codes, rules, share=False).since(first)
    events = rates.figure * rates.base / 1e4
    both = (base > 0) & (events > 0)
    ratio = np.where(both, base, 0.0).sum(axis=1) / np.maximum(np.where(both, events, 0.0).sum(axis=1), 1.0)
    return np.where(both.any(axis=1), np.clip(ratio, *_RATIO_ENDS), otherwise)
