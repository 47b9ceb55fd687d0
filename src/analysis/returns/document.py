"""A file as text in cells, before anybody knows what the cells mean.

None of these records shows its content when printed: what a file holds never reaches a message.
"""

from __future__ import annotations

from dataclasses import dataclass

from analysis.returns.file_rules import UNREADABLE_FILE, Refusal


@dataclass(frozen=True, repr=False)
class Line:
    """One row of a sheet: its number as a person counts it, and its cells as text without spaces around them."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Document:
    """What a file holds, as far as it could be opened.

    A document that cannot be *read* (another encoding, another delimiter) can often still be *examined* for
    child-level data: `unreadable` then says why it goes no further.
    """

    sheets: tuple[tuple[Line, ...], ...]
    """Sheets with content, hidden ones too; blank rows left out."""
    text: str = ""
    """A text file as a whole; empty for a workbook."""
    loose: tuple[str, ...] = ()
    """Text of a workbook outside its cells: comments, names, text boxes, headers, strings that no cell shows."""
    unreadable: str = ""


def unreadable(why: str) -> Refusal:
    """The refusal of a file that cannot be opened at all."""
    return Refusal(UNREADABLE_FILE, why)
