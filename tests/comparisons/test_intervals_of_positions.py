"""Intervals in the comparisons: of whom, with which swings, and where there is none."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from analysis.comparisons.compare import compare
from analysis.comparisons.intervals import interval_of_each
from analysis.comparisons.published import published_comparisons
from analysis.comparisons.snapshot import Snapshot
from analysis.comparisons.swings import swings
from analysis.indicators.compute import compute_indicators
from analysis.reference.changes.breaks import Break
from analysis.reference.indicators import Series
from analysis.reference.neighbours import neighbours
from analysis.reference.periods import Quarter
from analysis.reference.populations import population_frame
from analysis.reference.published import published_figures
from analysis.reference.regions import regions
from analysis.reference.registry import registry
from analysis.uncertainty.positions import position_intervals

LATEST = Quarter.parse("2025-26-Q2")
SOUTH_EAST = regions()["south-east"]
MEASURES = ("referrals", "re_referrals", "assessments", "assessments_45_days", "s47_enquiries", "cla_at_end")
SWING = 0.2
RATE = Series(
    id="A01-rate", kind="rate", label="", numerator="x", denominator="n", multiplier=10_000, unit="", decimals=1
)


@cache
def counts(quarters: int = 16, seed: int = 4) -> pd.DataFrame:
    """Referrals that swing by 0.2 of the logarithm; a part of each count for the percentages."""
    chance = np.random.default_rng(seed)
    members = SOUTH_EAST.members
    children = population_frame().query("mid_year == 2024").set_index("authority")["population"]
    rows = []
    for period in LATEST.back(quarters):
        for code in members:
            level = 0.012 * np.exp(0.25 * np.sin(int(code)))
            referrals = chance.poisson(children[code] * level * np.exp(chance.normal(0, SWING)))
            share = chance.binomial(referrals, 0.2)
            made = dict.fromkeys(MEASURES, referrals) | {"re_referrals": share}
            rows += [(code, str(period), measure, float(value), "given") for measure, value in made.items()]
    return pd.DataFrame(rows, columns=["authority", "period", "measure", "value", "status"])


@cache
def figures(quarters: int = 16) -> pd.DataFrame:
    return compute_indicators(counts(quarters), registry(), population_frame())


def compared(table: pd.DataFrame) -> pd.DataFrame:
    return compare(
        table,
        registry(),
        SOUTH_EAST,
        period=LATEST,
        populations=population_frame(),
        published=published_figures(),
        neighbours=neighbours("2025"),
        edition="2025",
    ).set_index(["authority", "series", "group"])


@cache
def baseline() -> pd.DataFrame:
    return compared(figures())


def test_swings_are_found_as_large_as_they_were_made() -> None:
    found = swings(figures(), registry(), SOUTH_EAST.members, LATEST)
    assert found["A01"] == pytest.approx(SWING, rel=0.15)
    assert found["A02"] < 0.03, "parts of a whole were drawn with no swing"
    assert np.isnan(found["A16"]), "nobody sent days"


def test_swings_come_from_the_longest_history_that_is_to_be_had() -> None:
    full = swings(figures(), registry(), SOUTH_EAST.members, LATEST)["A01"]
    twelve = swings(figures(12), registry(), SOUTH_EAST.members, LATEST)["A01"]
    assert twelve != full
    assert twelve == pytest.approx(SWING, rel=0.25)
    assert np.isnan(swings(figures(7), registry(), SOUTH_EAST.members, LATEST)["A01"])


def test_a_missing_quarter_leaves_its_authority_out_of_the_swings() -> None:
    table = figures()
    hole = (table["authority"] == "825") & (table["period"] == "2023-24-Q1")
    without = table.assign(status=table["status"].mask(hole, "not_submitted"))
    others = [code for code in SOUTH_EAST.members if code != "825"]
    found = swings(without, registry(), SOUTH_EAST.members, LATEST)
    assert found["A01"] == swings(table, registry(), others, LATEST)["A01"]


def test_swings_are_of_one_definition() -> None:
    """Everybody's changed eight quarters ago: what lies before is another series."""
    changed = [
        Break(authority=code, indicator="A01", first=LATEST.shift(-7), before="", after="")
        for code in SOUTH_EAST.members
    ]
    found = swings(figures(), registry(), SOUTH_EAST.members, LATEST, changed)
    recent = figures()[figures()["period"].isin([str(one) for one in LATEST.back(8)])]
    assert found["A01"] == swings(recent, registry(), SOUTH_EAST.members, LATEST)["A01"]
    assert found["A06"] == swings(figures(), registry(), SOUTH_EAST.members, LATEST)["A06"]


