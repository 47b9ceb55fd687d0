"""What stands out in a quarter, as internal pages tell it: stories, and each reading with the numbers behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.reference.indicators import Indicator
from analysis.reference.model import Record
from analysis.signals.schema import PROMPTS, Reading
from analysis.signals.stories import Story, Telling
from analysis.signals.tiers import Tier
from analysis.views.evidence import Evidence, records
from analysis.views.readings import Shade, beneath, change_words, sentence, shade, word

TESTED = (*PROMPTS, Reading.QUERIED, Reading.QUIET, Reading.TOO_FEW)


class TierReading(Record):
    """The answer to one question about one indicator, and the numbers behind it."""

    test: str
    """Of `signals.tiers.Tier`."""
    reading: str
    """Of `signals.schema.Reading`."""
    word: str
    beneath: str
    """The change of a prompt; otherwise what change would have shown. Empty where nothing was tested."""
    shade: Shade
    change: float | None
    """Relative, as `signals.readings.read_signals` has it."""
    p: float | None
    q: float | None


class IndicatorReadings(Record):
    """All questions about one indicator, in the order of the tiers."""

    number: int
    title: str
    tiers: tuple[TierReading, ...]


class Prompt(Record):
    """One series of a story in words."""

    number: int
    title: str
    change: str
    sentence: str


class StoryTold(Record):
    """What one authority is asked about once."""

    authority: str
    name: str
    title: str
    """Of what moves together; empty for an indicator that stands alone."""
    prompts: tuple[Prompt, ...]
    """The least likely by chance first."""
    with_it: tuple[Prompt, ...]
    """Moved as well, and no prompts by themselves."""


class StandsOut(Record):
    """The prompts of a quarter, of one authority or of a region, and how much was looked at without one."""

    stories: tuple[StoryTold, ...]
    queried: tuple[str, ...]
    """What is held back by an open query: `2 Re-referrals`, of a region with the name before it."""
    looked_at: int
    """How many readings there are: three questions about each indicator."""
    prompts: int
    held_back: int
    quiet: int
    too_few: int
    not_tested: int
    unexplained: tuple[str, ...] = ()
    """Prompts that the authority has said nothing about, named as in `queried` (S1 7)."""


def stands_out(evidence: Evidence, authorities: Iterable[str], *, named: bool = False) -> StandsOut:
    """What stands out of some authorities; internal views only, since the others' figures are in every reading.

    Parameters
    ----------
    named
        Whether a held-back reading says whose it is.
    """
    codes = set(authorities)
    rows = evidence.signals[evidence.signals["authority"].isin(codes)]
    counts = Counter(rows["reading"])
    listed = _by_series(evidence)
    queried = rows[rows["reading"] == Reading.QUERIED].drop_duplicates(["authority", "series"])
    held = [
        (evidence.name(str(code)), listed[str(series)])
        for code, series in zip(queried["authority"], queried["series"], strict=True)
    ]
    told = (_told(evidence, story, listed) for story in evidence.stories if story.authority in codes)
    unexplained = {
        (evidence.name(story.authority), listed[one.series])
        for story in evidence.stories
        for one in story.prompts
        if story.authority in codes and not _explained(evidence, story.authority, listed[one.series])
    }
    return StandsOut(
        stories=tuple(sorted(told, key=lambda story: story.name)),
        queried=_lines(held, named=named),
        unexplained=_lines(unexplained, named=named),
        looked_at=len(rows),
        prompts=sum(counts[reading] for reading in PROMPTS),
        held_back=counts[Reading.QUERIED],
        quiet=counts[Reading.QUIET],
        too_few=counts[Reading.TOO_FEW],
        not_tested=len(rows) - sum(counts[reading] for reading in TESTED),
    )


def _lines(about: Iterable[tuple[str, Indicator]], *, named: bool) -> tuple[str, ...]:
    return tuple(
        f"{name}: {_numbered(one)}" if named else _numbered(one)
        for name, one in sorted(about, key=lambda item: (item[0], item[1].number))
    )


def _explained(evidence: Evidence, authority: str, indicator: Indicator) -> bool:
    return any(not one.recording for one in evidence.remarks_on(authority, indicator.id))


def readings_of(evidence: Evidence, authority: str) -> tuple[IndicatorReadings, ...]:
    """Every reading of one authority, by indicator."""
    rows = records(evidence.signals[evidence.signals["authority"] == authority])
    found = {(str(row["series"]), str(row["test"])): row for row in rows}
    return tuple(
        IndicatorReadings(
            number=indicator.number,
            title=indicator.title,
            tiers=tuple(_reading(found[(indicator.headline, tier.value)], tier, indicator) for tier in Tier),
        )
        for indicator in evidence.indicators
    )


def _reading(row: Mapping[str, object], tier: Tier, indicator: Indicator) -> TierReading:
    reading = Reading(str(row["reading"]))
    numbers = {name: float(str(row[name])) for name in ("change", "p", "q", "smallest")}
    return TierReading(
        test=tier.value,
        reading=reading.value,
        word=word(tier, reading),
        beneath=beneath(tier, reading, numbers["change"], numbers["smallest"]),
        shade=shade(reading, indicator.polarity),
        **{name: None if pd.isna(numbers[name]) else numbers[name] for name in ("change", "p", "q")},
    )


def _told(evidence: Evidence, story: Story, listed: Mapping[str, Indicator]) -> StoryTold:
    return StoryTold(
        authority=story.authority,
        name=evidence.name(story.authority),
        title=story.title,
        prompts=tuple(prompt_of(one, listed[one.series]) for one in story.prompts),
        with_it=tuple(prompt_of(one, listed[one.series]) for one in story.with_it),
    )


def prompt_of(told: Telling, indicator: Indicator) -> Prompt:
    """One series of a story in words."""
    tier = Tier(told.test)
    return Prompt(
        number=indicator.number,
        title=indicator.title,
        change=change_words(tier, told.change),
        sentence=sentence(tier, Reading(told.reading), indicator.polarity),
    )


def _by_series(evidence: Evidence) -> dict[str, Indicator]:
    return {indicator.headline: indicator for indicator in evidence.indicators}


def _numbered(indicator: Indicator) -> str:
    return f"{indicator.number} {indicator.title}"
