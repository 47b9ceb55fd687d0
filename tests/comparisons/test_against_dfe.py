"""Our comparisons of published figures against the figures that DfE itself shows.

Sources: local-authority-interactive-tool (LAIT) at 2e30e395, its user guide's screenshots, and the children's social
care outcomes and enablers dashboard at 2f5d11a4; Crown copyright, Open Government Licence v3. A handful of figures is
quoted here and always checked; the whole of each table is checked where it stands beside the checkout.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from analysis.comparisons.groups import Group, english_authorities, neighbour_group
from analysis.comparisons.published import published_area, published_comparisons, published_snapshot
from analysis.comparisons.quartiles import FOURTHS, fourth, quartiles
from analysis.comparisons.ranks import highest_first, ranks
from analysis.comparisons.rounding import decimals_of, half_up
from analysis.comparisons.snapshot import Snapshot
from analysis.comparisons.summary import Summary, pooling, summary
from analysis.pipeline.public import PublicYear
from analysis.reference.authorities import authorities
from analysis.reference.indicators import Polarity
from analysis.reference.neighbours import neighbours
from analysis.reference.published import published_figures
from analysis.reference.regions import regions
from analysis.reference.registry import registry
from analysis.views import public
from analysis.views.evidence import cell_of
from analysis.views.model import Cell
from analysis.views.parts import difference

pytestmark = pytest.mark.acceptance

Oracle = Callable[[str], pd.DataFrame]

LAIT_POLARITY = {"Low": Polarity.BETTER_LOW, "High": Polarity.BETTER_HIGH, "-": Polarity.NEUTRAL}
DISPLAYED = {"A02": 1, "A11": 1}
"""Decimals of the dashboard; the rest is shown, and was rounded before the median was taken, to whole numbers."""


@cache
def snapshot(indicator: str, year: int) -> Snapshot:
    return published_snapshot(published_figures(), registry().indicators[indicator], year)


@cache
def changes_on_public_pages(year: int) -> dict[tuple[str, str], float]:
    """By indicator and authority, as the public reports of the nine regions have it."""
    found: dict[tuple[str, str], float] = {}
    for region in regions().values():
        evidence = PublicYear(region, year).evidence
        for code in region.members:
            for block in public.build(evidence, code).blocks:
                value = block.own.change.value
                found[block.own.card.id, code] = np.nan if value is None else value
    return found


def change(latest: Cell, before: Cell) -> float:
    value = difference(latest, before).value
    return np.nan if value is None else value


def lait_band(value: float, cuts: np.ndarray, polarity: Polarity) -> str:
    """LAIT's letter for our fourth: A is at the better end."""
    found = fourth(value, cuts)
    return ("ABCD" if polarity is Polarity.BETTER_LOW else "DCBA")[FOURTHS.index(found)] if found else ""


def one(figures: Snapshot, values: np.ndarray, authority: str) -> float:
    return float(values[figures.authorities.index(authority)]) if authority in figures.authorities else float("nan")


def neighbours_of(edition: str, *codes: str) -> Group:
    return neighbour_group(neighbours(edition), edition, codes)


def neighbour_summary(figures: Snapshot, edition: str, *codes: str) -> Summary:
    return summary(figures, neighbours_of(edition, *codes).summarised(codes, figures.authorities), None)


def same(found: float, expected: float, within: float = 1e-9) -> bool:
    return bool(np.isnan(found) and np.isnan(expected)) or abs(found - expected) <= within


@pytest.mark.parametrize(
    ("indicator", "polarity", "cuts", "authority", "value", "rank", "band"),
    [
        ("A02", "Low", [16.9, 20.0, 23.0], "825", 22.8, 110, "C"),
        ("A02", "Low", [16.9, 20.0, 23.0], "850", 41.0, 152, "D"),
        ("A07", "High", [76.35, 82.4, 88.9], "825", 76.2, 115, "D"),
        ("A07", "High", [76.35, 82.4, 88.9], "850", 80.9, 92, "C"),
        ("A09", "Low", [41.25, 50.2, 66.15], "825", 46.1, 56, "B"),
        ("A09", "Low", [41.25, 50.2, 66.15], "921", 107.1, 148, "D"),
    ],
)
def test_ranks_and_bands_are_those_of_lait(
    indicator: str, polarity: str, cuts: list[float], authority: str, value: float, rank: float, band: str
) -> None:
    figures, direction = snapshot(indicator, 2025), LAIT_POLARITY[polarity]
    found = quartiles(figures.value)
    assert found.tolist() == pytest.approx(cuts)
    assert one(figures, figures.value, authority) == value
    assert one(figures, ranks(figures.value, highest_first=highest_first(direction)), authority) == rank
    assert lait_band(value, found, direction) == band


