"""`tartanrug returns correct`: list the ledger of corrections, add to it, and check whether its entries still hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from analysis.cli.known_word import known_word
from analysis.cli.source import source_of
from analysis.config import shown, workspace
from analysis.errors import ExitCode, UsageError, UserError
from analysis.pipeline.collection import Collection
from analysis.reference.authorities import authorities, find_authority
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region, find_region
from analysis.reference.status import Status
from analysis.reference.yaml_file import in_words
from analysis.registers.answers import correction_id
from analysis.registers.apply_corrections import apply_corrections
from analysis.registers.corrections import FILE, Action, Correction, Ledger, State, load_ledger
from analysis.registers.register_file import add_corrections
from analysis.registers.wording import number_text
from analysis.returns.rules.findings import findings_frame, print_findings
from analysis.returns.rules.rule import Severity

ACTIONS = ("list", "add", "check")
_HEADINGS = ("id", "authority", "measure", "sent", "becomes", "status", "reason", "by")


@dataclass(frozen=True)
class NewCorrection:
    """What `add` is told."""

    authority: str
    """Code, name or alias."""
    measure: str
    value: str
    """A figure or a mark for a missing one; empty withdraws the figure."""
    reason: str
    reported_by: str
    """A role, as the next."""
    decided_by: str = ""
    """Given: the correction is agreed. Else it is open."""


def correct(
    action: str,
    region: str,
    period: str,
    source: str,
    console: Console,
    *,
    on: date,
    new: NewCorrection | None = None,
) -> int:
    """List, add or check.

    Parameters
    ----------
    action
        Of `ACTIONS`.
    period
        The report's quarter; for `add` the figure's.
    source
        `returns` or `made-up`; if empty, the returns received, or the made-up ones where none were.
    on
        The day.
    new
        For `add`.

    Returns
    -------
    int
        An exit code: bad input where an entry in force no longer holds.

    Raises
    ------
    UserError
        If the ledger is wrong (by name and line), or something named does not exist.
    """
    wanted, home = known_word(action, ACTIONS, "action"), find_region(region)
    collection = _collection(home, Quarter.parse(period), source)
    path = collection.registers / FILE
    ledger = load_ledger(path, collection.registry)
    if wanted == "list":
        _list(ledger, path, console)
        return int(ExitCode.OK)
    if collection.made_up:
        console.print("[bold]MADE-UP DATA[/bold]: these are no real returns.")
    if wanted == "add":
        if new is None:
            raise UsageError("what is to be corrected?", remedy="give the authority, the measure and the value")
        return _add(new, ledger, path, collection, console, on)
    _, found = apply_corrections(collection.as_sent.by_sender, ledger.without(collection.gone))
    print_findings(findings_frame(found), console)
    return int(ExitCode.BAD_INPUT if any(one.severity == Severity.REFUSE for one in found) else ExitCode.OK)


def _collection(home: Region, quarter: Quarter, source: str) -> Collection:
    place = workspace()
    found = source_of(source, home, quarter)
    return Collection(place, found, home, quarter).without_child_level()


def _list(ledger: Ledger, path: Path, console: Console) -> None:
    if not ledger.entries:
        console.print("No corrections.")
        return
    # Eighty columns do not hold a line of it: what does not fit goes on in the next one, and nothing is cut.
    table = Table(title=shown(path), box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_lines=True)
    for heading in _HEADINGS:
        table.add_column(heading, overflow="fold")
    for entry in ledger.entries:
        becomes = entry.value if entry.value is not None else "withdrawn"
        cells = (
            entry.id, authorities()[entry.authority].name, entry.measure, entry.expect, becomes,
            f"{entry.status} {entry.date.isoformat()}", entry.reason,
            "\n".join(filter(None, (entry.reported_by, entry.decided_by))),
        )  # fmt: skip
        table.add_row(*(Text(str(cell)) for cell in cells))
    console.print(table)


def _add(new: NewCorrection, ledger: Ledger, path: Path, collection: Collection, console: Console, on: date) -> int:
    code = find_authority(new.authority).code
    measure = known_word(new.measure, tuple(collection.registry.measures), "measure")
    period = str(collection.period)
    try:
        entry = Correction(
            id=correction_id(code, period, measure, (one.id for one in ledger.entries)),
            authority=code,
            period=period,
            measure=measure,
            action=Action.OVERRIDE if new.value else Action.BLANK,
            value=new.value or None,
            expect=_as_sent(collection, code, measure),
            reason=new.reason,
            reported_by=new.reported_by,
            decided_by=new.decided_by,
            date=on,
            status=State.AGREED if new.decided_by else State.OPEN,
        )
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the correction"
        raise UserError(f"{place}: {in_words(first)}", remedy="correct the value that was given") from None
    add_corrections(path, [entry], collection.registry)
    console.print(f"Added, {entry.status}: {entry.id} ({entry.expect} becomes {entry.value or 'withdrawn'})")
    console.print(f"  {escape(shown(path))}")
    return int(ExitCode.OK)


def _as_sent(collection: Collection, code: str, measure: str) -> str:
    """What the return says: what the entry then expects it to go on saying."""
    grid = collection.as_sent.checked
    here = grid["authority"].eq(code) & grid["measure"].eq(measure) & grid["period"].eq(str(collection.period))
    if not here.any():
        raise UserError(
            f"no figure of this authority is expected in {collection.region.name} for {collection.period}",
            remedy="check the authority, the region and the quarter",
        )
    status = Status(grid.loc[here, "status"].iloc[0])
    return number_text(float(grid.loc[here, "value"].iloc[0])) if status is Status.GIVEN else status.symbol
