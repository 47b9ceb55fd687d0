"""An axis that ends at a round number above everything drawn on it, and begins at zero mostly."""

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


def ticks_around(values: Iterable[float], *, most: int = 5, percentage: bool = False) -> list[float]:
    """Round numbers around everything drawn, for a line whose movement counts and not its height.

    From 0 where the smallest is less than half the largest: an axis that begins elsewhere must be worth it.

    Parameters
    ----------
    values, most, percentage
        As `ticks_from_zero`.
    """
    heights = sorted(values)
    if not heights or heights[0] < heights[-1] / 2 or heights[0] == heights[-1]:
        return ticks_from_zero(heights, most=most, percentage=percentage)
    locator = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10])
    ticks = [float(tick) for tick in locator.tick_values(heights[0], heights[-1])]
    if ticks[0] == heights[0]:  # a dot on the lower edge would be taken for one at the axis
        ticks.insert(0, max(0.0, 2 * ticks[0] - ticks[1]))
    return [tick for tick in ticks if tick <= 100] if percentage and heights[-1] <= 100 else ticks


def given(cells: Iterable[Cell]) -> list[float]:
    """The figures among cells."""
    return [cell.value for cell in cells if cell.value is not None]


def drawn_values(history: History, bands: Bands | None) -> list[float]:
    """Every height in a trend: the own figures and the bands of the periods shown."""
    own = given(point.cell for point in history.points)
    periods = {point.period for point in history.points}
    shown = [band for band in bands.bands if band.period in periods] if bands else []
    middle = [band.median if band.upper is None else band.upper for band in shown]
    return own + middle
