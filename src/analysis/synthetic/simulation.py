"""Every measure of every authority in every quarter, from the levels, the seed and what is planted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.synthetic.adoption_days import draw_days
from analysis.synthetic.assumptions import Assumptions
from analysis.synthetic.flows import Events, draw_flow, draw_part
from analysis.synthetic.grid import Grid
from analysis.synthetic.levels import Calm
from analysis.synthetic.stocks import draw_stock
from analysis.synthetic.streams import Floats

BEHIND = frozenset({"cin_opening", "cin_closing", "cin_rest", "conferences"})
"""Counted on the way, sent by nobody."""


@dataclass(frozen=True)
class Simulation:
    """What happened: quarters x authorities for each measure, and for the counts behind them that nobody sends."""

    measures: Mapping[str, Floats]
    behind: Mapping[str, Floats]


def can_be_planted(assumed: Assumptions) -> frozenset[str]:
    """The measures on which a shift, a drift or a definition can be planted.

    Stocks and leavers are not among them: they move through the starts.
    """
    return frozenset([*assumed.flows, *assumed.proportions, "a1_days"]) - BEHIND


def simulate(seed: int, grid: Grid, assumed: Assumptions, calm: Calm, planted: Mapping[str, Floats]) -> Simulation:
    """Draw everything.

    Parameters
    ----------
    seed
        Same seed, same numbers; a cell that nothing planted touches is the same with and without it.
    planted
        Multipliers by measure (quarters x authorities); a measure that is not there has none.
    """
    nothing = np.ones(grid.shape)
    events: dict[str, Events] = {}
    for name, flow in assumed.flows.items():
        leader = events[flow.follows] if flow.follows is not None else None
        events[name] = draw_flow(seed, name, grid, assumed, calm, leader, planted.get(name, nothing))
    counts = {name: drawn.counts for name, drawn in events.items()}
    for name, stock in assumed.stocks.items():
        entries, starting = calm.flows[stock.starting], counts[stock.starting]
        path = draw_stock(seed, name, grid, stock, calm.stocks[name], entries, starting)
        counts[name], counts[stock.ceasing] = path.at_end, path.ceasing
    for name, part in assumed.proportions.items():
        counts[name] = draw_part(seed, name, grid, assumed, calm, counts[part.of], planted.get(name, nothing))
    # DfE counts children on a plan and children looked after among children in need.
    counts["cin_at_end"] = counts["cin_rest"] + counts["cpp_at_end"] + counts["cla_at_end"]
    days = draw_days(seed, grid, assumed.wander, assumed.timeliness, counts["adopted"], planted.get("a1_days", nothing))
    every = {name: count.astype(np.float64) for name, count in counts.items()} | days
    return Simulation(
        measures={name: values for name, values in every.items() if name not in BEHIND},
        behind={name: every[name] for name in sorted(BEHIND)},
    )
