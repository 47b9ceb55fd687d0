"""`tartanrug returns what-changed`: two days compared, with the cause of each difference; and the state of one day."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from analysis import store
from analysis.cli.erasures import tell_erasures
from analysis.cli.returns.collection import FOR_THE_DBG
from analysis.cli.source import source_of
from analysis.config import Workspace, shown, workspace
from analysis.errors import UsageError, UserError
from analysis.pipeline.as_known import anything_known, as_known
from analysis.pipeline.collection import Collection
from analysis.pipeline.what_changed import what_changed
from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region, find_region
from analysis.registers.log.chain import FOLDER as LOG
from analysis.returns.spreadsheet import safe_csv

SHOWN = 40
"""Rows in the terminal; the file has all."""
IN_ORDER = ("reading", "move", "position", "fourth", "mean", "pooled", "figure", "cell")
"""What somebody who looks for the effect wants to know first."""


def as_known_on(day: date, into: Path, console: Console) -> int:
    """Lay out what was known on a day, to build from again.

    Raises
    ------
    UsageError
        If the folder is not empty.
    UserError
        If nothing had been received by then. Nothing is written.
    """
    if into.exists() and any(into.iterdir()):
        raise UsageError("the folder is not empty", where=str(into), remedy="name a new one")
    if not anything_known(workspace(), day):
        raise UserError(f"nothing had been received by {day}", where="data/raw/", remedy="name a later day")
    count = as_known(workspace(), day, Workspace(into.resolve()))
    console.print(f"{count} returns as known on {day}: {escape(shown(into.resolve()))}")
    for folder in sorted(workspace().registers.rglob(LOG)):
        tell_erasures(folder.parent, console)
    console.print("Set TARTANRUG_HOME to that folder, and build as before: the same kit makes the same documents.")
    return 0


def compare_days(
    region: str, period: str, source: str, before: date, after: date, console: Console, *, csv: Path | None = None
) -> int:
    """Tell what changed in a quarter's collection between the ends of two days.

    Raises
    ------
    UserError
        If nothing was received by the first of them, or the second is before the first.
    """
    if before > after:
        raise UsageError(
            f"{before} is after {after}", where="--from and --to", remedy=f"give --from {after} --to {before}"
        )
    home, quarter = find_region(region), Quarter.parse(period)
    place = workspace()
    found = source_of(source, home, quarter)
    with tempfile.TemporaryDirectory() as name:
        states = [_state(place, Path(name) / str(day), day, found, home, quarter) for day in (before, after)]
        changes = what_changed(*states)
        made_up = states[1].made_up
    console.print(f"[bold]{'MADE-UP DATA. ' if made_up else ''}{FOR_THE_DBG}[/bold]")
    tell_changes(changes, f"between {before} and {after}", console)
    if csv is not None:
        store.write_text(csv, safe_csv(changes))
        console.print(f"Written: {escape(shown(csv.resolve()))}")
    return 0


def _state(place: Workspace, into: Path, day: date, source: str, region: Region, quarter: Quarter) -> Collection:
    there = Workspace(into)
    as_known(place, day, there)
    collection = Collection(there, source, region, quarter)
    if not collection.returns:
        raise UserError(f"nothing had been received from {region.name} by {day}", remedy="name a later day")
    return collection


def tell_changes(changes: pd.DataFrame, when: str, console: Console) -> None:
    """Print how much changed of each kind, and the first rows.

    Parameters
    ----------
    changes
        As `pipeline.differences.differences` or `pipeline.what_moves.what_moves`.
    when
        Between what and what, as the end of a sentence.
    """
    if changes.empty:
        console.print(f"Nothing changed {when}.")
        return
    counts = changes["what"].value_counts()
    named = {what: "pooled rate" if what == "pooled" else what for what in counts.index}
    words = ", ".join(f"{counts[what]} {named[what]}{'s' if counts[what] > 1 else ''}" for what in counts.index)
    console.print(f"Changed {when}: {words}.")
    causes = changes["cause"].unique()
    if len(causes) == 1:
        console.print(f"Cause of each: {escape(str(causes[0]))}.")
    table = Table("authority", "what", "before", "after", *(("cause",) if len(causes) > 1 else ()))
    for row in _first_to_read(changes).head(SHOWN).itertuples():
        name = authorities()[str(row.authority)].name if row.authority else "all"
        cells = (name, f"{row.subject}, {row.period}", str(row.before), str(row.after), str(row.cause))
        table.add_row(*(escape(cell) for cell, _ in zip(cells, table.columns, strict=False)))
    console.print(table)
    if len(changes) > SHOWN:
        console.print(f"... and {len(changes) - SHOWN} more: write all of them with --csv")


def _first_to_read(changes: pd.DataFrame) -> pd.DataFrame:
    """The newest quarter first, and in it what a reader would see move; the file keeps its order by authority."""
    return changes.assign(kind=changes["what"].map(IN_ORDER.index)).sort_values(
        ["period", "kind"], ascending=[False, True], kind="stable"
    )
