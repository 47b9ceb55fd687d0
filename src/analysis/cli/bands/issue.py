"""`tartanrug bands freeze`, `reissue` and `list`: what a quarter's packs were issued with, and by whose decision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape

from analysis.cli.identity import whoever_this_may_be
from analysis.cli.release.desk import Desk, desk_of
from analysis.cli.release.refusals import refusals_noted
from analysis.cli.signals.collection import collection_of
from analysis.cli.source import source_before_returns
from analysis.config import shown, workspace
from analysis.errors import UsageError
from analysis.pipeline.collection import Collection
from analysis.pipeline.issued_bands import freeze, reissue
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.reference.yaml_file import in_words
from analysis.registers.issued_bands import Issue, bands_path, load_every_quarter, load_issues, not_noted
from analysis.registers.log.chain import append
from analysis.registers.log.event import Actor


def freeze_bands(region: str, period: str, source: str, by: str, console: Console, *, at: datetime) -> None:
    """Keep the bands of a quarter's packs.

    Parameters
    ----------
    at
        When it was decided.

    Raises
    ------
    UserError
        If there is no such region, quarter or source, nothing was received, or they have been kept already, which is
        noted in the log.
    """
    collection = collection_of(region, period, source)
    with _noted(collection, at):
        _tell(freeze(collection, by, at.date()), collection, console)
    console.print("Corrections change them no more: they appear in the bands from the next quarter on.")


def reissue_bands(
    region: str, period: str, source: str, by: str, reason: str, console: Console, *, at: datetime
) -> None:
    """Keep the bands as the figures now give them, in the place of those issued before.

    Raises
    ------
    UserError
        As `pipeline.issued_bands.reissue`; also if there is no such region, quarter or source.
    """
    collection = collection_of(region, period, source)
    with _noted(collection, at):
        _tell(reissue(collection, by, reason, at.date()), collection, console)
    console.print(
        "All packs of the quarter must be issued again, and the earlier ones called back: whoever has one of each sees "
        "what changed between the two, and may work out whose figure it was."
    )


def list_issued(region: str, source: str, console: Console) -> None:
    """Print every issue, oldest quarter first.

    Raises
    ------
    UserError
        If there is no such region or source, or a file of the register is wrong.
    """
    home = find_region(region)
    registers = Collection(workspace(), source_before_returns(source, home), home, Quarter(2000, 1)).registers
    held = load_every_quarter(registers)
    if not held:
        console.print(f"No bands of {escape(home.name)} were issued.")
    for quarter, issues in held.items():
        for number, issue in enumerate(issues, start=1):
            why = f": {issue.reason}" if issue.reason else ""
            console.print(escape(f"{quarter}, issue {number}, {issue.date}, {issue.by}{why} (sha256 {issue.sha256})"))


def _tell(issue: Issue, collection: Collection, console: Console) -> None:
    with_bands = sum(bool(line.bands) for line in issue.lines)
    path = bands_path(collection.registers, collection.period)
    console.print(
        f"Bands of {collection.period}: {with_bands} of {len(issue.lines)} can be shown. "
        f"Kept in {escape(shown(path))} (sha256 {issue.sha256})"
    )


@contextmanager
def _noted(collection: Collection, at: datetime) -> Iterator[None]:
    """Note what is issued inside, or its refusal, whoever is at the keyboard: a role is always given."""
    desk = desk_of(collection.region.id, collection.source)
    actor = whoever_this_may_be(desk.registers)
    _note_issues(desk, collection.period, actor, at)  # of a command that was stopped before its event was written
    with refusals_noted(desk, "bands", actor), _said_in_words():
        yield
    _note_issues(desk, collection.period, actor, at)


def _note_issues(desk: Desk, period: Quarter, actor: Actor, at: datetime) -> None:
    for body in not_noted(desk.chain(), period, load_issues(bands_path(desk.registers, period))):
        append(desk.log, lambda _, body=body: body, by=actor, at=at)  # type: ignore[misc]


@contextmanager
def _said_in_words() -> Iterator[None]:
    """A role or reason that may not stand in a register is the user's to mend."""
    try:
        yield
    except ValidationError as error:
        fault = error.errors()[0]
        option = f"--{'.'.join(str(step) for step in fault['loc'])}"
        raise UsageError(f"{option}: {in_words(fault)}", remedy="write a role, as DBG chair, and why") from None
