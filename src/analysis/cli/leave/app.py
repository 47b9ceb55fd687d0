"""The words and options of `tartanrug leave ...`; what each command does is in the file of its name."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.options import Quiet, Region, Source, console_for, examples, option_of_day

leave_app = typer.Typer(
    name="leave",
    help="An authority leaves; its history by its written decision; a controller's data erased; old copies purged.",
    no_args_is_help=True,
)

Authority = Annotated[str, typer.Option(metavar="NAME", help="Whose: DfE or ONS code, name or alias.")]
Evidence = Annotated[str, typer.Option(metavar="WORDS", help="Where it stands in writing.")]
On = Annotated[datetime | None, option_of_day("--on", help="The day; today if left out.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="List what would go, and change nothing.")]


@leave_app.command(
    epilog=examples('tartanrug leave record --authority 867 --period 2026-27-Q1 --evidence "letter of 2026-02-02"')
)
def record(
    authority: Authority,
    period: Annotated[str, typer.Option(metavar="QUARTER", help="The first quarter without it.")],
    evidence: Evidence,
    region: Region = "south-east",
    source: Source = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Enter that an authority leaves: nothing is collected from then on; issued documents stand."""
    from analysis.cli.leave.record import record_leaving
    from analysis.cli.region_log import time_of

    record_leaving(region, source, authority, period, evidence, console_for(quiet), at=time_of(on))


@leave_app.command(
    epilog=examples('tartanrug leave history --authority 867 --choice stays --evidence "letter of 2026-03-01"')
)
def history(
    authority: Authority,
    choice: Annotated[str, typer.Option(metavar="CHOICE", help="stays or erase.")],
    evidence: Evidence,
    region: Region = "south-east",
    source: Source = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Enter an authority's written decision about what it sent before it left."""
    from analysis.cli.leave.record import decide_history
    from analysis.cli.region_log import time_of

    decide_history(region, source, authority, choice, evidence, console_for(quiet), at=time_of(on))


@leave_app.command(
    epilog=examples(
        "tartanrug leave erase --authority 867 --dry-run",
        'tartanrug leave erase --authority 867 --instructed-by "DCS of 867" --why "it left" --evidence "letter 12"',
    )
)
def erase(
    authority: Authority,
    instructed_by: Annotated[str, typer.Option("--instructed-by", metavar="ROLE", help="The controller's post.")] = "",
    why: Annotated[str, typer.Option(metavar="WORDS", help="Why it is ordered.")] = "",
    evidence: Annotated[str, typer.Option(metavar="WORDS", help="Where the instruction stands in writing.")] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write the recall notice and the requests to this folder.")
    ] = None,
    dry_run: DryRun = False,
    region: Region = "south-east",
    source: Source = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Delete an authority's data everywhere, on the controller's written word; a tombstone stays in the log."""
    from analysis.cli.leave.erase import Instruction, erase_data
    from analysis.cli.region_log import time_of

    order = Instruction(authority, instructed_by, why, evidence)
    at = time_of(on)
    raise typer.Exit(erase_data(region, source, order, console_for(quiet), at=at, dry_run=dry_run, out=out))


@leave_app.command(epilog=examples("tartanrug leave purge --dry-run", "tartanrug leave purge"))
def purge(
    dry_run: DryRun = False, region: Region = "south-east", source: Source = "", on: On = None, quiet: Quiet = False
) -> None:
    """Delete working copies that are older than the region's schedule says; never a return as received."""
    from analysis.cli.leave.purge import purge_copies
    from analysis.cli.region_log import time_of

    purge_copies(region, source, console_for(quiet), at=time_of(on), dry_run=dry_run)
