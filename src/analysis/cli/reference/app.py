"""The words and options of `tartanrug reference ...`; what each command does is in the file of its name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.options import Period, Quiet, Region, Source, argument_of_file, console_for, examples

reference_app = typer.Typer(
    name="reference",
    help="What the kit knows before any return arrives, and how that changes: list, add, preview.",
    epilog=examples("tartanrug reference list", "tartanrug reference list files"),
    no_args_is_help=True,
)

File = Annotated[
    Path,
    argument_of_file(help="A change's YAML file, with its table beside it."),
]


@reference_app.command(
    "list",
    epilog=examples(
        "tartanrug reference list --region south-east --period 2026-27-Q1",
        "tartanrug reference list files",
        "tartanrug reference list neighbours --authority RBWM",
    ),
)
def list_reference(
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help="changes, files, authorities, neighbours, indicators or regions.")
    ] = "changes",
    region: Annotated[str, typer.Option(metavar="REGION", help="Whose changes, or only its authorities.")] = "",
    period: Annotated[str, typer.Option(metavar="QUARTER", help="Whether changes hold for it, as 2026-27-Q1.")] = "",
    source: Source = "",
    authority: Annotated[str, typer.Option(metavar="NAME", help="Whose neighbours.")] = "",
) -> None:
    """Show a region's changes and whether they hold, or reference data with source, edition and licence."""
    from analysis.cli.reference.show import show_reference

    show_reference(what, region, period, source, authority, console_for(False))


@reference_app.command(epilog=examples("tartanrug reference add mid-2025.yml --region south-east"))
def add(file: File, region: Region = "south-east", source: Source = "", quiet: Quiet = False) -> None:
    """Check a change and lay it into the region's folder; until it is signed off it is a proposal."""
    from analysis.cli.reference.changes import add_change

    raise typer.Exit(add_change(file, region, source, console_for(quiet)))


@reference_app.command(
    epilog=examples("tartanrug reference preview mid-2025.yml --region south-east --period 2026-27-Q1 --csv moves.csv")
)
def preview(
    file: File,
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write all of it to this CSV file.")] = None,
    quiet: Quiet = False,
) -> None:
    """Say which cells, figures, positions, readings and means a change moves; nothing is changed by asking."""
    from analysis.cli.reference.preview import preview_change

    raise typer.Exit(preview_change(file, region, period, source, console_for(quiet), csv=csv))
