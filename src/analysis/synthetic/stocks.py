"""Children at the end of a quarter: those of the quarter before, and those who started, less those who left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.synthetic.assumptions import Stock
from analysis.synthetic.grid import Grid
from analysis.synthetic.streams import Counts, Floats, binomial, poisson, uniforms, wandering

_ALL_BUT = 0.95
"""The largest share of a stock that may leave in a quarter."""


@dataclass(frozen=True)
class StockPath:
    """A stock and what left it: `at_end[t] == at_end[t-1] + starting[t] - ceasing[t]` from the second quarter on."""

    at_end: Counts
    ceasing: Counts


def draw_stock(
    seed: int, name: str, grid: Grid, stock: Stock, target: Floats, entries: Floats, starting: Counts
) -> StockPath:
    """A birth-death process around a level.

    Parameters
    ----------
    target
        The level, quarters x authorities.
    entries
        Expected starts in a quarter without season or movement: they set the share that has to leave.
    starting
        The starts as drawn: what is planted on them goes on into the stock.
    """
    chance = uniforms(seed, f"{name} leaving", grid.shape)
    noise = np.exp(stock.leaving_sd * wandering(seed, f"{name} leaving noise", grid.shape, stock.leaving_phi))
    at_end, ceasing = np.zeros(grid.shape, dtype=np.int64), np.zeros(grid.shape, dtype=np.int64)
    at_end[0] = poisson(chance[0], target[0])
    for quarter in range(1, grid.shape[0]):
        before = target[quarter - 1]
        leaving = 1 - target[quarter] / (before + entries[quarter])
        leaving = leaving * (np.maximum(at_end[quarter - 1], 0.5) / before) ** stock.pull
        leaving = np.clip(leaving * noise[quarter], 0, _ALL_BUT)
        present = at_end[quarter - 1] + starting[quarter]
        ceasing[quarter] = binomial(chance[quarter], present, leaving)
        at_end[quarter] = present - ceasing[quarter]
    return StockPath(at_end, ceasing)
