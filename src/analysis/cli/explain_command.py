"""The words and options of `tartanrug explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.cli.options import Region, Source, console_for

EXAMPLES = ("tartanrug explain 825 2025-26-Q2", "tartanrug explain RBWM 2025-26-Q2 --source made-up")


def explain_command(
    authority: Annotated[str, typer.Argument(metavar="AUTHORITY", help="DfE or ONS code, name or alias.")],
    period: Annotated[str, typer.Argument(metavar="QUARTER", help="Quarter, as 2025-26-Q2.")],
    region: Region = "south-east",
    source: Source = "",
) -> None:
    """Tell which of an authority's reports are up to date, why others would be made again, and why they last were."""
    from analysis.cli.refuse_unknown import refuse_unknown

    # Before the next import: the libraries of documents take seconds to load.
    refuse_unknown(region, period, (), (authority,))
    from analysis.cli.build import Order
    from analysis.cli.explain import explain

    explain(Order(region, period, authorities=(authority,), source=source), console_for(False))
