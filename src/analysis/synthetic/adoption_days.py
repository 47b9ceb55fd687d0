"""Days of adopted children: each child is drawn, so that averages and counts are of the same children."""

from __future__ import annotations

import numpy as np
from scipy import special

from analysis.synthetic.assumptions import Timeliness, Wander
from analysis.synthetic.grid import Grid
from analysis.synthetic.movement import centred_multiplier, moves, slow
from analysis.synthetic.streams import Counts, Floats, normals, uniforms


def draw_days(
    seed: int, grid: Grid, wander: Wander, assumed: Timeliness, adopted: Counts, planted: Floats
) -> dict[str, Floats]:
    """A1, A2 and A3 as authorities send them: whole days and how many children.

    An average of no children is NaN.

    Parameters
    ----------
    adopted
        Children adopted, quarters x authorities.
    planted
        Multiplier of the days, 1 where nothing is planted.
    """
    scale = _mean_days(seed, "a1_days", grid, wander, assumed.a1_days, assumed.a1_spread, assumed) * planted
    part = np.clip(
        _mean_days(seed, "a2_days", grid, wander, assumed.a2_days, assumed.a2_spread, assumed) / assumed.a1_days,
        0.05,
        0.95,
    )
    whole, between, with_order, early = (np.zeros(grid.shape) for _ in range(4))
    for child in range(int(adopted.max())):
        here = adopted > child
        chance = uniforms(seed, f"child {child} entry to placement", grid.shape)[here]
        days = np.ceil(special.gammaincinv(assumed.a1_shape, chance) * scale[here] / assumed.a1_shape)
        chance = uniforms(seed, f"child {child} court to match", grid.shape)[here]
        alpha = part[here] * assumed.a2_concentration
        inside = np.ceil(special.betaincinv(alpha, assumed.a2_concentration - alpha, chance) * days)
        order = uniforms(seed, f"child {child} order", grid.shape)[here] < assumed.a2_children
        whole[here] += days
        between[here] += np.where(order, inside, 0)
        with_order[here] += order
        early[here] += days < assumed.a3_days
    return {
        "a1_days": _average(whole, adopted),
        "a1_children": adopted.astype(np.float64),
        "a2_days": _average(between, with_order),
        "a2_children": with_order,
        "a3_under_14_months": early,
        "a3_children": adopted.astype(np.float64),
    }


def _mean_days(
    seed: int, name: str, grid: Grid, wander: Wander, days: float, spread: float, assumed: Timeliness
) -> Floats:
    """The mean that an authority's children are drawn around."""
    own = np.exp(assumed.authority_sd * normals(seed, f"{name} authority", grid.shape[1:]))
    moved = moves(seed, name, grid, wander, slow(seed, name, grid, wander.shorter_phi), np.full(grid.shape[1], spread))
    return days * own * centred_multiplier(moved, grid)


def _average(total: Floats, children: Counts | Floats) -> Floats:
    """Whole days: authorities send no decimals. Halves go up, as people round."""
    return np.where(children > 0, np.floor(total / np.maximum(children, 1) + 0.5), np.nan)
