"""The words of a parsed document, paragraph by paragraph, with the heading that each stands under."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.render.parsing import Parsed, words_of
from analysis.render.placed import placed_blocks


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
    return tuple(
        Noted(one.section, one.part, " ".join("".join(words_of(one.block["c"])).split()), opens=one.number == 1)
        for one in placed_blocks(parsed)
        if one.block["t"] != "RawBlock"
    )
