"""An axis from zero to a round number above everything drawn on it."""

from __future__ import annotations

from collections.abc import Iterable

from matplotlib.ticker import MaxNLocator

from analysis.views.model import Bands, Cell, History


def ticks_from_zero(values: Iterable[float], *, most: int = 5, percentage: bool = False) -> list[float]:
    """Round numbers from 0 to at least the largest value; a percentage never goes beyond 100.

    Parameters
    ----------
    values
        What is drawn; nothing at all gives the axis 0 to 1.
    most
        At most so many steps.
    percentage
        Whether the values are percentages.
    """
    largest = max(values, default=0.0)
    if largest <= 0:
        return [0.0, 1.0]
    ticks = [
        float(tick) for tick in MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(0, largest) if tick >= 0
    ]
    while ticks[-1] < largest:
        ticks.append(ticks[-1] + ticks[1])
    return [tick for tick in ticks if tick <= 100] if percentage and largest <= 100 else ticks


def given(cells: Iterable[Cell]) -> list[float]:
    """The figures among cells."""
    return [cell.value for cell in cells if cell.value is not None]


def drawn_values(history: History, bands: Bands | None) -> list[float]:
    """Every height in a trend: the own figures and the bands of the periods shown."""
    own = given(point.cell for point in history.points)
    periods = {point.period for point in history.points}
    middle = [band.upper for band in bands.bands if band.period in periods] if bands else []
    return own + middle
