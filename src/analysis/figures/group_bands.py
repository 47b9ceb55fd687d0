"""A group's middle half over time, as an area with its median, or the median alone: no mark for any member of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from analysis.figures import palette
from analysis.figures.plot import Plot
from analysis.figures.sheet import Sheet
from analysis.views.model import Band, Bands

T = TypeVar("T")


def draw_bands(page: Sheet, plot: Plot, periods: Sequence[str], bands: Bands) -> Band | None:
    """Draw the bands of the periods shown and return the latest period's, if it has one."""
    by_period = {band.period: band for band in bands.bands}
    shown = [by_period.get(period) for period in periods]
    for run in _runs(shown):
        page.line(
            [plot.x(index) for index, _ in run], [plot.y(band.median) for _, band in run],
            color=palette.MEDIAN, linewidth=1.4 if plot.height > 1 else 0.8, linestyle=(0, (4, 2)), zorder=2,
        )  # fmt: skip
    halves = [None if band is None else band.middle_half for band in shown]
    for half in _runs(halves):
        lower = [(plot.x(index), plot.y(edges[0])) for index, edges in half]
        upper = [(plot.x(index), plot.y(edges[1])) for index, edges in half]
        page.area(upper + lower[::-1], palette.MIDDLE_HALF, zorder=1)
    return shown[-1]


def _runs(shown: Sequence[T | None]) -> list[list[tuple[int, T]]]:
    """Unbroken stretches of periods that have something: an area never bridges a period without it."""
    runs: list[list[tuple[int, T]]] = []
    for index, one in enumerate(shown):
        if one is None:
            continue
        if runs and runs[-1][-1][0] == index - 1:
            runs[-1].append((index, one))
        else:
            runs.append([(index, one)])
    return runs
