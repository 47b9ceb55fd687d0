"""The published figures, against figures as DfE prints them."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.reference.authorities import authorities
from analysis.reference.populations import area_population_frame, population_frame
from analysis.reference.published import PARTS, published_figures
from analysis.reference.registry import registry
from analysis.reference.sources import sources

ENGLAND, SOUTH_EAST = "E92000001", "E12000008"


def row(indicator: str, area: str, year: int) -> pd.Series:
    table = published_figures()
    found = table[(table["indicator"] == indicator) & (table["area"] == area) & (table["year"] == year)]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize(
    ("indicator", "area", "value"),
    [
        ("A01", SOUTH_EAST, 654.0),
        ("A02", SOUTH_EAST, 28.4),
        ("A05", SOUTH_EAST, 313.9),
        ("A08", SOUTH_EAST, 37.7),
        ("A12", SOUTH_EAST, 55.0),
        ("A15", SOUTH_EAST, 6.0),
        ("A01", ENGLAND, 519.4),
        ("A05", ENGLAND, 330.3),
        ("A09", ENGLAND, 50.8),
        ("A12", ENGLAND, 67.0),
        ("A01", "825", 422.9),
        ("A02", "825", 22.8),
        ("A05", "825", 244.4),
        ("A07", "825", 76.2),
        ("A09", "825", 46.1),
        ("A12", "825", 40.0),
        ("A15", "825", 5.0),
    ],
)
def test_figures_of_2025_as_dfes_local_authority_interactive_tool_has_them(
    indicator: str, area: str, value: float
) -> None:
    assert row(indicator, area, 2025)["value"] == value


def test_81_770_children_were_looked_after_in_england_on_31_march_2025() -> None:
    assert row("A12", ENGLAND, 2025)["numerator"] == 81_770


def test_statuses_stay_apart() -> None:
    """Counts of flags in DfE's tables, sub-regions included (80 of 81 suppressed counts: one is of a proxy)."""
    counts = published_figures()["numerator_status"].value_counts()
    assert (counts["suppressed"], counts["not_applicable"], counts["unreliable"]) == (80, 14, 10)


def test_hampshire_2024_is_unreliable_where_its_return_was_and_given_where_it_was_not() -> None:
    assert row("A01", "850", 2024)["numerator_status"] == "unreliable"
    assert row("A02", "850", 2024)["value_status"] == "unreliable"
    assert pd.isna(row("A01", "850", 2024)["numerator"])
    assert row("A12", "850", 2024)["value_status"] == "given"


def test_the_isles_of_scilly_are_not_applicable_rather_than_zero() -> None:
    assert row("A12", "420", 2025)["value_status"] == "not_applicable"
    assert pd.isna(row("A12", "420", 2025)["value"])


def test_a_figure_goes_with_the_status_given_and_only_with_it() -> None:
    table = published_figures()
    for part in PARTS:
        assert (table[part].notna() == (table[f"{part}_status"] == "given")).all()


def test_every_authority_is_one_that_existed_in_the_year() -> None:
    table = published_figures().query("level == 'authority'")
    for code, years in table.groupby("area")["year"]:
        authority = authorities()[str(code)]
        assert authority.first_year <= years.min()
        assert authority.last_year is None or years.max() <= authority.last_year


def test_there_are_nine_regions_two_sub_regions_and_england() -> None:
    areas = published_figures().groupby("level")["area"].nunique()
    assert (areas["region"], areas["subregion"], areas["england"]) == (9, 2, 1)


def test_the_registry_the_sources_and_the_figures_name_the_same_indicators() -> None:
    named = {each.published.id for each in registry().indicators.values() if each.published is not None}
    assert named == set(published_figures()["indicator"])
    assert named == sources()["published.csv"].datasets.keys()


def test_rates_are_measured_on_the_mid_year_before_the_march() -> None:
    """Every published denominator that is a population is ours, to the child; DfE's year is on mid-(year - 1)."""
    rates = {
        each.published.id
        for each in registry().indicators.values()
        if each.published is not None and each.published.series.endswith("-rate")
    }
    ours = pd.concat(
        [
            population_frame().rename(columns={"authority": "area"}),
            area_population_frame()[["area", "mid_year", "population"]],
        ]
    ).assign(year=lambda table: table["mid_year"] + 1)
    joined = published_figures().merge(ours, on=["area", "year"], how="left")
    compared = joined[joined["indicator"].isin(rates) & (joined["denominator_status"] == "given")]
    assert len(compared) > 10_000
    assert (compared["denominator"] == compared["population"]).all()


def test_published_values_have_the_decimals_that_the_sources_name() -> None:
    table = published_figures()
    for key, dataset in sources()["published.csv"].datasets.items():
        values = table.loc[table["indicator"] == key, "value"].dropna()
        assert (values.round(dataset.decimals) == values).all(), key
        if dataset.decimals:
            assert (values.round(dataset.decimals - 1) != values).any(), key


def test_a_table_that_a_caller_changes_stays_as_it_was() -> None:
    table = published_figures()
    table["value"] = -1.0
    assert (published_figures()["value"].dropna() >= 0).all()
