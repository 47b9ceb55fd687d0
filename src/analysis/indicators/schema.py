"""The schema of the indicators table, held once at this stage's door (DESIGN 4)."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from analysis.reference.indicators import Window
from analysis.reference.status import Status

INDICATORS_SCHEMA = pa.DataFrameSchema(
    {
        "authority": pa.Column("str"),
        "period": pa.Column("str"),
        "series": pa.Column("str"),
        "window": pa.Column("str", pa.Check.isin([window.value for window in Window])),
        "numerator": pa.Column("float64", nullable=True),
        "denominator": pa.Column("float64", nullable=True),
        "value": pa.Column("float64", nullable=True),
        "status": pa.Column("str", pa.Check.isin([status.value for status in Status])),
        "basis": pa.Column("str"),
    },
    checks=[
        pa.Check(
            lambda table: table["value"].notna() == (table["status"] == Status.GIVEN.value),
            error="a figure stands exactly where the status is given",
        )
    ],
    strict=True,
    ordered=True,
)

COLUMNS = list(INDICATORS_SCHEMA.columns)


def validated(indicators: pd.DataFrame) -> pd.DataFrame:
    """The table, if it is what the next stages expect.

    Raises
    ------
    pandera.errors.SchemaError
        If it is not, which is a bug of this stage.
    """
    return INDICATORS_SCHEMA.validate(indicators)
