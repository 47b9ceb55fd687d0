"""Prompts of linked series are one story; what only moves with them is told, and is no prompt."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import BadReferenceError
from analysis.reference.registry import registry
from analysis.signals.schema import COLUMNS, Reading
from analysis.signals.stories import links, stories

LISTED = tuple(registry().indicators.values())
HEADLINE = {one.id: one.headline for one in LISTED}


def row(authority, indicator, reading, *, test="new", z=4.0, p=0.0001):
    values = {"authority": authority, "period": "2025-26-Q2", "series": HEADLINE[indicator], "test": test}
    numbers = {"change": z / 10, "statistic": z, "p": p, "q": p, "smallest": 0.3, "quarters": 20}
    return values | numbers | {"reading": reading}


def told(*rows):
    return stories(pd.DataFrame(list(rows))[COLUMNS], LISTED, links())


def test_seven_prompts_about_one_front_door_are_one_story_that_the_least_likely_leads():
    several = ("A01", "A03", "A05", "A06", "A08", "A09", "A10")
    rows = [row("825", one, Reading.HIGHER, p=0.001 / (place + 1)) for place, one in enumerate(several)]
    [story] = told(*rows)
    assert [one.series for one in story.prompts] == [HEADLINE[one] for one in reversed(several)]
    assert story.title == "From referral to child protection plan"
    assert story.with_it == ()


def test_series_that_are_not_linked_and_other_authorities_are_stories_of_their_own():
    rows = [row("825", "A01", Reading.HIGHER), row("825", "A12", Reading.LOWER), row("921", "A01", Reading.HIGHER)]
    assert [(one.authority, len(one.prompts)) for one in told(*rows)] == [("825", 1), ("825", 1), ("921", 1)]


def test_what_moves_with_a_prompt_by_the_same_question_is_told_and_nothing_else_is():
    rows = [
        row("825", "A01", Reading.HIGHER),
        row("825", "A03", Reading.QUIET, z=2.5, p=0.02),
        row("825", "A06", Reading.QUIET, z=-1.9, p=0.06),
        row("825", "A08", Reading.QUIET, z=3.0, p=0.01, test="sustained"),
        row("825", "A12", Reading.QUIET, z=2.9, p=0.01),
        row("921", "A03", Reading.QUIET, z=2.9, p=0.01),
        row("825", "A05", Reading.QUERIED, z=9.0, p=1e-9),
    ]
    [story] = told(*rows)
    assert [one.series for one in story.with_it] == [HEADLINE["A03"]]


def test_an_indicator_of_a_regions_own_is_a_story_of_its_own():
    own = LISTED[0].model_copy(update={"id": "SE1", "headline": "SE1-rate"})
    rows = pd.DataFrame([row("825", "A01", Reading.HIGHER), row("825", "A01", Reading.HIGHER) | {"series": "SE1-rate"}])
    found = stories(rows[COLUMNS], [*LISTED, own], links())
    assert sorted(one.title for one in found) == ["", "From referral to child protection plan"]


def test_a_quarter_without_prompts_has_no_story():
    assert told(row("825", "A01", Reading.QUIET)) == ()


def test_every_agreed_indicator_is_in_one_list_and_every_list_is_of_agreed_indicators():
    named = [indicator for link in links() for indicator in link.indicators]
    assert sorted(named) == sorted(HEADLINE)


def test_an_indicator_in_two_lists_is_refused_by_name_and_line(tmp_path):
    path = tmp_path / "links.yml"
    one = "- {id: a, title: A story, why: they move together, indicators: [A01, A02]}\n"
    path.write_text(one + one.replace("id: a", "id: b"), encoding="utf-8")
    with pytest.raises(BadReferenceError, match="in more than one list, and an indicator is in one story: A01, A02"):
        links(path)
