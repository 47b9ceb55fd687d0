"""The words and options of `tartanrug release ...`; what each command does is in the file of its name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from analysis.cli.options import JobCount, Period, Quiet, Region, Source, console_for, examples

release_app = typer.Typer(
    name="release",
    help="What may leave the kit: finished files that were audited, as they are.",
    no_args_is_help=True,
)


@release_app.callback()
def release() -> None:
    """What may leave the kit: finished files that were audited, as they are."""


@release_app.command(epilog=examples("tartanrug release packs --period 2025-26-Q2"))
def packs(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    jobs: JobCount = None,
    quiet: Quiet = False,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], metavar="DAY", help="The day of the audit; today if left out."),
    ] = None,
) -> None:
    """Audit a quarter's anonymised packs, and let those whose files all pass through the gate."""
    from analysis.cli.release.packs import release_packs

    day = on.date() if on is not None else datetime.now(UTC).date()
    raise typer.Exit(release_packs(region, period, source, console_for(quiet), on=day, jobs=jobs))
