"""From indicators to readings: what is planted is told, what is asked about is held back, what is short is not read."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from analysis.config import Workspace
from analysis.indicators.rates import on_edition
from analysis.pipeline.charts import funnel_of
from analysis.pipeline.collection import MADE_UP, Collection
from analysis.reference.changes.breaks import Break
from analysis.reference.indicators import Polarity
from analysis.reference.periods import Quarter
from analysis.reference.populations import edition_for
from analysis.reference.regions import regions
from analysis.returns.rules.query_budget import BEYOND
from analysis.signals.artefacts import asked_about, queried
from analysis.signals.readings import panels_of, read_signals, without_asked
from analysis.signals.schema import PROMPTS, Reading
from analysis.signals.tiers import Tier
from analysis.views.readings import IN_TEN, power_words, sentence

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
    assert np.isnan(after.loc[SLIP, "p"]), "it is taken out before anything is reckoned"


def test_a_slip_that_is_being_asked_about_has_no_say_in_the_readings_of_others(collection, figures):
    """The readings are those of a quarter in which the slip had never come."""
    slip = (figures["authority"] == SLIP[0]) & (figures["series"] == SLIP[1]) & (figures["period"] == str(PERIOD))
    without = figures.assign(status=figures["status"].mask(slip, "not_submitted"))
    asked = asked_about(collection.findings, collection.registry)
    for table in (figures, without):
        assert table["status"][slip & (table["window"] == "quarter")].tolist() == (
            ["given"] if table is figures else ["not_submitted"]
        )
    readings = [
        read_signals(without_asked(panels_of(table, collection.indicator_list, CODES, PERIOD), asked))
        for table in (figures, without)
    ]
    pd.testing.assert_frame_equal(*readings)
    others = collection.signals["authority"] != SLIP[0]
    # Cells that are asked about are no part of the family, by whose size a prompt is told.
    family = ["reading", "q", "smallest"]
    kept = collection.signals[others].drop(columns=family)
    pd.testing.assert_frame_equal(kept, readings[1][others].drop(columns=family))


def cells(collection, findings):
    held = panels_of(collection.indicators, collection.indicator_list, CODES, PERIOD)
    return held, queried(findings, collection.registry, held.names, CODES, PERIOD)


def test_what_is_held_back_is_what_is_asked_about_and_nothing_that_was_answered(collection):
    held, found = cells(collection, collection.findings)
    assert found[Tier.NEW][held.names.index("A03-rate"), CODES.index("867")]
    for findings in (collection.findings.iloc[:0], collection.findings.assign(severity="note", seen="answered")):
        assert not any(mask.any() for mask in cells(collection, findings)[1].values())


def test_a_query_about_a_whole_return_is_about_each_of_its_figures(collection):
    one = {"rule": "copied_return", "severity": "query", "authority": "825", "period": str(PERIOD), "measure": ""}
    held, found = cells(collection, pd.DataFrame([one | {"seen": "as last quarter"}]))
    assert found[Tier.NEW][:, CODES.index("825")].all()
    assert found[Tier.NEW].sum() == len(held.names)


def test_a_query_without_room_is_open_and_a_missing_figure_is_none(collection):
    row = {"severity": "note", "authority": "825", "period": str(PERIOD), "measure": "referrals"}
    beyond = pd.DataFrame([row | {"rule": "jump", "seen": f"twice as many ({BEYOND})"}])
    assert cells(collection, beyond)[1][Tier.NEW].any()
    missing = pd.DataFrame([row | {"rule": "missing_measure", "severity": "query", "seen": "nothing"}])
    assert not cells(collection, missing)[1][Tier.NEW].any()


def test_slips_of_one_return_prompt_nobody_else(collection, figures):
    """Twelve ten-fold slips, which are asked about: what is left is no likelier to be a prompt than without them."""
    slipped = figures.copy()
    bad = (slipped["authority"] == "936") & (slipped["period"] == str(PERIOD)) & (slipped["window"] == "quarter")
    slipped.loc[bad, "numerator"] *= 10
    held = panels_of(slipped, collection.indicator_list, CODES, PERIOD)
    asked = {tier: np.zeros((len(held.names), len(CODES)), dtype=bool) for tier in Tier}
    for mask in asked.values():
        mask[:, CODES.index("936")] = True
    told = read_signals(held, asked).query("authority != '936' and test == 'new'").set_index(["authority", "series"])
    calm = read(collection, figures).query("authority != '936' and test == 'new'").set_index(["authority", "series"])
    added = told["reading"].isin(PROMPTS) & ~calm["reading"].isin(PROMPTS)
    assert not added.any()
    assert told["q"].notna().sum() > 250


def test_a_quarter_of_which_two_have_reported_is_not_read(collection, figures):
    draft = figures[(figures["period"] != str(PERIOD)) | figures["authority"].isin(["825", "921"])]
    new = read(collection, draft).query("test == 'new'")
    assert set(new["reading"]) == {Reading.FEW_AUTHORITIES}


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
    assert ("between {} and {} in 10".format(*IN_TEN[tier]) in words) == (reading in PROMPTS)
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
    assert power_words(0.35, Tier.NEW) == (
        "A change of 35% would be asked about four times in five, though it were the only one."
    )
    assert "from the first quarter to the last" in power_words(0.35, Tier.DRIFT)
    assert power_words(np.inf, Tier.NEW).startswith("No change")


def test_a_query_about_a_quarter_is_about_the_twelve_months_of_a_funnel(collection):
    """Kent is asked about its adopted children of three quarters ago: they are in its 12 months."""
    indicator = collection.registry.indicators["A15"]
    row = {"rule": "jump", "severity": "query", "authority": "886", "measure": "adopted", "seen": "", "line": None}
    fresh = collection.afresh()
    for back, asked in ((3, True), (4, False)):
        fresh.__dict__["findings"] = pd.DataFrame([row | {"period": str(PERIOD.shift(-back))}])
        chart = funnel_of(fresh, indicator)
        assert [one.asked for one in chart.members if one.authority == "886"] == [asked]
