"""`tartanrug leave erase`: a controller's data are deleted everywhere, and a tombstone stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.cli.region_log import RegionLog, named, said_in_words
from analysis.config import shown, workspace
from analysis.errors import BusyError, ExitCode, UsageError
from analysis.pipeline.collection import Collection
from analysis.pipeline.erase import carry_out, tombstone
from analysis.pipeline.erasure import Plan, plan_erasure
from analysis.pipeline.issued_copies import issued_copies
from analysis.reference.periods import Quarter
from analysis.registers.asking_again import asking_again_text
from analysis.registers.erased import ErasureFinished, erasures_of, reproducibility_notes
from analysis.registers.recall import IssuedCopy, recall_notice, showing
from analysis.returns.chasing import SEND_TO_PLACEHOLDER

ELSEWHERE = (
    "Not in this workspace, and to be deleted where they are: backups, the shared folder's versions and recycle bin, "
    "mailboxes, folders laid out by `tartanrug returns as-known`, and what people saved elsewhere."
)


@dataclass(frozen=True)
class Instruction:
    """What was typed."""

    authority: str
    instructed_by: str
    why: str
    evidence: str


def erase_data(
    region: str,
    source: str,
    order: Instruction,
    console: Console,
    *,
    at: datetime,
    dry_run: bool,
    out: Path | None = None,
) -> int:
    """List what holds an authority's data; delete it, unless that is all that was wanted.

    Parameters
    ----------
    out
        Where the recall notice and the texts to others are written; they are shown if None.

    Raises
    ------
    UserError
        If there is no such authority, nobody gave the instruction, or something came back meanwhile.
    """
    log = RegionLog.of(region, source)
    (code,) = log.codes((order.authority,))
    collection = Collection(workspace(), log.source, log.region, Quarter(2009, 1))
    plan = plan_erasure(collection, code)
    _list(plan, code, console)
    if dry_run:
        console.print("Nothing was changed.")
        return int(ExitCode.OK)
    collection.workspace.out.mkdir(parents=True, exist_ok=True)
    try:
        # As a build takes it: none writes what is being deleted.
        with FileLock(collection.workspace.out / ".lock", timeout=0):
            return _erase(plan, log, collection, code, order, console, at, out)
    except Timeout:
        raise BusyError("a build is running", remedy="wait until it has ended, and give the same command") from None


def _erase(
    plan: Plan,
    log: RegionLog,
    collection: Collection,
    code: str,
    order: Instruction,
    console: Console,
    at: datetime,
    out: Path | None,
) -> int:
    open_ones = [one for one in erasures_of(log.chain) if one.begun.authority == code and one.finished is None]
    if not (order.instructed_by and order.why and order.evidence) and not open_ones:
        raise UsageError(
            "an erasure is the controller's written instruction: whose, why, and where does it stand?",
            remedy="give --instructed-by, --why and --evidence",
        )
    if plan.empty and not open_ones:
        console.print("There is nothing to delete.")
        return int(ExitCode.OK)
    # Read while the log can still stop it: who has copies must be known when the data are gone.
    gone = {*plan.releases, *(release for one in open_ones for release in one.begun.releases)}
    issued = issued_copies(log.chain, log.everyone)
    copies = (*showing(code, issued), *(one for one in issued if one.release in gone and code not in one.shown))
    # Before anything is deleted: afterwards nobody could say what it was. What a run before this one began to delete
    # is told by its own event.
    told = {file.sha256 for one in open_ones for file in one.begun.files}
    with said_in_words():
        stone = tombstone(
            plan,
            collection.workspace,
            authority=code,
            instructed_by=order.instructed_by or open_ones[0].begun.instructed_by,
            why=order.why or open_ones[0].begun.why,
            evidence=order.evidence or open_ones[0].begun.evidence,
            on=at.date().isoformat(),
        )
    if not open_ones or {file.sha256 for file in stone.files} - told:
        log.write(lambda _: stone, at=at)
    # Of a run that was cut off it is known who lost figures, and not any more of which quarters.
    again = {**{other: () for one in open_ones for other in one.begun.asked_again}, **plan.asked_again}
    _texts(again, copies, log.region.returns_to or SEND_TO_PLACEHOLDER, console, at.date(), out)
    left = carry_out(plan, collection, code)
    for one in erasures_of(log.chain):
        if one.begun.authority == code and one.finished is None:
            finished = ErasureFinished(authority=code, begun=one.event)
            log.write(lambda _, finished=finished: finished, at=at)  # type: ignore[misc]
    console.print(f"Erased: {len(plan.files)} files, entries in {len(plan.registers)} registers.")
    for note in reproducibility_notes(log.chain)[-1:]:
        console.print(escape(note))
    _by_hand(left, console)
    console.print(ELSEWHERE)
    return int(ExitCode.OK)


def _list(plan: Plan, code: str, console: Console) -> None:
    console.print(escape(f"What holds data of {named(code)}:"), style="bold")
    folders = Counter((shown(one.path.parent), one.why) for one in plan.files if one.made_again)
    for one in plan.files:
        if not one.made_again:
            console.print(escape(f"  {shown(one.path)}: {one.why}"))
    for (folder, why), count in folders.items():
        console.print(escape(f"  {folder}/: {count} files, {why}"))
    for cut in plan.registers:
        console.print(escape(f"  {shown(cut.path)}: {cut.entries} entries"))
    if plan.empty:
        console.print("  nothing")
    for other, quarters in plan.asked_again.items():
        console.print(escape(f"  with it go figures of {named(other)}: {', '.join(quarters)}; ask for them again"))
    if plan.exchange:
        console.print("  with it goes the cross-regional file: ask for it again, without this authority")
    _by_hand(plan, console)


def _by_hand(plan: Plan, console: Console) -> None:
    for one in plan.by_hand:
        console.print(escape(f"  to look at by hand: {shown(one.path)}: {one.why}"), style="yellow")


def _texts(
    asked_again: Mapping[str, Sequence[str]],
    copies: Sequence[IssuedCopy],
    sender: str,
    console: Console,
    on: date,
    out: Path | None,
) -> None:
    why = "They show an authority whose data the controller has had erased."
    texts = {"recall.txt": recall_notice(why, copies, sender=sender, on=on)}
    for other, quarters in asked_again.items():
        texts[f"ask-again-{other}.txt"] = asking_again_text(named(other), quarters, sender)
    for name, text in texts.items():
        if out is None:
            console.print()
            console.print(escape(text))
        else:
            store.write_text(out / name, text)
            console.print(escape(f"Written: {shown((out / name).absolute())}"))
