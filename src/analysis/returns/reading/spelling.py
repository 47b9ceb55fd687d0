"""One spelling for what is the same on paper: full-width digits, no-break spaces, long dashes, marks that nobody sees.

Only where a figure or a key is read. It is narrower than Unicode's own compatibility form, which would make `122` of
`12²`, a figure with a footnote.
"""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.reference.matching import plain

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_SPACES = (0xA0, *range(0x2002, 0x200B), 0x202F, 0x205F, 0x3000)
_DASHES = (*range(0x2010, 0x2016), 0x2212)
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SPELT = (
    {mark: mark - 0xFEE0 for mark in _FULL_WIDTH} | dict.fromkeys(_SPACES, " ") | dict.fromkeys(_DASHES, "-")
)  # fmt: skip
_SPACE = re.compile("[" + "".join(map(chr, _SPACES)) + "]")
_WIDE = re.compile(f"[{chr(_FULL_WIDTH[0])}-{chr(_FULL_WIDTH[-1])}]")
_LONGEST = 200
"""Longer texts name no column: they are not kept in memory to be looked up again."""


def spelt(text: str) -> str:
    """A text in plain spelling; what nobody sees is dropped at its ends and stays a fault inside."""
    return text if text.isascii() else text.translate(_SPELT).strip(_UNSEEN + " ")


def heading(text: str) -> str:
    """The name of a column or measure as it is compared: `LA_Code`, `la code` and `LACode` are one."""
    return _heading(text) if len(text) <= _LONGEST else _heading.__wrapped__(text)


@lru_cache(maxsize=16384)
def _heading(text: str) -> str:
    return plain(spelt(text)).replace(" ", "")


def odd_marks(text: str) -> tuple[str, ...]:
    """What of a text is read as if it were spelt plainly, in words for a receipt."""
    if text.isascii():
        return ()
    found = []
    if _SPACE.search(text):
        found.append("no-break spaces read as spaces")
    if _WIDE.search(text):
        found.append("full-width characters read as plain ones")
    return tuple(found)
