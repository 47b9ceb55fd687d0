"""Whether a plan can be carried out: it is asked before anything is drawn."""

from __future__ import annotations

from collections.abc import Collection

from analysis.errors import BadReferenceError
from analysis.reference.periods import Quarter
from analysis.synthetic.assumptions import Assumptions
from analysis.synthetic.grid import Grid
from analysis.synthetic.plan import DRAWN, Plan, Recording
from analysis.synthetic.simulation import BEHIND, can_be_planted


def check_plan(
    plan: Plan, rules: Recording, grid: Grid, period: Quarter, assumed: Assumptions, measures: Collection[str]
) -> None:
    """Hold a plan against the authorities, the measures and the quarters that there are.

    Raises
    ------
    BadReferenceError
        At the first authority, measure or quarter that there is not, or that nothing can be planted on.
    """
    allowed = can_be_planted(assumed)
    for planted in plan.planted:
        _authority(planted.authority, grid)
        _measures([planted.measure, *planted.also], measures)
        _quarter(planted.began, grid, period)
        if planted.kind in DRAWN:
            _plantable([planted.measure, *planted.also], allowed)
        if planted.instead is not None and planted.instead not in BEHIND:
            raise _refusal(f"{planted.instead} cannot be counted in place of {planted.measure}")
    for some in plan.elsewhere:
        _measures([some.measure, some.counted_by or some.measure], measures)
        _quarter(some.began, grid, period)
        _plantable([some.measure], allowed)
    for gap in plan.gaps:
        _authority(gap.authority, grid)
        _measures(gap.measures, measures)
        _quarter(gap.quarter, grid, period)
    _measures([way.measure for way in rules.variations], measures)
    _measures([measure for chance in rules.gaps for measure in chance.measures], measures)


def _authority(code: str, grid: Grid) -> None:
    if code not in grid.codes:
        raise _refusal(f"there is no current authority {code}")


def _measures(named: Collection[str], measures: Collection[str]) -> None:
    for measure in named:
        if measure not in measures:
            raise _refusal(f"there is no measure {measure}")


def _plantable(named: Collection[str], allowed: Collection[str]) -> None:
    for measure in named:
        if measure not in allowed:
            raise _refusal(f"nothing can be planted on {measure}: it moves through the measures that it follows from")


def _quarter(before: int, grid: Grid, period: Quarter) -> None:
    if period.shift(-before) not in grid.quarters:
        raise _refusal(f"{before} quarters before {period} lie before the made-up history")


def _refusal(what: str) -> BadReferenceError:
    return BadReferenceError(what, where="the plan of made-up returns", remedy="correct the plan")
