"""`tartanrug incident open`, `note`, `close` and `list`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from rich.console import Console
from rich.markup import escape

from analysis.cli.known_word import known_word
from analysis.cli.region_log import RegionLog, named, said_in_words
from analysis.errors import UsageError
from analysis.pipeline.issued_copies import issued_copies
from analysis.reference.matching import plain
from analysis.registers.incidents import (
    Incident,
    IncidentOpened,
    PersonalData,
    Sent,
    closing,
    find_incident,
    incidents_of,
    noting,
    opening,
)
from analysis.registers.recall import IssuedCopy, recall_notice
from analysis.returns.chasing import SEND_TO_PLACEHOLDER

_SHORTEST_ID = 6
"""Signs of a release's id by which it is known, as everywhere."""
_ANSWERS = {"yes": PersonalData.YES, "no": PersonalData.NO, "unknown": PersonalData.UNKNOWN}
DUTIES = (
    "Article 33 of the UK GDPR is about personal data alone. If these are personal, the controller (each authority "
    "shown) tells the Information Commissioner within 72 hours of knowing, unless a risk to people is unlikely, and "
    "the processor tells the controller without undue delay. A data-protection officer decides, and not this program."
)


@dataclass(frozen=True)
class Found:
    """What was typed."""

    what: str
    documents: tuple[str, ...]
    recipients: tuple[str, ...]
    authorities: tuple[str, ...]
    personal: str
    aware: datetime


def open_new(region: str, source: str, found: Found, console: Console, *, at: datetime) -> None:
    """Enter an incident.

    Parameters
    ----------
    found
        Documents without a recipient of their own went to all recipients that are named.

    Raises
    ------
    UserError
        If documents are named and nobody who has them, or the group knew of it only later than now.
    """
    log = RegionLog.of(region, source)
    if bool(found.documents) != bool(found.recipients):
        raise UsageError("what went to whom?", remedy="give both, --document and --to, or neither while it is unknown")
    if found.aware > at:
        raise UsageError("the group cannot have known of it later than now", remedy="correct --aware")
    codes = log.codes(found.authorities)
    with said_in_words():
        sent = tuple(Sent(document=one, recipients=found.recipients) for one in found.documents)
    decide = opening(what=found.what, aware=found.aware, personal=_answer(found.personal), sent=sent, shown=codes)
    entered = log.write(decide, at=at).body_as(IncidentOpened)
    _tell(find_incident(log.chain, entered.id), log, console, at)


def note_on(
    region: str, source: str, incident: str, words: str, personal: str, console: Console, *, at: datetime
) -> None:
    """Enter a note on an incident.

    Raises
    ------
    UserError
        If there is no such incident, or it is closed.
    """
    log = RegionLog.of(region, source)
    log.write(noting(incident, note=words, personal=_answer(personal) if personal else None), at=at)
    console.print(escape(f"{incident}: {find_incident(log.chain, incident).clock(at)}"))


def close_one(region: str, source: str, incident: str, outcome: str, console: Console, *, at: datetime) -> None:
    """Enter that an incident is over.

    Raises
    ------
    UserError
        If there is no such incident, it is closed, or nobody has said whether the data are personal.
    """
    RegionLog.of(region, source).write(closing(incident, outcome=outcome), at=at)
    console.print(escape(f"{incident} is closed."))


def show(region: str, source: str, incident: str, console: Console, *, at: datetime) -> None:
    """Show all incidents in a line each, or all of one.

    Raises
    ------
    UserError
        If there is no such incident.
    """
    log = RegionLog.of(region, source)
    chain = log.chain
    if incident:
        _tell(find_incident(chain, incident), log, console, at)
        return
    every = incidents_of(chain)
    for one in every:
        console.print(escape(f"{one.opened.id}  {one.opened.aware:%Y-%m-%d %H:%M}  {one.opened.what}"))
        console.print(escape(f"       {one.clock(at)}"))
    if not every:
        console.print(f"{log.region.name}: no incident is entered.")


def _answer(text: str) -> PersonalData:
    return _ANSWERS[known_word(text, tuple(_ANSWERS), "answer")]


def _tell(incident: Incident, log: RegionLog, console: Console, at: datetime) -> None:
    opened = incident.opened
    console.print(escape(f"{opened.id}: {opened.what}"), style="bold")
    console.print(escape(f"  {incident.clock(at)}"))
    for sent in opened.sent:
        console.print(escape(f"  {sent.document} went to {', '.join(sent.recipients)}"))
    copies = [_copy(sent, log, opened) for sent in opened.sent]
    told = tuple(dict.fromkeys((*opened.shown, *(code for copy in copies for code in copy.shown))))
    if told:
        console.print(escape(f"  to be told without delay: {', '.join(map(named, told))}"))
    for when, noted in incident.notes:
        console.print(escape(f"  {when:%Y-%m-%d %H:%M} {noted.note}"))
    if incident.closed is not None:
        console.print(escape(f"  closed: {incident.closed[1].outcome}"))
        return
    if incident.personal is not PersonalData.NO:
        console.print(escape(f"  {DUTIES}"))
    if copies:
        why = "It was sent to you by mistake."
        to = log.region.returns_to or SEND_TO_PLACEHOLDER
        console.print()
        console.print(escape(recall_notice(why, copies, sender=to, on=at.date())))


def _copy(sent: Sent, log: RegionLog, opened: IncidentOpened) -> IssuedCopy:
    """What went astray, as a copy to call back: with its title, its day and whom it shows where the log knows it."""
    known = [one for one in issued_copies(log.chain, log.everyone) if _is_it(one, sent.document)]
    if not known:
        return IssuedCopy("", sent.document, "", opened.shown, sent.recipients, opened.aware.date())
    # Of several that are called the same, the one that went out last.
    last = max(known, key=lambda one: one.issued)
    return replace(last, audience="", recipients=sent.recipients)


def _is_it(copy: IssuedCopy, document: str) -> bool:
    """Whether a copy is of what somebody called so: by the beginning of a release id, or by a title."""
    titles = {plain(copy.title), plain(copy.document)} - {""}
    return plain(document) in titles or (len(document) >= _SHORTEST_ID and copy.release.startswith(document))
