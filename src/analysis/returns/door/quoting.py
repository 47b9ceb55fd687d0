"""What a finding may repeat of a return: words that the kit knows, and short numbers. The rest is described.

A row that came through the door may still hold something that no rule of the door foresaw. A finding travels further
than the return itself (terminal, CSV, e-mail), so it never carries free text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from analysis.reference.matching import plain
from analysis.returns.door.personal import places

_SHORT_NUMBER = re.compile(r"[-+<>]?[0-9][0-9.,]{0,9}%?")
_CODE = re.compile(r"[0-9]{1,3}|[EWNS][0-9]{8}", re.I)
_PERIOD = re.compile(r"[0-9]{4}([-/]([0-9]{2}|[0-9]{4}))?( ?[-/]? ?(q|quarter) ?[0-9])?|(q|quarter) ?[0-9]|[0-9]", re.I)
_LONGEST = 6
_WORDS = frozenset(
    {"n/a", "na", "c", "x", "z", "u", "k", "-", "..", ":", "*", "null", "none", "nil", "nan", "tbc", "#n/a"}
)


def quote_value(text: str) -> str:
    """A value: as it is where it is a number of at most six digits or a common mark."""
    digits = sum(mark.isdigit() for mark in text)
    if (_SHORT_NUMBER.fullmatch(text) and digits <= _LONGEST and text.count(".") < 2) or text.casefold() in _WORDS:
        return text
    return describe(text)


def quote_code(text: str) -> str:
    """An authority's code: as it is where it has the form of one, or is a place's name."""
    return text if _CODE.fullmatch(text) or plain(text) in places() else describe(text)


def quote_period(text: str) -> str:
    """A financial year and quarter: as they are where they have the form of any."""
    return text if _PERIOD.fullmatch(text) else describe(text)


def near_measure(text: str, measures: Iterable[str]) -> str:
    """The measure that an unknown id is probably meant to be, as a hint; the id itself is not repeated."""
    known = {plain(key): key for key in measures}
    near = difflib.get_close_matches(plain(text), known, n=1, cutoff=0.7)
    return f"{describe(text)}; near to {known[near[0]]}" if near else describe(text)


def describe(text: str) -> str:
    """What kind of text it is, without the text."""
    if not text:
        return "blank"
    digits = sum(mark.isdigit() for mark in text)
    kind = "digits" if digits == len(text) else "letters" if not digits else "characters with digits"
    return f"a text of {len(text)} {kind}"
