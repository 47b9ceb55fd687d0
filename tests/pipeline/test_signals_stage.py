"""From indicators to readings: what is planted is told, what is asked about is held back, what is short is not read."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from analysis.config import Workspace
from analysis.indicators.rates import on_edition
from analysis.pipeline.collection import MADE_UP, Collection
from analysis.reference.changes.breaks import Break
from analysis.reference.indicators import Polarity
from analysis.reference.periods import Quarter
from analysis.reference.populations import edition_for
from analysis.reference.regions import regions
from analysis.signals.artefacts import hold_back
from analysis.signals.readings import panels_of, read_signals
from analysis.signals.schema import PROMPTS, Reading
from analysis.signals.tiers import Tier
from analysis.views.readings import power_words, sentence

PERIOD = Quarter(2025, 2)
CODES = regions()["south-east"].everyone
SLIP = ("867", "A03-rate", "new")
"""The made-up returns have a digit too many in this one (`tests/synthetic/test_made_up_truths.py`)."""


@pytest.fixture(scope="module")
def collection(made_up_workspace):
    return Collection(Workspace(made_up_workspace), MADE_UP, regions()["south-east"], PERIOD)


@pytest.fixture(scope="module")
def figures(collection):
    return on_edition(collection.indicators, collection.registry, collection.populations, edition_for(PERIOD))


def read(collection, figures, breaks=()):
    return read_signals(panels_of(figures, collection.indicator_list, CODES, PERIOD, breaks))


@pytest.fixture(scope="module")
def before_queries(collection, figures):
    return read(collection, figures).set_index(["authority", "series", "test"])


def test_every_headline_of_every_authority_has_one_reading_a_tier(collection):
    keys = collection.signals[["authority", "series", "test"]].apply(tuple, axis=1)
    headlines = [one.headline for one in collection.indicator_list]
    assert sorted(keys) == sorted(product(CODES, headlines, [tier.value for tier in Tier]))
    assert set(collection.signals["period"]) == {str(PERIOD)}


def test_a_digit_too_many_is_found_and_is_asked_about_before_anything_is_read_into_it(collection, before_queries):
    assert before_queries.loc[SLIP, "reading"] == Reading.HIGHER
    # 8.8 times more than its own pattern: ten times, in a quarter in which the others are lower than usual.
    assert 7 < before_queries.loc[SLIP, "change"] < 11
    after = collection.signals.set_index(["authority", "series", "test"])
    assert after.loc[SLIP, "reading"] == Reading.QUERIED
    assert after.loc[SLIP, "p"] == before_queries.loc[SLIP, "p"]


def test_only_prompts_about_queried_figures_are_held_back(collection, before_queries):
    signals = before_queries.reset_index()
    nothing = collection.findings.iloc[:0]
    pd.testing.assert_frame_equal(hold_back(signals, nothing, collection.registry, PERIOD), signals)
    answered = collection.findings.assign(severity="note")
    pd.testing.assert_frame_equal(hold_back(signals, answered, collection.registry, PERIOD), signals)
    held = hold_back(signals, collection.findings, collection.registry, PERIOD)
    assert signals["reading"][held["reading"] == Reading.QUERIED].isin(PROMPTS).all()


def test_nothing_before_a_break_is_part_of_a_pattern(collection, figures, before_queries):
    change = Break(authority="825", indicator="A05", first=PERIOD.shift(-9), before="as before", after="as since")
    signals = read(collection, figures, (change,)).set_index(["authority", "series", "test"])
    for tier, reading in ((Tier.SUSTAINED, Reading.TOO_SHORT), (Tier.DRIFT, Reading.TOO_SHORT)):
        assert signals.loc[("825", "A05-rate", tier), "reading"] == reading
        assert np.isnan(signals.loc[("825", "A05-rate", tier), "p"])
    assert signals.loc[("825", "A05-rate", "new"), "quarters"] == 10
    assert not np.isnan(signals.loc[("825", "A05-rate", "new"), "p"])
    assert (
        signals.loc[("825", "A06-rate", "new"), "quarters"]
        == before_queries.loc[("825", "A06-rate", "new"), "quarters"]
    )


def test_a_newer_population_is_no_step(collection, figures):
    """The same counts with every population of the last two years a tenth larger."""
    larger = collection.populations.assign(
        population=collection.populations["population"].where(
            collection.populations["mid_year"] < 2023, lambda x: x * 1.1
        )
    )
    moved = on_edition(collection.indicators, collection.registry, larger, edition_for(PERIOD))
    as_it_was = read(collection, figures)
    assert read(collection, moved)["reading"].tolist() == as_it_was["reading"].tolist()


def test_a_region_of_four_is_told_that_nobody_knows_what_is_common(collection, figures):
    held = panels_of(figures, collection.indicator_list, CODES[:4], PERIOD)
    assert set(read_signals(held)["reading"]) == {Reading.FEW_AUTHORITIES}


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("reading", Reading)
@pytest.mark.parametrize("polarity", Polarity)
def test_every_reading_has_a_sentence_that_blames_nobody(tier, reading, polarity):
    words = sentence(tier, reading, polarity)
    assert words[0].isupper()
    assert words.endswith(".")
    assert ("1 in 10" in words) == (reading in PROMPTS)
    assert not any(
        word in words.lower() for word in ("worst", "fail", "poor", "bad ", "case", "verdict", "significant")
    )
    if polarity is Polarity.NEUTRAL:
        assert "better" not in words


def test_polarity_decides_the_words_and_nothing_else(collection, figures, before_queries):
    turned = [one.model_copy(update={"polarity": Polarity.BETTER_LOW}) for one in collection.indicator_list]
    other = read_signals(panels_of(figures, turned, CODES, PERIOD)).set_index(["authority", "series", "test"])
    pd.testing.assert_frame_equal(other, before_queries)


def test_what_could_have_been_found_is_said():
    assert power_words(0.35) == "A change of 35% would be found four times in five."
    assert "mostly not be found" in power_words(np.inf)
