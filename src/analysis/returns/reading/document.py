"""A file as text in cells, before anybody knows what the cells mean.

None of these records shows its content when printed: what a file holds never reaches a message.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress, zip_longest

from analysis.returns.rules.file_rules import UNREADABLE_FILE, Refusal

MAX_CELLS = 4_000_000
"""Six times the cells of every authority's return over five years."""


_ROW = 16
"""Cells that a row counts as at least: a million rows of one take more memory than their cells."""


class TooManyCellsError(Exception):
    """A table that is far larger than a return. It holds no text."""


@dataclass(frozen=True, repr=False)
class Sheet:
    """One table of text, held by its columns: a nation's return has half a million cells."""

    lines: tuple[int, ...]
    """The number of each row, as a person counts it. Blank rows are left out."""
    widths: tuple[int, ...]
    """How many cells each row has."""
    columns: tuple[tuple[str, ...], ...]
    """Cells without spaces around them; short rows are filled up with blanks."""
    number: int = 1
    """Its place in the workbook, as a person counts it."""
    hidden: bool = False

    @classmethod
    def of(cls, rows: Iterable[tuple[int, Sequence[str]]], number: int = 1, *, hidden: bool = False) -> Sheet:
        """The sheet of numbered rows.

        Raises
        ------
        TooManyCellsError
            Before a sheet takes more memory than it can be worth: one long row fills up all the others.
        """
        kept, width = [], 0
        for line, cells in rows:
            if any(cells):
                kept.append((line, cells))
                width = max(width, len(cells))
                if max(width, _ROW) * len(kept) > MAX_CELLS:
                    raise TooManyCellsError
        return cls(
            lines=tuple(line for line, _ in kept),
            widths=tuple(len(cells) for _, cells in kept),
            columns=tuple(zip_longest(*(cells for _, cells in kept), fillvalue="")),
            number=number,
            hidden=hidden,
        )

    @property
    def header(self) -> tuple[str, ...]:
        """The cells of the first row."""
        return self.row(0)

    def row(self, position: int) -> tuple[str, ...]:
        """The cells of one row."""
        return tuple(column[position] for column in self.columns[: self.widths[position]])

    def cells(self) -> set[str]:
        """Every cell, each once."""
        return {cell for column in self.columns for cell in set(column) if cell}

    def without(self, positions: Collection[int]) -> Sheet:
        """The sheet without some of its rows."""
        if not positions:
            return self
        kept = [position not in positions for position in range(len(self.lines))]
        return replace(
            self,
            lines=tuple(compress(self.lines, kept)),
            widths=tuple(compress(self.widths, kept)),
            columns=tuple(tuple(compress(column, kept)) for column in self.columns),
        )


@dataclass(frozen=True, repr=False)
class Document:
    """What a file holds, as far as it could be opened.

    A document that cannot be *read* (broken text) can often still be *examined* for child-level data: `unreadable` then
    says why it goes no further.
    """

    sheets: tuple[Sheet, ...]
    """Sheets with content, hidden ones too."""
    text: str = ""
    """A text file as a whole; empty for a workbook."""
    loose: tuple[str, ...] = ()
    """Text of a workbook outside its cells: comments, names, text boxes, headers, strings that no cell shows."""
    unreadable: str = ""
    choices: tuple[str, ...] = ()
    """How the file was opened where there was a choice, in words for its receipt."""


def unreadable(why: str) -> Refusal:
    """The refusal of a file that cannot be opened at all."""
    return Refusal(UNREADABLE_FILE, why)
