"""What the screen finds, and how often it finds what is not there: in made-up regions where that is known.

`make calibrate` prints the tables of docs/methods/signals.md, each share with its 95 % Monte-Carlo interval over
quarters; `python benchmarks/calibrate.py REPEATS [WORLD.csv]` takes another number of quarters, or another world.
Seeded: the same numbers each time. Asserts nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent / "calibration"))

from rivals import ewma, mann_kendall, own_history, robust_z, shown
from worlds import (
    ASSUMED,
    GROUPS,
    SHARE_MOVED,
    Made,
    Planted,
    World,
    moved_by,
    null_worlds,
    other_worlds,
    read_world,
    simulate,
)

from analysis.signals.contrast import Contrast, contrast
from analysis.signals.panel import Array, Kind, Mask, Panel
from analysis.signals.power import TOO_FEW
from analysis.signals.regional import regional_trends
from analysis.signals.screen import FALSE_SHARE, Screened, false_share, judge, prompts_alone
from analysis.signals.stories import MOVES_WITH
from analysis.signals.tiers import Tier, asked
from analysis.signals.xmr import special_causes_at_end

REPEATS = 200
MORE_OF = {"unequal noise": 4}
"""Times as many quarters in which nothing happened, where prompts come nearest to what was set as their most."""
LENGTHS = (16, 20)
SHIFTS, DRIFTS = (0.2, 0.35, 0.5), (0.01, 0.02, 0.04)
NULL_SEED, SHIFT_SEED, DRIFT_SEED, REGION_SEED, TOLD_SEED = 1, 2, 3, 4, 5
NOMINAL = 0.002
METHODS = ("XmR, all rules", "robust z > 3.5", "own history p < .002", "EWMA", "Mann-Kendall p < .05")
FLAGS = dict(zip(METHODS[1:4], (robust_z, own_history, ewma), strict=True))


@dataclass(frozen=True)
class Share:
    """A mean over quarters with its 95 % Monte-Carlo interval."""

    mean: float
    half: float

    @classmethod
    def of(cls, quarters: Iterable[float]) -> Share:
        values = np.array([one for one in quarters if not np.isnan(one)])
        return cls(float(values.mean()), float(1.96 * values.std(ddof=1) / np.sqrt(len(values))))

    def told(self, percent: bool = False) -> str:
        times, digits = (100, 2) if percent else (1, 2)
        return f"{times * self.mean:.{digits}f} ±{times * self.half:.{digits}f}"


def screened(panels: list[Panel], tier: Tier) -> list[Screened]:
    """Panels whose series are repeats of one, screened repeat by repeat as the quarters that they are."""
    question = asked(tier, panels[0].events.shape[2])
    contrasts = [contrast(panel, question) for panel in panels]
    return [
        judge([_of_repeat(one, number) for one in panels], question, [_of_repeat(one, number) for one in contrasts])
        for number in range(len(panels[0].events))
    ]


def _of_repeat(one: Panel | Contrast, number: int) -> Any:
    arrays = {part.name: getattr(one, part.name)[number : number + 1] for part in fields(one) if part.name in _ARRAYS}
    return replace(one, **arrays)


_ARRAYS = {"events", "base", "estimate", "variance", "fit", "freedom", "residuals"}


def answers(made: list[Made], tier: Tier) -> Array:
    """The p of every cell: quarters by series by authorities."""
    return np.stack([one.p for one in screened([one.panel for one in made], tier)])


def prompts(p: Array) -> Mask:
    """What would be asked about, quarter by quarter."""
    with np.errstate(invalid="ignore"):
        return np.stack([false_share(quarter) <= FALSE_SHARE for quarter in p])


def per_cell(p: Array, below: float) -> Share:
    """The share of cells with a p below a level."""
    with np.errstate(invalid="ignore"):
        return Share.of(np.mean((quarter < below)[~np.isnan(quarter)]) for quarter in p)


def null(job: tuple[str, World, int, int]) -> str:
    """A world in which nothing happened."""
    name, world, quarters, repeats = job
    made = simulate(world, repeats, quarters, NULL_SEED)
    found = {tier: answers(made, tier) for tier in Tier}
    cells = [
        f"{per_cell(found[tier], NOMINAL).told(percent=True)} | "
        f"{Share.of(prompts(found[tier]).sum(axis=(1, 2)).astype(float)).told()}"
        for tier in (Tier.NEW, Tier.SUSTAINED)
    ]
    drift = per_cell(found[Tier.DRIFT], 0.05).told(percent=True)
    false = Share.of(prompts(found[Tier.DRIFT]).sum(axis=(1, 2)).astype(float)).told()
    return f"| {name} | {quarters} | {' | '.join(cells)} | {drift} | {false} |"


def rival(job: tuple[str, World, int, int]) -> str:
    """The usual methods in a world in which nothing happened: flags a quarter of so many cells."""
    name, world, quarters, repeats = job
    made = simulate(world, repeats, quarters, NULL_SEED)
    each = [Share.of(one.sum(axis=(1, 2)).astype(float)).told() for one in _usual(made)]
    each.append(Share.of(prompts(answers(made, Tier.NEW)).sum(axis=(1, 2)).astype(float)).told())
    return f"| {name} | {quarters} | {' | '.join(each)} |"


def beside(job: tuple[str, Tier, World, int, int, Planted, int]) -> str:
    """A world in which one cell in twenty has moved, by the usual methods: share found / share of chance."""
    name, tier, world, quarters, repeats, effect, seed = job
    made = simulate(world, repeats, quarters, seed, effect)
    moved = np.stack([one.moved for one in made], axis=1)
    each = [
        f"{Share.of(_found(flags, moved)).mean:.2f} / {Share.of(_chance(flags, moved)).mean:.2f}"
        for flags in (*_usual(made), prompts(answers(made, tier)))
    ]
    return f"| {name} | {tier} | {_size(effect)} | {quarters} | {' | '.join(each)} |"


def _usual(made: list[Made]) -> list[Mask]:
    """What each of the usual methods flags, in the order of `METHODS`."""
    flags = [_xmr(made)]
    flags += [np.stack([how(one.panel) for one in made], axis=1) for how in FLAGS.values()]
    with np.errstate(invalid="ignore"):
        flags.append(np.stack([mann_kendall(one.panel) for one in made], axis=1) < 0.05)
    return flags


def with_it(job: tuple[str, World, int, int]) -> str:
    """A world in which nothing happened: cells so far off that they would be told along with a prompt."""
    name, world, quarters, repeats = job
    made = [one.panel for one in simulate(world, repeats, quarters, NULL_SEED)]
    each = []
    for tier in Tier:
        with np.errstate(invalid="ignore"):
            far = [np.where(np.isnan(one.z), np.nan, np.abs(one.z) >= MOVES_WITH) for one in screened(made, tier)]
        each.append(Share.of(float(np.nanmean(one)) for one in far).told(percent=True))
    return f"| {name} | {quarters} | {' | '.join(each)} |"


def _xmr(made: list[Made]) -> Mask:
    values = np.stack([shown(one.panel) for one in made], axis=1)
    return special_causes_at_end(values.reshape(-1, values.shape[-1])).reshape(values.shape[:-1])


def planted(job: tuple[Tier, World, int, int, Planted, int]) -> str:
    """A world in which one cell in twenty has moved."""
    tier, world, quarters, repeats, effect, seed = job
    made = simulate(world, repeats, quarters, seed, effect)
    moved = np.stack([one.moved for one in made], axis=1)
    found = prompts(answers(made, tier))
    power, false = Share.of(_found(found, moved)), Share.of(_chance(found, moved))
    names = [one.series.name for one in made]
    groups = []
    for members in GROUPS.values():
        at = [names.index(member) for member in members if member in names]
        groups.append(f"{_ratio((found & moved)[:, at].sum(), moved[:, at].sum()):.2f}" if at else "")
    return f"| {tier} | {_size(effect)} | {quarters} | {power.told()} | {false.told()} | {' | '.join(groups)} |"


def told(job: tuple[Tier, World, int, int]) -> str:
    """One cell in twenty moves by what the cell says would be found four times in five: is it?"""
    tier, world, quarters, repeats = job
    made, rng = simulate(world, repeats, quarters, TOLD_SEED), np.random.default_rng(TOLD_SEED)
    before = screened([one.panel for one in made], tier)
    sizes = np.stack([one.smallest for one in before], axis=1)
    moved = (rng.random(sizes.shape) < SHARE_MOVED) & (sizes < TOO_FEW)
    course = asked(tier, quarters).design[:, 1]
    course = course / np.ptp(course)
    after = screened(
        [
            moved_by(one, _times(one, np.where(here, size, 0.0), course), rng)
            for one, size, here in zip(made, sizes, moved, strict=True)
        ],
        tier,
    )
    alone = np.array([prompts_alone(one.p) for one in before])[:, None]
    found = np.stack([one.p for one in after], axis=1) < alone
    share = Share.of(_ratio(found[:, r][moved[:, r]].sum(), moved[:, r].sum()) for r in range(repeats))
    names = [one.series.name for one in made]
    groups = []
    for members in GROUPS.values():
        at = [names.index(member) for member in members if member in names]
        groups.append(f"{_ratio((found & moved)[at].sum(), moved[at].sum()):.2f}" if moved[at].sum() >= 30 else "")
    enough = np.mean(sizes[~np.isnan(sizes)] < TOO_FEW)
    return f"| {tier} | {quarters} | {enough:.2f} | {share.told()} | {' | '.join(groups)} |"


def _times(made: Made, size: Array, course: Array) -> Array:
    """A rise by so much over the course, of a percentage above a half a fall: repeats by authorities by quarters."""
    falls = made.panel.kind is Kind.PERCENTAGE and made.series.level > 0.5
    whole = 1.0 - size if falls else 1.0 + size
    return whole[..., None] ** course


def _found(flags: Mask, moved: Mask) -> list[float]:
    """Of what moved, the share that is flagged, quarter by quarter."""
    return [_ratio((quarter & truth).sum(), truth.sum()) for quarter, truth in zip(flags, moved, strict=True)]


def _chance(flags: Mask, moved: Mask) -> list[float]:
    """Of what is flagged, the share that has not moved, quarter by quarter."""
    return [
        float((quarter & ~truth).sum() / max(quarter.sum(), 1)) for quarter, truth in zip(flags, moved, strict=True)
    ]


def _size(effect: Planted) -> str:
    return f"{100 * effect.drift:g} % a quarter" if effect.drift else f"{100 * effect.shift:g} %"


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def regional(job: tuple[str, World, int, int, float]) -> str:
    """Flows of a whole region, with the same drift for all or none."""
    name, world, quarters, repeats, drift = job
    flows = [one.panel for one in simulate(world, repeats, quarters, REGION_SEED) if one.series.kind is Kind.FLOW]
    moving = (1.0 + drift) ** np.arange(quarters)
    found, told = [], []
    for number in range(repeats):
        events, base = (np.stack([getattr(one, part)[number] for one in flows]) for part in ("events", "base"))
        p = np.array([one.p for one in regional_trends(Panel(Kind.FLOW, events * moving, base))])
        found.append(float(np.mean(p < 0.05)))
        told.append(float(np.sum(false_share(p) <= FALSE_SHARE)))
    what = f"{100 * drift:g} % a quarter" if drift else "nothing"
    return f"| {name} | {what} | {quarters} | {Share.of(found).told(percent=True)} | {Share.of(told).told()} |"


def tables(repeats: int, world: World) -> Iterator[tuple[str, Callable[..., str], list[tuple[object, ...]]]]:
    """Each table's head, what makes a row, and the rows."""
    worlds = null_worlds(world)
    yield (
        "Nothing happened: cells with p < .002 (of drift: p < .05), in per cent, and prompts a quarter\n"
        "| world | quarters | new % | new prompts | sustained % | sustained prompts | drift % | drift prompts |",
        null,
        [(name, one, length, repeats * MORE_OF.get(name, 1)) for length in LENGTHS for name, one in worlds.items()],
    )
    yield (
        "Worlds that are not made as the screen assumes\n"
        "| world | quarters | new % | new prompts | sustained % | sustained prompts | drift % | drift prompts |",
        null,
        [(name, one, length, repeats) for length in LENGTHS for name, one in other_worlds(world).items()],
    )
    yield (
        "Nothing happened: flags a quarter by the usual methods\n"
        f"| world | quarters | {' | '.join(METHODS)} | screen, new |",
        rival,
        [(name, one, length, repeats) for length in LENGTHS for name, one in worlds.items()],
    )
    yield (
        "One cell in twenty has moved, by the usual methods: share found / share of chance among what is flagged\n"
        f"| world | tier | move | quarters | {' | '.join(METHODS)} | screen |",
        beside,
        [
            (name, tier, one, LENGTHS[0], repeats // 2, effect, seed)
            for name, one in ({"base": world} | other_worlds(world)).items()
            for tier, effect, seed in (
                (Tier.NEW, Planted(shift=0.35), SHIFT_SEED),
                (Tier.SUSTAINED, Planted(shift=0.35, quarters=4), SHIFT_SEED),
                (Tier.DRIFT, Planted(drift=0.04), DRIFT_SEED),
            )
        ],
    )
    yield (
        "Nothing happened: cells that would be told along with a prompt, in per cent\n"
        f"| world | quarters | {' | '.join(Tier)} |",
        with_it,
        [(name, one, LENGTHS[0], repeats // 2) for name, one in worlds.items()],
    )
    effects = [
        (tier, world, length, repeats, Planted(shift=size, quarters=4 if tier is Tier.SUSTAINED else 1), SHIFT_SEED)
        for tier in (Tier.NEW, Tier.SUSTAINED)
        for length in LENGTHS
        for size in SHIFTS
    ]
    effects += [
        (Tier.DRIFT, world, length, repeats, Planted(drift=size), DRIFT_SEED) for length in LENGTHS for size in DRIFTS
    ]
    yield (
        "One cell in twenty has moved: share found, share of chance among prompts, and found by kind of series\n"
        f"| tier | move | quarters | found | chance among prompts | {' | '.join(GROUPS)} |",
        planted,
        effects,
    )
    yield (
        "One cell in twenty has moved by what would be a prompt alone four times in five: share found\n"
        f"| tier | quarters | cells that can tell | found | {' | '.join(GROUPS)} |",
        told,
        [(tier, world, length, repeats) for tier in Tier for length in LENGTHS],
    )
    yield (
        "The whole region: flows, p < .05 (%)\n| world | what moves | quarters | found % | told of |",
        regional,
        [("base", world, length, repeats, 0.01) for length in LENGTHS]
        + [
            (name, one, length, repeats, 0.0)
            for length in LENGTHS
            for name, one in (worlds | other_worlds(world)).items()
        ],
    )


def main() -> None:
    """Print every table."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else REPEATS
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else ASSUMED
    start = time.perf_counter()
    print(f"World: {path.name}; {repeats} quarters of each")
    with ProcessPoolExecutor() as pool:
        for head, row, jobs in tables(repeats, read_world(path)):
            title, columns = head.split("\n")
            print(f"\n{title}\n{columns}\n{'|---' * (columns.count('|') - 1)}|")
            for line in pool.map(row, jobs):
                print(line, flush=True)
    print(f"\n{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
