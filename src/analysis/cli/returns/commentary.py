"""`tartanrug returns commentary`: texts from a spreadsheet into the quarter's register, and which prompts have none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis.cli.signals.collection import collection_of
from analysis.config import shown
from analysis.errors import ExitCode
from analysis.pipeline.collection import Collection
from analysis.pipeline.commentary import prompts_without_commentary
from analysis.reference.authorities import authorities
from analysis.registers.carried_commentary import in_force
from analysis.registers.commentary import commentary_path, load_commentary
from analysis.registers.commentary_sheet import MAX_BYTES, read_sheet
from analysis.registers.register_file import add_commentary
from analysis.returns.rules.findings import findings_frame, print_findings


def enter_commentary(
    file: Path | None, region: str, period: str, source: str, console: Console, *, on: date, by: str = ""
) -> int:
    """Enter the texts of a spreadsheet, or list what stands beside the quarter's figures.

    Parameters
    ----------
    file
        As `read_sheet`; None to list.
    on
        The day that the entries carry.
    by
        The role of whoever wrote them, where a row has none.

    Returns
    -------
    int
        An exit code: bad input where a row was refused; the others are entered.

    Raises
    ------
    UserError
        If there is no such region, quarter or source, the file can't be read, or a register is wrong.
    """
    collection = collection_of(region, period, source)
    if file is None:
        _list(collection, console)
        return int(ExitCode.OK)
    path = commentary_path(collection.registers, str(collection.period))
    held = load_commentary(path, collection.registry).entries
    with file.open("rb") as stream:
        content = stream.read(MAX_BYTES + 1)
    read = read_sheet(
        content,
        held,
        collection.registry,
        collection.region.everyone,
        period=str(collection.period),
        on=on,
        written_by=by,
    )
    add_commentary(path, read.entries, collection.registry)
    console.print(f"Texts entered: {len(read.entries)}, in {escape(shown(path))}")
    if read.findings:
        print_findings(findings_frame(read.findings), console)
    return int(ExitCode.BAD_INPUT if read.findings else ExitCode.OK)


def _list(collection: Collection, console: Console) -> None:
    for said in in_force(collection.registers, collection.period, collection.registry):
        entry = said.entry
        since = "" if said.written_for == collection.period else f", since {said.written_for}"
        about = f"{entry.indicator or 'the quarter as a whole'}, {entry.kind}{since}"
        console.print(escape(f"{authorities()[entry.authority].name} ({entry.authority}), {about}: {entry.text}"))
    silent = prompts_without_commentary(collection)
    if silent.empty:
        console.print("Beside every prompt stands what its authority says.")
        return
    for code, seen in zip(silent["authority"], silent["seen"], strict=True):
        console.print(escape(f"{authorities()[code].name} ({code}): {seen}."))
