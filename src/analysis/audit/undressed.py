"""A text without the marks of whatever will show it: a name that they cut in two is read as one."""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"\x1b\[[\d;]*[A-Za-z]"  # colours of a terminal
    r"|<!--.*?-->|</?[A-Za-z][^<>]{0,200}>"  # HTML within Markdown
    r"|\$\{[^{}]{0,50}\}"  # what a script fills in
    r"|\\[A-Za-z]{2,12}\s?\{?|[{}]"  # TeX
    r"|[\"'`]\s*\+?\s*[\"'`]"  # strings that a script joins
    r"|\*{1,3}|~~|`",  # Markdown
    re.DOTALL,
)


def undressed(text: str) -> str:
    """A text without marks of Markdown, TeX, HTML, terminals, and between joined strings."""
    return _MARKS.sub("", text)


def spelt_in_pieces(pieces: list[str]) -> list[str]:
    """Words whose letters are pieces by themselves: cells, paragraphs, elements of one or two letters in a row."""
    found, run = [], []
    for piece in [*(piece.strip() for piece in pieces), "end of all"]:
        if not piece:
            continue
        if len(piece) <= _SHORT and piece.isalpha():
            run.append(piece)
            continue
        if len(run) >= _ENOUGH:
            found.append("".join(run))
        run = []
    return found


_SHORT = 2
_ENOUGH = 3
