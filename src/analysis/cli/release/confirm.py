"""`tartanrug release confirm`: who was asked whether their figures are right, what they answered, what may be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from rich.markup import escape

from analysis.cli.known_word import known_word
from analysis.cli.region_log import said_in_words
from analysis.cli.returns.collection import members
from analysis.cli.signals.collection import collection_of
from analysis.errors import UsageError
from analysis.pipeline.collection import Collection
from analysis.pipeline.confirmations import confirmations_of, figures_now, unusual_readings
from analysis.pipeline.load import reporting
from analysis.reference.authorities import authorities as known_authorities
from analysis.registers.confirmations import (
    Confirmation,
    ConfirmationAsked,
    FiguresConfirmed,
    FiguresQueried,
    NothingNewError,
    SentencesFreed,
    UnusualReading,
    answer,
    ask,
    free,
)
from analysis.registers.log.chain import Chain, append, log_folder
from analysis.registers.log.event import Actor, Body
from analysis.release.policy import release_policy
from analysis.views.confirmed import answer_words, waiting_words


@dataclass(frozen=True)
class Said:
    """What an authority answered, as it was written on the command line."""

    confirmed: bool
    queried: tuple[str, ...] = ()
    """Ids of indicators."""
    said_by: str = ""
    evidence: str = ""
    reason: str = ""


def confirm(
    region: str,
    period: str,
    authorities: Sequence[str],
    source: str,
    console: Console,
    *,
    said: Said | None,
    asking: bool,
    by: Callable[[Collection], Actor],
    at: datetime,
) -> None:
    """Enter what was asked or answered in the region's log, or show how the quarter stands.

    Parameters
    ----------
    authorities
        Codes, names or aliases; everybody with a figure if empty. An answer is of one.
    said
        What one authority answered; None where nobody did.
    asking
        Whether the authorities have been asked: what is unusual for each is part of what it was asked. Readings whose
        wait is over by then are freed as well.
    by
        Who is at the keyboard, which only an entry needs to know.
    at
        When (UTC, whole seconds).

    Raises
    ------
    UserError
        If there is no such region, quarter, authority, indicator or source, nobody is enrolled, or the log is broken.
    """
    collection = collection_of(region, period, source)
    codes = members(collection.region, authorities)
    there = reporting(collection)
    if said is not None:
        if len(codes) != 1:
            remedy = f"name it: tartanrug release confirm 825 --period {collection.period} ..."
            raise UsageError("an answer is of one authority", remedy=remedy)
        with said_in_words():
            answered = _answer(collection, codes[0], said)
        _enter(collection, answer(answered), by(collection), at)
    elif asking:
        who = by(collection)
        for code in (code for code in codes if code in there):
            _ask(collection, code, who, at)
    _show(collection.afresh(), [code for code in codes if code in there], console)


def _answer(collection: Collection, code: str, said: Said) -> FiguresConfirmed | FiguresQueried:
    if said.confirmed == bool(said.queried):
        raise UsageError("are the figures confirmed, or queried?", remedy="give --confirmed, or --queried A04")
    if not said.said_by or not said.evidence or (said.queried and not said.reason):
        remedy = "give --said-by ROLE and --evidence 'e-mail of 6 November 2025', and of a query --reason"
        raise UsageError("who in the authority said so, and where does it stand?", remedy=remedy)
    about = {"authority": code, "period": str(collection.period), "figures": figures_now(collection)[code]}
    shared = {**about, "said_by": said.said_by, "evidence": said.evidence}
    if said.confirmed:
        return FiguresConfirmed.model_validate(shared)
    listed = {one.id.lower(): one.id for one in collection.indicator_list}
    named = [listed[known_word(one, tuple(listed), "indicator")] for one in said.queried]
    return FiguresQueried.model_validate({**shared, "indicators": sorted(set(named)), "reason": said.reason})


def _ask(collection: Collection, code: str, who: Actor, at: datetime) -> None:
    readings = unusual_readings(collection).get(code, ())
    period, waits = str(collection.period), release_policy(collection.registers).dfe.sentence_waits
    asked = ConfirmationAsked(authority=code, period=period, figures=figures_now(collection)[code], readings=readings)
    found = confirmations_of(collection)[code]
    over = found.due(readings, at.date(), waits)
    steps = [ask(asked)]
    if over:
        body = SentencesFreed(authority=code, period=period, readings=over)
        steps.append(free(body, at.date(), waits))
    for decide in steps:
        try:
            _enter(collection, decide, who, at)
        except NothingNewError:
            continue  # the same command a second time writes what is new, and nothing twice


def _enter(collection: Collection, decide: Callable[[Chain], Body], who: Actor, at: datetime) -> None:
    append(log_folder(collection.registers), decide, by=who, at=at)


def _show(collection: Collection, codes: Sequence[str], console: Console) -> None:
    numbers = {one.id: one.number for one in collection.indicator_list}
    found, unusual = confirmations_of(collection), unusual_readings(collection)
    for code in codes:
        name = f"{known_authorities()[code].name} ({code})"
        held = waiting_words(_waiting(found[code], unusual.get(code, ())))
        console.print(escape(f"{name}: {answer_words(found[code], numbers)} {held}".rstrip()))


def _waiting(found: Confirmation, readings: Sequence[UnusualReading]) -> int:
    return sum(not found.may_tell(one) for one in readings)
