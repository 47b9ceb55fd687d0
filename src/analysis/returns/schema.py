"""The schema of checked figures, held once at this stage's door (DESIGN 4)."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from analysis.reference.status import OF_A_COUNT, Status

_GIVEN = str(Status.GIVEN)

CHECKED_SCHEMA = pa.DataFrameSchema(
    {
        "authority": pa.Column("str", pa.Check.str_matches(r"^\d{3}$")),
        "period": pa.Column("str", pa.Check.str_matches(r"^\d{4}-\d{2}-Q[1-4]$")),
        "measure": pa.Column("str", pa.Check.str_length(min_value=1)),
        "value": pa.Column("float64", pa.Check.ge(0), nullable=True),
        "status": pa.Column("str", pa.Check.isin([str(status) for status in OF_A_COUNT])),
        "quality": pa.Column("str"),
        "source_line": pa.Column("Int64", pa.Check.ge(1), nullable=True),
        "receipt": pa.Column("str", pa.Check.str_matches(r"^([0-9a-f]{64})?$")),
    },
    checks=[
        pa.Check(
            lambda frame: frame["value"].notna() == (frame["status"] == _GIVEN),
            error="a figure stands exactly where the status is given",
        ),
        pa.Check(
            lambda frame: (frame["receipt"] == "") == frame["source_line"].isna(),
            error="a line and a receipt go together",
        ),
    ],
    unique=["authority", "period", "measure"],
    strict=True,
    ordered=True,
)


def validated(checked: pd.DataFrame) -> pd.DataFrame:
    """The table, if it is what the next stage expects.

    Raises
    ------
    pandera.errors.SchemaError
        If it is not, which is a bug of this stage and not a fault of a return.
    """
    return CHECKED_SCHEMA.validate(checked)
