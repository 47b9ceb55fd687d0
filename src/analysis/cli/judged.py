"""On which days a step towards a release is judged: a day that is named lets nothing out that today would keep in."""

from __future__ import annotations

from datetime import date, datetime

from analysis.cli import moment
from analysis.registers.log.chain import Chain
from analysis.registers.log.event import NOT_ENROLLED, Event
from analysis.release.events import ReadingCopiesBuilt, ReleaseRefused
from analysis.release.refused import RefusedError


def days_judged(at: datetime) -> tuple[date, ...]:
    """The day that a step is dated, and today by the clock: what it rests on must hold on each, the earlier first.

    An agreement or a permission that has ended refuses today, whatever `--on` says; and a deputy's time begins when
    the review was opened, and not on an earlier day that somebody names.
    """
    return tuple(sorted({at.date(), moment.now().date()}))


def refuse_back_dated(chain: Chain, at: datetime) -> None:
    """Refuse a step that is dated before something that the log knows already: it would not have rested on that.

    A step of today is never refused for it: another machine's clock may have been ahead.

    Raises
    ------
    RefusedError
        With the day of the newest event.
    """
    newest = max((event.at.date() for event in chain.events if _is_a_ground(event)), default=at.date())
    if at.date() < min(newest, moment.now().date()):
        raise RefusedError(
            f"{at.date()} is before the newest event of the log, of {newest}, and a step comes after what it rests on",
            where="--on",
            remedy=f"leave --on out, or name {newest} or a later day that has come",
        )


def _is_a_ground(event: Event) -> bool:
    """No step rests on copies that somebody made to read, nor on what was refused to whoever is not enrolled."""
    refused_to_a_stranger = event.kind == ReleaseRefused.kind and event.by == NOT_ENROLLED
    return event.kind != ReadingCopiesBuilt.kind and not refused_to_a_stranger
