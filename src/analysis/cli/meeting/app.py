"""The words and options of `tartanrug meeting ...`; what they do is in the file beside."""

from __future__ import annotations

import typer

from analysis.cli.options import Formats, Period, Quiet, Region, Source, console_for, examples
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
    quiet: Quiet = False,
) -> None:
    """Write the checking book: a page for each authority, with its queries, changes and prompts."""
    _write(Meeting.BOOK, period, region, source, format, quiet)


@meeting_app.command(epilog=examples("tartanrug meeting pack --period 2025-26-Q2"))
def pack(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    format: Formats = None,  # noqa: A002 - the option's name
    quiet: Quiet = False,
) -> None:
    """Write the quarterly meeting's pack: where the data stands, what stands out, and the region over time."""
    _write(Meeting.PACK, period, region, source, format, quiet)


@meeting_app.command(epilog=examples("tartanrug meeting trajectory --period 2025-26-Q2"))
def trajectory(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    format: Formats = None,  # noqa: A002 - the option's name
    quiet: Quiet = False,
) -> None:
    """Write the six-monthly trajectory paper: the region, and each authority beside its own past, without a rank."""
    _write(Meeting.TRAJECTORY, period, region, source, format, quiet)


@meeting_app.command(epilog=examples("tartanrug meeting protocol --period 2025-26-Q2"))
def protocol(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    format: Formats = None,  # noqa: A002 - the option's name
    quiet: Quiet = False,
) -> None:
    """Write the protocol report to directors: one page of counts that names nobody."""
    _write(Meeting.PROTOCOL, period, region, source, format, quiet)


def _write(
    meeting: Meeting, period: str, region: str, source: str, formats: list[str] | None, quiet: bool
) -> None:  # fmt: skip
    from analysis.cli.meeting.write import write

    write(meeting, region, period, source, tuple(formats or ("html", "pdf")), console_for(quiet))
