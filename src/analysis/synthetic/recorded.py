"""From what happened to what was sent: slips, changed denominators, missing cells, and what Measure Quality says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analysis.reference.periods import Quarter
from analysis.synthetic.grid import Grid
from analysis.synthetic.plan import Gap, Recording
from analysis.synthetic.planting import Truth
from analysis.synthetic.simulation import Simulation
from analysis.synthetic.streams import Floats, uniforms

MADE_UP = "MADE-UP"
"""Begins the Measure Quality of every made-up row, so that it is known by its rows wherever the file goes."""


@dataclass(frozen=True)
class Sent:
    """What stands in the returns, quarters x authorities for each measure."""

    values: dict[str, Floats]
    """NaN where an average has no children behind it."""
    missing: dict[str, npt.NDArray[np.bool_]]
    """Where nothing was submitted."""
    quality: dict[str, npt.NDArray[np.object_]]


def as_sent(
    seed: int,
    grid: Grid,
    happened: Simulation,
    measures: Iterable[str],
    truths: list[Truth],
    rules: Recording,
    gaps: Iterable[Gap],
    period: Quarter,
    first: Quarter,
) -> tuple[Sent, list[Truth]]:
    """What the authorities send, and the truths with those that only arise in the sending.

    Parameters
    ----------
    measures
        The measures of the return, in its order.
    gaps
        Missing cells that are planned; the others come by chance, never on a planted truth.
    first
        The first quarter that is shown: from it on a way of recording is said to hold.
    """
    names = list(measures)
    sent = Sent(
        values={name: happened.measures[name].copy() for name in names},
        missing={name: np.zeros(grid.shape, dtype=bool) for name in names},
        quality={name: np.full(grid.shape, MADE_UP, dtype=object) for name in names},
    )
    _by_chance(seed, grid, sent, rules)
    known = [_written(truth, grid, sent, happened.behind) for truth in truths]
    for gap in gaps:
        quarter = period.shift(-gap.quarter)
        for name in gap.measures or names:
            truth = Truth("gap", gap.authority, name, quarter, quarter, float("nan"), gap.words)
            sent.missing[name][truth.where(grid)] = True
            known.append(truth)
    return sent, known + _ways_of_recording(seed, grid, sent, rules, first, period)


def _by_chance(seed: int, grid: Grid, sent: Sent, rules: Recording) -> None:
    for number, gap in enumerate(rules.gaps):
        hit = uniforms(seed, f"gap {number}", grid.shape) < gap.share
        for name in gap.measures or sent.missing:
            sent.missing[name] |= hit


def _written(truth: Truth, grid: Grid, sent: Sent, behind: Mapping[str, Floats]) -> Truth:
    """Enter a truth that lies in the recording, and see that no chance gap hides any truth."""
    cells = truth.where(grid)
    planted, values = truth.planted, sent.values[truth.measure]
    sent.missing[truth.measure][cells] = False
    if planted is None:
        return truth
    for name in planted.also:
        sent.missing[name][cells] = False
    if planted.quality:
        sent.quality[truth.measure][cells] = f"{MADE_UP}; {planted.quality}"
    if truth.kind == "slip":
        values[cells] *= truth.size
    if planted.instead is not None:
        counted = behind[planted.instead][cells]
        size = round(float(counted.sum() / values[cells].sum()), 4)
        values[cells] = counted
        return replace(truth, size=size)
    return truth


def _ways_of_recording(
    seed: int, grid: Grid, sent: Sent, rules: Recording, first: Quarter, last: Quarter
) -> list[Truth]:
    """Give some authorities a standing remark; a remark that a planted truth brings stands in its place."""
    found = []
    for number, way in enumerate(rules.variations):
        for column in np.flatnonzero(uniforms(seed, f"recording {number}", grid.shape[1:]) < way.share):
            remarks = sent.quality[way.measure][:, column]
            remarks[remarks == MADE_UP] = f"{MADE_UP}; {way.words}"
            authority = grid.codes[int(column)]
            found.append(Truth("recording", authority, way.measure, first, last, float("nan"), way.words))
    return found
