"""Every authority against its region, its neighbours and England: whom, with which figure, and why not."""

from __future__ import annotations

from functools import cache
from statistics import mean, median

import numpy as np
import pandas as pd
import pytest

from analysis.comparisons.compare import compare
from analysis.comparisons.groups import english_authorities
from analysis.indicators.compute import compute_indicators, rolling_on_edition
from analysis.reference.indicators import Polarity
from analysis.reference.neighbours import neighbours
from analysis.reference.periods import Quarter
from analysis.reference.populations import population_frame
from analysis.reference.published import published_figures
from analysis.reference.regions import Group, Region, regions
from analysis.reference.registry import registry

LATEST = Quarter.parse("2025-26-Q2")
SOUTH_EAST = regions()["south-east"]
KEYS = ["authority", "series", "group"]


@cache
def returns(seed: int = 7) -> pd.DataFrame:
    """Counts of every English authority in five quarters, about as many as there are."""
    random = np.random.default_rng(seed)
    periods = [str(period) for period in LATEST.back(5)]
    index = pd.MultiIndex.from_product(
        [english_authorities(), periods, sorted(registry().measures)], names=["authority", "period", "measure"]
    )
    table = index.to_frame(index=False)
    size = table["authority"].map(
        population_frame().query("mid_year == 2024").set_index("authority")["population"] / 1e4
    )
    return table.assign(value=random.poisson(size * 40) + 1.0, status="given")


def figures(counts: pd.DataFrame) -> pd.DataFrame:
    return compute_indicators(counts, registry(), population_frame())


def of_region(counts: pd.DataFrame, region: Region = SOUTH_EAST) -> pd.DataFrame:
    return counts[counts["authority"].isin(region.everyone)]


def only(counts: pd.DataFrame, *measures: str) -> pd.DataFrame:
    return counts[counts["measure"].isin(measures)]


def missing(counts: pd.DataFrame, *codes: str) -> pd.DataFrame:
    gone = counts["authority"].isin(codes)
    return counts.assign(value=counts["value"].mask(gone), status=counts["status"].mask(gone, "not_submitted"))


def placed(
    counts: pd.DataFrame,
    region: Region = SOUTH_EAST,
    period: Quarter = LATEST,
    edition: str = "2025",
    exchange: pd.DataFrame | None = None,
) -> pd.DataFrame:
    table = compare(
        figures(of_region(counts, region)),
        registry(),
        region,
        period=period,
        populations=population_frame(),
        published=published_figures(),
        neighbours=neighbours(edition),
        edition=edition,
        exchange=None if exchange is None else figures(exchange),
    )
    assert table["rank"].isna().equals(table["reason"] != "")
    return table.set_index(KEYS).sort_index()


@cache
def baseline() -> pd.DataFrame:
    """Everybody sent everything; no cross-regional file."""
    return placed(returns())


@cache
def exchanged() -> pd.DataFrame:
    """The same with a cross-regional file of all England."""
    return placed(returns(), exchange=returns())


def headline(table: pd.DataFrame, series: str, window: str, period: Quarter = LATEST) -> dict[str, float]:
    rows = table[(table["series"] == series) & (table["window"] == window) & (table["period"] == str(period))].dropna(
        subset="value"
    )
    return dict(zip(rows["authority"], rows["value"], strict=True))


def published(indicator: str, year: int) -> dict[str, float]:
    rows = published_figures()
    rows = rows[(rows["indicator"] == indicator) & (rows["level"] == "authority") & (rows["year"] == year)]
    return dict(zip(rows["area"], rows["value"], strict=True))


def position(own: float, others: list[float], polarity: Polarity) -> int:
    better = [x for x in others if (x < own if polarity is Polarity.BETTER_LOW else x > own)]
    return 1 + len(better)


def test_the_region_is_the_members_who_reported_in_the_collection() -> None:
    counts = missing(returns(), "867", "936")
    table, every = placed(counts), figures(of_region(counts))
    for indicator in registry().indicators.values():
        values = headline(every, indicator.headline, indicator.window.value)
        series = registry().series(indicator.headline)
        rows = every[
            (every["series"] == series.id)
            & (every["window"] == indicator.window.value)
            & (every["period"] == str(LATEST))
            & every["value"].notna()
        ]
        for code in SOUTH_EAST.members:
            row = table.loc[(code, indicator.headline, "region")]
            assert (row["n"], row["n_missing"], row["provenance"]) == (17, 2, "collection")
            assert row["mean"] == pytest.approx(mean(values.values()))
            assert row["median"] == pytest.approx(median(values.values()))
            pooled = rows["numerator"].sum() / rows["denominator"].sum() * series.multiplier
            assert row["pooled"] == pytest.approx(pooled)
            if code in ("867", "936"):
                assert row["reason"] == "no_figure"
            else:
                assert row["rank"] == position(values[code], list(values.values()), indicator.polarity)
                assert row["own_value"] == values[code]


