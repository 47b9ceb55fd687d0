"""What an authority says of its own figures, as readers outside see it."""

from __future__ import annotations

from analysis.reference.model import Record


class Comment(Record):
    """One text that was checked."""

    indicator: str
    """Empty: of the report as a whole."""
    text: str
    sha256: str
    """As in the register: what the check is bound to."""
    checked: str
    """The day of the check, `2025-11-03`."""
