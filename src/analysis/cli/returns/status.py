"""`tartanrug returns status`: who has sent what, by name, for the DBG."""

from __future__ import annotations

import csv as csv_format
import io
from collections.abc import Iterator
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from analysis import store
from analysis.cli.returns.collection import FOR_THE_DBG, Standings, find_standings
from analysis.config import shown
from analysis.queries.sheet import questions_to
from analysis.reference.authorities import authorities
from analysis.returns.standing import Standing

HEADINGS = ("authority", "received", "on time", "vintages", "missing", "refused", "queries")
LATE = "late"
_ON_SCREEN = tuple(heading for heading in HEADINGS if heading != "on time")
"""Eighty columns are not enough for all: late is said beside the day."""


def show_status(region: str, period: str, source: str, console: Console, *, csv: Path | None = None) -> None:
    """Say how far each return is.

    Parameters
    ----------
    csv
        Where the table is written for a spreadsheet too, with the same marking in its first line.

    Raises
    ------
    UserError
        If there is no such region, quarter or source, or a receipt or a file of the registers is wrong.
    """
    found = find_standings(region, period, source, console)
    home, quarter = found.collection.region, found.collection.period
    marking = f"{FOR_THE_DBG} MADE-UP DATA." if found.made_up else FOR_THE_DBG
    console.print(f"[bold]{FOR_THE_DBG}[/bold]")
    table = Table(
        title=f"{home.name}, {quarter.words} ({quarter}): {found.dates}",
        title_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    for heading in _ON_SCREEN:
        table.add_column(heading, no_wrap=heading in HEADINGS[:2], overflow="fold")
    findings = found.collection.findings
    rows = [_cells(one, len(questions_to(one.authority, findings))) for one in found.rows]
    for name, received, on_time, *counts in rows:
        table.add_row(name, f"{received} late" if on_time == LATE else received, *counts)
    console.print(table)
    console.print(_summary(found))
    for line in _by_trusts(found):
        console.print(escape(line))
    if csv is not None:
        out = io.StringIO()
        csv_format.writer(out, lineterminator="\n").writerows([(marking,), HEADINGS, *rows])
        store.write_text(csv, out.getvalue())
        console.print(f"Written: {shown(csv.absolute())}")


def _cells(one: Standing, queries: int) -> tuple[str, ...]:
    name = authorities()[one.authority].name
    if not one.sent:
        return (name, "nothing received", "", "0", "all", _count(one.refused), _count(queries))
    received = "date not known" if one.received is None else one.received.isoformat()
    on_time = "" if one.late is None else LATE if one.late else "on time"
    return (
        name, received, on_time, str(one.vintages), _count(len(one.missing)), _count(one.refused), _count(queries)
    )  # fmt: skip


def _count(number: int) -> str:
    return str(number) if number else ""


def _by_trusts(found: Standings) -> Iterator[str]:
    """A line for each trust that sends: for whom, and how much of it has come."""
    sent = {one.authority for one in found.rows if one.sent}
    for trust in found.collection.changes.sending:
        names = ", ".join(authorities()[code].name for code in trust.provides_for)
        came = sum(code in sent for code in trust.provides_for)
        yield f"{trust.name} sends for {names}: {came} of {len(trust.provides_for)} received."


def _summary(found: Standings) -> str:
    rows = found.rows
    late = sum(one.late is True for one in rows)
    whole = sum(one.sent and not one.missing for one in rows)
    said = f"{sum(one.sent for one in rows)} of {len(rows)} have sent, {whole} of them every measure; {late} late."
    quarter, files = str(found.collection.period), found.collection.checked.files
    refused = [receipt for receipt in files if receipt.state == "refused" and receipt.folder == quarter]
    if refused:
        said += f" {len(refused)} file{'s' if len(refused) > 1 else ''} refused as a whole: see `tartanrug validate`."
    return said
