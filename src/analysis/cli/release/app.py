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


@release_app.command(
    epilog=examples(
        "tartanrug release confirm --period 2025-26-Q2",
        "tartanrug release confirm --period 2025-26-Q2 --asked",
        "tartanrug release confirm 825 --period 2025-26-Q2 --confirmed --said-by 'head of data' --evidence 'e-mail'",
    )
)
def confirm(
    period: Period,
    authority: Annotated[
        list[str] | None, typer.Argument(metavar="NAME ...", help="Authority: code, name or alias; all if left out.")
    ] = None,
    region: Region = "south-east",
    source: Source = "",
    asked: Annotated[
        bool, typer.Option("--asked", help="They were asked whether their figures are right, and what lies behind.")
    ] = False,
    confirmed: Annotated[bool, typer.Option("--confirmed", help="The authority says that they are.")] = False,
    queried: Annotated[
        list[str] | None, typer.Option("--queried", metavar="ID", help="An indicator that it has doubts about.")
    ] = None,
    said_by: Annotated[str, typer.Option(metavar="ROLE", help="Who in the authority says so.")] = "",
    evidence: Annotated[str, typer.Option(metavar="WHERE", help="Where: 'e-mail of 6 November 2025'.")] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Of a query.")] = "",
    quiet: Quiet = False,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], metavar="DAY", help="The day it was done; now if left out."),
    ] = None,
) -> None:
    """Show or enter who was asked to confirm their figures, and what they answered. Silence is no consent."""
    from analysis.cli.identity import whoever_this_is
    from analysis.cli.release.confirm import Said
    from analysis.cli.release.confirm import confirm as enter

    answered = Said(confirmed, tuple(queried or ()), said_by, evidence, reason) if confirmed or queried else None
    enter(
        region,
        period,
        tuple(authority or ()),
        source,
        console_for(quiet),
        said=answered,
        asking=asked,
        by=lambda collection: whoever_this_is(collection.registers),
        at=(on.replace(tzinfo=UTC) if on is not None else datetime.now(UTC)).replace(microsecond=0),
    )


@release_app.command(epilog=examples("tartanrug release pack --period 2025-26-Q2"))
def pack(period: Period, region: Region = "south-east", source: Source = "", quiet: Quiet = False) -> None:
    """Put the DfE summaries of a quarter into one file, with cover, counts and manifest, for the DBG to check."""
    from analysis.cli.release.pack import make_pack

    raise typer.Exit(make_pack(region, period, source, console_for(quiet)))
