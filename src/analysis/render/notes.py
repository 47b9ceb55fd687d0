"""The words of a parsed document, paragraph by paragraph, with the heading that each stands under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analysis.render.parsing import Parsed, words_of


@dataclass(frozen=True)
class Noted:
    """A paragraph, a line of a list or a caption."""

    section: str
    part: str
    words: str
    opens: bool
    """Whether it stands in the document's first section, which says what the document is."""


def read_notes(parsed: Parsed) -> tuple[Noted, ...]:
    """What a document says in words, in its order; pictures by their caption, tables not at all."""
    return tuple(_notes(parsed.tree["blocks"], [""] * 7, [0]))


def _notes(blocks: list[dict[str, Any]], headings: list[str], sections: list[int]) -> Iterator[Noted]:
    for block in blocks:
        kind, held = block["t"], block.get("c", [])
        if kind == "Header":
            headings[held[0] :] = [_said(held[2])] + [""] * (6 - held[0])
            sections[0] += held[0] == 2
        elif kind == "Div":
            yield from _notes(held[1], headings, sections)
        elif kind in {"BulletList", "OrderedList"}:
            for item in held if kind == "BulletList" else held[1]:
                yield from _notes(item, headings, sections)
        elif kind == "BlockQuote":
            yield from _notes(held, headings, sections)
        elif kind in {"Para", "Plain"}:
            yield Noted(headings[2], headings[3], _said(held), opens=sections[0] == 1)
        elif kind == "Figure":
            yield from _notes(held[1][1], headings, sections)


def _said(node: object) -> str:
    return " ".join("".join(words_of(node)).split())
