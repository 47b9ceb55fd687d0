"""`tartanrug permit name`: who stands by name beside the bands of a quarter's anonymised packs."""

from __future__ import annotations

from datetime import datetime

from rich.console import Console
from rich.markup import escape

from analysis.cli.region_log import RegionLog, named, said_in_words
from analysis.cli.release.desk import desk_of
from analysis.cli.release.refusals import refusals_noted
from analysis.errors import UsageError
from analysis.reference.periods import Quarter
from analysis.registers.naming import named_in, naming


def name_in_packs(
    region: str,
    source: str,
    period: str,
    names: tuple[str, ...],
    evidence: str,
    console: Console,
    *,
    nobody: bool,
    at: datetime,
) -> None:
    """Enter the group's decision on who is named in a quarter's packs.

    Parameters
    ----------
    names
        Authorities, each of which must have permitted it.
    nobody
        Instead: nobody is named any more.

    Raises
    ------
    UserError
        If a name is not known, nobody is meant or named, or it is decided already.
    NotPermittedError
        With those whose permission is missing. The refusal is noted in the log.
    """
    log, quarter = RegionLog.of(region, source), str(Quarter.parse(period))
    if bool(names) == nobody:
        raise UsageError("who is to be named?", remedy="name authorities, or give --nobody")
    with said_in_words():
        decide = naming(
            period=quarter,
            authorities=log.codes(names),
            evidence=evidence,
            rules=log.rules,
            on=at.date(),
            names=named,
        )
    desk = desk_of(log.region.id, log.source)
    with refusals_noted(desk, "name", desk.actor()):
        log.write(decide, at=at)
    held = named_in(log.chain, quarter)
    for one in held:
        console.print(escape(f"{named(one.authority)} is named ({one.permission}, until {one.until})."))
    if not held:
        console.print("Nobody is named.")
    console.print(f"Build the packs of {quarter} again: the bands stay as they are.")
