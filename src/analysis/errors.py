"""What a user is told when something they can mend is wrong. A bug keeps its traceback; these do not."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of `tartanrug`, documented in README.md.

    2 is left to the command line itself (a word or option that it does not know).
    """

    OK = 0
    USAGE = 2
    BAD_REFERENCE = 3
    BAD_INPUT = 4
    SOME_FAILED = 5
    UNHEALTHY = 6
    NO_QUARTO = 7
    BUSY = 8
    LEAK = 9
    VOID = 10
    REFUSED = 11
    BROKEN_LOG = 12
    INTERRUPTED = 130


class UserError(Exception):
    """Something that the person at the keyboard can mend, shown without a traceback.

    Parameters
    ----------
    what
        What is wrong, as one sentence.
    where
        File, line, authority or option; empty when `what` already says it.
    remedy
        What to do about it.
    """

    exit_code = ExitCode.BAD_INPUT

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        return "\n".join(
            line
            for line in (
                self.what,
                f"  where: {self.where}" if self.where else "",
                f"  what to do: {self.remedy}" if self.remedy else "",
            )
            if line
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Keep `where` and `remedy` on the way back from a worker process."""
        return (_rebuild, (type(self), self.what, self.where, self.remedy))


def _rebuild(kind: type[UserError], what: str, where: str, remedy: str) -> UserError:
    return kind(what, where=where, remedy=remedy)


class BadReferenceError(UserError):
    """A reference or settings file that cannot be read as what it should be."""

    exit_code = ExitCode.BAD_REFERENCE


class UsageError(UserError):
    """A name, period, variant or option that does not exist."""

    exit_code = ExitCode.USAGE


class BusyError(UserError):
    """Another run is writing to the same place."""

    exit_code = ExitCode.BUSY
