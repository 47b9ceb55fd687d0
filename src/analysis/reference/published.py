"""The annual figures that DfE publishes: public, named, and each with its source."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from analysis.reference.authorities import authorities
from analysis.reference.csv_file import read_table
from analysis.reference.data_folder import DATA
from analysis.reference.status import OF_A_COUNT, Status

LEVELS = ("authority", "region", "subregion", "england")
PARTS = ("numerator", "denominator", "value")


def _part(name: str) -> dict[str, pa.Column]:
    return {
        name: pa.Column("float64", pa.Check.ge(0, error="below zero"), nullable=True),
        f"{name}_status": pa.Column(str, pa.Check.isin(OF_A_COUNT, error=f"not one of {', '.join(OF_A_COUNT)}")),
    }


def _given_or_not(name: str) -> pa.Check:
    return pa.Check(
        lambda table: table[name].notna() == (table[f"{name}_status"] == Status.GIVEN),
        error=f"a {name} goes with the status given, and only with it",
    )


def _known_area(level: str, codes: set[str]) -> pa.Check:
    return pa.Check(
        lambda table: (table["level"] != level) | table["area"].isin(codes),
        error=f"there is no {level} of this code in authorities.csv",
    )


def _schema() -> pa.DataFrameSchema:
    known = authorities()
    areas = {"authority": set(known), "region": {authority.region_code for authority in known.values()}}
    return pa.DataFrameSchema(
        {
            "indicator": pa.Column(str, pa.Check.str_length(min_value=1, error="blank")),
            "level": pa.Column(str, pa.Check.isin(LEVELS, error=f"not one of {', '.join(LEVELS)}")),
            "area": pa.Column(str, pa.Check.str_length(min_value=1, error="blank")),
            "year": pa.Column("int64", pa.Check.in_range(1990, 2100, error="not a year")),
            **_part("numerator"),
            **_part("denominator"),
            **_part("value"),
        },
        checks=[
            *map(_given_or_not, PARTS),
            *(_known_area(level, codes) for level, codes in areas.items()),
            pa.Check(
                lambda table: ~table.duplicated(["indicator", "level", "area", "year"]),
                error="this indicator, area and year stand there a second time",
            ),
        ],
    )


@cache
def _table(path: Path) -> pd.DataFrame:
    return read_table(path, _schema())


def published_figures(path: Path = DATA / "published.csv") -> pd.DataFrame:
    """Every published figure at hand.

    Returns
    -------
    DataFrame
        `indicator` (the registry's `published.id`), `level` (`authority`, `region`, `subregion`, `england`),
        `area` (DfE code for an authority, else the ONS code), `year` (of the March that ends it),
        and `numerator`, `denominator`, `value`, each with a `_status` of its own. Rates are per 10,000 children aged
        0 to 17, percentages of 100. Regional and England counts are rounded to 10 by DfE; rates of children looked
        after are published as whole numbers. Subregions are Inner and Outer London.

    Raises
    ------
    BadReferenceError
        By name and line.
    """
    return _table(path).copy()
