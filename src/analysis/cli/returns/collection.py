"""What the commands about a quarter's collection share: its returns, its receipts, its due date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Console

from analysis.cli.source import source_before_returns
from analysis.config import workspace
from analysis.errors import UserError
from analysis.pipeline.collection import MADE_UP, Collection
from analysis.reference.authorities import find_authority
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region, find_region
from analysis.registers.calendar import chase_of, due_of, read_calendar
from analysis.returns.chasing import day_words
from analysis.returns.received import received_in
from analysis.returns.standing import Standing, standings

FOR_THE_DBG = "For the DBG only: it names authorities (S0 5.5.3 i). Not for release."


@dataclass(frozen=True)
class Standings:
    """How far every return of a quarter's collection is."""

    collection: Collection
    made_up: bool
    due: date | None
    chase: date | None
    rows: tuple[Standing, ...]

    @property
    def dates(self) -> str:
        """When the returns are due, and when they are asked for."""
        if self.due is None:
            return "no due date is set"
        asked = "" if self.chase is None else f", asked for from {day_words(self.chase)}"
        return f"due {day_words(self.due)}{asked}"


def find_standings(region: str, period: str, source: str, console: Console) -> Standings:
    """Read the returns of a quarter, and say of made-up ones that they are.

    Parameters
    ----------
    source
        `returns` or `made-up`; if empty, the returns received, or the made-up ones where none were.

    Raises
    ------
    UserError
        If there is no such region, quarter or source, or a file of the registers is wrong.
    """
    place, home, quarter = workspace(), find_region(region), Quarter.parse(period)
    agreed = read_calendar(place.registers / home.id, home)
    due, asked = due_of(home, quarter, agreed), chase_of(home, quarter, agreed)
    collection = Collection(place, source_before_returns(source, home), home, quarter)
    # The source first: to know it by the figures, the cross-regional file is read too.
    made_up = collection.source == MADE_UP or collection.made_up
    if made_up:
        console.print("[bold]MADE-UP DATA[/bold]: these are no real returns.")
    receipts = received_in(place.raw / collection.source / home.id / str(quarter)).values()
    measures = tuple(collection.registry.measures)
    rows = standings(collection.checked, collection.region.everyone, quarter, receipts, due, measures)
    return Standings(collection, made_up, due, asked, rows)


def members(region: Region, names: Sequence[str]) -> tuple[str, ...]:
    """The DfE codes of the authorities that are named; everybody's if none is.

    Raises
    ------
    UserError
        If there is no such authority, or it is not in the region's collection.
    """
    codes = tuple(find_authority(name).code for name in names)
    strangers = [code for code in codes if code not in region.everyone]
    if strangers:
        raise UserError(
            f"{', '.join(find_authority(code).name for code in strangers)}: not in the collection of {region.name}",
            remedy="name a member of the region, or another region",
        )
    return codes or region.everyone
