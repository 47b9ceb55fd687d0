"""The words and options of `tartanrug log ...`; what each command does is in the file of its name."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.cli.options import Quiet, Region, Source, console_for, examples

log_app = typer.Typer(
    name="log",
    help="The region's log: who did what, in a chain that shows any change.",
    no_args_is_help=True,
)


@log_app.callback()
def log() -> None:
    """The region's log: who did what, in a chain that shows any change."""


@log_app.command(
    epilog=examples(
        'tartanrug log enrol --name "NAME" --post "DBG chair" --account jsmith',
        'tartanrug log enrol --name "NAME" --post "performance analyst of 825" --authority 825',
    )
)
def enrol(
    name: Annotated[str, typer.Option(metavar="'NAME'", help="Kept in people.yml alone, never in the log.")],
    post: Annotated[str, typer.Option(metavar="'POST'", help="What the log holds beside the number.")],
    account: Annotated[
        list[str] | None,
        typer.Option("--account", metavar="NAME", help="What machines call them. Repeatable; yours if left out."),
    ] = None,
    authority: Annotated[str, typer.Option(metavar="NAME", help="Whom they work for, if one authority.")] = "",
    region: Region = "south-east",
    source: Source = "",
    quiet: Quiet = False,
) -> None:
    """Add a person with a random number; the log will hold the number and the post."""
    from analysis.cli.log.enrol import enrol_person

    raise typer.Exit(enrol_person(name, post, account or [], authority, region, source, console_for(quiet)))


@log_app.command(epilog=examples("tartanrug log verify"))
def verify(region: Region = "south-east", source: Source = "", quiet: Quiet = False) -> None:
    """Look for any edit, gap or reordering in the log, and for releases that it does not tell of."""
    from analysis.cli.log.verify import verify_log

    raise typer.Exit(verify_log(region, source, console_for(quiet)))


@log_app.command(epilog=examples("tartanrug log show --last 10"))
def show(
    region: Region = "south-east",
    source: Source = "",
    last: Annotated[int, typer.Option(min=1, metavar="N", help="How many events, from the latest back.")] = 20,
    quiet: Quiet = False,
) -> None:
    """Show the latest events of the log, with the names of those who are still in the people's file."""
    from analysis.cli.log.show import show_log

    raise typer.Exit(show_log(region, source, last, console_for(quiet)))
