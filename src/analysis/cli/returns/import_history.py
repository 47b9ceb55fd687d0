"""`tartanrug returns import-history`: past quarters from a file that the region has, as one return for each quarter."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from analysis import store
from analysis.cli.known_word import known_word
from analysis.config import shown, workspace
from analysis.errors import ExitCode
from analysis.pipeline.collection import MADE_UP, RETURNS, Collection
from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.readings import QUARTERS_FOR_READINGS
from analysis.reference.regions import find_region
from analysis.returns.files import load_file
from analysis.returns.history_import import History, import_history, quarters_held
from analysis.returns.reading.mapping import load_template
from analysis.returns.received import Received, next_vintages, receipt_path, receipt_text, received_in
from analysis.returns.rules.findings import findings_csv, print_findings
from analysis.returns.rules.rule import Severity

SENDER = "import of history"


def bring_in_history(
    file: Path,
    region: str,
    period: str,
    source: str,
    console: Console,
    *,
    now: datetime,
    mapping: Path | None = None,
    csv: Path | None = None,
) -> int:
    """Write a return for each past quarter of a file, with a receipt; say what was left out, and how far it reaches.

    Parameters
    ----------
    file
        A CSV or a workbook: long or wide, of one authority or of many.
    period
        The last quarter to take.
    source
        `returns` or `made-up`.
    now
        When it is brought in: earlier builds, made again, are made without it.
    mapping
        The file's layout; recognised by its first line if None.
    csv
        Where what was left out is written too.

    Returns
    -------
    int
        An exit code: bad input where nothing could be used.

    Raises
    ------
    UserError
        If there is no such region, quarter or source, or the mapping is wrong.
    """
    found = known_word(source, (RETURNS, MADE_UP), "source")
    collection = Collection(workspace(), found, find_region(region), Quarter.parse(period))
    history = import_history(
        load_file(period, file),
        collection.region,
        collection.period,
        collection.registry,
        collection.checked.by_sender,
        templates=collection.templates,
        template=load_template(mapping, collection.registry) if mapping else None,
        changes=collection.changes,
    )
    written = _write(collection, history, now)
    _tell_left_out(history, console, csv)
    if history.later:
        console.print(f"Left aside, as later than {period}: {', '.join(map(str, history.later))}.")
    if not written:
        console.print("Nothing was imported.")
        return int(ExitCode.BAD_INPUT if _nothing_usable(history) else ExitCode.OK)
    console.print(f"Imported: {len(written)} quarters, {min(written)} to {max(written)}.")
    console.print(f"The last of them: {shown(written[max(written)])}")
    if history.queries:
        console.print(f"The rules ask {history.queries} questions about these figures: see `tartanrug validate`.")
    _tell_reach(collection.afresh(), console)
    return int(ExitCode.OK)


def _write(collection: Collection, history: History, now: datetime) -> dict[Quarter, Path]:
    """Each return beside those received for its quarter, under a name of its own sha256: it replaces no other file."""
    written = {}
    for quarter, content in history.returns.items():
        folder = collection.workspace.raw / collection.source / collection.region.id / str(quarter)
        digest = hashlib.sha256(content).hexdigest()
        path = folder / f"history-{digest[:12]}.csv"
        record = Received(
            sha256=digest,
            file=path.name,
            received=now.astimezone(UTC).replace(microsecond=0),
            sender=SENDER,
            vintages=next_vintages(history.senders[quarter], received_in(folder).values()),
            periods=(str(quarter),),
            state="received",
        )
        # The receipt first: a file without one would count as known from the first day on.
        store.write_text(receipt_path(folder, digest), receipt_text(record))
        store.write_bytes(path, content)
        written[quarter] = path
    return written


def _tell_left_out(history: History, console: Console, csv: Path | None) -> None:
    if not history.left_out.empty:
        console.print("[bold]Not imported:[/bold]")
        print_findings(history.left_out, console)
    if csv is not None:
        store.write_text(csv, findings_csv(history.left_out))
        console.print(f"Written: {shown(csv.absolute())}")


def _nothing_usable(history: History) -> bool:
    return bool((history.left_out["severity"] == Severity.REFUSE).any()) or history.left_out.empty


def _tell_reach(collection: Collection, console: Console) -> None:
    held: Mapping[str, int] = quarters_held(collection.checked.checked, collection.region.everyone)
    table = Table(title=f"Quarters held, to {collection.period}", title_justify="left")
    table.add_column("authority", no_wrap=True)
    table.add_column("quarters", justify="right")
    table.add_column(f"readings over time (they need {QUARTERS_FOR_READINGS})")
    for code, count in held.items():
        short = QUARTERS_FOR_READINGS - count
        said = "enough" if short <= 0 else f"{short} more needed"
        table.add_row(f"{authorities()[code].name} ({code})", str(count), said)
    console.print(table)
