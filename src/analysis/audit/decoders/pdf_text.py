"""What the pages of a PDF show: their texts in reading order, and the cells that stand beside each other."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from pypdf import PdfReader

_SAME_LINE = 2.0
"""Points: what stands no further up or down is one line."""


@dataclass(frozen=True)
class PageText:
    """One page."""

    text: str
    """In reading order, with its line breaks."""
    pieces: tuple[tuple[float, float, str], ...]
    """Across, up (points), and what was set there in one go: a cell of a table is one."""


@lru_cache(maxsize=2)
def pages_of(content: bytes) -> tuple[PageText, ...]:
    """The pages of a PDF. Kept for the files last read: the scan and the intruder read the same pages.

    Raises
    ------
    Exception
        Whatever pypdf raises.
    """
    return tuple(_page(page) for page in PdfReader(io.BytesIO(content), strict=False).pages)


def _page(page: object) -> PageText:
    pieces: list[tuple[float, float, str]] = []

    def take(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        if text.strip():
            across = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            up = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            pieces.append((across, up, text.strip()))

    text = page.extract_text(visitor_text=take)  # type: ignore[attr-defined]
    return PageText(text, tuple(pieces))


def tables(page: PageText) -> list[list[list[str]]]:
    """Lines of a page with equally many pieces that follow each other, as tables: their rows, each from left to right.

    A line that stands alone, or is one piece, is no table.
    """
    lines: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for across, up, text in page.pieces:
        lines[round(-up / _SAME_LINE)].append((across, text))
    rows = [[text for _, text in sorted(lines[place], key=lambda piece: piece[0])] for place in sorted(lines)]
    blocks = [list(block) for _, block in groupby(rows, key=len)]
    return [block for block in blocks if len(block) > 1 and len(block[0]) > 1]
