"""Changes: on the same quarter last year, and between two published years that follow each other."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.reference.periods import Quarter
from analysis.reference.status import Status

QUARTERS_IN_A_YEAR = 4


def change_on_same_quarter_last_year(indicators: pd.DataFrame, period: Quarter) -> pd.DataFrame:
    """Each figure of a quarter minus the figure of the same quarter a year before.

    The same quarter, since referrals fall by 3 to 5 % each summer: on the quarter before, that would look like news.

    Parameters
    ----------
    indicators
        The indicators stage, or rows of it as a reader may see them: a change from a hidden figure is then hidden.

    Returns
    -------
    DataFrame
        `authority, series, window, value, status`: the change in the unit of the series (percentage points for a
        percentage). Where either figure is missing there is no change, and the status is that of the latest if it is
        missing, else of the earlier one.
    """
    keys = ["authority", "series", "window"]
    figures = [*keys, "value", "status"]
    latest = indicators.loc[indicators["period"] == str(period), figures]
    before = indicators.loc[indicators["period"] == str(period.shift(-QUARTERS_IN_A_YEAR)), figures]
    both = latest.merge(before, on=keys, how="left", suffixes=("", "_before"), validate="one_to_one")
    reason = both["status_before"].fillna(Status.NOT_AVAILABLE.value)
    status = both["status"].where(both["status"] != Status.GIVEN.value, reason)
    change = both["value"] - both["value_before"]
    return both[keys].assign(value=change.where(status == Status.GIVEN.value), status=status)


def change_on_year(published: pd.DataFrame) -> pd.DataFrame:
    """Each published value minus the value of the year before, of the published (rounded) values.

    Parameters
    ----------
    published
        `indicator, level, area, year, value` at least; further columns are dropped.

    Returns
    -------
    DataFrame
        `indicator, level, area, year, value, change`, sorted. `change` is NaN where either value is missing, and where
        the row before is not of the year before: what moved over two years is not a change on the year. LAIT
        subtracts whatever row comes before.
    """
    keys = ["indicator", "level", "area"]
    table = published[[*keys, "year", "value"]].sort_values([*keys, "year"], ignore_index=True)
    before = table.groupby(keys, sort=False)[["year", "value"]].shift(1)
    adjacent = table["year"] - before["year"] == 1
    return table.assign(change=np.where(adjacent, table["value"] - before["value"], np.nan))
