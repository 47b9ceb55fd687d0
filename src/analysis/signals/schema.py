"""The schema of the signals table, held once at this stage's door (DESIGN 4)."""

from __future__ import annotations

from enum import StrEnum

import pandas as pd
import pandera.pandas as pa

from analysis.signals.tiers import Tier


class Reading(StrEnum):
    """What a tier says about a series of an authority. Its words are in `views/readings.py`."""

    HIGHER = "higher"
    """A prompt: it lies above, or rises beyond, its own pattern beside the region's."""
    LOWER = "lower"
    QUERIED = "queried"
    """The figure itself is being asked about (`artefacts.queried`): nothing is read into it."""
    QUIET = "quiet"
    """Nothing that chance does not bring, and a shift of a size that matters would have been found."""
    TOO_FEW = "too_few"
    """Nothing was found, and too few children are behind it, or it is too restless, for anything to be found."""
    TOO_SHORT = "too_short"
    """Fewer quarters with a figure, since the definition last changed, than the tier needs."""
    NO_FIGURE = "no_figure"
    """The quarters asked about have no figure."""
    FEW_AUTHORITIES = "few_authorities"
    """Fewer than five authorities have figures: nobody can tell what is common to the region."""


PROMPTS = (Reading.HIGHER, Reading.LOWER)

UNTESTED = (Reading.TOO_SHORT, Reading.NO_FIGURE, Reading.FEW_AUTHORITIES)

SIGNALS_SCHEMA = pa.DataFrameSchema(
    {
        "authority": pa.Column("str"),
        "period": pa.Column("str"),
        "series": pa.Column("str"),
        "test": pa.Column("str", pa.Check.isin([tier.value for tier in Tier])),
        "change": pa.Column("float64", nullable=True),
        "statistic": pa.Column("float64", nullable=True),
        "p": pa.Column("float64", pa.Check.in_range(0, 1), nullable=True),
        "q": pa.Column("float64", pa.Check.in_range(0, 1), nullable=True),
        "smallest": pa.Column("float64", nullable=True),
        "quarters": pa.Column("int64", pa.Check.ge(0)),
        "reading": pa.Column("str", pa.Check.isin([reading.value for reading in Reading])),
    },
    checks=[
        pa.Check(
            lambda table: (
                (table["p"].isna() | ~table["reading"].isin(UNTESTED))
                & (table["p"].notna() | table["reading"].isin([*UNTESTED, Reading.QUERIED, Reading.TOO_FEW]))
            ),
            error="there is a p where something was tested, and nowhere else",
        )
    ],
    unique=["authority", "period", "series", "test"],
    strict=True,
    ordered=True,
)

COLUMNS = list(SIGNALS_SCHEMA.columns)


def validated(signals: pd.DataFrame) -> pd.DataFrame:
    """The table sorted by its keys, if it is what the next stages expect.

    Raises
    ------
    pandera.errors.SchemaError
        If it is not, which is a bug of this stage.
    """
    keys = ["authority", "period", "series", "test"]
    return SIGNALS_SCHEMA.validate(signals.sort_values(keys, ignore_index=True))
