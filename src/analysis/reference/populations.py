"""How many children aged 0 to 17 live in each area, by mid-year (ONS mid-year estimates)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.reference.authorities import authorities
from analysis.reference.csv_file import read_table
from analysis.reference.data_folder import DATA
from analysis.reference.periods import Quarter
from analysis.reference.status import OF_A_COUNT, Status

LEVELS = ("authority", "region", "subregion", "england")


def _schema() -> pa.DataFrameSchema:
    known = list(authorities())
    return pa.DataFrameSchema(
        {
            "level": pa.Column(str, pa.Check.isin(LEVELS, error=f"not one of {', '.join(LEVELS)}")),
            "area": pa.Column(str, pa.Check.str_length(min_value=1, error="blank")),
            "mid_year": pa.Column("int64", pa.Check.in_range(1990, 2100, error="not a year")),
            "population": pa.Column("float64", pa.Check.gt(0, error="not a population"), nullable=True),
            "status": pa.Column(str, pa.Check.isin(OF_A_COUNT, error=f"not one of {', '.join(OF_A_COUNT)}")),
        },
        checks=[
            pa.Check(
                lambda table: table["population"].notna() == (table["status"] == Status.GIVEN),
                error="a population goes with the status given, and only with it",
            ),
            pa.Check(
                lambda table: (table["level"] != "authority") | table["area"].isin(known),
                error="there is no authority of this code in authorities.csv",
            ),
            pa.Check(
                lambda table: ~table.duplicated(["level", "area", "mid_year"]),
                error="this area and mid-year stand there a second time",
            ),
        ],
    )


@cache
def _table(path: Path) -> pd.DataFrame:
    return read_table(path, _schema())


def population_frame(path: Path = DATA / "populations.csv") -> pd.DataFrame:
    """The populations of the authorities.

    Returns
    -------
    DataFrame
        `authority` (DfE code), `mid_year` (int), `population` (children aged 0 to 17; NaN where there is none),
        `status`: every authority, past and present, by every mid-year at hand, sorted. `not_available` is an
        authority on boundaries that the source has no estimate for; `not_applicable` one that had closed.

    Raises
    ------
    BadReferenceError
        By name and line.
    """
    table = _table(path)
    chosen = table.loc[table["level"] == "authority", ["area", "mid_year", "population", "status"]]
    return chosen.rename(columns={"area": "authority"}).reset_index(drop=True)


def area_population_frame(path: Path = DATA / "populations.csv") -> pd.DataFrame:
    """The populations of regions, London's two sub-regions and England: `level, area, mid_year, population, status`."""
    table = _table(path)
    return table.loc[table["level"] != "authority"].reset_index(drop=True)


def edition_for(quarter: Quarter) -> int:
    """The mid-year whose estimates the whole financial year of a quarter is measured on.

    That of the year before the financial year begins (2025-26: mid-2024), the newest that exists while the year
    runs (DESIGN 2.11): a rate does not change because a new estimate comes out between two quarters.
    """
    return quarter.start_year - 1


def edition_for_published(year_ending: int) -> int:
    """The mid-year behind DfE's annual figure for the year ending March `year_ending` (2025: mid-2024)."""
    return year_ending - 1
