"""A text without the marks of whatever will show it: a name that they cut in two is read as one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

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


def beside_each_other(pieces: Iterable[str]) -> Iterator[str]:
    """What up to four pieces that follow each other say as one: a name may be cut over cells, boxes or list items.

    Parameters
    ----------
    pieces
        In their order; blank ones are passed over. Only an end and a beginning in letters can be parts of one name.
    """
    texts = [piece.strip() for piece in pieces if piece.strip()]
    for start, first in enumerate(texts):
        # Of a long text the word at the seam alone: a county without its first word is another one.
        glued = apart = first if len(first) <= _END else first.split()[-1]
        for following in texts[start + 1 : start + _TOGETHER]:
            if not (glued[-1].isalpha() and following[0].isalpha()):
                break
            # A capital begins another word, but where both are in capitals.
            whole = following[0].islower() or (glued.split()[-1].isupper() and following.split()[0].isupper())
            next_to = following if len(following) <= _END else following.split()[0]
            glued, apart = f"{glued}{'' if whole else ' '}{next_to}", f"{apart} {next_to}"
            yield from dict.fromkeys((glued, apart))
            if len(following) > _END:
                break


_SHORT = 2
_ENOUGH = 3
_TOGETHER = 4
_END = 40
"""Letters: longer than any name."""
