"""Of all prompts that are made, how many are chance: the words on the pages (`views/readings.py`) stand on this.

`python benchmarks/prompts_together.py [REPEATS]` prints the table of docs/methods/signals.md, for the assumed world
and the estimated one, where 5 % and where 1 % of cells have moved. The mean over quarters of each one's share of chance
(`calibrate.py`) takes a quarter without prompts as one without error; here a prompt counts as much as any other. In
brackets the 95 % interval, of quarters drawn anew. Seeded; asserts nothing.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent / "calibration"))

from calibrate import answers, prompts
from worlds import ASSUMED, ESTIMATED, SHARE_MOVED, Planted, World, null_worlds, other_worlds, read_world, simulate

from analysis.signals.tiers import Tier

REPEATS, QUARTERS, SEED = 100, 16, 77
SHARES_MOVED = (SHARE_MOVED, 0.01)
ALSO_DRIFT = ("wandering levels", "both, unequal")
RESAMPLED = 500
MOVES = {
    Tier.NEW: ("35 %", Planted(shift=0.35)),
    Tier.SUSTAINED: ("35 %", Planted(shift=0.35, quarters=4)),
    Tier.DRIFT: ("2 % a quarter", Planted(drift=0.02)),
}


def together(job: tuple[str, World, Tier, int]) -> str:
    """A row: prompts a quarter and the share of chance among all of them, by how many cells moved."""
    name, world, tier, repeats = job
    size, effect = MOVES[tier]
    cells = []
    for share in SHARES_MOVED:
        made = simulate(world, repeats, QUARTERS, SEED, replace(effect, share=share))
        found = prompts(answers(made, tier))
        chance = found & ~np.stack([one.moved for one in made], axis=1)
        whole, part = (flags.sum(axis=(1, 2)) for flags in (found, chance))
        again = np.random.default_rng(0).integers(0, repeats, (RESAMPLED, repeats))
        low, high = np.quantile(part[again].sum(axis=1) / np.maximum(whole[again].sum(axis=1), 1), (0.025, 0.975))
        cells.append(f"{whole.mean():.2f} | {part.sum() / max(whole.sum(), 1):.2f} ({low:.2f} to {high:.2f})")
    return f"| {name} | {tier} | {size} | {' | '.join(cells)} |"


def main() -> None:
    """Print both tables."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else REPEATS
    with ProcessPoolExecutor() as pool:
        for path in (ASSUMED, ESTIMATED):
            world = read_world(path)
            worlds = {"base": world, "unequal noise": null_worlds(world)["unequal noise"]}
            jobs = [(name, one, tier, repeats) for name, one in worlds.items() for tier in Tier]
            jobs += [(name, other_worlds(world)[name], Tier.DRIFT, repeats) for name in ALSO_DRIFT]
            print(f"\nWorld: {path.name}; {repeats} quarters of each, {QUARTERS} quarters long, seed {SEED}\n")
            print("| world | tier | move | prompts, 5 % moved | chance | prompts, 1 % moved | chance |")
            print("|---|---|---|---|---|---|---|")
            for line in pool.map(together, jobs):
                print(line, flush=True)


if __name__ == "__main__":
    main()
