"""How often the interval of a position holds the true position, and how often a move is told where nothing moved.

In a made-up region in which nothing happens (`benchmarks/calibration/`): `python benchmarks/positions.py [WORLDS]`.
Prints what docs/methods/positions.md quotes; asserts nothing.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parent / "calibration"))

from worlds import CHILDREN, GROUPS, Made, World, read_world, simulate

from analysis.uncertainty.intervals import wilson
from analysis.uncertainty.moves import is_a_move
from analysis.uncertainty.noise import estimate_noise
from analysis.uncertainty.positions import Positions, position_intervals

Values = npt.NDArray[np.float64]

WORLDS, QUARTERS, YEAR, SEED = 200, 16, 4, 2019
RISE = 0.5
RISING = ("referrals, assessments, S47", "plans, looked after: starts, ceases")
AS_SUPPOSED = read_world()
UNLIKE = {
    "some swing more than others (log-normal, 0.5)": replace(AS_SUPPOSED, unequal_noise=0.5),
    "a few lie far from the others (Student's t, 3)": replace(AS_SUPPOSED, outlying=True),
    "days vary twice as much as supposed": replace(AS_SUPPOSED, days_shape=1.0),
}


class Held(NamedTuple):
    """What the intervals of one indicator held: 1, 0, and NaN where nothing was to be held. Worlds by authorities."""

    hit: Values
    first: Values
    last: Values
    width: Values


def made_by_name(world: World, worlds: int, seed: int) -> dict[str, Made]:
    """Every series of many worlds of one sort."""
    return {one.series.name: one for one in simulate(world, worlds, QUARTERS, seed)}


def swings(made: Made) -> Values:
    """The estimate of each world from its own history."""
    return np.array([estimate_noise(*world, made.scale) for world in zip(*made.counts, strict=True)])


def placed(made: Made, noise: Values | float, *, end: int = QUARTERS, over: int = 1) -> Positions:
    """The positions of the quarters that end with `end`, `over` of them summed."""
    figures = [part[:, end - over : end].sum(axis=1) for part in made.counts]
    return position_intervals(*figures, made.scale, highest_first=True, noise_sd=noise)


def held(positions: Positions, level: Values) -> Held:
    """The intervals against the true order of those who have a figure."""
    level = np.where(np.isnan(positions.rank), -np.inf, level)
    true = 1.0 + (level[:, None, :] > level[:, :, None]).sum(axis=2)
    true[np.isnan(positions.rank)] = np.nan
    hit = np.where(np.isnan(true), np.nan, (positions.low <= true) & (true <= positions.high))
    last = np.nanmax(true, axis=1, keepdims=True)
    return Held(
        hit, np.where(true == 1, hit, np.nan), np.where(true == last, hit, np.nan), positions.high - positions.low
    )


def row(name: str, these: Sequence[Held]) -> None:
    """One line: mean coverage, that of the true first and last, and mean width, with 95 % Monte-Carlo intervals."""
    by_world = np.array([np.nanmean(one.hit, axis=1) for one in these])
    error = 1.96 * by_world.std(ddof=1) / np.sqrt(by_world.size)
    cells = [f"{by_world.mean():6.1%} ± {error:.1%}"]
    for part in ("first", "last"):
        hits = np.concatenate([getattr(one, part).ravel() for one in these])
        hits = hits[~np.isnan(hits)]
        lower, upper = wilson(hits.sum(), hits.size)
        cells.append(f"{hits.mean():6.1%} ({lower:.0%}-{upper:.0%})")
    width = np.nanmean([np.nanmean(one.width) for one in these])
    print(f"| {name:42} | {cells[0]:14} | {cells[1]:16} | {cells[2]:16} | {width:5.1f} |")


def head(title: str) -> None:
    """The heading of a table."""
    print(f"\n{title}\n\n| {'class':42} | {'all':14} | {'true first':16} | {'true last':16} | width |")
    print("|---|---|---|---|---|")


def coverage(worlds: int) -> None:
    """By class and indicator, with swings estimated from the history; then without, against two truths."""
    runs = made_by_name(AS_SUPPOSED, worlds, SEED)
    noise = {name: swings(made) for name, made in runs.items()}
    found = {name: held(placed(made, noise[name]), made.own) for name, made in runs.items()}
    head(f"Own level, swings estimated from {QUARTERS} quarters")
    for group, names in GROUPS.items():
        row(group, [found[name] for name in names])
    for name in runs:
        row(f"  {name}, swings {noise[name].mean():.3f}", [found[name]])
    head("Own level, 12 months, with the swings of single quarters")
    for name, made in runs.items():
        if made.scale != "rate" and made.series.base < 10:
            row(f"  {name}", [held(placed(made, noise[name], over=YEAR), made.own)])
    plain = {name: placed(made, 0.0) for name, made in runs.items()}
    head("Without swings, against the level of this quarter")
    for group, names in GROUPS.items():
        row(group, [held(plain[name], runs[name].now[..., -1]) for name in names])
    head("Without swings, against the own level (what it would be to leave them out)")
    for group, names in GROUPS.items():
        row(group, [held(plain[name], runs[name].own) for name in names])


def otherwise(worlds: int) -> None:
    """The first table again in worlds that are not as the intervals suppose."""
    for title, world in UNLIKE.items():
        head(f"Own level, where {title}")
        runs = made_by_name(world, worlds, SEED)
        for group, names in GROUPS.items():
            row(group, [held(placed(runs[name], swings(runs[name])), runs[name].own) for name in names])


def both_outside(before: Positions, after: Positions) -> Values:
    """The other rule that was weighed: each position lies outside the other's interval."""
    new = (after.rank > before.high) | (after.rank < before.low)
    old = (before.rank > after.high) | (before.rank < after.low)
    return (new & old).astype(float)


