"""The log as a folder: a file for each event, made once, never written again (a shared folder knows no locks).

Two people who write at once want the same file name, and only one of them gets it; the other looks again and decides
again. Copies that disagree, which a synchronised folder makes, are found when the log is read, and stop everything
that needs it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pydantic import ValidationError

from analysis.errors import BusyError, ExitCode, UserError
from analysis.registers.log.event import FILE_NAME, LAST_BYTE, NOTHING_BEFORE, Actor, B, Body, EditedError, Event

FOLDER = "log"
"""In the region's folder of registers."""
_TRIES = 20
_EDITED, _RESTORE = "this event was edited", "restore the file from the folder's own versions"
_SETTLE = "settle which copy holds: docs/how-to/log.md, two people at once, and conflict copies"
_CUT_OFF = "this event was cut off while it was written, and counts for nothing"
_GIVE_AGAIN = (
    "wait until the folder is synchronised; if it stays so, move the file out and give the command again: "
    "docs/how-to/log.md, an event that was cut off"
)
SYSTEM_FILES = frozenset({"desktop.ini", "Thumbs.db", ".DS_Store"})
"""What a system lays in any folder."""


class BrokenLogError(UserError):
    """The log is not what was written: nothing that needs it goes on."""

    exit_code = ExitCode.BROKEN_LOG


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with the log."""

    file: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what}"


@dataclass(frozen=True)
class Chain:
    """The events of a log that was found whole, the first first."""

    events: tuple[Event, ...] = ()

    @property
    def head(self) -> str:
        """The SHA-256 of the last event: it stands for the whole log."""
        return self.events[-1].sha256 if self.events else NOTHING_BEFORE

    def of_kind(self, kind: type[B]) -> Iterator[tuple[Event, B]]:
        """The events of one kind, each with what happened as its own class.

        Raises
        ------
        BrokenLogError
            If the log holds something else under this name.
        """
        for event in self.events:
            if event.kind == kind.kind:
                try:
                    yield event, event.body_as(kind)
                except ValidationError:
                    what = f"this event is no {kind.kind} that this version of the kit knows"
                    raise BrokenLogError(what, where=event.file_name, remedy="use the version that wrote it") from None

    def up_to(self, head: str) -> Chain:
        """What had happened when an event was the last, itself included; all of it if the log holds no such event."""
        place = next((place for place, event in enumerate(self.events, 1) if event.sha256 == head), None)
        return Chain(self.events[:place])

    def known_on(self, day: date) -> Chain:
        """What had happened by the end of a day."""
        return Chain(tuple(event for event in self.events if event.at.date() <= day))


def log_folder(registers: Path) -> Path:
    """Where a region's log is in its folder of registers."""
    return registers / FOLDER


def read_chain(folder: Path) -> Chain:
    """The log, if it is whole.

    Parameters
    ----------
    folder
        As `log_folder`; without it nothing has happened yet.

    Raises
    ------
    BrokenLogError
        If any event was edited, left out, added, put in another place, or is there in two copies (`faults`).
    """
    chain, found = _look_through(folder)
    if found:
        where = "; ".join(str(fault) for fault in found[:3])
        raise BrokenLogError("the log is not whole", where=where, remedy=found[0].remedy)
    return chain


def faults(folder: Path) -> tuple[Fault, ...]:
    """Everything that is wrong with a log. An event that is cut off at the end is found by whoever kept its hash."""
    return _look_through(folder)[1]


def append(folder: Path, decide: Callable[[Chain], Body], *, by: Actor, at: datetime) -> Event:
    """Write what happened at the end of the log.

    Parameters
    ----------
    folder
        As `log_folder`.
    decide
        What happened, given everything before it; raises where it may not happen. It is asked again when somebody else
        was faster, so that it never decides on what is no longer true.
    by, at
        Who, and when (UTC, whole seconds).

    Raises
    ------
    BrokenLogError
        If the log is not whole.
    BusyError
        If others were faster each time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for _ in range(_TRIES):
        chain = read_chain(folder)
        event = Event.of(decide(chain), after=chain.events[-1] if chain.events else None, by=by, at=at)
        if _make(folder / event.file_name, event.line):
            return event
    raise BusyError("others are writing to the log all the time", where=folder.name, remedy="try again in a minute")


def _make(path: Path, content: bytes) -> bool:
    """Make a file whole, if nobody has made it; whether we did."""
    # Of a name of its own: processes of two machines can have one number.
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
        part = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            file.close()
            return _take_name(part, path)
        finally:
            part.unlink(missing_ok=True)


def _take_name(part: Path, path: Path) -> bool:
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError:
        return _write_exclusively(path, part.read_bytes())  # this disk has no links (SMB, FAT)
    return True


def _write_exclusively(path: Path, content: bytes) -> bool:
    """Take the name, then write: whoever is killed in between leaves an event that is cut off, which `faults` finds."""
    try:
        file = path.open("xb")
    except FileExistsError:
        return False
    try:
        with file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        # The disk is full, or somebody pressed Ctrl-C: nothing was noted, and nothing may look as if it was.
        path.unlink(missing_ok=True)
        raise
    return True


def _look_through(folder: Path) -> tuple[Chain, tuple[Fault, ...]]:
    events: list[Event] = []
    found: list[Fault] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name in SYSTEM_FILES or (path.name.startswith(".") and path.name.endswith(".part")):
            continue
        event = _event(path)
        if isinstance(event, Fault):
            found.append(event)
            continue
        found += _out_of_line(path.name, event, events)
        events.append(event)
    return Chain(tuple(events)), tuple(found)


def _event(path: Path) -> Event | Fault:
    try:
        content = path.read_bytes()
        event = Event.read(content)
    except OSError:
        return Fault(path.name, "this event can't be read", _RESTORE)
    except (EditedError, ValueError) as error:
        # Of the last byte alone too: then all that it says is there.
        if FILE_NAME.fullmatch(path.name) and not content.endswith(LAST_BYTE):
            return Fault(path.name, _CUT_OFF, _GIVE_AGAIN)
        if isinstance(error, EditedError):
            return Fault(path.name, _EDITED, _RESTORE)
        return Fault(path.name, "this is no event of the log", f"move it out of the folder, or {_SETTLE}")
    if event.file_name != path.name:
        what = f"this is a copy of {event.file_name} under another name, or that one renamed"
        return Fault(path.name, what, _SETTLE)
    return event


def _out_of_line(name: str, event: Event, before: list[Event]) -> list[Fault]:
    last = before[-1] if before else None
    if event.sequence != (last.sequence + 1 if last else 1):
        twice = last is not None and event.sequence == last.sequence
        what = "two events want to be the same one" if twice else "the event before it is missing"
        return [Fault(name, what, _SETTLE if twice else f"{_RESTORE}, or {_SETTLE}")]
    if event.previous != (last.sha256 if last else NOTHING_BEFORE):
        return [Fault(name, "it follows another event than the one before it", f"{_RESTORE}, or {_SETTLE}")]
    return []
