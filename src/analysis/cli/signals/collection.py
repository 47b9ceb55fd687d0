"""What the commands about signals share: a quarter's returns, and the marking of what names authorities."""

from __future__ import annotations

from rich.console import Console

from analysis.cli.source import source_of
from analysis.config import workspace
from analysis.pipeline import load
from analysis.pipeline.collection import Collection
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region

INTERNAL = "For internal and limited use: it names authorities, and the figures are unaudited (S0 5.5.3)."


def collection_of(region: str, period: str, source: str) -> Collection:
    """The returns of a quarter, of which something was received.

    Raises
    ------
    UserError
        If there is no such region, quarter or source, or nothing was received.
    """
    home, quarter = find_region(region), Quarter.parse(period)
    collection = Collection(workspace(), source_of(source, home, quarter), home, quarter).without_child_level()
    if not collection.returns:
        raise load.nothing_received(collection)
    return collection


def mark(collection: Collection, console: Console) -> str:
    """Say what is for internal use, and of made-up figures that they are; the words for a file."""
    words = f"MADE-UP DATA. {INTERNAL}" if collection.made_up else INTERNAL
    console.print(f"[bold]{words}[/bold]")
    return words
