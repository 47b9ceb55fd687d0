"""Tables of counts that belong together: what is a total of what, in one table, across tables and over quarters.

A reader of several tables sets them beside each other, so whatever shares a count is one description. Everything that
links counts is a sum: a part of a whole is the whole less a remainder that is printed nowhere (`Standing.NEVER`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
from scipy import sparse


class Standing(StrEnum):
    """What can still be decided about a count."""

    OPEN = "open"
    """It is printed, unless it is hidden now."""
    OUT = "out"
    """It is printed somewhere already, or public, and cannot be hidden any more."""
    CLOSED = "closed"
    """It was hidden in something issued before, and stays so: printed now, it would uncover that."""
    NEVER = "never"
    """It is printed nowhere, and nothing is promised about it: the remainder of a whole and a part."""


@dataclass(frozen=True)
class Cell:
    """One count, whose rate and percentage stand and fall with it."""

    key: str
    value: float
    """A whole number; NaN where nothing was submitted, which the reader is told and which is in no total."""
    standing: Standing = Standing.OPEN
    rounded_to: int = 1
    """Where it is shown, it is to the nearest multiple of this, halves up."""

    @property
    def given(self) -> bool:
        """Whether there is a count at all."""
        return not math.isnan(self.value)

    @property
    def printed(self) -> int:
        """The count as it is printed where it is shown."""
        return math.floor(self.value / self.rounded_to + 0.5) * self.rounded_to

    @property
    def as_shown(self) -> tuple[float, float]:
        """The least and the most that the count can be by its printed figure, for one who knows how it is rounded."""
        down = self.rounded_to // 2
        return max(0.0, self.printed - down), float(self.printed + self.rounded_to - down - 1)


@dataclass(frozen=True)
class Sum:
    """A count that is the sum of others."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class LinkedTables:
    """Counts, the sums between them, and the tables in which they are printed.

    Raises
    ------
    ValueError
        If a key stands twice or is not known, a count is no whole number from 0 up, or a sum does not come out. A
        description that is wrong would be protected against a reader who does not exist.
    """

    cells: tuple[Cell, ...]
    sums: tuple[Sum, ...]
    tables: Mapping[str, tuple[str, ...]]
    """The cells of each table, by its name. A cell may stand in several."""
    figures: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Rates, percentages and averages that are printed too: the counts that each is made of."""

    def __post_init__(self) -> None:
        if len(self.by_key) != len(self.cells):
            raise ValueError("two cells have the same key")
        for cell in self.cells:
            if cell.rounded_to < 1 or (cell.given and (cell.value < 0 or cell.value % 1)):
                raise ValueError(f"{cell.key} is no count: {cell.value}, rounded to {cell.rounded_to}")
        for key in self._named():
            if key not in self.by_key:
                raise ValueError(f"{key} is named, but is no cell")
        for one in self.sums:
            self._check(one)

    @cached_property
    def by_key(self) -> Mapping[str, Cell]:
        """The cells by key."""
        return {cell.key: cell for cell in self.cells}

    @cached_property
    def given(self) -> tuple[Cell, ...]:
        """The cells in which there is a count, in the order of their keys."""
        return tuple(sorted((cell for cell in self.cells if cell.given), key=lambda cell: cell.key))

    @cached_property
    def equations(self) -> sparse.csr_array:
        """One row a sum, one column a cell of `given`: whatever the counts are, this times them is 0.

        What was not submitted is in no total. A total that was not is no equation.
        """
        column = {cell.key: place for place, cell in enumerate(self.given)}
        rows = [one for one in self.sums if one.total in column]
        entries = [
            (row, column[key], sign)
            for row, one in enumerate(rows)
            for key, sign in ((one.total, -1.0), *((part, 1.0) for part in one.parts))
            if key in column
        ]
        at = np.array(entries, dtype=float).reshape(-1, 3)
        place = (at[:, 0].astype(np.intp), at[:, 1].astype(np.intp))
        return sparse.csr_array((at[:, 2], place), shape=(len(rows), len(column)))

    @cached_property
    def values(self) -> npt.NDArray[np.float64]:
        """The counts of `given`."""
        return np.array([cell.value for cell in self.given], dtype=float)

    def _named(self) -> Iterator[str]:
        for one in self.sums:
            yield from (one.total, *one.parts)
        for keys in (*self.tables.values(), *self.figures.values()):
            yield from keys

    def _check(self, one: Sum) -> None:
        if len({one.total, *one.parts}) != 1 + len(one.parts):
            raise ValueError(f"a cell stands twice in the sum {one.total}")
        total = self.by_key[one.total]
        parts = [part.value for key in one.parts if (part := self.by_key[key]).given]
        if total.given and total.value != sum(parts):
            raise ValueError(f"{one.total} is {total.value:.0f}, but its parts come to {sum(parts):.0f}")


def joined(descriptions: Sequence[LinkedTables], sums: Sequence[Sum] = ()) -> LinkedTables:
    """Several descriptions as one, in which a count that stands in more than one of them is one count.

    Parameters
    ----------
    sums
        What links them besides.

    Raises
    ------
    ValueError
        As `LinkedTables`; also if one cell, table or figure is described in two ways.
    """
    cells: dict[str, Cell] = {}
    tables: dict[str, tuple[str, ...]] = {}
    figures: dict[str, tuple[str, ...]] = {}
    for one in descriptions:
        for cell in one.cells:
            known = cells.setdefault(cell.key, cell)
            # Compared as text, since NaN is not NaN.
            if repr(known) != repr(cell):
                raise ValueError(f"{cell.key} is described in two ways")
        for held, said in ((tables, one.tables), (figures, one.figures)):
            for name, keys in said.items():
                if held.setdefault(name, keys) != keys:
                    raise ValueError(f"{name} is described in two ways")
    every = dict.fromkeys((*(each for one in descriptions for each in one.sums), *sums))
    return LinkedTables(tuple(cells.values()), tuple(every), tables, figures)
