"""What a value says: a figure, or the reason why there is none. Missing is never zero."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from analysis.reference.status import DFE_FLAGS, Status

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")

SYMBOLS: Mapping[str, Status] = {
    **DFE_FLAGS,
    "": Status.NOT_SUBMITTED,
    "..": Status.NOT_SUBMITTED,
    ":": Status.NOT_AVAILABLE,
    # Some mean "not applicable" by it and some "not available": the weaker claim is that there is no figure.
    "n/a": Status.NOT_AVAILABLE,
    "na": Status.NOT_AVAILABLE,
    "*": Status.SUPPRESSED,
}
"""The marks that stand for a missing figure, in any case. Other spellings are unreadable values, and asked about."""


def read_value(text: str) -> tuple[float, Status] | None:
    """The figure and status of a cell.

    Parameters
    ----------
    text
        The cell without spaces around it. Digits with at most one decimal point: `412`, `412.0`, `95.5`.

    Returns
    -------
    tuple or None
        The figure (NaN without one) and its status; None if the text is neither a number nor a known mark.
    """
    status = SYMBOLS.get(text.casefold())
    if status is not None:
        return math.nan, status
    if _NUMBER.fullmatch(text):
        return float(text) + 0.0, Status.GIVEN  # + 0.0 turns a "-0" into a plain zero
    return None
