"""What the gate says when it lets nothing through."""

from __future__ import annotations

from analysis.errors import ExitCode, UserError


class RefusedError(UserError):
    """The gate stays shut."""

    exit_code = ExitCode.REFUSED

    @property
    def noted(self) -> str:
        """As it stands in the log."""
        return str(self)


class ChangedSinceError(RefusedError):
    """What it was made from has changed."""

    @property
    def noted(self) -> str:
        """Without the files: whoever sent one may have called it by a person's name."""
        return self.what


class HeldBackError(UserError):
    """What must be there before a step is not, or is another than it was: bad input, and a refusal that is noted."""
