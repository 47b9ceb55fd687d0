"""Which returns of a region are meant where nobody says: those received, or made-up ones."""

from __future__ import annotations

from analysis.config import Workspace
from analysis.errors import UserError
from analysis.pipeline.collection import MADE_UP, RETURNS
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region


def choose_source(place: Workspace, region: Region, period: Quarter) -> str:
    """The returns received; the made-up ones only where the region has received none at all.

    Raises
    ------
    UserError
        If there is neither.
    """
    found = source_there(place, region)
    if found:
        return found
    raise UserError(
        f"nothing was received from {region.name}",
        where=f"data/raw/{RETURNS}/{region.id}/{period}/",
        remedy=f"put the returns there, or make some up: tartanrug synth --region {region.id} --period {period}",
    )


def source_there(place: Workspace, region: Region) -> str:
    """As `choose_source`, whatever the quarter; empty where no return lies there and none was turned away."""
    for source in (RETURNS, MADE_UP):
        if any(path.is_file() for path in (place.raw / source / region.id).glob("*/*")):
            return source
    return ""
