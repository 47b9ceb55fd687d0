"""The words and options of `tartanrug brief`."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.cli.moment import moment
from analysis.cli.options import For, On, Period, Quiet, Region, Source, console_for

EXAMPLES = ("tartanrug brief --authority RBWM --indicator A06 --period 2025-26-Q2 --format docx pptx",)


def brief_command(
    authority: Annotated[str, typer.Option(metavar="NAME", help="Whose figure: DfE or ONS code, name or alias.")],
    indicator: Annotated[str, typer.Option(metavar="INDICATOR", help="As A06.")],
    period: Period,
    variant: Annotated[str, typer.Option(metavar="VARIANT", help="own, or anonymised with the group's bands.")] = "own",
    format: Annotated[  # noqa: A002 - the option's name
        list[str] | None,
        typer.Option(metavar="FORMAT ...", help="One or more of docx, pptx, html, pdf; Word if left out."),
    ] = None,
    audience: For = "",
    region: Region = "south-east",
    source: Source = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Write one indicator of one authority on one page; no figure or name of another authority is ever in it."""
    from analysis.cli.brief import Order, brief

    order = Order(authority, indicator, period, variant, region, source, tuple(format or ("docx",)), audience)
    brief(order, console_for(quiet), at=moment(on))
