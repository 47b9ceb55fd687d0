"""Why a file, or a part of one, could not be read. Each fails the file: what nobody read, nobody can vouch for."""

from __future__ import annotations


class UnreadableError(Exception):
    """A part that cannot be read.

    The words are ours alone: they never quote the part, and may stand in a report.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class UnknownKindError(UnreadableError):
    """Bytes that are in no format which is read here."""


class DamagedError(UnreadableError):
    """A part that is not what it says it is: cut short, encrypted, or with bytes that belong to nothing."""


class TooDeepError(UnreadableError):
    """Files within files within files."""


class TooLargeError(UnreadableError):
    """More than a document has, or what unpacks to far more than it was."""


class TooSlowError(UnreadableError):
    """Longer than a document takes."""
