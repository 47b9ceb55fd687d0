"""Rates per 10,000 children: which population a count is divided by, and how a rate moves to another one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.indicators.cells import Cells
from analysis.reference.indicators import POPULATION
from analysis.reference.periods import Quarter
from analysis.reference.populations import edition_for
from analysis.reference.registry import Registry
from analysis.reference.status import Status


def population_basis(mid_year: int) -> str:
    """What is printed under a rate: a rate without its edition cannot be checked."""
    return f"population mid-{mid_year}"


def editions(quarters: Sequence[Quarter]) -> list[int]:
    """One mid-year for each quarter, fixed for its financial year (DESIGN 2.11).

    A 12-month figure takes the edition of its last quarter, so that it has one denominator.
    """
    return [edition_for(quarter) for quarter in quarters]


def population_cells(populations: pd.DataFrame, authorities: Sequence[str], mid_years: Sequence[int]) -> Cells:
    """The populations of authorities (down) in mid-years (across); `not_available` where the reference has none."""
    keys = pd.MultiIndex.from_product([authorities, mid_years], names=["authority", "mid_year"])
    found = populations.set_index(["authority", "mid_year"])[["population", "status"]].reindex(keys)
    shape = (len(authorities), len(mid_years))
    status = found["status"].astype(object).where(found["status"].notna(), Status.NOT_AVAILABLE.value)
    cells = Cells(
        found["population"].to_numpy(dtype=float).reshape(shape).copy(), status.to_numpy(dtype=object).reshape(shape)
    )
    cells.value[~cells.given] = np.nan
    return cells


def on_edition(indicators: pd.DataFrame, registry: Registry, populations: pd.DataFrame, mid_year: int) -> pd.DataFrame:
    """The same figures with every rate on one population edition; all other series unchanged.

    Parameters
    ----------
    indicators
        The indicators stage, or some of its rows.
    mid_year
        The edition to use, whatever quarter a row belongs to.

    Returns
    -------
    DataFrame
        The rows in their order. A rate whose count is missing stays missing for the same reason.
    """
    rates = {series.id: series.multiplier for series in registry.all_series() if series.denominator == POPULATION}
    moved = indicators.copy()
    chosen = indicators["series"].isin(rates)
    rows = indicators[chosen]
    codes = sorted(rows["authority"].unique())
    population = population_cells(populations, codes, [mid_year])
    place = pd.Index(codes).get_indexer(pd.Index(rows["authority"]))
    children, reason = population.value[place, 0], population.status[place, 0]
    counted = rows["numerator"].to_numpy(dtype=float)
    status = np.where(np.isnan(counted), rows["status"].to_numpy(dtype=object), reason)
    moved.loc[chosen, "denominator"] = children
    moved.loc[chosen, "value"] = counted * rows["series"].map(rates).to_numpy(dtype=float) / children
    moved.loc[chosen, "status"] = status
    moved.loc[chosen, "basis"] = population_basis(mid_year)
    return moved
