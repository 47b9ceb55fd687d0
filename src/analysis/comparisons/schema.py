"""The schema of the comparisons table, held once at this stage's door (DESIGN 4)."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from analysis.comparisons.definitions import EARLIER, NOT_RECORDED
from analysis.comparisons.quartiles import FOURTHS
from analysis.reference.indicators import Window
from analysis.reference.status import Status

PROVENANCE = ("collection", "exchange", "published")
SWINGS, SAMPLING = "swings", "sampling"
"""What an interval reckons with: an authority's own swings and sampling, or sampling alone."""
REASONS = (
    "",
    "no_figure",
    "not_like_for_like",
    "nothing_published",
    "not_in_rank_set",
    "no_neighbours",
    "others_missing",
)

_EACH = rf"(\d{{4}}-\d\d-Q[1-4]|{EARLIER}|{NOT_RECORDED}) [1-9]\d*"
"""One definition, and how many count by it."""

COMPARISONS_SCHEMA = pa.DataFrameSchema(
    {
        "authority": pa.Column("str"),
        "period": pa.Column("str"),
        "series": pa.Column("str"),
        "window": pa.Column("str", pa.Check.isin([window.value for window in Window])),
        "group": pa.Column("str"),
        "edition": pa.Column("str"),
        "n": pa.Column("int64", pa.Check.ge(0)),
        "n_missing": pa.Column("int64", pa.Check.ge(0)),
        "mean": pa.Column("float64", nullable=True),
        "median": pa.Column("float64", nullable=True),
        "pooled": pa.Column("float64", nullable=True),
        "rank": pa.Column("Int64", pa.Check.ge(1), nullable=True),
        "rank_low": pa.Column("Int64", pa.Check.ge(1), nullable=True),
        "rank_high": pa.Column("Int64", nullable=True),
        "interval": pa.Column("str", pa.Check.isin(["", SWINGS, SAMPLING])),
        "quartile": pa.Column("str", pa.Check.isin(["", *FOURTHS])),
        "definitions": pa.Column("str", pa.Check.str_matches(rf"^({_EACH}(; {_EACH})+)?$")),
        "provenance": pa.Column("str", pa.Check.isin(PROVENANCE)),
        "placed_among": pa.Column("str"),
        "own_value": pa.Column("float64", nullable=True),
        "own_status": pa.Column("str", pa.Check.isin([status.value for status in Status])),
        "reason": pa.Column("str", pa.Check.isin(REASONS)),
    },
    checks=[
        pa.Check(
            lambda table: table["rank"].isna() == (table["reason"] != ""),
            error="there is a position exactly where there is no reason against one",
        ),
        pa.Check(
            lambda table: ~(table["rank"] > table["n"]).fillna(False),
            error="nobody stands behind the last of those who have a figure",
        ),
        pa.Check(
            lambda table: table["rank_low"].isna() == (table["interval"] == ""),
            error="an interval says what it reckons with",
        ),
        pa.Check(
            lambda table: (
                table["rank_low"].isna()
                | (
                    (table["rank_low"] <= table["rank"])
                    & (table["rank"] <= table["rank_high"])
                    & (table["rank_high"] <= table["n"])
                ).fillna(False)
            ),
            error="an interval holds its position, within the group",
        ),
    ],
    unique=["authority", "period", "series", "window", "group"],
    strict=True,
    ordered=True,
)

COLUMNS = list(COMPARISONS_SCHEMA.columns)


def validated(comparisons: pd.DataFrame) -> pd.DataFrame:
    """The table sorted by its keys, if it is what the next stages expect.

    Raises
    ------
    pandera.errors.SchemaError
        If it is not, which is a bug of this stage.
    """
    keys = ["authority", "period", "series", "window", "group"]
    return COMPARISONS_SCHEMA.validate(comparisons.sort_values(keys, ignore_index=True))
