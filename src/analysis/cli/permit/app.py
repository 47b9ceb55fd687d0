"""The words and options of `tartanrug permit ...`; what each command does is in the file of its name."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.options import Authorities, Quiet, Region, Source, console_for, examples, option_of_day

permit_app = typer.Typer(
    name="permit",
    help="Who may see what is named: permissions, requests, and the agreements that sharing rests on.",
    no_args_is_help=True,
)

Audience = Annotated[str, typer.Option(metavar="WHO", help="Who is to see it, as Ofsted.")]
Purpose = Annotated[str, typer.Option(metavar="WORDS", help="What for.")]
Evidence = Annotated[str, typer.Option(metavar="WORDS", help="Where it stands in writing: a letter, minutes.")]
Indicators = Annotated[
    list[str] | None, typer.Option("--indicator", metavar="ID", help="Only this one. Repeatable; all if left out.")
]
Periods = Annotated[
    list[str] | None, typer.Option("--period", metavar="QUARTER", help="Only this one. Repeatable; all if left out.")
]
Document = Annotated[str, typer.Option(metavar="NAME", help="Only this document: a release id or a title.")]
On = Annotated[datetime | None, option_of_day("--on", help="The day; today if left out.")]
Day = Annotated[datetime | None, option_of_day()]


@permit_app.command(
    epilog=examples(
        'tartanrug permit grant --authority 825 --audience Ofsted --purpose "visit" --evidence "letter 12"',
        "tartanrug permit grant --region london --on-behalf ALDCS --authority Camden Barnet --audience LGA ...",
    )
)
def grant(
    audience: Audience,
    purpose: Purpose,
    evidence: Evidence,
    authority: Authorities = None,
    on_behalf: Annotated[
        str, typer.Option("--on-behalf", metavar="BODY", help="A body that permits for those named (regional rules).")
    ] = "",
    authorisation: Annotated[
        str, typer.Option(metavar="BODY", help="A body whose authorisation the region's rules ask for besides.")
    ] = "",
    indicator: Indicators = None,
    period: Periods = None,
    document: Document = "",
    first: Annotated[
        datetime | None,
        option_of_day("--from", help="The first day; that of --on if left out."),
    ] = None,
    until: Annotated[
        datetime | None,
        option_of_day(help="The last day; 12 months, or the agreement's end if sooner."),
    ] = None,
    region: Region = "south-east",
    source: Source = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Enter the express permission of an authority that a named document about it goes to somebody outside."""
    from analysis.cli.permit.grant import Wish, grant_permission
    from analysis.cli.region_log import time_of

    wish = Wish(
        tuple(authority or ()), on_behalf, authorisation, audience, purpose, evidence,
        tuple(indicator or ()), tuple(period or ()), document,
        first.date() if first else None, until.date() if until else None,
    )  # fmt: skip
    grant_permission(region, source, wish, console_for(quiet), at=time_of(on))


