"""The blocks of a parsed document in its order, each with the headings that it stands under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from analysis.render.parsing import Parsed, words_of

_SECTION, _PART = 2, 3
"""Levels of headings: the title alone is of level one."""


@dataclass(frozen=True)
class Placed:
    """A paragraph, a line of a list, a picture's caption or a table of figures."""

    section: str
    part: str
    """The heading below that of the section; empty where there is none."""
    number: int
    """Of the section, from 1; 0 before the first."""
    block: dict[str, Any]
    """Pandoc's JSON: `Para`, `Plain` or `RawBlock`."""


@dataclass
class _Headings:
    words: dict[int, str] = field(default_factory=dict)
    sections: int = 0

    def pass_by(self, level: int, words: str) -> None:
        self.words = {other: said for other, said in self.words.items() if other < level} | {level: words}
        self.sections += level == _SECTION


def placed_blocks(parsed: Parsed) -> Iterator[Placed]:
    """Everything in a document that holds words or figures; pictures by their captions."""
    return _placed(parsed.tree["blocks"], _Headings())


def _placed(blocks: list[dict[str, Any]], headings: _Headings) -> Iterator[Placed]:
    for block in blocks:
        kind, held = block["t"], block.get("c", [])
        if kind == "Header":
            headings.pass_by(held[0], "".join(words_of(held[2])))
        elif kind == "Div":
            yield from _placed(held[1], headings)
        elif kind in {"BulletList", "OrderedList"}:
            for item in held if kind == "BulletList" else held[1]:
                yield from _placed(item, headings)
        elif kind == "BlockQuote":
            yield from _placed(held, headings)
        elif kind == "Figure":
            yield from _placed(held[1][1], headings)
        elif kind in {"Para", "Plain", "RawBlock"}:
            words = headings.words
            yield Placed(words.get(_SECTION, ""), words.get(_PART, ""), headings.sections, block)
