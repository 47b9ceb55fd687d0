"""The words and options of `tartanrug signals ...`; what each command does is in the file of its name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.options import Authorities, Period, Quiet, Region, Source, console_for, examples

signals_app = typer.Typer(
    name="signals",
    help="What is unusual for an authority beside its own pattern, and why a figure is not. Internal: it names all.",
    no_args_is_help=True,
)


@signals_app.command("list", epilog=examples("tartanrug signals list --period 2025-26-Q2 --csv signals.csv"))
def list_signals(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    authority: Authorities = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write every reading to this CSV file.")] = None,
    quiet: Quiet = False,
) -> None:
    """List the prompts of a quarter, and how much was looked at without one."""
    from analysis.cli.signals.listed import list_prompts

    list_prompts(region, period, source, tuple(authority or ()), console_for(quiet), csv=csv)


@signals_app.command(epilog=examples("tartanrug signals flips --period 2025-26-Q2"))
def flips(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    authority: Authorities = None,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write them to this CSV file.")] = None,
    quiet: Quiet = False,
) -> None:
    """List the readings that changed from one draft of a quarter to the next, each with its cause."""
    from analysis.cli.signals.flips import list_flips

    list_flips(region, period, source, tuple(authority or ()), console_for(quiet), csv=csv)


@signals_app.command("why-not", epilog=examples("tartanrug signals why-not RBWM A06 --period 2025-26-Q2"))
def why_not(
    authority: Annotated[str, typer.Argument(metavar="AUTHORITY", help="DfE or ONS code, name or alias.")],
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="As A06.")],
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    quiet: Quiet = False,
) -> None:
    """Say in figures why an indicator of an authority is a prompt, or is none."""
    from analysis.cli.signals.why_not import explain

    explain(authority, indicator, region, period, source, console_for(quiet))


@signals_app.command(
    epilog=examples(
        "tartanrug signals chart RBWM A04 --period 2025-26-Q2 --out windsor-a04.png",
        "tartanrug signals chart RBWM A04 --period 2025-26-Q2 --kind funnel --out region-a04.svg",
    )
)
def chart(
    authority: Annotated[str, typer.Argument(metavar="AUTHORITY", help="DfE or ONS code, name or alias.")],
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="As A06.")],
    period: Period,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where it is written: FILE.png or FILE.svg.")],
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="xmr: its quarters with their limits; funnel: the region by size.")
    ] = "xmr",
    region: Region = "south-east",
    source: Source = "",
    quiet: Quiet = False,
) -> None:
    """Draw an indicator of an authority over time, or beside the region, with the limits of chance."""
    from analysis.cli.signals.chart import draw

    draw(authority, indicator, kind, region, period, source, out, console_for(quiet))
