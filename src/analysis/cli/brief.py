"""`tartanrug brief`: one indicator of one authority on a page, for readers who see no other authority's figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.cli.days import epoch_of
from analysis.cli.known_word import known_word
from analysis.cli.note_built import note_copies
from analysis.cli.outside import refuse_outside
from analysis.cli.release.desk import desk_of
from analysis.cli.source import source_of
from analysis.cli.stamps import Stamps
from analysis.cli.this_machine import this_machine
from analysis.config import shown, workspace
from analysis.errors import UsageError
from analysis.pipeline import load
from analysis.pipeline.briefs import FORMATS, make_brief, refuse_unless_concealing
from analysis.pipeline.collection import Collection
from analysis.reference.authorities import find_authority
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.render.brief_page import indicator_of
from analysis.render.parameters import BriefParameters
from analysis.views.anonymised import AnonymisedView
from analysis.views.model import Variant
from analysis.views.own import OwnView

VARIANTS = (Variant.OWN.value, Variant.ANONYMISED.value)
FOLDER = "briefs"
"""Apart from the variants' folders: the audit of packs takes whatever lies in one of those for a pack."""


@dataclass(frozen=True)
class Order:
    """What a person asked for, in their own words."""

    authority: str
    indicator: str
    period: str
    variant: str
    region: str
    source: str = ""
    formats: tuple[str, ...] = ("docx",)
    audience: str = ""
    """For whom, where not for the variant's usual readers."""


def brief(order: Order, console: Console, *, at: datetime) -> tuple[Path, ...]:
    """Write a brief into `reports/out/<source>/<region>/<period>/briefs/`.

    Parameters
    ----------
    at
        When it is written: what may go to whom is asked of this day.

    Returns
    -------
    tuple of Path
        The files.

    Raises
    ------
    RefusedError
        If it is for somebody outside, and no agreement of that day allows it.
    UserError
        If there is no such authority, indicator, quarter, variant or format, or nothing was received.
    BriefRefusedError
        If a file did not pass the audit. Nothing is written then.
    """
    place, home, quarter = workspace(), find_region(order.region), Quarter.parse(order.period)
    variant = known_word(order.variant, VARIANTS, "variant of a brief")
    formats = tuple(dict.fromkeys(known_word(one, tuple(FORMATS), "format") for one in order.formats))
    reader = find_authority(order.authority)
    found = source_of(order.source, home, quarter)
    collection = Collection(place, found, home, quarter)
    if reader.code not in collection.region.everyone:
        raise UsageError(
            f"{reader.name} ({reader.code}) gets no report in {home.name}", remedy="name its own region with --region"
        )
    desk = desk_of(home.id, found)
    refuse_outside(desk, Variant(variant), str(quarter), reader.code, order.audience, at, "brief")
    view = load.load_view(reader.code, str(quarter), variant, home.id, found)
    if not isinstance(view, OwnView | AnonymisedView):
        raise TypeError(f"the {variant} view is a {type(view).__name__}")
    asked = BriefParameters(
        authority=reader.code,
        period=str(quarter),
        variant="own" if variant == Variant.OWN else "anonymised",
        indicator=indicator_of(view, order.indicator),
        region=home.id,
        source=found,
    )
    stamps = Stamps.of(home.id, str(quarter))
    shows = f"{asked.indicator}\n{view.model_dump_json()}".encode()
    line = stamps.line("brief", view.heading.variant, shows, order.audience)
    made = make_brief(view, asked, place.notebooks, formats, epoch_of(str(quarter)), line)
    refuse_unless_concealing(made, collection.afresh(), reader.code, this_machine())
    folder = place.out / found / home.id / str(quarter) / FOLDER
    if view.heading.made_up:
        console.print("[bold]MADE-UP DATA[/bold]: the brief says so.")
    files = tuple(folder / f"{made.stem}.{kind}" for kind in made.files)
    for file, content in zip(files, made.files.values(), strict=True):
        store.write_bytes(file, content)
        console.print(f"Written, and passed the audit: {escape(shown(file))}")
    note_copies(desk, files, console, order.audience, (reader.code,))
    console.print(view.heading.marking)
    return files
