"""Words and options that several commands share."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Annotated

import typer
from rich.console import Console


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day: write 2025-11-20") from None


def _post(text: str) -> str:
    # Before the next import: it loads the lists of names.
    from analysis.registers.wording import names_a_person

    if names_a_person(text):
        raise typer.BadParameter("it seems to name a person: give a post or a body, as it may stand in the log")
    return text


WHAT, HOW_IT_TALKS = "What", "How it talks"

Region = Annotated[str, typer.Option(metavar="REGION", help="Region: id, name or area code.", rich_help_panel=WHAT)]
Authorities = Annotated[
    list[str] | None,
    typer.Option(
        "--authority",
        metavar="NAME ...",
        help="Authority: DfE or ONS code, name or alias. One or more; all if left out.",
        rich_help_panel=WHAT,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.", rich_help_panel=HOW_IT_TALKS)]
AsJson = Annotated[
    bool, typer.Option("--json-lines", help="One JSON object a line instead of a bar.", rich_help_panel=HOW_IT_TALKS)
]
Period = Annotated[str, typer.Option(metavar="QUARTER", help="Quarter, as 2025-26-Q2.", rich_help_panel=WHAT)]
Source = Annotated[str, typer.Option(metavar="SOURCE", help="returns or made-up; found out if left out.")]
argument_of_file = partial(typer.Argument, metavar="FILE", exists=True, dir_okay=False)
option_of_file = partial(typer.Option, metavar="FILE", exists=True, dir_okay=False)
"""A file that a command reads. One that is not there is a name that does not exist."""
option_of_day = partial(typer.Option, parser=_day, metavar="DAY")
option_of_post = partial(typer.Option, parser=_post, metavar="'POST'")
"""A reader: the log keeps readers, and no person's name."""
On = Annotated[
    datetime | None,
    option_of_day("--on", help="The day that this is done; today if left out."),
]
For = Annotated[
    str,
    option_of_post("--for", help="For whom, if not for its usual readers; outside, only by permission."),
]
JobCount = Annotated[
    int | None, typer.Option("--jobs", min=1, metavar="N", help="Documents at a time; all cores if left out.")
]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        metavar="FORMAT ...",
        help="One or more of html, pdf, docx (not dfe), xlsx (internal, dfe, public), notebook (internal only).",
        rich_help_panel=WHAT,
    ),
]


def examples(*commands: str) -> str:
    """Shown under a command's options, each on a line of its own."""
    lines = [f"[bold]{'Examples' if len(commands) > 1 else 'Example'}[/bold]", *commands]
    return "\n\n".join([*lines, "Exit codes: tartanrug --help"])


def console_for(quiet: bool, json_lines: bool = False) -> Console:
    """Where a command talks: beside JSON lines on the error stream, and not at all when it is to be quiet."""
    return Console(stderr=json_lines, quiet=quiet, highlight=False, soft_wrap=True)