def test_who_joined_from_outside_sees_the_region_and_is_not_counted_in_it() -> None:
    joined = SOUTH_EAST.model_copy(update={"outside_members": ("888",)})
    counts = only(returns(), "referrals")
    with_it, without = placed(counts, joined), placed(counts)
    row = with_it.loc[("888", "A01-rate", "region")]
    assert (row["reason"], row["n"], row["n_missing"]) == ("not_in_rank_set", 19, 0)
    assert row["own_value"] > 0
    assert with_it.loc[("888", "A01-rate", "england"), "reason"] == ""
    for group in ("region", "neighbours", "england"):
        pd.testing.assert_series_equal(with_it.loc[("825", "A01-rate", group)], without.loc[("825", "A01-rate", group)])


def test_changing_places_changes_the_positions_with_the_figures() -> None:
    swap = dict(zip(SOUTH_EAST.members, (*SOUTH_EAST.members[5:], *SOUTH_EAST.members[:5]), strict=True))
    counts = of_region(returns())
    counts = only(counts, "referrals", "re_referrals")
    moved = counts.assign(authority=counts["authority"].map(swap))
    before, after = placed(counts), placed(moved)
    for old, new in swap.items():
        old_row, new_row = before.loc[(old, "A02-percent", "region")], after.loc[(new, "A02-percent", "region")]
        numbers = ["rank", "mean", "median", "pooled", "own_value"]
        assert old_row[numbers].tolist() == pytest.approx(new_row[numbers].tolist(), rel=1e-12)
        assert old_row["quartile"] == new_row["quartile"] != ""


@pytest.mark.parametrize("indicator_id", ["A01", "A02", "A05", "A11", "A12"])
def test_without_a_cross_regional_file_the_last_12_months_stand_among_the_others_published(indicator_id: str) -> None:
    indicator = registry().indicators[indicator_id]
    counts = of_region(returns())
    table = baseline()
    own = rolling_on_edition(figures(counts), registry(), population_frame(), LATEST, 2025)
    own_values = own[own["series"] == indicator.headline].set_index("authority")["value"]
    values = {code: value for code, value in published(indicator_id, 2025).items() if value == value}
    decimals = 0 if indicator_id == "A12" else 1
    for code in SOUTH_EAST.members:
        near = [neighbour.code for neighbour in neighbours("2025")[code]]
        for group, others in (
            ("england", [c for c in values if c != code]),
            ("neighbours", [c for c in near if c in values]),
        ):
            row = table.loc[(code, indicator.headline, group)]
            assert (row["provenance"], row["placed_among"]) == ("published", "2024-25")
            rounded = float(np.floor(own_values[code] * 10**decimals + 0.5)) / 10**decimals
            assert row["rank"] == position(rounded, [values[c] for c in others], indicator.polarity)
            assert row["own_value"] == pytest.approx(own_values[code])
            assert row["n"] == len(others) + 1
        assert table.loc[(code, indicator.headline, "neighbours"), "mean"] == pytest.approx(
            mean(values[c] for c in near if c in values)
        )
        assert table.loc[(code, indicator.headline, "neighbours"), ["n", "n_missing", "edition"]].tolist() == [
            11,
            0,
            "2025",
        ]


def test_a_figure_that_is_published_alike_ties_with_it() -> None:
    """Published rates of children looked after are whole: 53.6 is placed as the 54 that DfE would publish."""
    population = population_frame().set_index(["authority", "mid_year"])["population"]["825", 2024]
    counts = only(of_region(returns()), "cla_at_end")
    for rate in (53.6, 54.4):
        value = counts["value"].mask(
            (counts["authority"] == "825") & (counts["measure"] == "cla_at_end"), rate * population / 10_000
        )
        row = placed(counts.assign(value=value)).loc[("825", "A12-rate", "england")]
        others = [x for code, x in published("A12", 2025).items() if code != "825"]
        assert 54.0 in others
        assert row["rank"] == 1 + sum(x > 54 for x in others)
        assert row["own_value"] == pytest.approx(rate)


@pytest.mark.parametrize(
    ("period", "among"), [("2024-25-Q4", "2024-25"), ("2024-25-Q3", "2023-24"), ("2025-26-Q1", "2024-25")]
)
def test_the_year_is_the_newest_published_that_had_ended(period: str, among: str) -> None:
    quarter = Quarter.parse(period)
    counts = only(returns(), "referrals")
    shifted = counts.assign(
        period=counts["period"].map(dict(zip(map(str, LATEST.back(5)), map(str, quarter.back(5)), strict=True)))
    )
    assert placed(shifted, period=quarter).loc[("825", "A01-rate", "england"), "placed_among"] == among


