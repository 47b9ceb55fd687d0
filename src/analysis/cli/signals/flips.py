"""`tartanrug signals flips`: which readings of a quarter's drafts did not stay, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.cli.returns.collection import members
from analysis.cli.signals.collection import collection_of, mark
from analysis.config import shown
from analysis.pipeline.drafts import drafts_of, flipped
from analysis.reference.authorities import authorities as every_authority
from analysis.returns.spreadsheet import safe_csv


def list_flips(
    region: str, period: str, source: str, authorities: Sequence[str], console: Console, *, csv: Path | None = None
) -> None:
    """Print the readings that flipped from each draft of a quarter to the next, with the cause.

    Raises
    ------
    UserError
        If there is no such region, quarter, authority or source, or nothing was received.
    """
    collection = collection_of(region, period, source)
    codes = members(collection.region, authorities)
    marking = mark(collection, console)
    count = len(drafts_of(collection))
    if count < 2:
        kept = "One draft is kept" if count else "No draft is kept"
        console.print(f"{kept} of {collection.period}: each build that tells another reading keeps one.")
        return
    found = flipped(collection)
    found = found[found["authority"].isin(codes)]
    told_by = {one.headline: one for one in collection.indicator_list}
    for number, rows in found.groupby("draft"):
        console.print(f"\n[bold]Draft {number} against draft {int(str(number)) - 1}[/bold]")
        for row in rows.to_dict("records"):
            series, _, tier = str(row["subject"]).partition(", ")
            one, name = told_by[series], every_authority()[str(row["authority"])].name
            words = (
                f"{name}, {one.id} {one.title} ({tier}): {row['before']}, now {row['after']}. Cause: {row['cause']}."
            )
            console.print(f"  {escape(words)}")
    console.print(f"\n{count} drafts, {len(found)} reading{'' if len(found) == 1 else 's'} that flipped.")
    if csv is not None:
        store.write_text(csv, safe_csv(found.assign(marking=marking)))
        console.print(f"Written: {escape(shown(csv.resolve()))}")
