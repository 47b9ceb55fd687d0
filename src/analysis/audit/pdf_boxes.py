"""Boxes of colour that a PDF fills: bars, and the cells of a rug without words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>|(?m:%.*$)")
_WORD = re.compile(rb"[^\s\[\]<>(){}/]+|/[^\s\[\]<>(){}/]*")
_NUMBER = re.compile(rb"[-+]?(?:\d+\.?\d*|\.\d+)")
_COLOURS = (b"rg", b"sc", b"scn", b"k")
_FILLS = (b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")
_ENDS = (*_FILLS, b"S", b"s", b"n")
_THIN = 2.0
"""Points: narrower ones are rules."""
_GREY = 0.02
"""How far the parts of a grey are from each other at most."""
ENOUGH = 5

Box = tuple[float, float, float, float]


@dataclass
class _Pen:
    colour: tuple[float, ...] = ()
    kept: list[tuple[float, ...]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    corners: list[tuple[float, float]] = field(default_factory=list)


def are_marks(data: bytes) -> bool:
    """Whether a stream fills many boxes in several colours, or of one colour at many heights.

    The headings of a table's columns are many boxes of one colour at one height, and no marks.

    Parameters
    ----------
    data
        A content stream, unpacked.
    """
    filled = list(_filled(data))
    colours = {colour for colour, _ in filled}
    heights = {(round(box[1]), round(box[3])) for _, box in filled}
    return len(filled) >= ENOUGH and (len(colours) > 1 or len(heights) >= ENOUGH)


def _filled(data: bytes) -> Iterator[tuple[tuple[float, ...], Box]]:
    pen, given = _Pen(), list[float]()
    for word in _WORD.findall(_STRING.sub(b" ", data)):
        if _NUMBER.fullmatch(word):
            given.append(float(word))
            continue
        if word == b"q":
            pen.kept.append(pen.colour)
        elif word == b"Q":
            pen.colour = pen.kept.pop() if pen.kept else ()
        elif word in _COLOURS:
            pen.colour = tuple(given)
        elif word == b"g":
            pen.colour = ()
        elif word == b"re" and len(given) >= 4:
            left, low, width, height = given[-4:]
            pen.boxes.append((left, low, left + width, low + height))
        elif word in (b"m", b"l") and len(given) >= 2:
            pen.corners.append((given[-2], given[-1]))
        elif word in _ENDS:
            if word in _FILLS and _is_coloured(pen.colour):
                yield from ((pen.colour, box) for box in (*pen.boxes, *_around(pen.corners)) if _is_wide(box))
            pen.boxes, pen.corners = [], []
        if not word.startswith(b"/"):
            given.clear()


def _around(corners: list[tuple[float, float]]) -> Iterator[Box]:
    if len(corners) >= 3:
        across, up = zip(*corners, strict=True)
        yield (min(across), min(up), max(across), max(up))


def _is_wide(box: Box) -> bool:
    return abs(box[2] - box[0]) > _THIN and abs(box[3] - box[1]) > _THIN


def _is_coloured(colour: tuple[float, ...]) -> bool:
    return len(colour) >= 3 and max(colour[:3]) - min(colour[:3]) > _GREY
