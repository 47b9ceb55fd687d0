"""Where a definition changed: the line is broken there, and a page says how many count by each definition."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.figures import palette
from analysis.figures.captions import listed
from analysis.figures.plot import Plot
from analysis.figures.sheet import Sheet
from analysis.figures.timeline import short_period
from analysis.views.model import Bands, Card, History, OnDefinition
from analysis.views.words import DEFINITION_CHANGED, DEFINITIONS_DIFFER, definitions_text

NAN = float("nan")
_DASHES = (0, (3, 2))
_FROM_TOP = 0.11
"""Inches between the plot and the lowest label: the labels at its right reach that far up."""
LABEL = 0.145
"""The height of a label, inches: each change has a line of its own above the plot."""


def broken_line(plot: Plot, history: History) -> tuple[list[float], list[float]]:
    """The places of the figures in inches, with a gap at each missing one and at each change of definition."""
    new = {change.period for change in history.breaks}
    xs, ys = [], []
    for index, point in enumerate(history.points):
        if point.period in new:
            xs.append(plot.left + index * plot.step)
            ys.append(NAN)
        xs.append(plot.x(index))
        ys.append(NAN if point.cell.value is None else plot.y(point.cell.value))
    return xs, ys


def draw_changes(page: Sheet, plot: Plot, history: History, *, labelled: bool) -> None:
    """A dashed upright line between the last period of a definition and the first of the next.

    Parameters
    ----------
    labelled
        Whether it says above the plot what it is. The first change has the uppermost label, so that no line runs
        through the label of another.
    """
    periods = [point.period for point in history.points]
    top = plot.bottom + plot.height
    for above, change in enumerate(reversed(history.breaks)):
        x = plot.left + periods.index(change.period) * plot.step
        end = top + _FROM_TOP + LABEL * (above + 1) if labelled else top
        page.line((x, x), (plot.bottom, end), color=palette.INK, linewidth=0.9, linestyle=_DASHES, zorder=2.5)
        if labelled:
            page.write(x + 0.04, end - LABEL / 2, DEFINITION_CHANGED)


def changes_note(history: History) -> str:
    """`definition changed from Q3 2025-26`, with what people wrote of it where the reader may see that."""
    if not history.breaks:
        return ""
    return f"{DEFINITION_CHANGED} " + " and ".join(
        f"from {short_period(change.period)}" + (f" ({change.words})" if change.words else "")
        for change in history.breaks
    )


def changed_note(drawn: Iterable[tuple[Card, History]]) -> str:
    """In which of several small lines a definition changed."""
    numbers = [card.number for card, history in drawn if history.breaks]
    return f"Dashed upright: {DEFINITION_CHANGED} ({listed(numbers)})" if numbers else ""


def mixed_groups_note(groups: Iterable[tuple[Card, Bands | None]]) -> str:
    """In which indicators the group's figures are of more than one definition: not of how many members."""
    numbers = [card.number for card, bands in groups if bands is not None and bands.definitions_differ]
    return f"{DEFINITIONS_DIFFER} ({listed(numbers)})" if numbers else ""


def on_each_note(groups: Iterable[tuple[Card, str, tuple[OnDefinition, ...]]]) -> list[str]:
    """How many of a group, by its label, count by each definition: said once for all indicators of which it holds."""
    found: dict[str, list[int]] = {}
    for card, label, definitions in groups:
        for words in definitions_text(definitions):
            found.setdefault(f"{label}: {words}", []).append(card.number)
    return [f"{words} ({listed(numbers)})" for words, numbers in found.items()]
