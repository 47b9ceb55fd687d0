"""`tartanrug signals why-not`: why an indicator of an authority is a prompt, or is none, in figures."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
from rich.console import Console
from rich.markup import escape

from analysis.cli.known_word import known_word
from analysis.cli.returns.collection import members
from analysis.cli.signals.collection import collection_of, mark
from analysis.indicators.rates import on_edition
from analysis.pipeline.collection import Collection
from analysis.reference.authorities import authorities, find_authority
from analysis.reference.indicators import Indicator, Window
from analysis.reference.populations import edition_for
from analysis.signals.readings import QUARTERS_TESTED
from analysis.signals.schema import Reading
from analysis.signals.screen import FALSE_SHARE
from analysis.signals.tiers import Tier
from analysis.views.readings import OF_CHANCE, chance_words, change_words, power_words, sentence

LAST_SHOWN = 8
QUESTIONS = {
    Tier.NEW: "Is this quarter apart from those before?",
    Tier.SUSTAINED: "Are the last four quarters apart from those before?",
    Tier.DRIFT: "Does it move quarter by quarter, other than the region?",
}


def explain(authority: str, indicator: str, region: str, period: str, source: str, console: Console) -> None:
    """Print what each tier found, with the numbers behind it.

    Raises
    ------
    UserError
        If there is no such authority, indicator, region, quarter or source, or nothing was received.
    """
    collection = collection_of(region, period, source)
    [code] = members(collection.region, [find_authority(authority).code])
    known = {one.id.lower(): one for one in collection.indicator_list}
    about = known[known_word(indicator, tuple(known), "indicator")]
    mark(collection, console)
    console.print(f"{escape(authorities()[code].name)}, {about.id} {escape(about.title)}, {collection.period}")
    console.print(_last(collection, code, about))
    signals = collection.signals
    mine = signals[(signals["authority"] == code) & (signals["series"] == about.headline)]
    rows = mine.set_index("test").to_dict("index")
    for tier in Tier:
        row = rows[tier.value]
        console.print(f"\n[bold]{QUESTIONS[tier]}[/bold]")
        console.print(f"  {sentence(tier, Reading(str(row['reading'])), about.polarity)}")
        if pd.notna(row["p"]):
            for line in _figures(row, tier):
                console.print(f"  {line}")
    console.print("\nHow it is reckoned: docs/methods/signals.md")


def _last(collection: Collection, code: str, about: Indicator) -> str:
    edition = edition_for(collection.period)
    figures = on_edition(collection.indicators, collection.registry, collection.populations, edition)
    chosen = (figures["authority"] == code) & (figures["series"] == about.headline)
    values = figures[chosen & (figures["window"] == Window.QUARTER.value)].set_index("period")["value"]
    series = about.headline_series
    quarters = [str(quarter) for quarter in collection.period.back(LAST_SHOWN)]
    told = [f"{value:.{series.decimals}f}" if pd.notna(value) else ".." for value in values.reindex(quarters)]
    lines = [f"The last {LAST_SHOWN} quarters ({escape(series.unit)}, rates on mid-{edition}): {', '.join(told)}"]
    tested = values.reindex([str(quarter) for quarter in collection.period.back(QUARTERS_TESTED)])
    before, latest = tested.iloc[:-1].median(), tested.iloc[-1]
    if pd.notna(latest) and before > 0:
        # What somebody sees who looks at the figures: the answers below reckon with more than that.
        lines.append(f"This quarter is {latest / before - 1:+.0%} on the middle one of the quarters before.")
    return "\n".join(lines)


def _figures(row: dict[Hashable, Any], tier: Tier) -> list[str]:
    of_chance = "no part of the quarter's list" if pd.isna(row["q"]) else chance_words(row["q"])
    return [
        f"{change_words(tier, float(row['change']))}. Expected: its own pattern, what lasts of the swing of the "
        "quarters before, and the region's move.",
        f"That is {abs(row['statistic']):.1f} standard errors: of chance, of how much this series swings, and of how "
        f"restless this authority is. Chance alone goes as far {chance_words(row['p'])} of the time.",
        f"A prompt has a q of {FALSE_SHARE:.0%} or less (the share of chance among all that is as unusual); this: "
        f"{of_chance}. That is an average, and too hopeful where little has moved: {OF_CHANCE[tier]}.",
        f"{power_words(float(row['smallest']), tier)} Figures: {int(row['quarters'])} quarters.",
    ]
