"""Every refused step of a release is noted in the log, whichever command wanted it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from analysis.cli import moment
from analysis.cli.release.desk import Desk
from analysis.registers.log.chain import append
from analysis.registers.log.event import Actor
from analysis.release.events import ReleaseRefused, Step
from analysis.release.refused import RefusedError

LONGEST = 1000
"""Characters of a reason that the log keeps."""


@contextmanager
def refusals_noted(
    desk: Desk,
    step: Step,
    actor: Actor,
    release: str | None = None,
) -> Iterator[None]:
    """Note a refusal of what is done inside, now by the clock, and let it go on to whoever asked.

    Parameters
    ----------
    release
        The whole id; None where there is none yet.
    """
    try:
        yield
    except RefusedError as refused:
        body = ReleaseRefused(release=release, step=step, reason=refused.noted[:LONGEST])
        append(desk.log, lambda _: body, by=actor, at=moment.now())
        raise
