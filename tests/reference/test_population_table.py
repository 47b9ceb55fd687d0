"""The populations, against ONS's published totals."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.populations import (
    area_population_frame,
    edition_for,
    edition_for_published,
    population_frame,
)

SOUTH_WEST = "E12000009"


def figure(table: pd.DataFrame, **key: object) -> float:
    chosen = table
    for column, value in key.items():
        chosen = chosen[chosen[column] == value]
    (found,) = chosen["population"]
    return float(found)


@pytest.mark.parametrize(
    ("mid_year", "population"),
    [(2024, 12_183_016), (2023, 12_059_476), (2012, 11_403_970)],
)
def test_englands_children_as_ons_counts_them(mid_year: int, population: int) -> None:
    assert figure(area_population_frame(), level="england", mid_year=mid_year) == population


def test_the_south_east_in_mid_2024() -> None:
    assert figure(area_population_frame(), area="E12000008", mid_year=2024) == 2_023_914


def test_the_authorities_of_a_region_add_up_to_the_published_region() -> None:
    """But for the South West to 2018: ONS's table has no estimate for the three that became two in 2019."""
    table = population_frame()
    table["area"] = table["authority"].map(lambda code: authorities()[code].region_code)
    added = table.groupby(["area", "mid_year"])["population"].sum()
    published = (
        area_population_frame().query("level == 'region'").set_index(["area", "mid_year"])["population"].sort_index()
    )
    differing = (added - published).loc[lambda difference: difference != 0]
    assert list(differing.index) == [(SOUTH_WEST, year) for year in range(2012, 2019)]
    assert (differing < 0).all()


def test_the_sub_regions_of_london_add_up_to_london() -> None:
    table = area_population_frame()
    inner_and_outer = table[table["level"] == "subregion"].groupby("mid_year")["population"].sum()
    london = table[table["area"] == "E12000007"].set_index("mid_year")["population"]
    assert inner_and_outer.equals(london)


def test_every_authority_has_every_mid_year_or_a_reason() -> None:
    table = population_frame()
    years = set(table["mid_year"])
    assert years == set(range(2012, 2025))
    assert set(zip(table["authority"], table["mid_year"], strict=True)) == {
        (code, year) for code in authorities() for year in years
    }
    lacking = table[table["status"] != "given"]
    reasons = {
        (code, str(status)): (int(rows.min()), int(rows.max()))
        for (code, status), rows in lacking.groupby(["authority", "status"])["mid_year"]
    }
    assert reasons == {
        **{(code, "not_available"): (2012, 2018) for code in ("835", "836", "837", "838", "839")},
        **{(code, "not_applicable"): (2019, 2024) for code in ("835", "836", "837")},
        ("928", "not_applicable"): (2021, 2024),
        ("940", "not_available"): (2012, 2020),
        ("941", "not_available"): (2012, 2020),
        ("909", "not_applicable"): (2023, 2024),
        ("942", "not_available"): (2012, 2022),
        ("943", "not_available"): (2012, 2022),
    }
    assert lacking["population"].isna().all()


def test_a_table_that_a_caller_changes_stays_as_it_was() -> None:
    for table in (population_frame(), area_population_frame()):
        table["population"] = 0.0
        table.loc[0, "status"] = "given"
    assert (population_frame()["population"].dropna() > 0).all()
    assert (area_population_frame()["population"] > 0).all()
    assert population_frame()["status"].nunique() == 3


@pytest.mark.parametrize(("quarter", "mid_year"), [("2025-26-Q1", 2024), ("2025-26-Q4", 2024), ("2024-25-Q4", 2023)])
def test_a_financial_year_keeps_one_edition(quarter: str, mid_year: int) -> None:
    assert edition_for(Quarter.parse(quarter)) == mid_year


def test_the_published_year_ending_march_2025_stands_on_mid_2024() -> None:
    """England, looked after on 31 March 2025: 81,770 of 12,183,016 are the published 67 per 10,000."""
    population = figure(area_population_frame(), level="england", mid_year=edition_for_published(2025))
    assert round(81_770 / population * 10_000) == 67
