"""The words under a picture or over a table: what it shows, the marks in it, and MADE-UP DATA where that holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analysis.figures.timeline import short_period
from analysis.figures.watermark import MADE_UP_TEXT
from analysis.views.model import Card, Cell, Heading, History
from analysis.views.words import missing_legend


def first_upper(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def series_title(card: Card) -> str:
    """Unit and window of a headline: `Rate per 10,000 children, in the quarter`."""
    return f"{first_upper(card.unit)}, {card.window_words}"


def full_caption(sentence: str, heading: Heading, cells: Iterable[Cell] = (), *more: str, real: bool = False) -> str:
    """A caption with what a reader needs beside the figures.

    Parameters
    ----------
    sentence
        What it shows, as a whole sentence.
    cells
        The cells shown; the kinds of missing among them are explained.
    more
        Further notes, each a sentence or part of one.
    real
        Whether all figures are published ones, though the report holds made-up ones too.
    """
    legend = missing_legend(cell.status for cell in cells if cell.value is None)
    parts = [sentence, *(f"{note.rstrip('.')}." for note in (*more, legend) if note)]
    if heading.made_up:
        parts.append(
            f"These published figures are real; the rest of this report is {MADE_UP_TEXT}."
            if real
            else f"{MADE_UP_TEXT}: made from invented returns."
        )
    return " ".join(parts)


def listed(numbers: Sequence[int]) -> str:
    """Indicators by number: `indicator 5`, `indicators 5, 7`."""
    return ("indicator " if len(numbers) == 1 else "indicators ") + ", ".join(str(number) for number in numbers)


def period_span(history: History) -> str:
    """The first and the last period shown: `Q3 2022-23 to Q2 2025-26`."""
    first, last = history.points[0].period, history.points[-1].period
    return f"{short_period(first)} to {short_period(last)}"
