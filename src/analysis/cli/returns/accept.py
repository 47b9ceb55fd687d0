"""`tartanrug returns accept`: what authorities answered, entered as accepted, so that it is not asked until then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.markup import escape

from analysis.cli.known_word import known_word
from analysis.cli.returns.collection import members
from analysis.cli.source import source_of
from analysis.config import shown, workspace
from analysis.errors import UserError
from analysis.pipeline.collection import Collection
from analysis.reference.authorities import authorities as known_authorities
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.registers.accepted import FILE, Acceptance, load_accepted
from analysis.registers.answers import answers_path, load_answers, to_accepted
from analysis.registers.register_file import add_acceptances


def accept(
    region: str, period: str, authorities: Sequence[str], measure: str, source: str, console: Console, *, on: date
) -> None:
    """Enter the answers of a quarter's query round that can be accepted, or list them.

    Parameters
    ----------
    authorities
        Codes, names or aliases: whose answers the DBG accepts. If empty, everybody's are listed, and none is entered.
    measure
        The id of the figure that was asked about; all if empty.
    source
        `returns` or `made-up`; if empty, the returns received, or the made-up ones where none were.
    on
        The day of the decision, which each entry carries.

    Raises
    ------
    UserError
        If there is no such region, quarter, authority, measure or source, a register is wrong, or an authority is
        named that has answered nothing that could be accepted.
    """
    place, home, quarter = workspace(), find_region(region), Quarter.parse(period)
    codes = members(home, authorities)
    found = source_of(source, home, quarter)
    collection = Collection(place, found, home, quarter)
    wanted = known_word(measure, tuple(collection.registry.measures), "measure") if measure else ""
    path = collection.registers / FILE
    held = load_accepted(path, collection.registry).entries
    answered = [
        entry
        for code in codes
        for entry in _answered(collection, code, on)
        if wanted in ("", entry.measure) and not any(one.covers(entry) for one in held)
    ]
    if not answered:
        if authorities:
            raise UserError(
                "no answer of theirs waits to be accepted",
                where=f"{home.name}, {quarter}",
                remedy="an answer can be accepted if it says correct as sent, until when, why and who says so",
            )
        console.print("No answer waits to be accepted.")
        return
    for entry in answered:
        name, about = known_authorities()[entry.authority].name, entry.measure or "the whole return"
        said = f"{name} ({entry.authority}): {entry.rule}, {about}, until {entry.until}: {entry.reason}"
        console.print(escape(said))
    if not authorities:
        console.print("Nothing was entered: name with --authority whose answers the DBG accepts.")
        return
    add_acceptances(path, answered, collection.registry)
    console.print(f"Accepted, {len(answered)} in {escape(shown(path))}")


def _answered(collection: Collection, code: str, on: date) -> list[Acceptance]:
    path = answers_path(collection.registers, str(collection.period), code)
    return to_accepted(load_answers(path), on) if path.is_file() else []