def moves(worlds: int) -> None:
    """Moves told since the same quarter last year where nothing moved, and where one authority rose by a half."""
    print(f"\nMoves since the same quarter last year: told where nothing moved; where one rose by {RISE:.0%}\n")
    print(
        "| class | intervals apart | each outside the other's interval | without swings, apart | apart, after a rise |"
    )
    print("|---|---|---|---|---|")
    chance = np.random.default_rng(SEED)
    runs = made_by_name(AS_SUPPOSED, worlds, SEED + 1)
    a_quarter = np.zeros(3)
    for group, names in GROUPS.items():
        told: list[list[float]] = []
        for made in (runs[name] for name in names):
            noise = swings(made)
            before, after = (placed(made, noise, end=end) for end in (QUARTERS - YEAR, QUARTERS))
            bare = [placed(made, 0.0, end=end) for end in (QUARTERS - YEAR, QUARTERS)]
            both = ~np.isnan(before.rank + after.rank)
            found = [is_a_move(before, after)[both], both_outside(before, after)[both], is_a_move(*bare)[both]]
            rose = np.nan
            if group in RISING:
                which = (np.arange(worlds), chance.integers(0, len(CHILDREN), worlds))
                more = made.panel.events.copy()
                more[..., -1][which] += chance.poisson(RISE * more[..., -1][which])
                higher = placed(replace(made, panel=replace(made.panel, events=more)), noise)
                rose = is_a_move(before, higher)[which].mean()
            told.append([*(part.mean() for part in found), rose])
            a_quarter += [part.sum() / worlds for part in found]
        means = np.array(told).mean(axis=0)
        print(f"| {group} | {means[0]:.2%} | {means[1]:.1%} | {means[2]:.1%} | {means[3]:.0%} |".replace("nan%", "-"))
    print(f"| all, moves told a quarter | {' | '.join(f'{one:.1f}' for one in a_quarter)} | - |")


def speed() -> None:
    """The whole of a region's quarter."""
    chance = np.random.default_rng(SEED)
    events = chance.poisson(13e-4 * CHILDREN * np.exp(0.25 * chance.standard_normal((35, len(CHILDREN))))).astype(float)
    children = np.broadcast_to(CHILDREN, events.shape)
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        position_intervals(events, children, "rate", highest_first=True)
        taken.append(time.perf_counter() - began)
    print(f"\n{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"35 series x {len(CHILDREN)} authorities: {min(taken) * 1000:.0f} ms, the best of {len(taken)}")


def main() -> None:
    """Measure and print."""
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else WORLDS
    print(f"{worlds} worlds of {len(AS_SUPPOSED.series)} indicators and {len(CHILDREN)} authorities, seed {SEED}")
    coverage(worlds)
    otherwise(worlds)
    moves(worlds)
    speed()


if __name__ == "__main__":
    main()
