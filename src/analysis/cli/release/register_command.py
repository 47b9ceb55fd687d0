"""The words and options of `tartanrug release register`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.moment import moment
from analysis.cli.options import On, Period, Quiet, Region, Source, argument_of_file, console_for, option_of_day

EXAMPLES = (
    'tartanrug release register review.pdf --title "Peer review of Medway" --about 887 --made-by "peer review team" '
    "--period 2025-26-Q2",
    'tartanrug release register review.docx --title "Peer review for Ofsted" --about 887 --made-by "peer review team" '
    "--period 2025-26-Q2 --variant anonymised --audience Ofsted --until 2026-12-31",
)


def register(
    file: Annotated[Path, argument_of_file(help="What somebody made elsewhere: PDF, Office, HTML or CSV.")],
    title: Annotated[str, typer.Option(metavar="'WORDS'", help="What it is called, here and in permissions.")],
    about: Annotated[str, typer.Option(metavar="NAME", help="The authority that it is about; else `region`.")],
    made_by: Annotated[str, typer.Option("--made-by", metavar="'ROLE'", help="Which body or post made it.")],
    period: Period,
    variant: Annotated[
        str, typer.Option(metavar="VARIANT", help="internal; or anonymised, and it is audited first.")
    ] = "internal",
    audience: Annotated[
        str, typer.Option(metavar="'POST'", help="Whom it is for; the variant's own readers if left out.")
    ] = "",
    until: Annotated[
        datetime | None,
        option_of_day(help="The last day of its use; the policy's if left out."),
    ] = None,
    region: Region = "south-east",
    source: Source = "",
    quiet: Quiet = False,
    on: On = None,
) -> None:
    """Take in a document that the kit did not make, with a cover sheet that marks it, and put it before the DBG."""
    from analysis.cli.release.register import Order
    from analysis.cli.release.register import register as take_in

    order = Order(file, title, about, period, made_by, variant, audience, until.date() if until else None)
    raise typer.Exit(take_in(region, source, order, console_for(quiet), at=moment(on)))
