"""The words and options of `tartanrug meeting ...`; what they do is in the file beside."""

from __future__ import annotations

from datetime import datetime

import typer

from analysis.cli.moment import moment
from analysis.cli.options import For, Formats, On, Period, Quiet, Region, Source, console_for, examples
from analysis.views.meetings import Meeting

meeting_app = typer.Typer(
    name="meeting",
    help="Documents for the region's own meetings. Internal: all but the protocol report name authorities.",
    no_args_is_help=True,
)


@meeting_app.command(epilog=examples("tartanrug meeting book --period 2025-26-Q2"))
def book(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    format: Formats = None,  # noqa: A002 - the option's name
    audience: For = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Write the checking book: a page for each authority, with its queries, changes and prompts."""
    _write(Meeting.BOOK, period, region, source, format, audience, on, quiet)


@meeting_app.command(epilog=examples("tartanrug meeting pack --period 2025-26-Q2"))
def pack(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    format: Formats = None,  # noqa: A002 - the option's name
    audience: For = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Write the quarterly meeting's pack: where the data stands, what stands out, and the region over time."""
    _write(Meeting.PACK, period, region, source, format, audience, on, quiet)


@meeting_app.command(epilog=examples("tartanrug meeting trajectory --period 2025-26-Q2"))
def trajectory(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    format: Formats = None,  # noqa: A002 - the option's name
    audience: For = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Write the six-monthly trajectory paper: the region, and each authority beside its own past, without a rank."""
    _write(Meeting.TRAJECTORY, period, region, source, format, audience, on, quiet)


@meeting_app.command(epilog=examples("tartanrug meeting protocol --period 2025-26-Q2"))
def protocol(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    format: Formats = None,  # noqa: A002 - the option's name
    audience: For = "",
    on: On = None,
    quiet: Quiet = False,
) -> None:
    """Write the protocol report to directors: one page of counts that names nobody."""
    _write(Meeting.PROTOCOL, period, region, source, format, audience, on, quiet)


def _write(
    meeting: Meeting,
    period: str,
    region: str,
    source: str,
    formats: list[str] | None,
    audience: str,
    on: datetime | None,
    quiet: bool,
) -> None:
    from analysis.cli.meeting.write import write

    wanted = tuple(formats or ("html", "pdf"))
    write(meeting, region, period, source, wanted, console_for(quiet), at=moment(on), audience=audience)
