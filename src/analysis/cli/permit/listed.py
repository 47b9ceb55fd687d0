"""`tartanrug permit list` and `agreements`."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from analysis.cli.region_log import RegionLog, named
from analysis.pipeline.issued_copies import issued_copies
from analysis.reference.matching import plain
from analysis.registers.permissions import Permission, permissions_of
from analysis.registers.recall import resting_on


def list_all(region: str, source: str, audience: str, console: Console, *, on: date) -> None:
    """Show the permissions that had been entered by a day, and what rests on those that have ended.

    Raises
    ------
    UserError
        If there is no such region or source, or the log is not whole.
    """
    log = RegionLog.of(region, source)
    chain = log.chain
    held = [
        one
        for one in permissions_of(chain.known_on(on))
        if not audience or plain(one.granted.audience) == plain(audience)
    ]
    if not held:
        console.print(f"{log.region.name}: no permission is entered. How to: docs/how-to/permissions.md")
        return
    table = Table("id", "who", "audience", "what", "for", "holds", "on " + on.isoformat())
    for one in held:
        granted = one.granted
        dates = f"{granted.first} to {one.ends}"
        cells = (granted.id, _who(one), granted.audience, granted.scope.words, granted.purpose, dates, one.state(on))
        table.add_row(*map(Text, cells))
    console.print(table)
    copies = issued_copies(chain.known_on(on), log.everyone)
    for one in held:
        if one.state(on) in ("expired", "withdrawn"):
            for copy in resting_on(one, copies):
                what = f"{one.granted.id} has ended; issued under it on {copy.issued}: {copy.title}"
                console.print(escape(f"{what}, to {', '.join(copy.recipients)}"))


def _who(permission: Permission) -> str:
    granted = permission.granted
    whose = ", ".join(map(named, granted.authorities))
    return f"{granted.body} for {whose}" if granted.body and whose else granted.body or whose


def list_agreements(region: str, source: str, console: Console, *, on: date) -> None:
    """Show the agreements of a region, whether each holds on a day, and what is due of it.

    Raises
    ------
    UserError
        If there is no such region or source, or a file is wrong.
    """
    log = RegionLog.of(region, source)
    for one in log.agreements:
        holds = one.holds(on)
        state = f"holds on {on}" if holds else one.why_not(on)
        console.print(escape(f"{one.title} ({one.id}): {state}"), style="bold" if holds else None)
        if holds and one.last_day is None and one.open:
            console.print(escape(f"  without an end: {one.open}"))
        for purpose, clause in one.purposes.items():
            console.print(escape(f"  {purpose.replace('_', ' ')}: {clause}"))
        for warning in one.warnings(on, log.region.members) if holds else ():
            console.print(escape(f"  to do: {warning}"))
