"""`tartanrug permit ask`: whose permission is missing, and the text that asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.cli.permit.grant import scope_of
from analysis.cli.region_log import RegionLog, named
from analysis.config import shown
from analysis.errors import ExitCode
from analysis.registers.asking import asking_text
from analysis.registers.basis import until_by_default
from analysis.registers.permissions import missing, unauthorised
from analysis.returns.chasing import SEND_TO_PLACEHOLDER


@dataclass(frozen=True)
class Question:
    """What was typed."""

    audience: str
    purpose: str
    authorities: tuple[str, ...]
    own: str
    indicators: tuple[str, ...]
    periods: tuple[str, ...]
    document: str


def ask_for(
    region: str, source: str, question: Question, console: Console, *, on: date, out: Path | None = None
) -> int:
    """Say who has not yet permitted, and write the text that asks them.

    Returns
    -------
    int
        `REFUSED` where anybody is missing: a named document could not be released.

    Raises
    ------
    UserError
        If a name, indicator or quarter is not known.
    """
    log = RegionLog.of(region, source)
    shown_codes = log.codes(question.authorities) or log.region.everyone
    own = log.codes((question.own,)) if question.own else ()
    scope = scope_of(log, question.indicators, question.periods, question.document)
    chain, about = log.chain, [code for code in shown_codes if code not in own]
    lacking = missing(chain, about, question.audience, scope, on, purpose=question.purpose)
    body = unauthorised(chain, log.rules, question.audience, scope, on, purpose=question.purpose)
    if not (lacking or body):
        console.print(escape(f"Everybody shown has permitted it for {question.audience} ({scope.words})."))
        return int(ExitCode.OK)
    console.print(escape(f"Missing for {question.audience} ({scope.words}):"))
    for code in lacking:
        console.print(escape(f"  {named(code)}"))
    if body:
        console.print(escape(f"  the authorisation of {body}"))
    text = asking_text(
        audience=question.audience,
        scope=scope,
        purpose=question.purpose,
        until=until_by_default(on, log.rules.permission_months, log.agreements),
        reply_to=log.region.returns_to or SEND_TO_PLACEHOLDER,
        collective=tuple(one.name for one in log.rules.collective_grantors),
        body=body,
    )
    console.print()
    console.print(escape(text))
    if out is not None:
        store.write_text(out, text)
        console.print(escape(f"Written: {shown(out.absolute())}"))
    return int(ExitCode.REFUSED)