@pytest.mark.parametrize(
    ("indicator", "edition", "authority", "mean"),
    [
        ("A01", "2025", "201", 598.36),
        ("A02", "2025", "825", 21.86),
        ("A02", "2025", "921", 22.71),
        ("A02", "2021", "921", 22.43),
        ("A12", "2021", "850", 52.9),
        ("A12", "2025", "850", 50.2),
    ],
)
def test_the_mean_of_the_neighbours_is_lait_s(indicator: str, edition: str, authority: str, mean: float) -> None:
    assert half_up(neighbour_summary(snapshot(indicator, 2025), edition, authority).mean, 2).tolist() == [mean]


def test_every_figure_of_lait_is_ours(oracle: Oracle) -> None:
    """Value, change, rank, quartiles, band, neighbour mean and its change, region and England: 2,212 rows."""
    table = oracle("lait_la_stats.csv")
    changes = changes_on_public_pages(2025)
    for (name, edition), rows in table.groupby(["indicator_id", "sn_edition"]):
        indicator, figures, before = registry().indicators[name], snapshot(name, 2025), snapshot(name, 2024)
        codes = tuple(rows["la_number"])
        polarity = LAIT_POLARITY[rows["polarity"].iloc[0]]
        cuts = quartiles(figures.value)
        position = ranks(figures.value, highest_first=highest_first(polarity))
        near, near_before = (neighbour_summary(at, str(edition), *codes) for at in (figures, before))
        england, england_before = (
            published_area(published_figures(), indicator, year, "england") for year in (2025, 2024)
        )
        assert cuts.tolist() == pytest.approx(rows[["q25", "q50", "q75"]].iloc[0].tolist())
        for index, row in enumerate(rows.itertuples()):
            authority = str(row.la_number)
            value = one(figures, figures.value, authority)
            assert same(value, row.value), (name, authority)
            assert same(changes.get((name, authority), np.nan), row.change_from_prev, 1e-6)
            assert same(half_up(near.mean[[index]], 2)[0], half_up(np.array([row.sn_mean]), 2)[0], 0.0051)
            assert near.n[index] == row.sn_n
            assert same(near.mean[index] - near_before.mean[index], row.sn_change, 0.0051), (name, authority)
            assert same(england, row.england_value)
            assert same(england - england_before, row.england_change, 1e-6)
            if polarity is Polarity.NEUTRAL:
                # LAIT gives no rank to a measure without a better end; ours has a position there.
                assert row.national_rank == "-"
            else:
                assert same(one(figures, position, authority), float(row.national_rank))
                assert row.n_ranked == np.count_nonzero(~np.isnan(position))
            if row.quartile_band == "-":
                assert polarity is Polarity.NEUTRAL or name == "A15"
            else:
                assert lait_band(value, cuts, polarity) == ("" if pd.isna(row.quartile_band) else row.quartile_band)


def test_lait_s_screenshots_are_ours(oracle: Oracle) -> None:
    """125 figures that DfE's user guide shows for a measure that is not of Annex A (A-level scores, 2016 to 2023)."""
    shown = oracle("lait_screens_published.csv")
    table = oracle("lait_screens_input.csv").rename(columns={"la_number": "area"})
    table = table[table["area"].isin(list(authorities()))].assign(
        indicator="APS",
        level="authority",
        numerator=np.nan,
        denominator=np.nan,
        value=pd.to_numeric(table["value"], "coerce"),
    )
    table["status"] = np.where(table["value"].notna(), "given", "not_available")
    at = {
        int(str(year)): Snapshot.of(rows.rename(columns={"area": "authority"}), tuple(authorities()))
        for year, rows in table.groupby("year")
    }
    latest = at[2023]
    position = ranks(latest.value, highest_first=True)
    cuts = quartiles(latest.value)
    # The bounds alone LAIT shows by R's own rounding, which makes 33.42 of 33.425; all else by halves away from zero.
    names = ("quartile 0% 2023", "quartile 25% 2023", "quartile 50% 2023", "quartile 75% 2023", "quartile 100% 2023")
    bounds = [np.nanmin(latest.value), *cuts, np.nanmax(latest.value)]
    published: dict[tuple[str, str], float | str] = {
        ("0", name): float(np.round(bound, 2)) for name, bound in zip(names, bounds, strict=True)
    }
    for authority in set(shown["la_number"]) - {"0"}:
        means = {year: neighbour_summary(figures, "2021", authority).mean for year, figures in at.items()}
        rounded = {
            "change from previous year (2023-2022)": change(
                *(cell_of(one(at[year], at[year].value, authority)) for year in (2023, 2022))
            ),
            "latest national rank (2023)": one(latest, position, authority),
            "statistical neighbour change 2023-2022": means[2023][0] - means[2022][0],
        }
        rounded |= {f"LA value {year}": one(figures, figures.value, authority) for year, figures in at.items()}
        rounded |= {
            f"statistical neighbour mean {year} (2021 edition neighbours)": float(mean[0])
            for year, mean in means.items()
        }
        published |= {(authority, what): half_up(np.array([value]), 2)[0] for what, value in rounded.items()}
        band = lait_band(one(latest, latest.value, authority), cuts, Polarity.BETTER_HIGH)
        published[authority, "quartile band 2023"] = band
    assert len(shown) == 125
    for row in shown.itertuples():
        found = published[str(row.la_number), str(row.what)]
        assert found == (row.published if isinstance(found, str) else float(row.published)), (row.la_number, row.what)


