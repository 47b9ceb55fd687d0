"""What a value says: a figure, or the reason why there is none. Missing is never zero, and nothing is guessed."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.reference.status import DFE_FLAGS, Status
from analysis.returns.reading.spelling import spelt

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){1,4}|(?: [0-9]{3}){1,4})(?:\.[0-9]{1,15})?")
_DECIMAL_COMMA = re.compile(r"-?(?:[0-9]{1,15}|[1-9][0-9]{0,2}(?:(?: [0-9]{3})+|(?:\.[0-9]{3})+)),[0-9]{1,15}")
_EITHER = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_PERCENTAGE = re.compile(r"[-+]?[0-9][0-9., ]{0,20}(?:%|per ?cent|pct)", re.I)
_FEWER = re.compile(r"(?:<|fewer than|less than) ?(?:[1-9]|10)", re.I)
MOST_COUNTED = 1_000_000
MOST_DAYS = 18 * 366
"""A childhood."""

SYMBOLS: Mapping[str, Status] = {
    **DFE_FLAGS,
    "": Status.NOT_SUBMITTED,
    "..": Status.NOT_SUBMITTED,
    ":": Status.NOT_AVAILABLE,
    # Some mean "not applicable" by it and some "not available": the weaker claim is that there is no figure.
    "n/a": Status.NOT_AVAILABLE,
    "na": Status.NOT_AVAILABLE,
    "*": Status.SUPPRESSED,
    "<5": Status.SUPPRESSED,
    "[c]": Status.SUPPRESSED,
    "[x]": Status.NOT_AVAILABLE,
    "[z]": Status.NOT_APPLICABLE,
    "[u]": Status.UNRELIABLE,
}
"""The marks that stand for a missing figure, in any case. Other spellings are unreadable values, and asked about."""
_OF_THE_FORMAT = frozenset({"", "c", "x", "z", "u"})

UNREADABLE, PERCENTAGE, AMBIGUOUS = "unreadable", "percentage", "ambiguous"


@dataclass(frozen=True)
class Reading:
    """What a cell says. `figure` is NaN unless `status` is given."""

    figure: float
    status: Status
    fault: str = ""
    """Why it is not read: `UNREADABLE`, `PERCENTAGE` or `AMBIGUOUS`. It is then not available."""
    how: str = ""
    """What was chosen in reading it, in words for the receipt."""


def read_value(text: str, kind: str = "") -> Reading:
    """The figure and status of a cell.

    Parameters
    ----------
    text
        The cell: a number, with at most one decimal point, or a mark for a missing figure.
    kind
        The measure's kind. Only an average of days (`duration`) may have a decimal comma.

    Returns
    -------
    Reading
        A percentage is never a figure, and neither is what may be read as two numbers: `1,250` days are 1250 days or
        one and a quarter, `1.000` referrals one or a thousand.
    """
    text = spelt(text)
    status = SYMBOLS.get(text.casefold())
    if status is not None:
        how = "" if text.casefold() in _OF_THE_FORMAT else f"'{text.casefold()}' read as {_words(status)}"
        return Reading(math.nan, status, how=how)
    if _FEWER.fullmatch(text.replace("\u2264", "<")):
        return Reading(math.nan, Status.SUPPRESSED, how=f"fewer than a number read as {_words(Status.SUPPRESSED)}")
    if _PERCENTAGE.fullmatch(text):
        return _not_read(PERCENTAGE)
    if _EITHER.fullmatch(text) and _two_numbers(text, kind):
        return _not_read(AMBIGUOUS)
    if _NUMBER.fullmatch(text):
        return _given(text)
    if _GROUPED.fullmatch(text):
        return _given(text.replace(",", "").replace(" ", ""), "thousands separators left out")
    if kind == "duration" and _DECIMAL_COMMA.fullmatch(text):
        whole, _, decimals = text.replace(" ", "").replace(".", "").partition(",")
        return _given(f"{whole}.{decimals}", "decimal commas read as points")
    return _not_read(UNREADABLE)


def _two_numbers(text: str, kind: str) -> bool:
    """Whether both readings of a mark before three digits are possible, the decimal one and the one of thousands."""
    if kind == "duration":
        return "," in text or abs(int(text.replace(".", ""))) <= MOST_DAYS
    # A count is whole, and a comma parts thousands in English.
    return text.endswith(".000") and abs(int(text.replace(".", ""))) <= MOST_COUNTED


def _given(digits: str, how: str = "") -> Reading:
    return Reading(float(digits) + 0.0, Status.GIVEN, how=how)  # + 0.0 turns a "-0" into a plain zero


def _not_read(fault: str) -> Reading:
    return Reading(math.nan, Status.NOT_AVAILABLE, fault)


def _words(status: Status) -> str:
    return status.replace("_", " ")
