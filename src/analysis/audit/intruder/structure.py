"""Marks of others: rows, columns and drawings of a page that could stand for a single concealed authority.

A page may hold tables of the shapes named here and pictures in pixels, and nothing else that carries figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.audit.intruder.page import Page, PrintedTable, number
from analysis.reference.registry import Registry
from analysis.views.words import named_with_permission

RUG = frozenset(
    {
        "Latest figure",
        "Change on the same quarter last year",
        "Own place in the group",
        "Middle half of the group",
        "Median of the group",
    }
)
BANDS = frozenset(
    {
        "Own figure",
        "Own fourth",
        "Own half",
        "Lower quartile",
        "Median",
        "Upper quartile",
        "Across regions, middle half",
        "Across regions, median",
    }
)
PUBLISHED = frozenset({"Year", "Published figure", "Unit", "Like for like", "Source", "Published on", "File"})
_PERIOD = re.compile(r"(?:[A-Z][a-z]+ to [A-Z][a-z]+ \d{4}|\d{4}-\d\d|Q[1-4] \d{4}-\d\d)$")
_NEIGHBOURS = re.compile(r"(?:\d{4} )?statistical neighbours: (?:mean|median) of \d+$")
_FIGURE = re.compile(r"-?[\d,]+(?:\.\d+)?%?$")


@dataclass(frozen=True)
class Vocabulary:
    """What rows and columns of a page may be called."""

    indicators: tuple[str, ...]
    """Titles with their numbers: `1 Referrals to children's social care`."""
    series: tuple[str, ...]
    """Labels of series; a column adds its window."""
    areas: tuple[str, ...]
    """The reader, the region, England: whose published figures may stand there by name."""
    named: tuple[str, ...] = ()
    """Authorities that permit to be named: a column that is marked so may stand for each."""

    @classmethod
    def of(
        cls, registry: Registry, indicator_set: str, areas: tuple[str, ...], named: tuple[str, ...] = ()
    ) -> Vocabulary:
        """The words of a region's list."""
        listed = registry.listed(indicator_set)
        return cls(
            tuple(f"{one.number} {one.title}" for one in listed),
            tuple(series.label for one in listed for series in one.series),
            areas,
            named,
        )


@dataclass(frozen=True)
class Mark:
    """A row or column that is no indicator, no period and no area that may be named, with the figures in it."""

    table: str
    head: str
    beside: tuple[str, ...]
    """What each figure is of: the heading of its column or row."""
    figures: tuple[float, ...]


def marks_of_others(page: Page, words: Vocabulary) -> tuple[Mark, ...]:
    """Every row and column of the page's tables that may stand for somebody, if it has a figure in it."""
    return tuple(mark for table in page.tables for mark in (*_rows(table, words), *_columns(table, words)))


def as_rows(marks: tuple[Mark, ...], words: Vocabulary) -> npt.NDArray[np.float64]:
    """The marks' figures, a row a mark and a column an indicator; NaN where a mark has none for it."""
    found = np.full((len(marks), len(words.indicators)), np.nan)
    for row, mark in enumerate(marks):
        for beside, figure in zip(mark.beside, mark.figures, strict=True):
            for column, title in enumerate(words.indicators):
                if beside.startswith(title) or beside.startswith(title.split(" ", 1)[1]):
                    found[row, column] = figure
    return found


def _rows(table: PrintedTable, words: Vocabulary) -> list[Mark]:
    found = []
    for row in table.rows:
        if row and not _row_is_known(row[0], words):
            given = [(column, cell) for column, cell in zip(table.columns[1:], row[1:], strict=False)]
            found.append(_mark(table, row[0], given))
    return [mark for mark in found if mark.figures]


def _columns(table: PrintedTable, words: Vocabulary) -> list[Mark]:
    found = []
    for place, column in enumerate(table.columns[1:], start=1):
        if not _column_is_known(column, words):
            given = [(row[0], row[place]) for row in table.rows if len(row) > place]
            found.append(_mark(table, column, given))
    return [mark for mark in found if mark.figures]


def _mark(table: PrintedTable, head: str, cells: list[tuple[str, str]]) -> Mark:
    given = [(beside, cell) for beside, cell in cells if _FIGURE.match(cell)]
    beside = tuple(one for one, _ in given)
    return Mark(table.label, head, beside, tuple(number(cell.rstrip("%")) for _, cell in given))


def _row_is_known(head: str, words: Vocabulary) -> bool:
    return bool(
        head.startswith(words.indicators) or _PERIOD.match(head) or head in words.areas or _NEIGHBOURS.match(head)
    )


def _column_is_known(column: str, words: Vocabulary) -> bool:
    permitted = {named_with_permission(name) for name in words.named}
    return column in RUG | BANDS | PUBLISHED | permitted or column.startswith(words.series)
