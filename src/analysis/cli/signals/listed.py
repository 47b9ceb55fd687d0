"""`tartanrug signals list`: the prompts of a quarter, for the DBG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.cli.returns.collection import members
from analysis.cli.signals.collection import collection_of, mark
from analysis.config import shown
from analysis.pipeline.collection import Collection
from analysis.reference.authorities import authorities as every_authority
from analysis.reference.indicators import Indicator
from analysis.returns.spreadsheet import safe_csv
from analysis.signals.region import Course
from analysis.signals.schema import PROMPTS, Reading
from analysis.signals.stories import Telling, links, stories
from analysis.signals.tiers import FEWEST_AUTHORITIES, FEWEST_QUARTERS, Tier
from analysis.views.readings import WITH_IT, chance_words, change_words, sentence
from analysis.views.trends import COURSES


def list_prompts(
    region: str, period: str, source: str, authorities: Sequence[str], console: Console, *, csv: Path | None = None
) -> None:
    """Print the prompts of a quarter.

    Parameters
    ----------
    authorities
        Names; everybody's if empty.
    csv
        Where all readings are written, also those that are no prompts.

    Raises
    ------
    UserError
        If there is no such region, quarter, authority or source, or nothing was received.
    """
    collection = collection_of(region, period, source)
    codes = members(collection.region, authorities)
    found = collection.signals[collection.signals["authority"].isin(codes)]
    marking = mark(collection, console)
    told_by = {one.headline: one for one in collection.indicator_list}
    for story in stories(found, collection.indicator_list, links()):
        name = every_authority()[story.authority].name
        console.print(f"\n[bold]{escape(name)}[/bold]" + (f": {escape(story.title)}" if story.title else ""))
        for one in story.prompts:
            console.print(f"  {escape(_line(told_by[one.series], one))}")
        if story.with_it:
            moved = (f"{told_by[one.series].id} ({change_words(Tier(one.test), one.change)})" for one in story.with_it)
            console.print(f"  {WITH_IT}: {', '.join(moved)}")
    held_back = found[found["reading"] == Reading.QUERIED].drop_duplicates(["authority", "series"])
    for row in held_back.itertuples():
        indicator, name = told_by[str(row.series)], every_authority()[str(row.authority)].name
        words = sentence(Tier(str(row.test)), Reading.QUERIED, indicator.polarity)
        console.print(f"\n{escape(name)}: {escape(f'{indicator.id} {indicator.title}')}\n  {words}")
    _print_region(collection, console)
    console.print()
    counts = found["reading"].value_counts()
    told = {one: int(counts.get(one, 0)) for one in Reading}
    prompts, queried = sum(told[one] for one in PROMPTS), told[Reading.QUERIED]
    untested = len(found) - prompts - queried - told[Reading.QUIET] - told[Reading.TOO_FEW]
    console.print(
        f"{len(found)} readings: {prompts} prompt{'' if prompts == 1 else 's'}, {queried} held back by an open query, "
        f"{told[Reading.QUIET]} within their pattern, {told[Reading.TOO_FEW]} of too few children (or too restless) to "
        f"say, {untested} not tested."
    )
    if csv is not None:
        store.write_text(csv, safe_csv(found.assign(marking=marking)))
        console.print(f"Written: {escape(shown(csv.resolve()))}")


def _print_region(collection: Collection, console: Console) -> None:
    """Which flows of the region as a whole rise or fall."""
    trends = collection.trends
    console.print(f"\n[bold]{escape(collection.region.name)} as a whole[/bold]")
    told_by = {one.headline: one for one in collection.indicator_list}
    moving = trends[trends["reading"].isin([Course.RISING, Course.FALLING])]
    for row in moving.to_dict("records"):
        one = told_by[str(row["series"])]
        series = one.headline_series
        slope = f"{row['slope']:+.{series.decimals + 1}f} {series.unit} a quarter"
        words = f"{COURSES[Course(str(row['reading']))]} ({slope}; chance alone: {chance_words(float(row['p']))})"
        console.print(f"  {escape(f'{one.id} {one.title}: {words}')}")
    if moving.empty:
        console.print(f"  {_nothing_moves(int(trends['p'].notna().sum()))}")


def _nothing_moves(tested: int) -> str:
    if not tested:
        return (
            f"No flow could be tested: that takes {FEWEST_QUARTERS[Tier.DRIFT]} quarters, and {FEWEST_AUTHORITIES} "
            "authorities with a figure in each of them."
        )
    if tested == 1:
        return "The one flow that could be tested does not rise or fall beyond chance."
    return f"None of the {tested} flows that could be tested rises or falls beyond chance."


def _line(indicator: Indicator, told: Telling) -> str:
    tier = Tier(told.test)
    words = sentence(tier, Reading(told.reading), indicator.polarity)
    return f"{indicator.id} {indicator.title} ({change_words(tier, told.change)}). {words}"
