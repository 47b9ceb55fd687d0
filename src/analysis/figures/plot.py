"""The plot of a line: periods along the bottom, values from zero upwards mostly, both mapped to inches on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.figures import palette
from analysis.figures.sheet import Sheet


@dataclass(frozen=True)
class Plot:
    """A rectangle on a sheet and its two scales.

    Parameters
    ----------
    left, bottom, width, height
        Inches.
    periods
        How many periods lie side by side.
    top
        The value at the upper edge.
    floor
        The value at the lower edge.
    """

    left: float
    bottom: float
    width: float
    height: float
    periods: int
    top: float
    floor: float = 0.0

    @property
    def right(self) -> float:
        """The right edge, in inches."""
        return self.left + self.width

    @property
    def step(self) -> float:
        """The width of a period, in inches."""
        return self.width / self.periods

    def x(self, index: int) -> float:
        """The middle of a period, in inches."""
        return self.left + (index + 0.5) * self.step

    def y(self, value: float) -> float:
        """The height of a value, in inches; NaN stays NaN."""
        return self.bottom + (value - self.floor) / (self.top - self.floor) * self.height

    def draw_scales(self, page: Sheet, ticks: Sequence[float], labels: Sequence[str]) -> None:
        """Grid lines with their values, and the periods' labels."""
        whole = all(tick == int(tick) for tick in ticks)
        for tick in ticks:
            look = {"linewidth": 1.0 if tick == 0 else 0.6, "color": palette.AXIS if tick == 0 else palette.RULE}
            page.line((self.left, self.right), [self.y(tick)] * 2, zorder=0.2, **look)
            words = f"{tick:,.0f}" if whole else f"{tick:,g}"
            page.write(self.left - 0.07, self.y(tick), words, across="right")
        for index, words in enumerate(labels):
            if words:
                page.line([self.x(index)] * 2, (self.bottom, self.bottom - 0.04), linewidth=0.8, color=palette.AXIS)
                page.write(self.x(index), self.bottom - 0.05, words, across="centre", up="top")
