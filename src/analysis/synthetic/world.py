"""A made-up world: what every authority sent in every quarter, and what was planted in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import UsageError
from analysis.reference.periods import Quarter
from analysis.reference.registry import registry
from analysis.reference.status import Status
from analysis.synthetic.assumptions import assumptions
from analysis.synthetic.check_plan import check_plan
from analysis.synthetic.grid import Grid, make_grid
from analysis.synthetic.levels import find_levels
from analysis.synthetic.plan import Plan, Recording, plan, recording
from analysis.synthetic.planting import Truth, multipliers, place
from analysis.synthetic.recorded import Sent, as_sent
from analysis.synthetic.simulation import simulate

QUARTERS = 20
RETURNS = ("authority", "period", "measure", "value", "status", "quality")
TRUTH = ("kind", "authority", "measure", "from_period", "to_period", "size", "words")


@dataclass(frozen=True)
class World:
    """Made-up returns and their truths.

    `returns` has one row for each current authority, quarter and measure: `authority, period, measure, value, status,
    quality`, sorted by the first three; `value` is NaN unless `status` is `given`, and `quality` begins with MADE-UP.
    `truth` has one row for each thing planted: `kind` (shift, drift, slip, denominator, definition, gap, recording),
    `authority, measure, from_period, to_period, size, words`.
    """

    seed: int
    period: Quarter
    returns: pd.DataFrame
    truth: pd.DataFrame


def make_world(
    seed: int,
    period: Quarter,
    quarters: int = QUARTERS,
    *,
    truths: Plan | None = None,
    records: Recording | None = None,
) -> World:
    """Make up the returns of every current authority.

    Parameters
    ----------
    seed
        A whole number, not negative: same seed and period, same bytes.
    period
        The latest quarter. A later one adds to the same history: only what is planted moves with it.
    quarters
        How many quarters, the latest included.
    truths
        What to plant; the kit's own plan when None, nothing for `Plan()`.
    records
        Ways of recording and missing cells; the kit's own when None, none for `Recording()`.

    Raises
    ------
    UsageError
        If the seed is negative or the quarters begin too early.
    BadReferenceError
        If a plan names an authority or a measure that does not exist.
    """
    if seed < 0:
        raise UsageError(f"the seed {seed} is negative", remedy="use 0 or a larger whole number")
    truths, records = plan() if truths is None else truths, recording() if records is None else records
    assumed = assumptions()
    grid = make_grid(assumed, period, quarters)
    measures = tuple(registry().measures)
    check_plan(truths, records, grid, period, assumed, measures)
    calm = find_levels(seed, grid, assumed)
    usual = simulate(seed, grid, assumed, calm, {})
    placed = place(seed, truths, grid, period, usual.measures)
    planted = multipliers(placed, grid)
    happened = simulate(seed, grid, assumed, calm, planted) if planted else usual
    first = period.shift(1 - quarters)
    sent, known = as_sent(seed, grid, happened, measures, placed, records, truths.gaps, period, first)
    return World(seed, period, _returns(grid, sent, first, period), _truth(known))


def _returns(grid: Grid, sent: Sent, first: Quarter, last: Quarter) -> pd.DataFrame:
    """The long table of the quarters that are shown."""
    shown = slice(grid.quarters.index(first), grid.quarters.index(last) + 1)
    periods = np.array([str(quarter) for quarter in grid.quarters[shown]], dtype=object)
    blocks = []
    for measure, values in sent.values.items():
        value, missing = values[shown], sent.missing[measure][shown]
        status = np.where(missing, Status.NOT_SUBMITTED.value, Status.GIVEN.value).astype(object)
        status[np.isnan(value) & ~missing] = Status.NOT_APPLICABLE.value
        blocks.append(
            pd.DataFrame(
                {
                    "authority": np.tile(np.array(grid.codes, dtype=object), len(periods)),
                    "period": np.repeat(periods, len(grid.codes)),
                    "measure": measure,
                    "value": np.where(missing, np.nan, value).ravel(),
                    "status": status.ravel(),
                    "quality": sent.quality[measure][shown].ravel(),
                }
            )
        )
    table = pd.concat(blocks, ignore_index=True)
    return table.sort_values(["authority", "period", "measure"], ignore_index=True)[list(RETURNS)]


def _truth(known: list[Truth]) -> pd.DataFrame:
    rows = [
        (truth.kind, truth.authority, truth.measure, str(truth.first), str(truth.last), truth.size, truth.words)
        for truth in known
    ]
    table = pd.DataFrame(rows, columns=list(TRUTH)).astype({"size": "float64"})
    return table.sort_values(["kind", "authority", "measure", "from_period"], ignore_index=True)
