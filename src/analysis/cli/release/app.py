"""The words and options of `tartanrug release ...`; what each command does is in the file of its name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.moment import moment, seen_from
from analysis.cli.options import (
    Authorities,
    JobCount,
    On,
    Period,
    Quiet,
    Region,
    Source,
    console_for,
    examples,
    option_of_post,
)
from analysis.cli.release import confirm_command, register_command

release_app = typer.Typer(
    name="release",
    help="From built documents to their readers: checked, approved by two, released, recalled.",
    no_args_is_help=True,
)

Releases = Annotated[
    list[str] | None, typer.Argument(metavar="[RELEASE]...", help="Ids, or their first six signs or more.")
]
Release = Annotated[str, typer.Argument(metavar="RELEASE", help="An id, or its first six signs or more.")]
OfPeriod = Annotated[str, typer.Option("--period", metavar="QUARTER", help="All that are open of a quarter,")]
OfVariant = Annotated[str, typer.Option("--variant", metavar="VARIANT", help="and of a variant.")]
To = Annotated[
    list[str] | None,
    option_of_post("--to", help="Who gets it beside whose copies these are. Repeatable."),
]
Reason = Annotated[str, typer.Option("--reason", metavar="'WORDS'", help="Why; it stands in the log and the notice.")]


@release_app.callback()
def release() -> None:
    """From built documents to their readers: checked, approved by two, released, recalled."""


@release_app.command(epilog=examples("tartanrug release packs --period 2025-26-Q2"))
def packs(
    period: Period,
    region: Region = "south-east",
    source: Source = "",
    jobs: JobCount = None,
    quiet: Quiet = False,
    on: On = None,
) -> None:
    """Audit a quarter's anonymised packs, and put those whose files all pass before the DBG."""
    from analysis.cli.release.packs import release_packs

    raise typer.Exit(release_packs(region, period, source, console_for(quiet), at=moment(on), jobs=jobs))


@release_app.command(
    epilog=examples(
        "tartanrug release review --period 2025-26-Q2 --variant dfe",
        "tartanrug release review --period 2025-26-Q2 --variant own --authority 825",
    )
)
def review(
    period: Period,
    variant: Annotated[str, typer.Option(metavar="VARIANT", help="internal, own, dfe or public.")],
    authority: Authorities = None,
    region: Region = "south-east",
    source: Source = "",
    quiet: Quiet = False,
    on: On = None,
) -> None:
    """Check what `build --for-review` made, and put it before the DBG."""
    from analysis.cli.release.review import review as open_reviews

    raise typer.Exit(open_reviews(region, period, variant, authority or [], source, console_for(quiet), at=moment(on)))


@release_app.command(
    epilog=examples(
        "tartanrug release approve 3f2a91bc0d5e",
        "tartanrug release approve --period 2025-26-Q2 --variant dfe --note 'all figures read'",
    )
)
def approve(
    releases: Releases = None,
    period: OfPeriod = "",
    variant: OfVariant = "",
    note: Annotated[str, typer.Option(metavar="'WORDS'", help="What the approval rests on.")] = "",
    region: Region = "south-east",
    source: Source = "",
    quiet: Quiet = False,
    on: On = None,
) -> None:
    """Approve what the DBG checked, as your post; two posts are needed, and nobody who built it."""
    from analysis.cli.release.decide import approve as approve_releases

    chosen = releases or []
    raise typer.Exit(approve_releases(chosen, region, source, period, variant, note, console_for(quiet), at=moment(on)))


@release_app.command(
    epilog=examples(
        "tartanrug release issue 3f2a91bc0d5e",
        "tartanrug release issue 3f2a91bc0d5e --to 'DfE regional improvement lead'",
    )
)
def issue(
    releases: Releases = None,
    period: OfPeriod = "",
    variant: OfVariant = "",
    to: To = None,
    region: Region = "south-east",
    source: Source = "",
    quiet: Quiet = False,
    on: On = None,
) -> None:
    """Let what was approved through the gate, byte for byte; a release that was stopped half way is finished."""
    from analysis.cli.release.decide import issue as issue_releases

    chosen = releases or []
    raise typer.Exit(
        issue_releases(chosen, region, source, period, variant, to or [], console_for(quiet), at=moment(on))
    )


@release_app.command(
    epilog=examples("tartanrug release supersede 3f2a91bc0d5e --by 77aa01 --reason 'a corrected return'")
)
def supersede(
    release: Release,
    by: Annotated[str, typer.Option(metavar="RELEASE", help="The approved release that takes its place.")],
    reason: Reason,
    to: To = None,
    region: Region = "south-east",
    source: Source = "",
    quiet: Quiet = False,
    on: On = None,
) -> None:
    """Release what was approved in the place of what is in use, in one step."""
    from analysis.cli.release.decide import issue as issue_releases

    raise typer.Exit(
        issue_releases(
            [by], region, source, "", "", to or [], console_for(quiet), at=moment(on), supersedes=release, reason=reason
        )
    )


@release_app.command(epilog=examples("tartanrug release withdraw 3f2a91bc0d5e --reason 'an authority has left'"))
def withdraw(
    release: Release,
    reason: Reason,
    region: Region = "south-east",
    source: Source = "",
    quiet: Quiet = False,
    on: On = None,
) -> None:
    """Note that a release is not to be used any more, and nothing takes its place."""
    from analysis.cli.release.end import withdraw as withdraw_release

    raise typer.Exit(withdraw_release(release, region, source, reason, console_for(quiet), at=moment(on)))


@release_app.command(epilog=examples("tartanrug release recall 3f2a91bc0d5e"))
def recall(
    release: Release, region: Region = "south-east", source: Source = "", quiet: Quiet = False, on: On = None
) -> None:
    """Write the notice to everybody who has a superseded or withdrawn release."""
    from analysis.cli.release.end import recall as recall_release

    raise typer.Exit(recall_release(release, region, source, console_for(quiet), at=moment(on)))


@release_app.command(
    epilog=examples(
        "tartanrug release status --period 2025-26-Q2",
        "tartanrug release status --html status.html",
        "tartanrug release status --handover",
    )
)
def status(
    period: Annotated[str, typer.Option(metavar="QUARTER", help="One quarter; all if left out.")] = "",
    handover: Annotated[bool, typer.Option("--handover", help="What a successor needs to know.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write the page to this file.")] = None,
    region: Region = "south-east",
    source: Source = "",
    quiet: Quiet = False,
    on: On = None,
) -> None:
    """Show on one screen where each release stands, what it waits for, and what is late."""
    from analysis.cli.release.status import status as show_status

    console = console_for(quiet)
    raise typer.Exit(show_status(region, source, period, console, at=seen_from(on), html=html, handover=handover))


release_app.command(epilog=examples(*register_command.EXAMPLES))(register_command.register)
release_app.command(epilog=examples(*confirm_command.EXAMPLES))(confirm_command.confirm)


@release_app.command(epilog=examples("tartanrug release pack --period 2025-26-Q2"))
def pack(
    period: Period, region: Region = "south-east", source: Source = "", quiet: Quiet = False, on: On = None
) -> None:
    """Put the DfE summaries of a quarter into one file, with cover, counts and manifest, for the DBG to check."""
    from analysis.cli.release.pack import make_pack

    raise typer.Exit(make_pack(region, period, source, console_for(quiet), at=moment(on)))
