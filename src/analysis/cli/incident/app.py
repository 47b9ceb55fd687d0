"""The words and options of `tartanrug incident ...`; what each command does is in the file of its name."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from analysis.cli.options import Authorities, Quiet, Region, Source, console_for, examples

incident_app = typer.Typer(
    name="incident",
    help="Something reached whom it should not have: what went to whom, the clock, the recall.",
    no_args_is_help=True,
)

At = Annotated[
    datetime | None,
    typer.Option(
        "--at",
        formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d"],
        metavar="TIME",
        help="UTC, as 2026-02-04T14:30; now if left out.",
    ),
]
Personal = Annotated[
    str, typer.Option(metavar="ANSWER", help="Are the data about people who can be identified: yes, no, unknown.")
]
Id = Annotated[str, typer.Argument(metavar="ID", help="As `incident list` shows it.")]


@incident_app.command(
    "open",
    epilog=examples(
        'tartanrug incident open "a report was sent outside" --document "internal 2025-26-Q2" --to "a charity"'
    ),
)
def open_incident(
    what: Annotated[str, typer.Argument(metavar="WORDS", help="What happened; no figure and no person's name.")],
    document: Annotated[
        list[str] | None, typer.Option("--document", metavar="NAME", help="What went astray. Repeatable.")
    ] = None,
    to: Annotated[
        list[str] | None, typer.Option("--to", metavar="WHO", help="Who has it: organisations or posts. Repeatable.")
    ] = None,
    authority: Authorities = None,
    personal: Personal = "unknown",
    aware: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d"],
            metavar="TIME",
            help="When the group knew, in UTC; --at if left out.",
        ),
    ] = None,
    region: Region = "south-east",
    source: Source = "",
    at: At = None,
    quiet: Quiet = False,
) -> None:
    """Enter an incident, start its clock, and draft the recall and the word to those whose figures are in it."""
    from analysis.cli.incident.incidents import Found, open_new
    from analysis.cli.region_log import time_of

    when = time_of(at)
    found = Found(
        what,
        tuple(document or ()),
        tuple(to or ()),
        tuple(authority or ()),
        personal,
        time_of(aware) if aware else when,
    )
    open_new(region, source, found, console_for(quiet), at=when)


@incident_app.command(epilog=examples('tartanrug incident note i0001 "the charity has deleted it" --personal no'))
def note(
    incident: Id,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What was done or found.")],
    personal: Annotated[str, typer.Option(metavar="ANSWER", help="Where it is now known: yes or no.")] = "",
    region: Region = "south-east",
    source: Source = "",
    at: At = None,
    quiet: Quiet = False,
) -> None:
    """Enter what was done or found since."""
    from analysis.cli.incident.incidents import note_on
    from analysis.cli.region_log import time_of

    note_on(region, source, incident, words, personal, console_for(quiet), at=time_of(at))


@incident_app.command(epilog=examples('tartanrug incident close i0001 --outcome "deleted, and confirmed in writing"'))
def close(
    incident: Id,
    outcome: Annotated[str, typer.Option(metavar="WORDS", help="How it ended.")],
    region: Region = "south-east",
    source: Source = "",
    at: At = None,
    quiet: Quiet = False,
) -> None:
    """Enter that an incident is over; somebody must have said whether the data are personal."""
    from analysis.cli.incident.incidents import close_one
    from analysis.cli.region_log import time_of

    close_one(region, source, incident, outcome, console_for(quiet), at=time_of(at))


@incident_app.command("list", epilog=examples("tartanrug incident list", "tartanrug incident list i0001"))
def list_incidents(
    incident: Annotated[str, typer.Argument(metavar="ID", help="All of one, with its recall draft.")] = "",
    region: Region = "south-east",
    source: Source = "",
    at: At = None,
) -> None:
    """Show every incident and its clock, or all of one."""
    from analysis.cli.incident.incidents import show
    from analysis.cli.region_log import time_of

    show(region, source, incident, console_for(False), at=time_of(at))
