"""One story for what moves together: an authority is asked once about its front door, and not seven times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self

import pandas as pd
from pydantic import RootModel, model_validator

from analysis.reference.indicators import Indicator
from analysis.reference.model import Record
from analysis.reference.yaml_file import read_yaml
from analysis.signals.schema import PROMPTS, Reading

FILE = Path(__file__).with_name("links.yml")
MOVES_WITH = 2.0
"""Standard errors from which on a linked series is told to have moved as well. It is no prompt by that."""
SILENT = (Reading.QUIET,)
"""Readings that could have told, and found nothing. Of what is too few to say, nothing is said here either."""


class Link(Record):
    """Indicators that move together."""

    id: str
    title: str
    why: str
    indicators: tuple[str, ...]


class Links(RootModel[tuple[Link, ...]]):
    """`links.yml`: a list."""

    @model_validator(mode="after")
    def _once(self) -> Self:
        named = [indicator for link in self.root for indicator in link.indicators]
        twice = {indicator for indicator in named if named.count(indicator) > 1}
        if twice:
            raise ValueError(f"in more than one list, and an indicator is in one story: {', '.join(sorted(twice))}")
        return self


@dataclass(frozen=True)
class Telling:
    """One series in a story."""

    series: str
    test: str
    reading: str
    change: float
    statistic: float
    p: float


@dataclass(frozen=True)
class Story:
    """What one authority is asked about once."""

    authority: str
    title: str
    """Of the link; empty for an indicator that is in none."""
    prompts: tuple[Telling, ...]
    """The least likely first: it leads."""
    with_it: tuple[Telling, ...]
    """Other series of the link that lie two standard errors or more apart by the same question, and are no prompts."""


@cache
def links(path: Path = FILE) -> tuple[Link, ...]:
    """The lists of indicators that move together.

    Raises
    ------
    BadReferenceError
        By name and line, also where an indicator stands in two lists.
    """
    return read_yaml(path, Links).content.root


def stories(signals: pd.DataFrame, listed: Sequence[Indicator], linked: Iterable[Link]) -> tuple[Story, ...]:
    """The prompts of a quarter as stories, by authority; in each the least likely by chance leads.

    Parameters
    ----------
    signals
        As `readings.read_signals`, with what is queried held back.
    listed
        The indicators of the region's list.
    linked
        As `links`.
    """
    of_series = {one.headline: one.id for one in listed}
    of_indicator = {indicator: link for link in linked for indicator in link.indicators}
    rows = signals.assign(
        story=[
            of_indicator[of_series[name]].id if of_series[name] in of_indicator else name for name in signals["series"]
        ]
    )
    titles = {link.id: link.title for link in of_indicator.values()}
    prompts = rows[rows["reading"].isin(PROMPTS)]
    found = []
    for (authority, story), own in prompts.groupby(["authority", "story"]):
        beside = rows[(rows["authority"] == authority) & (rows["story"] == story) & ~rows["series"].isin(own["series"])]
        # Of what is queried nothing is told: the figure may be a slip.
        moves = beside[beside["test"].isin(own["test"]) & beside["reading"].isin(SILENT)]
        moves = moves[moves["statistic"].abs() >= MOVES_WITH].sort_values("p").drop_duplicates("series")
        found.append(Story(str(authority), titles.get(str(story), ""), _told(own), _told(moves)))
    return tuple(sorted(found, key=lambda one: (one.authority, one.prompts[0].p)))


def _told(rows: pd.DataFrame) -> tuple[Telling, ...]:
    ordered = rows.sort_values(["p", "series"])
    columns = (ordered[name].tolist() for name in ("series", "test", "reading", "change", "statistic", "p"))
    return tuple(Telling(*values) for values in zip(*columns, strict=True))
