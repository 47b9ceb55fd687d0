"""The words and options of `tartanrug returns ...`; what each command does is in the file of its name."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.moment import arrived
from analysis.cli.moment import day as day_of
from analysis.cli.options import (
    Authorities,
    Period,
    Quiet,
    Region,
    Source,
    argument_of_file,
    console_for,
    examples,
    option_of_day,
    option_of_file,
)

returns_app = typer.Typer(
    name="returns",
    help="Collect a quarter: dates, files received, queries, corrections, and what was known when.",
    no_args_is_help=True,
)

WhatTheyAre = Annotated[str, typer.Option("--source", metavar="SOURCE", help="returns or made-up: what they are.")]
Into = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Where; in data/processed if left out.")]
Csv = Annotated[Path | None, typer.Option(metavar="FILE", help="Also write all of it to this CSV file.")]
Day = Annotated[datetime, option_of_day()]
ReceivedOn = Annotated[datetime | None, option_of_day("--on", help="When; now if left out.")]
WrittenOn = Annotated[
    datetime | None,
    option_of_day("--on", help="The day that entries carry; today if left out."),
]


@returns_app.command(epilog=examples("tartanrug returns calendar --period 2025-26-Q2 --quarters 4 --ics dates.ics"))
def calendar(
    period: Period,
    region: Region = "south-east",
    quarters: Annotated[int, typer.Option(min=1, metavar="N", help="How many quarters from this one on.")] = 1,
    ics: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write them as a calendar file.")] = None,
    quiet: Quiet = False,
) -> None:
    """Show the dates of a quarter: open, due, chase, and the two meetings."""
    from analysis.cli.returns.calendar import show_calendar

    show_calendar(region, period, console_for(quiet), quarters=quarters, ics=ics)


@returns_app.command(epilog=examples("tartanrug returns template --period 2025-26-Q3 --authority RBWM"))
def template(
    period: Period,
    region: Region = "south-east",
    authority: Authorities = None,
    into: Into = None,
    quiet: Quiet = False,
) -> None:
    """Write a return to fill in for each authority, as CSV and Excel."""
    from analysis.cli.returns.template import write_templates

    write_templates(region, period, console_for(quiet), authorities=tuple(authority or ()), into=into)


@returns_app.command(epilog=examples("tartanrug returns receive 825.csv --period 2025-26-Q2 --from returns@bucks"))
def receive(
    files: Annotated[list[Path], argument_of_file(help="One or more.")],
    period: Period,
    sender: Annotated[str, typer.Option("--from", metavar="ROLE", help="Who sent it: a role or a mailbox.")],
    region: Region = "south-east",
    source: WhatTheyAre = "returns",
    received: ReceivedOn = None,
    quiet: Quiet = False,
) -> None:
    """Take files in, each with a receipt; a child-level file is not let in."""
    from analysis.cli.returns.receive import receive as take_in

    raise typer.Exit(take_in(files, region, period, sender, source, console_for(quiet), now=arrived(received)))


@returns_app.command(epilog=examples("tartanrug returns as-known --day 2025-11-20 --into ../as-known-2025-11-20"))
def as_known(
    day: Day,
    into: Annotated[Path, typer.Option(metavar="FOLDER", help="A new folder.")],
    quiet: Quiet = False,
) -> None:
    """Lay out what was known on a day, so that the documents of then can be made again."""
    from analysis.cli.returns.what_changed import as_known_on

    raise typer.Exit(as_known_on(day.date(), into, console_for(quiet)))


@returns_app.command(
    epilog=examples("tartanrug returns what-changed --period 2025-26-Q2 --from 2025-10-31 --to 2025-11-20")
)
def what_changed(
    period: Period,
    before: Annotated[datetime, option_of_day("--from", help="The state of.")],
    after: Annotated[datetime, option_of_day("--to", help="And the state of.")],
    region: Region = "south-east",
    source: Source = "",
    csv: Csv = None,
    quiet: Quiet = False,
) -> None:
    """Say which cells, positions, fourths and readings changed between two days, and why."""
    from analysis.cli.returns.what_changed import compare_days

    console = console_for(quiet)
    raise typer.Exit(compare_days(region, period, source, before.date(), after.date(), console, csv=csv))


@returns_app.command(epilog=examples("tartanrug returns status --period 2025-26-Q2"))
def status(
    period: Period, region: Region = "south-east", source: Source = "", csv: Csv = None, quiet: Quiet = False
) -> None:
    """Say who has sent what, by name: for the DBG only."""
    from analysis.cli.returns.status import show_status

    show_status(region, period, source, console_for(quiet), csv=csv)


@returns_app.command(epilog=examples("tartanrug returns chase --period 2025-26-Q2"))
def chase(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    authority: Authorities = None,
    into: Into = None,
    quiet: Quiet = False,
) -> None:
    """Write texts to paste for those whose return is missing or has gaps."""
    from analysis.cli.returns.chase import chase as write_texts

    write_texts(region, period, source, console_for(quiet), authorities=tuple(authority or ()), into=into)


@returns_app.command(epilog=examples("tartanrug returns query --period 2025-26-Q2 --authority 825 --format docx html"))
def query(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    authority: Authorities = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", metavar="FORMAT ...", help="docx, html, xlsx, yml. One or more.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Write a query sheet for each authority that is asked something, with its own figures only."""
    from analysis.cli.returns.query import query as write_sheets

    raise typer.Exit(
        write_sheets(region, period, tuple(authority or ()), tuple(formats or ()), source, console_for(quiet))
    )


