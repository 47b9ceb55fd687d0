"""Where the planted truths come to lie: which authority, which quarters, which multiplier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from analysis.reference.periods import Quarter
from analysis.synthetic.grid import Grid
from analysis.synthetic.plan import DRAWN, Plan, Planted
from analysis.synthetic.streams import Floats, uniforms


@dataclass(frozen=True)
class Truth:
    """One row of the truth file, and how it enters the data."""

    kind: str
    authority: str
    measure: str
    first: Quarter
    last: Quarter
    size: float
    """NaN where there is nothing to measure: a gap, a way of recording."""
    words: str
    planted: Planted | None = None

    def where(self, grid: Grid) -> tuple[slice, int]:
        """Its rows and its column of the grid."""
        start, stop = grid.quarters.index(self.first), grid.quarters.index(self.last)
        return slice(start, stop + 1), grid.codes.index(self.authority)


def place(seed: int, plan: Plan, grid: Grid, period: Quarter, usual: Mapping[str, Floats]) -> list[Truth]:
    """Every truth of the plan with its quarters; those of `elsewhere` on authorities that the seed picks.

    Parameters
    ----------
    plan
        One that `check_plan` has let through.
    usual
        The measures with nothing planted, from which the size of an authority is judged.
    """
    placed = []
    for planted in (*plan.planted, *_picked(seed, plan, grid, usual)):
        first = period.shift(-planted.began)
        last = first if planted.kind == "slip" else period
        size = float("nan") if planted.size is None else planted.size
        placed.append(
            Truth(planted.kind, planted.authority, planted.measure, first, last, size, planted.words, planted)
        )
    return placed


def multipliers(truths: Iterable[Truth], grid: Grid) -> dict[str, Floats]:
    """What the truths do to the measures while they are drawn: shifts, drifts and changed definitions."""
    found: dict[str, Floats] = {}
    for truth in truths:
        if truth.planted is None or truth.kind not in DRAWN:
            continue
        rows, column = truth.where(grid)
        length = rows.stop - rows.start
        factor = (1 + truth.size) ** np.arange(1, length + 1) if truth.kind == "drift" else np.full(length, truth.size)
        parts = {truth.measure: factor} | {name: np.full(length, size) for name, size in truth.planted.also.items()}
        for measure, factors in parts.items():
            found.setdefault(measure, np.ones(grid.shape))[rows, column] *= factors
    return found


def _picked(seed: int, plan: Plan, grid: Grid, usual: Mapping[str, Floats]) -> Iterable[Planted]:
    """The truths of `elsewhere`, at most one for each authority, in regions that have none of their own."""
    named = {planted.authority for planted in plan.planted} | {gap.authority for gap in plan.gaps}
    taken_regions = {grid.regions[grid.codes.index(code)] for code in named}
    free = {code for code, region in zip(grid.codes, grid.regions, strict=True) if region not in taken_regions}
    for number, some in enumerate(plan.elsewhere):
        large = usual[some.counted_by or some.measure][grid.centred].mean(axis=0) >= some.least
        order = np.argsort(uniforms(seed, f"elsewhere {number}", grid.shape[1:]), kind="stable")
        picked = [grid.codes[index] for index in order if large[index] and grid.codes[index] in free][: some.number]
        free -= set(picked)
        for code in sorted(picked):
            yield Planted(
                kind=some.kind, authority=code, measure=some.measure, began=some.began, size=some.size, words=some.words
            )