def test_before_anything_was_published_there_is_nothing_to_compare_with() -> None:
    quarter = Quarter.parse("2011-12-Q4")
    counts = only(returns(), "referrals")
    shifted = counts.assign(
        period=counts["period"].map(dict(zip(map(str, LATEST.back(5)), map(str, quarter.back(5)), strict=True)))
    )
    row = placed(shifted, period=quarter).loc[("825", "A01-rate", "england")]
    assert row["reason"] == "nothing_published"


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        ("A07-percent", "not_like_for_like"),
        ("A15-percent", "not_like_for_like"),
        ("A03-rate", "nothing_published"),
        ("A16-days", "nothing_published"),
    ],
)
def test_unlike_figures_are_not_compared(series: str, reason: str) -> None:
    table = baseline()
    for group in ("neighbours", "england"):
        row = table.loc[("825", series, group)]
        assert (row["reason"], pd.isna(row["rank"]), row["quartile"]) == (reason, True, "")
        assert np.isnan([row["mean"], row["median"], row["pooled"]]).all()


def test_a_cross_regional_file_serves_neighbours_and_england_in_the_same_window() -> None:
    counts = returns()
    table, everyone = exchanged(), figures(counts)
    for indicator in registry().indicators.values():
        values = headline(everyone, indicator.headline, indicator.window.value)
        for code in ("825", "921"):
            near = [neighbour.code for neighbour in neighbours("2025")[code]]
            for group, others in (("england", list(values)), ("neighbours", near)):
                row = table.loc[(code, indicator.headline, group)]
                assert (row["provenance"], row["placed_among"]) == ("exchange", "")
                assert row["rank"] == position(values[code], [values[c] for c in others], indicator.polarity)
                assert row["median"] == pytest.approx(median(values[c] for c in others))
                assert row["own_value"] == values[code]


def test_a_members_own_return_counts_and_not_what_the_cross_regional_file_has_of_it() -> None:
    counts = returns()
    stale = counts.assign(value=counts["value"].mask(counts["authority"].isin(SOUTH_EAST.members), 1.0))
    pd.testing.assert_frame_equal(placed(counts, exchange=stale), exchanged())


def test_where_the_cross_regional_file_lacks_a_series_the_published_one_is_used() -> None:
    counts = returns()
    table = placed(counts, exchange=counts[counts["measure"] == "referrals"])
    provenance = table["provenance"].xs("england", level="group")["825"]
    assert provenance["A01-rate"] == "exchange"
    assert set(provenance.drop("A01-rate")) == {"published"}


def test_an_authority_without_a_list_of_neighbours_is_told_so() -> None:
    table = placed(only(returns(), "referrals"), regions()["north-west"], edition="2021")
    row = table.loc[("942", "A01-rate", "neighbours")]
    assert (row["reason"], row["n"]) == ("no_neighbours", 0)
    assert table.loc[("942", "A01-rate", "england"), "reason"] == ""


def test_a_lone_figure_has_no_position() -> None:
    row = placed(missing(only(returns(), "referrals"), *SOUTH_EAST.members[1:])).loc[
        (SOUTH_EAST.members[0], "A01-rate", "region")
    ]
    assert (row["reason"], row["n"]) == ("others_missing", 1)


def test_a_group_of_the_region_s_own_is_compared_within_the_collection() -> None:
    coastal = Group(id="coast", title="On the coast", members=("846", "851", "852", "921", "845"))
    counts = only(returns(), "referrals")
    table = placed(counts, SOUTH_EAST.model_copy(update={"groups": (coastal,)}))
    assert table.loc[("846", "A01-rate", "coast"), ["n", "n_missing", "reason"]].tolist() == [5, 0, ""]
    assert table.loc[("825", "A01-rate", "coast"), "reason"] == "not_in_rank_set"
    assert table.xs("region", level="group").equals(placed(counts).xs("region", level="group"))


def test_the_columns_are_those_of_the_contract() -> None:
    table = baseline().reset_index()
    assert {*table.columns} == {
        *KEYS, "period", "window", "edition", "n", "n_missing", "mean", "median", "pooled", "rank", "rank_low",
        "rank_high", "interval", "quartile", "definitions", "provenance", "placed_among", "own_value", "own_status",
        "reason",
    }  # fmt: skip
    assert str(table["rank"].dtype) == "Int64"
    assert set(table["quartile"]) <= {"", "lowest", "lower-middle", "upper-middle", "highest"}