@permit_app.command(epilog=examples('tartanrug permit withdraw p0001 --evidence "letter 31"'))
def withdraw(
    permission: Annotated[str, typer.Argument(metavar="ID", help="As `permit list` shows it.")],
    evidence: Evidence,
    reason: Annotated[str, typer.Option(metavar="WORDS", help="Why, if they say.")] = "",
    first: Annotated[
        datetime | None,
        option_of_day("--from", help="The first day without it; --on if left out."),
    ] = None,
    region: Region = "south-east",
    source: Source = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Enter that a permission is taken back; list the copies that rest on it, and draft their recall."""
    from analysis.cli.permit.grant import withdraw_permission
    from analysis.cli.region_log import time_of

    day = first.date() if first else None
    withdraw_permission(region, source, permission, evidence, reason, day, console_for(quiet), at=time_of(on))


@permit_app.command(
    epilog=examples('tartanrug permit name 886 921 --period 2025-26-Q2 --evidence "minutes of 2025-11-05, item 4"')
)
def name(
    evidence: Evidence,
    period: Annotated[str, typer.Option(metavar="QUARTER", help="Whose anonymised packs.")],
    authority: Annotated[
        list[str] | None, typer.Argument(metavar="[AUTHORITY]...", help="Code, name or alias.")
    ] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="Nobody is named any more.")] = False,
    region: Region = "south-east",
    source: Source = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Enter who stands by name beside the bands of a quarter's anonymised packs, each by its own permission."""
    from analysis.cli.permit.name import name_in_packs
    from analysis.cli.region_log import time_of

    console = console_for(quiet)
    names = tuple(authority or ())
    name_in_packs(region, source, period, names, evidence, console, nobody=nobody, at=time_of(on))


@permit_app.command("list", epilog=examples("tartanrug permit list", "tartanrug permit list --on 2026-09-30"))
def list_permissions(
    audience: Annotated[str, typer.Option(metavar="WHO", help="Only those for this audience.")] = "",
    region: Region = "south-east",
    source: Source = "",
    on: On = None,
) -> None:
    """Show every permission and how it stands on a day; of those that have ended, the copies that rest on them."""
    from analysis.cli.permit.listed import list_all
    from analysis.cli.region_log import day_of

    list_all(region, source, audience, console_for(False), on=day_of(on))


@permit_app.command(
    epilog=examples('tartanrug permit ask --audience Ofsted --purpose "annual conversation" --period 2025-26-Q2')
)
def ask(
    audience: Audience,
    purpose: Purpose,
    authority: Authorities = None,
    own: Annotated[str, typer.Option(metavar="NAME", help="Who shares it: asked for no permission.")] = "",
    indicator: Indicators = None,
    period: Periods = None,
    document: Document = "",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write the text to this file.")] = None,
    region: Region = "south-east",
    source: Source = "",
    on: On = None,
) -> None:
    """Say whose permission is missing for a named document, with a text to paste that asks them. Exit 11 if any is."""
    from analysis.cli.permit.ask import Question, ask_for
    from analysis.cli.region_log import day_of

    question = Question(
        audience, purpose, tuple(authority or ()), own, tuple(indicator or ()), tuple(period or ()), document
    )
    raise typer.Exit(ask_for(region, source, question, console_for(False), on=day_of(on), out=out))


@permit_app.command(epilog=examples("tartanrug permit agreements --on 2026-02-01"))
def agreements(region: Region = "south-east", source: Source = "", on: On = None) -> None:
    """Show what sharing rests on: each agreement, whether it holds on a day, and what is due of it."""
    from analysis.cli.permit.listed import list_agreements
    from analysis.cli.region_log import day_of

    list_agreements(region, source, console_for(False), on=day_of(on))


@permit_app.command(
    epilog=examples(
        'tartanrug permit request --asker "DfE" --purpose "spending review" --wanted "referrals" --answer-by 2026-03-31'
    )
)
def request(
    asker: Annotated[str, typer.Option(metavar="WHO", help="An organisation or a post.")],
    purpose: Purpose,
    wanted: Annotated[str, typer.Option(metavar="WORDS", help="What of the data, of which quarters.")],
    answer_by: Annotated[datetime, option_of_day("--answer-by")],
    received: Day = None,
    region: Region = "south-east",
    source: Source = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Enter that somebody asks to share insights more broadly, which needs good notice (S0 5.5.4 iii)."""
    from analysis.cli.permit.requests import enter_request
    from analysis.cli.region_log import time_of

    at = time_of(on)
    day = received.date() if received else at.date()
    enter_request(region, source, (asker, purpose, wanted), day, answer_by.date(), console_for(quiet), at=at)


@permit_app.command(epilog=examples('tartanrug permit answer r0001 yes --evidence "minutes of 2026-03-18"'))
def answer(
    request: Annotated[str, typer.Argument(metavar="ID", help="As `permit requests` shows it.")],
    said: Annotated[str, typer.Argument(metavar="ANSWER", help="yes, no or 'in part'.")],
    evidence: Evidence,
    answered: Day = None,
    region: Region = "south-east",
    source: Source = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Enter what the group answered to a request."""
    from analysis.cli.permit.requests import enter_answer
    from analysis.cli.region_log import time_of

    at = time_of(on)
    day = answered.date() if answered else at.date()
    enter_answer(region, source, request, said, evidence, day, console_for(quiet), at=at)


@permit_app.command(epilog=examples("tartanrug permit requests"))
def requests(region: Region = "south-east", source: Source = "", on: On = None) -> None:
    """Show every request, how much notice it gave, and whether it is answered."""
    from analysis.cli.permit.requests import list_requests
    from analysis.cli.region_log import day_of

    list_requests(region, source, console_for(False), on=day_of(on))