def test_the_region_s_intervals_are_those_of_its_counts_and_swings() -> None:
    table = figures()
    rows = table[
        (table["series"] == "A01-rate") & (table["window"] == "quarter") & (table["period"] == str(LATEST))
    ].set_index("authority")
    noise = swings(table, registry(), SOUTH_EAST.everyone, LATEST)["A01"]
    expected = position_intervals(rows["numerator"], rows["denominator"], "rate", highest_first=True, noise_sd=noise)
    here = baseline().xs(("A01-rate", "region"), level=("series", "group")).reindex(rows.index)
    assert here["rank_low"].tolist() == expected.low.astype(int).tolist()
    assert here["rank_high"].tolist() == expected.high.astype(int).tolist()
    assert set(here["interval"]) == {"swings"}


def test_every_position_is_inside_its_interval_and_every_interval_inside_its_group() -> None:
    placed = baseline()[baseline()["rank_low"].notna()]
    assert len(placed) > 200
    assert (placed["rank_low"] >= 1).all()
    assert (placed["rank_low"] <= placed["rank"]).all()
    assert (placed["rank"] <= placed["rank_high"]).all()
    assert (placed["rank_high"] <= placed["n"]).all()


def test_a_history_that_is_too_short_leaves_intervals_of_chance_alone() -> None:
    short = compared(figures(7)).xs(("A01-rate", "region"), level=("series", "group"))
    assert set(short["interval"]) == {"sampling"}
    with_swings = baseline().xs(("A01-rate", "region"), level=("series", "group"))
    width = {name: (one["rank_high"] - one["rank_low"]).mean() for name, one in (("s", short), ("w", with_swings))}
    assert width["s"] < 0.6 * width["w"]


def test_published_figures_without_counts_have_no_interval() -> None:
    """DfE publishes assessments in 45 days as a percentage alone."""
    among = baseline().xs("england", level="group")
    assessed = among.xs("A04-percent", level="series")
    assert assessed["rank"].notna().all()
    assert assessed["rank_low"].isna().all()
    assert set(assessed["interval"]) == {""}
    enquiries = among.xs("A06-rate", level="series")
    assert enquiries["rank_low"].notna().all(), "a rate and its population tell the count"


def test_public_positions_have_intervals_of_chance_alone() -> None:
    """Nothing unpublished tells how far figures swing."""
    table = published_comparisons(published_figures(), registry(), SOUTH_EAST, 2025, neighbours("2025"), "2025")
    assert set(table.loc[table["rank_low"].notna(), "interval"]) == {"sampling"}
    looked_after = table[(table["series"] == "A12-rate") & (table["group"] == "england")].set_index("authority")
    wide = looked_after["rank_high"] - looked_after["rank_low"]
    # Of a few thousand in Kent chance is a smaller part than of some two hundred on the Isle of Wight.
    assert wide["886"] <= wide["921"]
    assert (wide < 40).all()


def snapshot(numerator: list[float], denominator: list[float], value: list[float]) -> Snapshot:
    codes = tuple("abcdefghijkl"[: len(value)])
    status = np.array(["given"] * len(value), dtype=object)
    return Snapshot(codes, *(np.array(part, dtype=float) for part in (numerator, denominator, value)), status)


def intervals(
    own: Snapshot, figures: Snapshot, rank: list[float], series: Series = RATE
) -> tuple[list[float], list[float]]:
    others = np.array([[code != subject for code in figures.authorities] for subject in own.authorities])
    low, high = interval_of_each(own, figures, others, np.array(rank), series, highest_first=True, swings=0.1)
    return low.tolist(), high.tolist()


