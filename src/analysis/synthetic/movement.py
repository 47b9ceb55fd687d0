"""How an authority's counts move besides growth and season: its own wandering, and its region's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.synthetic.assumptions import Shared, Wander
from analysis.synthetic.grid import Grid
from analysis.synthetic.streams import Floats, normals, wandering


def change_from_year_to_year(phi: float, quick_share: float) -> float:
    """Standard deviation of the change between two yearly means, for slow wandering of unit standard deviation.

    The slow part is correlated over quarters, the quick part is not: half its variance stays in the difference of two
    means of four.
    """
    quarter = np.arange(8)
    together = phi ** np.abs(quarter[:, None] - quarter[None, :])
    weights = np.repeat([-0.25, 0.25], 4)
    return float(np.sqrt(weights @ together @ weights + quick_share**2 / 2))


@dataclass(frozen=True)
class Wandering:
    """The slow movement of one measure, of unit variance, and how long it remembers."""

    path: Floats
    phi: float


def slow(seed: int, name: str, grid: Grid, phi: float, leader: Wandering | None = None, share: float = 0) -> Wandering:
    """The slow wandering of one measure; with a leader, correlated with that one's by `share`."""
    own = wandering(seed, f"{name} slow", grid.shape, phi)
    return Wandering(own if leader is None else share * leader.path + np.sqrt(1 - share**2) * own, phi)


def moves(seed: int, name: str, grid: Grid, rules: Wander, slowly: Wandering, spread: Floats) -> Floats:
    """Slow and quick movement on the log or logit scale, of the given spread from year to year."""
    size = spread / change_from_year_to_year(slowly.phi, rules.quick_share)
    return np.asarray(size * (slowly.path + rules.quick_share * normals(seed, f"{name} quick", grid.shape)))


def regional(seed: int, name: str, grid: Grid, rules: Shared) -> Floats:
    """What the authorities of one region share, on the log scale."""
    names = sorted(set(grid.regions))
    paths = wandering(seed, f"{name} region", (grid.shape[0], len(names)), rules.phi)
    return rules.sd * paths[:, [names.index(region) for region in grid.regions]]


def centred_multiplier(moved: Floats, grid: Grid) -> Floats:
    """The movement as a multiplier whose mean over the published years is 1 for every authority."""
    multiplier = np.exp(moved)
    return np.asarray(multiplier / multiplier[grid.centred].mean(axis=0))
