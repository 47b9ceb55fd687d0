"""A group's middle half over time, as an area with its median: no mark for any member of it."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.figures import palette
from analysis.figures.plot import Plot
from analysis.figures.sheet import Sheet
from analysis.views.model import Band, Bands


def draw_bands(page: Sheet, plot: Plot, periods: Sequence[str], bands: Bands) -> Band | None:
    """Draw the bands of the periods shown and return the latest period's, if it has one."""
    by_period = {band.period: band for band in bands.bands}
    shown = [by_period.get(period) for period in periods]
    for run in _runs(shown):
        upper = [(plot.x(index), plot.y(band.upper)) for index, band in run]
        lower = [(plot.x(index), plot.y(band.lower)) for index, band in run]
        page.area(upper + lower[::-1], palette.MIDDLE_HALF, zorder=1)
        page.line(
            [plot.x(index) for index, _ in run], [plot.y(band.median) for _, band in run],
            color=palette.MEDIAN, linewidth=1.4 if plot.height > 1 else 0.8, linestyle=(0, (4, 2)), zorder=2,
        )  # fmt: skip
    return shown[-1]


def _runs(shown: Sequence[Band | None]) -> list[list[tuple[int, Band]]]:
    """Unbroken stretches of periods that have a band: an area never bridges a period without one."""
    runs: list[list[tuple[int, Band]]] = []
    for index, band in enumerate(shown):
        if band is None:
            continue
        if runs and runs[-1][-1][0] == index - 1:
            runs[-1].append((index, band))
        else:
            runs.append([(index, band)])
    return runs
