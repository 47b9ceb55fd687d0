"""What the gate says when it lets nothing through."""

from __future__ import annotations

from analysis.errors import ExitCode, UserError


class RefusedError(UserError):
    """The gate stays shut."""

    exit_code = ExitCode.REFUSED
