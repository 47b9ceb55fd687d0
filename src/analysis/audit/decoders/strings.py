"""Binary parts that keep a few texts: fonts, colour profiles, printer settings. Every run of letters is read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from fontTools.ttLib import TTFont

from analysis.audit.budget import Budget
from analysis.audit.found import Found, Place, Said

_RUN = re.compile(rb"[A-Za-z][A-Za-z &'._-]{4,}|[EWNS]\d{8}")
"""Letters in a row, or an ONS code: packed bytes hold few of either."""
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){4,}")
FONTS = (b"wOFF", b"OTTO", b"\x00\x01\x00\x00")


def strings(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """The texts in some bytes: a font's table of names, and every run of letters, one or two bytes each."""
    budget.tick()
    if content.startswith(FONTS):
        yield from font_names(content, where)
    for run in _WIDE.findall(content):
        yield Said((*where, "bytes"), run.decode("utf-16-le"))
    yield from printable(content, where)


def font_names(content: bytes, where: tuple[str, ...]) -> Iterator[Found]:
    """The texts that a font keeps about itself; none where it has no table of them."""
    with TTFont(io.BytesIO(content), lazy=True) as font:
        for record in font["name"].names if "name" in font else ():
            yield Said((*where, "font names"), record.toUnicode(errors="replace"))


def printable(content: bytes, where: tuple[str, ...]) -> Iterator[Found]:
    """Every run of letters in the bytes as they are; only names that are nothing else are looked for in them."""
    runs = "\n".join(run.decode("ascii") for run in _RUN.findall(content))
    if runs:
        yield Said((*where, "bytes"), runs, Place.BYTES)
