"""`tartanrug reference preview`: a quarter with a change and without it, compared; nothing is written by it."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.cli.reference.changes import about, changes_folder
from analysis.cli.returns.what_changed import tell_changes
from analysis.cli.source import source_of
from analysis.config import shown, workspace
from analysis.errors import ExitCode, UsageError, UserError
from analysis.pipeline import load
from analysis.pipeline.collection import Collection
from analysis.pipeline.what_moves import awaited, what_moves
from analysis.reference.authorities import authorities
from analysis.reference.changes.files import files_in, read_change
from analysis.reference.changes.made import as_if_signed
from analysis.reference.changes.model import Reorganisation
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.registers.change_files import load_files
from analysis.returns.spreadsheet import safe_csv


def preview_change(
    file: Path, region: str, period: str, source: str, console: Console, *, csv: Path | None = None
) -> int:
    """Tell what a change would move in a quarter's report, signed off or not.

    Parameters
    ----------
    file
        In the region's folder of changes, or anywhere else.
    csv
        Where all of it is written too.

    Raises
    ------
    UserError
        If the change does not fit or holds from a later quarter, or nothing was received.
    """
    place, home, quarter = workspace(), find_region(region), Quarter.parse(period)
    found = source_of(source, home, quarter)
    folder = changes_folder(home, found)
    there = [path for path in files_in(folder) if path.name != file.name]
    # What is wrong in the file comes before what it is called; added and not altered since, it is no other change.
    read_change(file)
    added = folder / file.name
    if added.is_file() and added.read_bytes() != file.read_bytes():
        raise UsageError(
            f"another change is called {file.name}",
            where=shown(added),
            remedy="preview that file if it is the one that is meant, or give this one another name",
        )
    every = load_files([*there, file], home)
    change = next(filed.change for filed in every.held if filed.name == file.name)
    if change.first > quarter:
        raise UserError(
            f"it holds from {change.first} on, so nothing moves in {quarter}", remedy=f"give --period {change.first}"
        )
    known = as_if_signed([change]) if isinstance(change, Reorganisation) else nullcontext()
    with known:
        collection = Collection(place, found, home, quarter)
        if not collection.returns:
            raise load.nothing_received(collection)
        without = collection.with_changes(every.without(file.name).in_force(quarter))
        after = collection.with_changes(every.in_force(quarter, [file.name]))
        moves = what_moves(without, after, change.title)
        if after.made_up:
            console.print("[bold]MADE-UP DATA[/bold]: these are no real returns.")
        state = "a proposal" if change.signed_off is None else f"signed off on {change.signed_off.date}"
        console.print(f"{escape(change.title)} ({state}): {escape(about(change))}.")
        for code in awaited(without, after):
            console.print(f"{escape(authorities()[code].name)}: no figure yet.")
        received = str(quarter) in {folder for folder, _ in collection.returns}
        if received or not moves.empty:
            tell_changes(moves, f"in {quarter} by this change", console)
        if not received:
            console.print(
                f"[bold]No return of {quarter} is there yet[/bold]: what the change moves in it is not known. "
                "Preview it again when returns are there."
            )
    if csv is not None:
        store.write_text(csv, safe_csv(moves))
        console.print(f"Written: {escape(shown(csv.resolve()))}")
    console.print("This was a preview: no figure, file or sign-off was changed.")
    return int(ExitCode.OK)
