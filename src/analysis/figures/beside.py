"""Direct labels at the right of a plot, each joined by a thin line to what it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.figures import palette
from analysis.figures.fonts import Face, line_count, wrapped
from analysis.figures.labels import spread
from analysis.figures.sheet import Sheet

_LINE = 0.145
"""Height of a line of label text, inches."""


@dataclass(frozen=True)
class Beside:
    """A label at the right of the plot, and the height on the sheet, in inches, of what it belongs to."""

    y: float
    words: str
    colour: str
    face: Face = "Regular"
    tick: bool = False
    """Whether a short dash of its own marks the height: a figure of the latest period alone."""
    x: float | None = None
    """Where its line begins, in inches; at the plot's right edge where not given."""


def write_beside(page: Sheet, right: float, bottom: float, height: float, beside: Sequence[Beside]) -> None:
    """Write labels beside a plot, near their heights and apart from each other.

    Parameters
    ----------
    right, bottom, height
        The plot's right and lower edge and its height, in inches.
    """
    texts = [wrapped(item.words, item.face, 8, page.width - right - 0.24) for item in beside]
    heights = [_LINE * line_count(words) for words in texts]
    places = spread([item.y for item in beside], heights, bottom - 0.05, bottom + height + 0.1)
    for item, words, place in zip(beside, texts, places, strict=True):
        xs, ys = [right, right + 0.16], [item.y, place]
        if item.x is not None:
            xs, ys = [item.x, *xs], [item.y, *ys]
        page.line(xs, ys, color=palette.QUIET, linewidth=0.6)
        if item.tick:
            page.line((right - 0.1, right), (item.y, item.y), color=palette.QUIET, linewidth=1.8)
        page.write(right + 0.2, place, words, face=item.face, colour=item.colour)
