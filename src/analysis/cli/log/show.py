"""`tartanrug log show`: the latest events, a line each."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from analysis.cli.identity import ATTESTED
from analysis.cli.release.desk import desk_of
from analysis.errors import ExitCode
from analysis.registers.log.event import NOT_ENROLLED, Event
from analysis.registers.people import people_path, read_people

_TOLD = ("release", "step", "reason", "for_post", "to", "variant", "what", "audience", "period", "approved_by", "note")
"""What of an event's body fits on its line."""


def show_log(region: str, source: str, last: int, console: Console) -> int:
    """Print the latest events.

    Raises
    ------
    BrokenLogError
        If the log is not whole.
    """
    desk = desk_of(region, source)
    people = read_people(people_path(desk.registers))
    table = Table("No.", "When (UTC)", "Who", "What", "About", box=None, pad_edge=False)
    for event in desk.chain().events[-last:]:
        who = people.name_of(event.by) + ("" if event.by == NOT_ENROLLED else f", by {event.by.known_by}")
        table.add_row(str(event.sequence), f"{event.at:%Y-%m-%d %H:%M}", *map(escape, (who, event.kind, _about(event))))
    console.print(table)
    console.print(ATTESTED)
    return int(ExitCode.OK)


def _about(event: Event) -> str:
    told = {key: str(event.body[key]).splitlines()[0] for key in _TOLD if event.body.get(key)}
    return ", ".join(words[:12] if key == "release" else words for key, words in told.items())
