"""`tartanrug returns receive`: take files in, each with a receipt; a child-level file is not let in at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.config import Workspace, shown, workspace
from analysis.errors import ExitCode, UserError
from analysis.pipeline.collection import Collection
from analysis.pipeline.no_longer_collected import turned_back
from analysis.reference.authorities import authorities
from analysis.reference.matching import plain
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.registers.wording import names_a_person
from analysis.returns.checked import check
from analysis.returns.files import Receipt, ReturnFile, load_file
from analysis.returns.received import Received, file_name, next_vintages, receipt_path, receipt_text, received_in
from analysis.returns.resolve import KEY
from analysis.returns.rules.file_rules import CHILD_LEVEL, UNREADABLE_FILE
from analysis.returns.rules.findings import print_findings
from analysis.returns.rules.rule import Severity


def receive(
    files: Sequence[Path], region: str, period: str, sender: str, source: str, console: Console, *, now: datetime
) -> int:
    """Copy files into the collection of a quarter, write a receipt for each, and say how each was read.

    Parameters
    ----------
    sender
        A role or a mailbox (`returns@buckinghamshire`), not a person's name.
    now
        When they arrived.

    Returns
    -------
    int
        An exit code: bad input where a file was turned away or refused, or nothing of it is used.

    Raises
    ------
    UserError
        If there is no such region or quarter, or the sender is missing or seems to be a person's name.
    """
    if len(sender.strip()) < 2:
        raise UserError("who sent it?", remedy="give --from, with a role or a mailbox")
    if names_a_person(sender):
        # Receipts are kept for good, and are shown to whoever asks what was known when.
        raise UserError(
            "the sender seems to be a person", where="--from", remedy="give a role or a mailbox: nothing was taken in"
        )
    collection = Collection(workspace(), source, find_region(region), Quarter.parse(period))
    codes = [_receive(path, collection, sender.strip(), console, now) for path in files]
    return int(max(codes))


def _receive(path: Path, collection: Collection, sender: str, console: Console, now: datetime) -> ExitCode:
    folder = period_folder(collection.workspace, collection)
    file = load_file(str(collection.period), path)
    earlier = received_in(folder)
    known = next((record for record in earlier.values() if record.sha256 == file.sha256), None)
    if known is not None:
        console.print(f"Already received on {known.day}: {known.file}. Nothing was written.")
        return ExitCode.OK
    left = turned_back(collection, path)
    if left:
        console.print("[red]Not let in:[/red] nothing of the file was kept.")
        for code, leaver in left.items():
            console.print(escape(f"  {authorities()[code].name} ({code}) {leaver.words}."))
        console.print("  What to do: ask for the file again, without these figures.")
        return ExitCode.BAD_INPUT
    checked = check(
        [file],
        collection.region,
        collection.period,
        collection.registry,
        templates=collection.templates,
        changes=collection.changes,
    )
    receipt = checked.files[0]
    said = checked.findings[checked.findings["file"] == receipt.name]
    if receipt.rule in {rule.id for rule in CHILD_LEVEL} or file.content is None:
        console.print("[red]Not let in:[/red] nothing of the file was kept.")
        print_findings(said, console)
        return ExitCode.BAD_INPUT
    # By sender: what somebody sent for a quarter before it merged is its own.
    cells = checked.by_sender[checked.by_sender["receipt"] == file.sha256]
    record = _record(file, file.content, receipt, cells, sender, earlier, now)
    # The receipt first: a file without one would count as known from the first day on.
    store.write_text(receipt_path(folder, record.sha256), receipt_text(record))
    store.write_bytes(folder / record.file, file.content)
    refused = said[said["severity"] == Severity.REFUSE]
    used = _any_used(cells, refused)
    _tell(record, folder, console, used=used)
    if used:
        _tell_trust(record, collection, console)
        _tell_quarter(record, collection.period, console)
        return ExitCode.OK
    print_findings(refused, console)
    return ExitCode.BAD_INPUT


def _any_used(cells: pd.DataFrame, refused: pd.DataFrame) -> bool:
    """Whether any cell that came with a file stands; one that was refused has its receipt too, and no figure."""
    return not pd.MultiIndex.from_frame(cells[KEY]).isin(pd.MultiIndex.from_frame(refused[KEY])).all()


def period_folder(place: Workspace, collection: Collection) -> Path:
    """Where the files of a quarter lie."""
    return place.raw / collection.source / collection.home.id / str(collection.period)


def _record(
    file: ReturnFile,
    content: bytes,
    receipt: Receipt,
    cells: pd.DataFrame,
    sender: str,
    earlier: dict[str, Received],
    now: datetime,
) -> Received:
    vintages = next_vintages(cells["authority"].unique(), earlier.values())
    return Received(
        sha256=file.sha256,
        file=file_name(vintages, file.sha256, _ending(content, receipt)),
        received=now.astimezone(UTC).replace(microsecond=0),
        sender=sender,
        vintages=vintages,
        periods=tuple(sorted(cells["period"].unique())),
        state=receipt.state,
        rule=receipt.rule,
        choices=receipt.choices,
    )


def _ending(content: bytes, receipt: Receipt) -> str:
    """By what the file holds; what could not be opened opens in nothing."""
    if receipt.rule == UNREADABLE_FILE.id:
        return "bin"
    return "xlsx" if content.startswith(b"PK") else "csv"


def _tell_trust(record: Received, collection: Collection, console: Console) -> None:
    """Whether a trust's file has the figures of those for whom it sends, and of nobody else."""
    for trust in collection.changes.sending:
        if plain(trust.name) != plain(record.sender):
            continue
        known = authorities()
        lacking = [known[code].name for code in trust.provides_for if code not in record.vintages]
        strange = [known[code].name for code in record.vintages if code not in trust.provides_for]
        if lacking:
            console.print(f"  {escape(trust.name)} sends for {', '.join(lacking)} too: nothing of theirs is in it")
        if strange:
            console.print(f"  {escape(trust.name)} does not send for {', '.join(strange)}: ask whether it should")


def _tell_quarter(record: Received, period: Quarter, console: Console) -> None:
    """A file may hold earlier quarters alone, and seldom does so on purpose."""
    if str(period) not in record.periods:
        console.print(f"  [yellow]Nothing of {period} is in it[/yellow]: its newest quarter is {record.periods[-1]}")


def _tell(record: Received, folder: Path, console: Console, *, used: bool) -> None:
    words = "Received" if used else f"[red]Kept, but {'not' if record.rule else 'nothing of it is'} used[/red]"
    console.print(f"{words}: {escape(shown(folder / record.file))}")
    if not used:
        return
    for code, vintage in record.vintages.items():
        console.print(f"  {authorities()[code].name}: vintage {vintage}, figures of {', '.join(record.periods)}")
    for choice in record.choices:
        console.print(f"  {escape(choice)}")
