"""The kinds of cell. Missing is never zero, and one kind of missing is never another."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """What a cell holds: a figure, or the reason why there is none."""

    GIVEN = "given"
    NOT_SUBMITTED = "not_submitted"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"
    NOT_AVAILABLE = "not_available"
    UNRELIABLE = "unreliable"
    BREAK = "break"
    """The definition changed within the stretch of time that the figure would cover: found by us, never sent."""

    @property
    def symbol(self) -> str:
        """The mark printed in a table in place of a figure (DfE's letters where DfE has one, the Government
        Analysis Function's `b` for a break in a time series; `..` is ours).
        """
        return _SYMBOLS[self]


_SYMBOLS = {
    Status.GIVEN: "",
    Status.NOT_SUBMITTED: "..",
    Status.SUPPRESSED: "c",
    Status.NOT_APPLICABLE: "z",
    Status.NOT_AVAILABLE: "x",
    Status.UNRELIABLE: "u",
    Status.BREAK: "b",
}

OF_A_COUNT = tuple(status for status in Status if status is not Status.BREAK)
"""What a cell that somebody sent or published can hold: a count belongs to one definition."""

DFE_FLAGS = {
    "c": Status.SUPPRESSED,
    "x": Status.NOT_AVAILABLE,
    "z": Status.NOT_APPLICABLE,
    "u": Status.UNRELIABLE,
    "-": Status.NOT_AVAILABLE,
}