@returns_app.command(epilog=examples("tartanrug returns answer answers/825.docx --period 2025-26-Q2"))
def answer(
    files: Annotated[list[Path], argument_of_file(help="Query sheets that came back.")],
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    written: WrittenOn = None,
    quiet: Quiet = False,
) -> None:
    """Read answers, keep them, and enter corrected figures in the ledger (open until the DBG decides)."""
    from analysis.cli.returns.answer import answer as read_answers

    raise typer.Exit(read_answers(files, region, period, source, console_for(quiet), on=day_of(written)))


@returns_app.command(
    epilog=examples(
        "tartanrug returns accept --period 2025-26-Q2",
        "tartanrug returns accept --period 2025-26-Q2 --authority 921 --measure referrals",
    )
)
def accept(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    authority: Authorities = None,
    measure: Annotated[str, typer.Option(metavar="ID", help="Which figure's answers; all if left out.")] = "",
    written: WrittenOn = None,
    quiet: Quiet = False,
) -> None:
    """Enter answers that the DBG accepts: they are not asked again until then. Without --authority, list them."""
    from analysis.cli.returns.accept import accept as keep_accepted

    keep_accepted(region, period, tuple(authority or ()), measure, source, console_for(quiet), on=day_of(written))


@returns_app.command(
    epilog=examples(
        "tartanrug returns commentary --period 2025-26-Q2",
        "tartanrug returns commentary words.xlsx --period 2025-26-Q2 --by 'performance lead'",
    )
)
def commentary(
    period: Period,
    file: Annotated[
        Path | None, argument_of_file(help="A spreadsheet (CSV or xlsx): authority, indicator, text.")
    ] = None,
    region: Region = "south-east",
    source: Source = "",
    by: Annotated[str, typer.Option("--by", metavar="ROLE", help="Who wrote them, where a row does not say.")] = "",
    written: WrittenOn = None,
    quiet: Quiet = False,
) -> None:
    """Enter what authorities say of their figures; without a file, list what stands and what has no words yet."""
    from analysis.cli.returns.commentary import enter_commentary

    raise typer.Exit(enter_commentary(file, region, period, source, console_for(quiet), on=day_of(written), by=by))


@returns_app.command(
    epilog=examples(
        "tartanrug returns correct list",
        "tartanrug returns correct check --period 2025-26-Q2",
        "tartanrug returns correct add --period 2025-26-Q2 --authority 825 --measure referrals --value 1815 ...",
    )
)
def correct(
    action: Annotated[str, typer.Argument(metavar="ACTION", help="list, add or check.")],
    region: Region = "south-east",
    period: Annotated[str, typer.Option(metavar="QUARTER", help="Quarter, as 2025-26-Q2.")] = "",
    source: Source = "",
    authority: Annotated[str, typer.Option(metavar="NAME", help="Whose figure.")] = "",
    measure: Annotated[str, typer.Option(metavar="ID", help="Which figure.")] = "",
    value: Annotated[str, typer.Option(metavar="FIGURE", help="What it becomes; blank withdraws it.")] = "",
    reason: Annotated[str, typer.Option(metavar="WORDS", help="Why.")] = "",
    reported_by: Annotated[str, typer.Option(metavar="ROLE", help="Who reported it.")] = "",
    decided_by: Annotated[str, typer.Option(metavar="ROLE", help="Who decided it; without, it stays open.")] = "",
    written: WrittenOn = None,
    quiet: Quiet = False,
) -> None:
    """List, add to or check the ledger of corrections; no return is ever edited."""
    from analysis.cli.returns.correct import NewCorrection
    from analysis.cli.returns.correct import correct as keep_ledger

    new = NewCorrection(authority, measure, value, reason, reported_by, decided_by) if action == "add" else None
    raise typer.Exit(keep_ledger(action, region, period, source, console_for(quiet), on=day_of(written), new=new))


@returns_app.command(
    epilog=examples("tartanrug returns import-history riia.xlsx --period 2025-26-Q2 --mapping riia.yml")
)
def import_history(
    file: Annotated[Path, argument_of_file(help="A workbook or CSV with past quarters.")],
    period: Annotated[str, typer.Option(metavar="QUARTER", help="The last quarter to take.")],
    region: Region = "south-east",
    source: WhatTheyAre = "returns",
    mapping: Annotated[Path | None, option_of_file(help="A YAML file that maps its layout.")] = None,
    csv: Csv = None,
    received: ReceivedOn = None,
    quiet: Quiet = False,
) -> None:
    """Bring in past quarters from a workbook of the kind that regions have."""
    from analysis.cli.returns.import_history import bring_in_history

    now = arrived(received)
    raise typer.Exit(
        bring_in_history(file, region, period, source, console_for(quiet), now=now, mapping=mapping, csv=csv)
    )