NUMERATOR, DENOMINATOR = [60.0, 40.0, 80.0, 50.0, 55.0], [10_000.0, 8_000.0, 9_000.0, 12_000.0, 10_000.0]
VALUE = [10_000 * x / n for x, n in zip(NUMERATOR, DENOMINATOR, strict=True)]
RANK = [2.0, 4.0, 1.0, 5.0, 3.0]


def test_drawing_once_for_a_fixed_group_is_drawing_for_each() -> None:
    whole = snapshot(NUMERATOR, DENOMINATOR, VALUE)
    low, high = intervals(whole, whole, RANK)
    expected = position_intervals(NUMERATOR, DENOMINATOR, "rate", highest_first=True, noise_sd=0.1)
    assert (low, high) == (expected.low.tolist(), expected.high.tolist())


def test_an_own_figure_of_another_time_takes_the_place_of_the_own_one_among_the_others() -> None:
    whole = snapshot(NUMERATOR, DENOMINATOR, VALUE)
    newer = snapshot([90.0, *NUMERATOR[1:]], DENOMINATOR, [90.0, *VALUE[1:]])
    low, high = intervals(newer, whole, [1.0, *RANK[1:]])
    expected = position_intervals([90.0, *NUMERATOR[1:]], DENOMINATOR, "rate", highest_first=True, noise_sd=0.1)
    assert (low[0], high[0]) == (expected.low[0], expected.high[0])


def test_a_count_that_is_not_published_follows_from_its_rate() -> None:
    none = float("nan")
    whole = snapshot(NUMERATOR, DENOMINATOR, VALUE)
    without = snapshot([*NUMERATOR[:4], none], DENOMINATOR, VALUE)
    assert intervals(whole, without, RANK) == intervals(whole, whole, RANK)


def test_a_size_that_is_not_known_is_the_median_unless_most_are_not() -> None:
    none = float("nan")
    whole = snapshot(NUMERATOR, DENOMINATOR, VALUE)
    one_lacks = snapshot([*NUMERATOR[:4], none], [*DENOMINATOR[:4], none], VALUE)
    low, high = intervals(whole, one_lacks, RANK)
    assert not np.isnan([low[0], high[0]]).any()
    most_lack = snapshot([60.0, none, none, none, 55.0], [10_000.0, none, none, none, 10_000.0], VALUE)
    low, high = intervals(whole, most_lack, RANK)
    assert np.isnan([low[0], high[0]]).all()
    own_lacks = snapshot([none, *NUMERATOR[1:]], [none, *DENOMINATOR[1:]], VALUE)
    assert np.isnan(intervals(own_lacks, whole, RANK)[0][0])


def test_an_interval_is_extended_to_the_position_as_printed() -> None:
    """Rounded figures may tie where the counts do not: the printed position may be a better one."""
    many = [1000.0, 2000.0, 3000.0, 4000.0, 5000.0]
    children = [100_000.0] * 5
    whole = snapshot(many, children, [10_000 * x / 100_000 for x in many])
    low, high = interval_of_each(
        whole,
        whole,
        ~np.eye(5, dtype=bool),
        np.array([1.0, 4.0, 3.0, 2.0, 1.0]),
        RATE,
        highest_first=True,
        swings=0.0,
    )
    assert (low[0], high[0]) == (1.0, 5.0)


def test_numbers_and_those_without_a_position_have_no_interval() -> None:
    whole = snapshot(NUMERATOR, DENOMINATOR, VALUE)
    low, high = intervals(whole, whole, [float("nan"), *RANK[1:]])
    assert np.isnan([low[0], high[0]]).all()
    number = RATE.model_copy(update={"kind": "number"})
    assert np.isnan(intervals(whole, whole, RANK, number)).all()


def test_the_order_of_authorities_is_no_difference() -> None:
    table = figures()
    turned = compared(table.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(turned.sort_index(), baseline().sort_index())
