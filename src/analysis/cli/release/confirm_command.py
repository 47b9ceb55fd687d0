"""The words and options of `tartanrug release confirm`."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.cli.moment import moment
from analysis.cli.options import On, Period, Quiet, Region, Source, console_for

EXAMPLES = (
    "tartanrug release confirm --period 2025-26-Q2",
    "tartanrug release confirm --period 2025-26-Q2 --asked",
    "tartanrug release confirm 825 --period 2025-26-Q2 --confirmed --said-by 'head of data' --evidence 'e-mail'",
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
    on: On = None,
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
        at=moment(on),
    )
