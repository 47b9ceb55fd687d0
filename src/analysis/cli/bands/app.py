"""The words and options of `tartanrug bands ...`; what each command does is in the file of its name."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from analysis.cli.moment import moment
from analysis.cli.options import Period, Quiet, Region, Source, console_for, examples, option_of_day

bands_app = typer.Typer(
    name="bands",
    help="The bands of a quarter's anonymised packs: kept as they were approved, or issued again with a reason.",
    no_args_is_help=True,
)

By = Annotated[str, typer.Option(metavar="ROLE", help="Who approved them, as a role.")]
On = Annotated[
    datetime | None,
    option_of_day("--on", help="The day of the decision; today if left out."),
]


@bands_app.command(epilog=examples('tartanrug bands freeze --period 2025-26-Q2 --by "DBG chair"'))
def freeze(
    period: Period, by: By, region: Region = "south-east", source: Source = "", on: On = None, quiet: Quiet = False
) -> None:
    """Keep the bands that a quarter's packs print, so that no later correction changes them."""
    from analysis.cli.bands.issue import freeze_bands

    freeze_bands(region, period, source, by, console_for(quiet), at=moment(on))


@bands_app.command(
    epilog=examples('tartanrug bands reissue --period 2025-26-Q2 --by "DBG chair" --reason "A return was replaced"')
)
def reissue(
    period: Period,
    by: By,
    reason: Annotated[str, typer.Option(metavar="WORDS", help="Why; it is kept, and printed nowhere.")],
    region: Region = "south-east",
    source: Source = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Keep the bands as the figures now give them: all packs of the quarter have to be issued again."""
    from analysis.cli.bands.issue import reissue_bands

    reissue_bands(region, period, source, by, reason, console_for(quiet), at=moment(on))


@bands_app.command("list", epilog=examples("tartanrug bands list --region south-east"))
def list_issues(region: Region = "south-east", source: Source = "", quiet: Quiet = False) -> None:
    """List which quarters' bands were issued, when, by whom and why."""
    from analysis.cli.bands.issue import list_issued

    list_issued(region, source, console_for(quiet))
