"""Every refused step of a release is noted in the log, whichever command wanted it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from analysis.cli import moment
from analysis.cli.region_log import said_in_words
from analysis.cli.release.desk import Desk
from analysis.errors import UserError
from analysis.registers.log.chain import append
from analysis.registers.log.event import Actor
from analysis.registers.permissions import NotPermittedError
from analysis.registers.wording import names_a_person
from analysis.release.events import ReleaseRefused, Step
from analysis.release.refused import HeldBackError, RefusedError

LONGEST = 1000
"""Characters of a reason that the log keeps."""
NOT_KEPT = "the reason is not kept, since it seems to name a person"


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

    Raises
    ------
    UsageError
        If a word that was given may not stand in the log. Nothing is noted of that.
    """
    try:
        with said_in_words():
            yield
    except (RefusedError, NotPermittedError, HeldBackError) as refused:
        body = ReleaseRefused(release=release, step=step, reason=_reason(refused))
        try:
            append(desk.log, lambda _: body, by=actor, at=moment.now())
        except OSError:
            # Whoever may only read the folder is refused all the same.
            refused.what += "; the log can't be written, so this refusal does not stand in it"
        raise


def _reason(refused: UserError) -> str:
    # Where a file lies tells the account of whoever works there.
    words = refused.noted if isinstance(refused, RefusedError) else refused.what
    return NOT_KEPT if names_a_person(words) else words[:LONGEST]