@pytest.mark.parametrize(
    ("indicator", "authority", "year", "median"),
    [
        ("A05", "201", 2013, 495.0),
        ("A05", "921", 2025, 353.0),
        ("A12", "825", 2025, 49.0),
        ("A12", "921", 2025, 81.0),
        ("A02", "825", 2013, 22.3),
        ("A02", "921", 2025, 22.4),
    ],
)
def test_the_median_of_the_neighbours_is_the_dashboard_s(
    indicator: str, authority: str, year: int, median: float
) -> None:
    assert dashboard_medians(indicator, year, authority).tolist() == [median]


def test_every_neighbour_median_of_the_dashboard_is_ours(oracle: Oracle) -> None:
    table = oracle("csc_dashboard_sn_median_published.csv")
    agreed = 0
    for (indicator, year), rows in table.groupby(["indicator_id", "year"]):
        found = dashboard_medians(indicator, int(year), *rows["la_number"])
        np.testing.assert_array_equal(found, rows["published_sn_median"].to_numpy(dtype=float))
        agreed += len(rows)
    assert agreed == len(table) > 4_600


def dashboard_medians(name: str, year: int, *codes: str) -> np.ndarray:
    """As the dashboard does it: each authority's figure rounded, then the median of the ten, rounded again."""
    figures, decimals = snapshot(name, year), DISPLAYED.get(name, 0)
    multiplier = pooling(registry().indicators[name])
    values = half_up(figures.numerator / figures.denominator * multiplier, decimals)
    rounded = replace(figures, value=values)
    return half_up(neighbour_summary(rounded, "2025", *codes).median, decimals)


def test_every_neighbour_mean_and_median_over_the_years_is_ours(oracle: Oracle) -> None:
    table = oracle("sn_average_timeseries.csv")
    for (name, edition, year), rows in table.groupby(["indicator_id", "sn_edition", "year"]):
        found = neighbour_summary(snapshot(name, int(year)), str(edition), *rows["la_number"])
        np.testing.assert_array_equal(found.n, rows["sn_n"])
        np.testing.assert_allclose(found.mean, rows["sn_mean"], atol=0.0051)
        np.testing.assert_allclose(found.median, rows["sn_median"], atol=0.0051)
    assert len(table) > 6_000


@cache
def in_south_east(year: int) -> pd.DataFrame:
    return published_comparisons(
        published_figures(), registry(), regions()["south-east"], year, neighbours("2025"), "2025"
    ).set_index(["series", "authority", "group"])


@pytest.mark.parametrize(
    ("series", "authority", "group", "rank", "n"),
    [
        ("A02-percent", "825", "england", 110, 153),
        ("A02-percent", "825", "region", 12, 19),
        ("A02-percent", "825", "neighbours", 9, 11),
        ("A12-rate", "825", "england", 134, 151),
        ("A12-rate", "868", "region", 15, 19),
        ("A12-rate", "868", "neighbours", 7, 11),
        ("A15-percent", "868", "england", None, 130),
        ("A15-percent", "825", "neighbours", 9, 9),
    ],
)
def test_a_published_position_is_among_those_who_reported(
    series: str, authority: str, group: str, rank: int | None, n: int
) -> None:
    found = in_south_east(2025).loc[(series, authority, group)]
    assert found["n"] == n
    assert (pd.isna(found["rank"]), found["reason"]) == (True, "no_figure") if rank is None else found["rank"] == rank


