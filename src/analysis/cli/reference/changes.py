"""`tartanrug reference list` and `add`: a region's changes, with their sign-off and whether they hold."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from analysis import store
from analysis.cli.source import source_before_returns
from analysis.config import shown, workspace
from analysis.errors import ExitCode, UsageError
from analysis.pipeline.collection import RETURNS
from analysis.reference.authorities import authorities
from analysis.reference.changes.change import Change
from analysis.reference.changes.files import FOLDER, files_in
from analysis.reference.changes.model import (
    DefinitionChange,
    Membership,
    NeighboursChange,
    PopulationChange,
    Processor,
    Reorganisation,
    Trust,
)
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region, find_region
from analysis.registers.change_files import load_changes, load_files


def changes_folder(region: Region, source: str) -> Path:
    """Where the changes lie that a region's returns, or its made-up ones, are reckoned with."""
    home = workspace().registers
    return (home if source == RETURNS else home / source) / region.id / FOLDER


def changes_table(region: str, period: str, source: str) -> Table | str:
    """A region's changes, the earliest first; words where it has none.

    Raises
    ------
    UserError
        If there is no such region, quarter or source, or a change's file is wrong.
    """
    home = find_region(region)
    found = source_before_returns(source, home)
    folder = changes_folder(home, found)
    held = load_changes(folder, home).held
    if not held:
        return f"{home.name} ({found}): no changes. How to write one: docs/how-to/a-world-that-changes.md"
    table = Table("file", "what", "from", "written", "signed off", "holds", title=f"Changes: {home.name}, {found}")
    for filed in held:
        change = filed.change
        signed = change.signed_off
        cells = (
            filed.name,
            f"{change.title}: {about(change)}",
            str(change.first),
            change.date.isoformat(),
            "no: a proposal" if signed is None else f"{signed.date.isoformat()}, {signed.by}",
            _holds(change, Quarter.parse(period) if period else None),
        )
        table.add_row(*map(Text, cells))
    return table


def _holds(change: Change, period: Quarter | None) -> str:
    if change.signed_off is None:
        return "no"
    if period is None:
        return f"from {change.first}"
    return f"in {period}" if change.first <= period else f"not yet in {period}"


def about(change: Change) -> str:
    """What a change does, in a few words."""
    match change:
        case PopulationChange():
            count = len(change.populations)
            return f"populations of mid-{change.mid_year} ({count} {'authority' if count == 1 else 'authorities'})"
        case NeighboursChange():
            return f"statistical neighbours, {change.edition} edition"
        case DefinitionChange():
            whose = "all" if change.authorities == "all" else _names(change.authorities)
            return f"{change.indicator} is counted in another way ({whose})"
        case Reorganisation():
            return f"{_names(change.predecessors)} end; {', '.join(one.name for one in change.successors)} follows"
        case Membership():
            joins = [f"{_names(change.joins)} joins as {change.joined_as}"] if change.joins else []
            return "; ".join(joins + ([f"{_names(change.leaves)} leaves"] if change.leaves else []))
        case Trust():
            does = [word for word, does_it in (("sends", change.sends), ("reads", change.reads)) if does_it]
            return f"{change.name} {' and '.join(does) or 'is named'} for {_names(change.provides_for)}"
        case Processor():
            return f"data are processed by {change.name}"
    raise TypeError(f"{change!r} is no change that can be told")


def _names(codes: tuple[str, ...]) -> str:
    known = authorities()
    return ", ".join(known[code].name if code in known else code for code in codes)


def add_change(file: Path, region: str, source: str, console: Console) -> int:
    """Check a change among those of a region, and lay it into their folder with the table that it names.

    Raises
    ------
    UserError
        If it does not fit, or something of its name lies there already. Nothing is written then.
    """
    home = find_region(region)
    folder = changes_folder(home, source_before_returns(source, home))
    # Its own kind of fault first: what is wrong in the file, and then where it would go.
    changes = load_files([*files_in(folder), file], home)
    filed = next(one for one in changes.held if one.file.path == file)
    table = getattr(filed.change, "file", None)
    beside = [file, *([file.parent / table] if table else [])]
    for path in beside:
        if (folder / path.name).exists():
            raise UsageError(
                f"there is a file {path.name} already", where=shown(folder), remedy="give it another name: none is lost"
            )
    # The table first: a change without it would stop the next build.
    for path in reversed(beside):
        store.write_bytes(folder / path.name, path.read_bytes())
    state = "a proposal, until signed_off says who agreed and when" if filed.change.signed_off is None else "signed off"
    console.print(f"Added: {escape(shown(folder / file.name))} ({state}).")
    console.print(f"{escape(about(filed.change))}; from {filed.change.first} on.")
    return int(ExitCode.OK)
