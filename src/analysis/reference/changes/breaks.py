"""A quarter from which an authority counts an indicator in another way."""

from __future__ import annotations

from analysis.reference.model import Record
from analysis.reference.periods import Quarter


class Break(Record):
    """One authority, one indicator, and the first quarter that is counted in the new way."""

    authority: str
    indicator: str
    first: Quarter
    before: str
    after: str
