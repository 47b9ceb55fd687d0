"""What public tables tell of a group's figures before anything of the group is shown.

An intruder who holds last year's figures expects this year's near them: the logarithm of a figure moves by the region's
drift and by a change of its own with Student's t of 4 degrees of freedom, whose scale is that of all England's earlier
changes (`docs/methods/reidentification.md`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

Values = npt.NDArray[np.float64]

FREEDOM = 4
"""Degrees of freedom of a change: most authorities hardly move, and a few move far."""
HALF = 0.5
"""Added before logarithms are taken: a share of no children is 0."""
REVISED = 0.01
"""Chosen: how far a figure in a return lies from the one that is published later, as a share of it."""
YEARS_OF_CHANGES = 5
"""Chosen: so many of the latest years' changes say how far figures move."""


@dataclass(frozen=True)
class Forecast:
    """What is known of one indicator's figures of a group; n members, all in logarithms of (figure + 0.5)."""

    centre: Values
    """(n): where each is expected; NaN for a member of whom nothing is published."""
    scale: Values
    """(n): the scale of Student's t about it."""
    drift_sd: float
    """Standard deviation of the change that all have in common."""


def logs(figures: npt.ArrayLike) -> Values:
    """Logarithms of figures, 0 among them."""
    found: Values = np.log(np.asarray(figures, dtype=float) + HALF)
    return found


def figures_of(logarithms: npt.ArrayLike) -> Values:
    """Figures from their logarithms; never below 0."""
    found: Values = np.maximum(np.exp(np.asarray(logarithms, dtype=float)) - HALF, 0)
    return found


def annual(published: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """One indicator's published figures: a row an authority, a column a year (of the March that ends it).

    Parameters
    ----------
    published
        `analysis.reference.published.published_figures()`, or a table of the same columns.
    """
    rows = published[(published["indicator"] == indicator) & (published["level"] == "authority")]
    return rows.pivot(index="area", columns="year", values="value")


def forecast(table: pd.DataFrame, members: Sequence[str], year: int, held_until: int) -> Forecast:
    """What an intruder expects of a year who holds the published figures of the years up to another.

    Parameters
    ----------
    table
        `annual`: of all England, since its changes say how far figures move.
    members
        The group, in the order of the answer.
    year
        The year whose figures are concealed.
    held_until
        The newest year that is published: the year itself for somebody who waits for its publication.

    Raises
    ------
    ValueError
        If the tables held are of later years, or of fewer than three.
    """
    held = table.loc[:, [one for one in table.columns if one <= held_until]]
    if held_until > year or held.shape[1] < 3:
        raise ValueError(f"years up to {held_until} tell nothing of {year}")
    known = held.reindex(list(members)).to_numpy(dtype=float)
    years = held.columns.to_numpy()
    centre, age = np.full(len(members), np.nan), np.zeros(len(members))
    for row, line in enumerate(known):
        given = np.flatnonzero(~np.isnan(line))
        if given.size:
            centre[row], age[row] = logs(line[given[-1]]), year - years[given[-1]]
    scale, drift_sd = _movement(logs(held.to_numpy(dtype=float)))
    return Forecast(centre, np.maximum(scale * np.sqrt(age), REVISED), drift_sd if held_until < year else 0.0)


def _movement(held: Values) -> tuple[float, float]:
    """The scale of an authority's own change in a year, and how far the change that all have in common goes."""
    changes = np.diff(held, axis=1)[:, -YEARS_OF_CHANGES:]
    changes = changes[:, ~np.isnan(changes).all(axis=0)]
    common = np.nanmedian(changes, axis=0)
    lower, upper = np.nanquantile(changes - common, [0.25, 0.75])
    return float((upper - lower) / 2 / stats.t.ppf(0.75, FREEDOM)), float(np.sqrt(np.mean(common**2)))
