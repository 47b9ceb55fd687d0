"""The numbers that stand in texts: sentences, labels, cells with a unit, attributes; in the order of the file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from analysis.audit.found import Numbers, Place, Said
from analysis.audit.values import LEAST

_READ = (Place.TEXT, Place.FEW, Place.ID)
"""Sources, packed bytes and joined pieces say again, and with marks between, what stands in texts of their own."""
_DIGITS = re.compile(r"(?<![^\W\d_])(?<![\d.])\d+(?:[.,]\d+)*(?:[eE][-+]?\d{1,2}(?![\w.]))?|(?<![\w.])\.\d+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"(?:\d+|\d{1,3}(?:\.\d{3})+),\d+")
_SPACED = re.compile(r"(?<![\d.,])(\d{1,3})((?:[\u00a0\u2007\u2009\u202f]\d{3})+)(?![\d])")
"""Thousands apart by a space that does not break."""
_POINTS, _COMMAS, _UNSEEN = "·‧∙⋅٫．", "，", "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_DRESS = str.maketrans({**dict.fromkeys(_POINTS, "."), **dict.fromkeys(_COMMAS, ","), **dict.fromkeys(_UNSEEN, "")})
_ADDRESS = "data:"
"""What such an address packs is read by itself."""
_LONGEST = 18
"""Digits: more are no figure."""


def numbers_in(text: str) -> tuple[list[float], list[float]]:
    """The numbers of a text, without their signs and units, in both readings of a comma.

    Parameters
    ----------
    text
        Any text. A decimal point may be a middle dot; digits may be of any script; `1.874e+02` is one number. Digits
        that follow a letter (`Q2`, `H1`) are a part of a name.

    Returns
    -------
    tuple
        With a comma as a part of the number (`1,234` and, where decimals follow, `187,4`), and as what stands between
        two (`[3,241.7]`).
    """
    if not text.isascii():
        text = _SPACED.sub(lambda match: match[1] + re.sub(r"\s", "", match[2]), text.translate(_DRESS))
    within: list[float] = []
    between: list[float] = []
    for found in _DIGITS.findall(text):
        if len(found) <= _LONGEST and "," not in found:
            values = _plain(found)
            within += values
            between += values
            continue
        apart = [value for piece in found.split(",") for value in _plain(piece)]
        between += apart
        if _THOUSANDS.fullmatch(found):
            within += _plain(found.replace(",", ""))
        elif _DECIMAL_COMMA.fullmatch(found):
            within += _plain(found.replace(".", "").replace(",", "."))
        else:
            within += apart
    return within, between


def _plain(digits: str) -> list[float]:
    """A number as programs write it; a date or the number of a section (`1.2.3`) is none."""
    return [float(digits)] if digits.count(".") <= 1 and 0 < len(digits) <= _LONGEST else []


class Running:
    """The numbers of all texts of a file, each text once: together, and by the kind of place where they stand."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._rows: dict[tuple[str, str], list[float]] = defaultdict(list)
        self._file = ""

    def take(self, said: Said) -> None:
        """Add what stands in a text."""
        text = said.text
        if said.place not in _READ or text in self._seen or text.startswith(_ADDRESS):
            return
        self._file = said.where[0]
        self._seen.add(text)
        for reading, values in zip(("within", "between"), numbers_in(text), strict=True):
            if values:
                # Values of one attribute, say, stand between coordinates in another of the same elements.
                self._rows[reading, said.where[-1] if len(said.where) > 1 else ""] += values
                self._rows[reading, "every text"] += values

    def rows(self) -> Iterator[Numbers]:
        """What was taken, as rows of numbers."""
        for values in self._rows.values():
            if len(values) >= LEAST:
                yield Numbers((self._file, "numbers in texts"), tuple(values))
