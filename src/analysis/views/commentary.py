"""What an authority says of its own figures: as the group sees it, and as readers outside do."""

from __future__ import annotations

from analysis.reference.model import Record


class Remark(Record):
    """One text as the group, the authority itself and the DfE see it."""

    indicator: str
    """Empty: of the report as a whole."""
    recording: bool
    """Whether it says how the authority records otherwise than others (S0 5.5.4 ii), and not what lies behind."""
    text: str
    since: str = ""
    """The quarter that it was written for, where it still holds since then."""


class Comment(Record):
    """One text that was checked for readers outside."""

    indicator: str
    """Empty: of the report as a whole."""
    text: str
    sha256: str
    """As in the register: what the check is bound to."""
    checked: str
    """The day of the check, `2025-11-03`."""
