"""Events in a quarter, and parts of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from analysis.synthetic.assumptions import Assumptions
from analysis.synthetic.grid import Grid
from analysis.synthetic.levels import Calm
from analysis.synthetic.movement import Wandering, centred_multiplier, moves, regional, slow
from analysis.synthetic.streams import Counts, Floats, binomial, poisson, uniforms

_SURE = 0.995
"""No share is certain, whatever is planted on it."""


@dataclass(frozen=True)
class Events:
    """What came, and the wandering behind it for the measures that follow."""

    counts: Counts
    wander: Wandering


def draw_flow(
    seed: int, name: str, grid: Grid, assumed: Assumptions, calm: Calm, leader: Events | None, planted: Floats
) -> Events:
    """Poisson events around level x season x movement x planted truth.

    Parameters
    ----------
    leader
        The flow that this one follows.
    planted
        Multiplier (quarters x authorities), 1 where nothing is planted.
    """
    flow = assumed.flows[name]
    phi = assumed.wander.shorter_phi if flow.shorter_memory else assumed.wander.phi
    wander = slow(seed, name, grid, phi, None if leader is None else leader.wander, flow.correlation)
    moved = moves(seed, name, grid, assumed.wander, wander, calm.spreads[name])
    multiplier = centred_multiplier(moved + regional(seed, name, grid, assumed.region), grid)
    expected = calm.flows[name] * grid.season[:, None] ** flow.season * multiplier * planted
    return Events(poisson(uniforms(seed, f"{name} count", grid.shape), expected), wander)


def draw_part(
    seed: int, name: str, grid: Grid, assumed: Assumptions, calm: Calm, whole: Counts, planted: Floats
) -> Counts:
    """Binomial parts of `whole`: never more than it."""
    level = calm.shares[name]
    wander = slow(seed, name, grid, assumed.wander.shorter_phi)
    moved = moves(seed, name, grid, assumed.wander, wander, calm.spreads[name])
    share = special.expit(special.logit(level) + moved)
    # The logit of a mean is not the mean of logits: without this a share near 1 would sink as its spread grows.
    share = share * level[grid.centred].mean(axis=0) / share[grid.centred].mean(axis=0)
    share = np.clip(np.clip(share, 1 - _SURE, _SURE) * planted, 1 - _SURE, _SURE)
    return binomial(uniforms(seed, f"{name} count", grid.shape), whole, share)