def test_every_position_of_the_south_east_since_2016(oracle: Oracle) -> None:
    table = oracle("rug_ranks_south_east.csv")
    group = {"england": "england", "south_east": "region", "sn2025": "neighbours"}
    table = table[table["comparison"].isin(list(group))]
    table = table.assign(
        group=table["comparison"].map(group),
        series=table["indicator_id"].map({key: found.headline for key, found in registry().indicators.items()}),
        theirs=table["rank_ascending"].where(
            ~table["indicator_id"].map(lambda key: highest_first(registry().indicators[key].polarity)),
            table["rank_descending"],
        ),
    )
    for year, rows in table.groupby("year"):
        ours = in_south_east(int(str(year))).reset_index().rename(columns={"authority": "la_number"})
        both = rows.merge(ours, on=["series", "la_number", "group"], validate="one_to_one")
        assert len(both) == len(rows)
        np.testing.assert_array_equal(both["n"], both["n_with_value"])
        np.testing.assert_array_equal(both["rank"].to_numpy(dtype=float, na_value=np.nan), both["theirs"])
    assert len(table) > 3_900


@pytest.mark.parametrize(
    ("indicator", "published"), [("A01", 654.0), ("A02", 28.4), ("A05", 313.9), ("A07", 81.1), ("A12", 55.0)]
)
def test_the_pooled_south_east_is_dfe_s_own_figure_and_the_mean_is_not(indicator: str, published: float) -> None:
    pooled, mean = regional("E12000008", indicator, 2025)
    decimals = decimals_of(snapshot(indicator, 2025).value)
    assert half_up(np.array([pooled]), decimals)[0] == published
    assert (
        published_area(published_figures(), registry().indicators[indicator], 2025, "region", "E12000008") == published
    )
    assert half_up(np.array([mean]), decimals)[0] != published


def test_pooled_regional_figures_agree_with_dfe_s_within_one_unit_of_the_last_decimal() -> None:
    """Every region, year and indicator whose authorities all have both counts (DfE's counts are rounded to 10)."""
    table = published_figures()
    table = table[
        (table["level"] == "region") & table["value"].notna() & table["indicator"].isin(registry().indicators)
    ]
    off = []
    for row in table.itertuples():
        pooled_and_mean = np.array(regional(str(row.area), str(row.indicator), int(str(row.year))))
        if not np.isnan(pooled_and_mean[0]):
            decimals = decimals_of(snapshot(str(row.indicator), int(str(row.year))).value)
            off.append(np.abs(half_up(pooled_and_mean, decimals) - float(str(row.value))) * 10**decimals)
    pooled, mean = np.array(off).T
    assert len(off) == 740
    assert np.mean(pooled < 1.01) >= 0.99
    assert np.mean(pooled < 0.01) > 0.85
    assert np.mean(mean < 1.01) < 0.2, "a mean of the authorities is not the region's rate"


def regional(area: str, name: str, year: int) -> tuple[float, float]:
    """Pooled and mean of a region's authorities of that year; NaN where one of them has no figure."""
    figures = snapshot(name, year)
    members = np.array([[authorities()[code].region_code == area for code in figures.authorities]])
    found = summary(figures, members, pooling(registry().indicators[name]))
    complete = found.n[0] == members.sum()
    return (float(found.pooled[0]), float(found.mean[0])) if complete else (float("nan"), float("nan"))


def test_pooled_figures_equal_an_independent_recomputation(oracle: Oracle) -> None:
    table = oracle("regional_published_vs_recomputed.csv")
    rows = table[table["complete"] & table["area_code"].str.startswith("E12")]
    for row in rows.itertuples():
        pooled, mean = regional(str(row.area_code), str(row.indicator_id), int(str(row.year)))
        if not np.isnan(pooled):
            assert pooled == pytest.approx(row.pooled, abs=6e-5)
            assert mean == pytest.approx(row.simple_mean, abs=6e-5)


def test_a_change_over_a_gap_is_not_a_change_on_the_year() -> None:
    """Hampshire has no figure for 2024: LAIT subtracts the row before, which is 2023 where the row is left out."""
    published = published_figures()
    of_hampshire = (published["indicator"] == "A01") & (published["area"] == "850") & published["value"].notna()
    assert {2023, 2025} <= set(published[of_hampshire]["year"])
    assert 2024 not in set(published[of_hampshire]["year"])
    assert np.isnan(changes_on_public_pages(2025)["A01", "850"])


def test_an_authority_that_was_not_yet_there_has_no_figure_and_no_position() -> None:
    """Cumberland and Westmorland and Furness began on 1 April 2023."""
    north_west = regions()["north-west"]
    table = published_comparisons(published_figures(), registry(), north_west, 2023, neighbours("2025"), "2025")
    of_new = table[table["authority"].isin(["942", "943"])]
    assert len(of_new) > 0
    assert of_new["own_value"].isna().all()
    assert set(of_new["reason"]) <= {"no_figure", "not_in_rank_set"}


def test_england_of_a_year_is_the_authorities_of_that_year() -> None:
    assert "928" in english_authorities(2020), "Northamptonshire until 2020-21"
    assert "928" not in english_authorities()
    assert set(english_authorities()) == {code for code, authority in authorities().items() if authority.current}
