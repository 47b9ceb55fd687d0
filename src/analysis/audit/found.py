"""What a decoder finds in a file: texts, rows of numbers, files within files, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from analysis.audit.budget import Budget


class Place(StrEnum):
    """In what kind of place a text stands: a number or a word may be a name in one and not in another."""

    TEXT = "text"
    """What is read: running text, a cell, a title. 826 may be a value there."""
    ID = "id"
    """What things are called by: keys, paths, file names, cells under a heading such as *LA code*. 826 is a code."""
    SOURCE = "source"
    """Markup and all, as it stands: only names that are nothing else are looked for."""
    BYTES = "bytes"
    """Letters among packed bytes: the same, and only names of five letters or more."""
    FEW = "few"
    """A few letters in another writing: as a text, but numbers and words are abbreviations there by accident."""
    BESIDE = "beside"
    """Neighbours as one: names that are nothing else are looked for, as in a source, that stand across the seam."""
    PIECES = "pieces"
    """Pieces that stand apart, joined: only names of eight letters or more are looked for, whatever is between."""


@dataclass(frozen=True)
class Said:
    """A text, and where it was found."""

    where: tuple[str, ...]
    """From the outermost part to the innermost."""
    text: str
    place: Place = Place.TEXT


@dataclass(frozen=True)
class Numbers:
    """Numbers that belong together: a column, an array, the coordinates of marks."""

    where: tuple[str, ...]
    values: tuple[float, ...]
    mapped: bool = False
    """Whether they are coordinates, which follow the figures by an unknown straight line."""


@dataclass(frozen=True)
class Inside:
    """A file within the file, to be decoded in its turn."""

    where: tuple[str, ...]
    name: str
    """What it is called; its ending says what it should be where its bytes do not."""
    content: bytes


@dataclass(frozen=True)
class Picture:
    """Pixels, which nothing here reads: counted, so that the report can say so."""

    where: tuple[str, ...]


Found = Said | Numbers | Inside | Picture
Decoder = Callable[[bytes, tuple[str, ...], Budget], Iterator[Found]]
"""Bytes, where they are and what may be spent, to everything found in them. Whatever it raises fails the file."""
