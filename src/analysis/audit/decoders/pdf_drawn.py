"""Where a stream of a PDF draws lines, boxes, curves and marks, as a viewer places them; where it sets text is left.

A chart is its data. The place of a text is not: its figures are read as text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from analysis.audit.found import Found, Numbers

Matrix = tuple[float, float, float, float, float, float]
_AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)
_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>|(?m:%.*$)")
_WORD = re.compile(rb"[^\s\[\]<>(){}/]+|/[^\s\[\]<>(){}/]*")
_POINT = {b"m": "begun", b"l": "drawn", b"c": "curves", b"v": "curves", b"y": "curves"}
_MOST_DEPTH = 10_000
_ENOUGH = 3


def drawn_places(data: bytes, where: tuple[str, ...]) -> Iterator[Found]:
    """The places along each axis of what is drawn, by what draws it: one row of coordinates each.

    Notes
    -----
    matplotlib sets each marker by `cm` and `Do`, a line by `m` and `l`, a bar by `re` or a closed path.
    """
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    kept: list[Matrix] = []
    at, given = _AS_IT_IS, list[float]()
    for word in _WORD.findall(_STRING.sub(b" ", data)):
        if (number := _number(word)) is not None:
            given.append(number)
            continue
        if word == b"q" and len(kept) < _MOST_DEPTH:
            kept.append(at)
        elif word == b"Q":
            at = kept.pop() if kept else _AS_IT_IS
        elif word == b"cm" and len(given) >= 6:
            at = _within(at, given[-6:])
        elif word == b"Do":
            found["marks"].append(at[4:])
        elif word in _POINT and len(given) >= 2:
            found[_POINT[word]].append(_placed(at, given[-2], given[-1]))
        elif word == b"re" and len(given) >= 4:
            left, low, width, height = given[-4:]
            found["boxes"].append(_placed(at, left, low))
            found["far corners of boxes"].append(_placed(at, left + width, low + height))
        if not word.startswith(b"/"):
            given.clear()
    for name, places in found.items():
        for axis, values in zip("xy", zip(*places, strict=True), strict=True):
            if len(values) >= _ENOUGH:
                yield Numbers((*where, name, axis), values, mapped=True)


def _number(word: bytes) -> float | None:
    if word[:1] not in b"+-.0123456789":
        return None
    try:
        return float(word)
    except ValueError:
        return None


def _within(outer: Matrix, inner: list[float]) -> Matrix:
    """The matrix of what is drawn by one matrix within what another places."""
    one, two, three, four, across, up = inner
    a, b, c, d, _, _ = outer
    return (
        one * a + two * c,
        one * b + two * d,
        three * a + four * c,
        three * b + four * d,
        *_placed(outer, across, up),
    )


def _placed(at: Matrix, across: float, up: float) -> tuple[float, float]:
    a, b, c, d, right, top = at
    return (across * a + up * c + right, across * b + up * d + top)
