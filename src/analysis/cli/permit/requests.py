"""`tartanrug permit request`, `answer` and `requests`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, cast

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from analysis.cli.known_word import known_word
from analysis.cli.region_log import RegionLog
from analysis.registers.requests import RequestReceived, answering, receiving, requests_of

Said = Literal["yes", "no", "in part"]


def enter_request(
    region: str,
    source: str,
    said: tuple[str, str, str],
    received: date,
    answer_by: date,
    console: Console,
    *,
    at: datetime,
) -> None:
    """Enter a request.

    Parameters
    ----------
    said
        Who asks, what for, and what is wanted.

    Raises
    ------
    UserError
        If a word names a person, or it is to be answered before it was received.
    """
    asker, purpose, wanted = said
    log = RegionLog.of(region, source)
    decide = receiving(asker=asker, purpose=purpose, wanted=wanted, received=received, answer_by=answer_by)
    entered = log.write(decide, at=at).body_as(RequestReceived)
    days = (answer_by - received).days
    console.print(escape(f"Entered {entered.id}: {entered.asker}, answer by {answer_by} ({days} days of notice)"))


def enter_answer(
    region: str,
    source: str,
    request: str,
    said: str,
    evidence: str,
    answered: date,
    console: Console,
    *,
    at: datetime,
) -> None:
    """Enter the answer to a request.

    Raises
    ------
    UserError
        If there is no such request or answer, or it was answered before.
    """
    answer = cast(Said, known_word(said, ("yes", "no", "in part"), "answer"))
    RegionLog.of(region, source).write(answering(request, answer=answer, answered=answered, evidence=evidence), at=at)
    console.print(escape(f"Entered: {request} was answered on {answered}: {answer}"))


def list_requests(region: str, source: str, console: Console, *, on: date) -> None:
    """Show the requests that had been entered by a day."""
    log = RegionLog.of(region, source)
    held = requests_of(log.chain.known_on(on))
    if not held:
        console.print(f"{log.region.name}: no request is entered.")
        return
    table = Table("id", "who asks", "for", "what", "received", "answer by", "notice", "on " + on.isoformat())
    for one in held:
        asked = one.received
        days = (str(asked.received), str(asked.answer_by), f"{one.notice} days")
        table.add_row(*map(Text, (asked.id, asked.asker, asked.purpose, asked.wanted, *days, one.state(on))))
    console.print(table)
