"""`tartanrug synth`: made-up returns where returns would lie, so that nothing downstream knows the difference."""

from __future__ import annotations

from rich.console import Console

from analysis.config import shown, workspace
from analysis.pipeline.collection import EXCHANGE, MADE_UP
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.synthetic.world import QUARTERS, make_world
from analysis.synthetic.write import write_exchange, write_returns, write_truth

SEED = 2026


def make_up(region: str, period: str, console: Console, *, seed: int = SEED, quarters: int = QUARTERS) -> None:
    """Write a region's made-up returns, the cross-regional file and the truths planted in both.

    Raises
    ------
    UsageError
        If there is no such region or quarter.
    """
    members = find_region(region)
    quarter = Quarter.parse(period)
    world = make_world(seed, quarter, quarters)
    home = workspace().raw / MADE_UP
    write_returns(world, home / members.id, members.everyone)
    write_exchange(world, home / EXCHANGE / str(quarter) / "all-authorities.csv")
    truths = write_truth(world, home / "truth" / f"{quarter}.csv")
    console.print(
        f"Made up {len(members.everyone)} returns of {members.name} to {quarter} ({quarters} quarters, seed {seed}): "
        f"{shown(home / members.id / str(quarter))}"
    )
    console.print(f"What was planted in them: {shown(truths)}")
