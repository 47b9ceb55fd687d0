"""`tartanrug signals chart`: one picture of an indicator as a file, with what it says in words on the console."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.cli.known_word import known_word
from analysis.cli.returns.collection import members
from analysis.cli.signals.collection import collection_of, mark
from analysis.config import shown
from analysis.errors import UsageError, UserError
from analysis.figures import Drawing, funnel_picture, xmr_picture
from analysis.pipeline.charts import fits_quarters, funnel_of, heading_for, target_of, xmr_of
from analysis.pipeline.collection import Collection
from analysis.reference.authorities import authorities, find_authority
from analysis.reference.indicators import Indicator
from analysis.signals.funnel import FEWEST
from analysis.signals.readings import QUARTERS_TESTED

XMR, FUNNEL = "xmr", "funnel"
KINDS = (XMR, FUNNEL)
FORMATS = (".png", ".svg")


def draw(
    authority: str, indicator: str, kind: str, region: str, period: str, source: str, out: Path, console: Console
) -> None:
    """Write the picture, and print its alternative text.

    Parameters
    ----------
    kind
        `xmr` or `funnel`.
    out
        A file that ends in `.png` or `.svg`; one that is there is written over.

    Raises
    ------
    UserError
        If there is no such authority, indicator, kind, format, region, quarter or source, if nothing was received, or
        if there is no such picture of these figures.
    """
    chosen, ending = known_word(kind, KINDS, "kind of chart"), _ending(out)
    collection = collection_of(region, period, source)
    [code] = members(collection.region, [find_authority(authority).code])
    known = {one.id.lower(): one for one in collection.indicator_list}
    about = known[known_word(indicator, tuple(known), "indicator")]
    drawing = _xmr(collection, code, about) if chosen == XMR else _funnel(collection, code, about)
    mark(collection, console)
    store.write_bytes(out, drawing.svg if ending == ".svg" else drawing.png)
    console.print(f"Written: {escape(shown(out.resolve()))}")
    for note in _notes(collection, code, about, chosen):
        console.print(escape(note))
    console.print("\n[bold]Alternative text[/bold], for where the picture is used:")
    console.print(escape(drawing.alt))
    page = "xmr" if chosen == XMR else "funnel"
    console.print(f"\nHow it is made, and what it is not for: docs/methods/{page}.md")


def _ending(out: Path) -> str:
    ending = out.suffix.lower()
    if ending not in FORMATS:
        raise UsageError(
            f"{out.name}: a chart is written as {' or '.join(FORMATS)}", remedy=f"--out {out.stem or 'chart'}.png"
        )
    return ending


def _xmr(collection: Collection, code: str, about: Indicator) -> Drawing:
    chart = xmr_of(collection, code, about)
    if chart is None:
        raise UserError(
            f"{authorities()[code].name} has no figure of {about.id} in the {QUARTERS_TESTED} quarters to "
            f"{collection.period}: there is nothing to draw",
            remedy="see `tartanrug returns status` for what was received",
        )
    return xmr_picture(chart, heading_for(collection, code), stands_alone=True)


def _funnel(collection: Collection, code: str, about: Indicator) -> Drawing:
    name, instead = authorities()[code].name, f"--kind {XMR} draws the authority's own series"
    if about.kind == "duration":
        raise UserError(
            f"there is no funnel of {about.id}, an average time: a return does not say how times spread",
            remedy=instead,
        )
    if code not in collection.region.members:
        raise UserError(
            f"{name} takes part from outside {collection.region.name}: a funnel is of the region's own authorities",
            remedy=instead,
        )
    chart = funnel_of(collection, about)
    if chart is None:
        raise UserError(
            f"there is no funnel of {about.id} in {collection.period}: fewer than {FEWEST} authorities of "
            f"{collection.region.name} have a figure that nobody asks about, or nothing (or everything) was counted",
            remedy=instead,
        )
    return funnel_picture(chart, heading_for(collection, code), stands_alone=True)


def _notes(collection: Collection, code: str, about: Indicator, kind: str) -> list[str]:
    """What whoever passes the picture on has to know, and what it leaves out."""
    notes = []
    if kind == FUNNEL:
        notes.append("It marks every authority of the region, and its size gives the name away: not for other readers.")
    elif not fits_quarters(about):
        notes.append(f"{about.id} is compared over 12 months; the chart is of its quarters, which do not overlap.")
        if target_of(collection, code, about) is not None:
            notes.append("Its target is of 12 months, and is not drawn beside quarters.")
    return notes
