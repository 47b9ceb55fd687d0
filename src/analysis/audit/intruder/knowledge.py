"""What public tables tell of a group's figures before anything of the group is shown.

An intruder who holds earlier years expects a figure near a mixture of its last two, drawn a little towards England's
middle; about that it lies by what all have in common and by a change of its own, with Student's t of 4 degrees of
freedom on logarithms. Mixture and scale are those that fit all England's earlier years best
(`docs/methods/reidentification.md`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Values = npt.NDArray[np.float64]

FREEDOM = 4
"""Degrees of freedom of a change: most authorities hardly move, and a few move far."""
HALF = 0.5
"""Added before logarithms are taken: a share of no children is 0."""
REVISED = 0.01
"""Chosen: how far a figure in a return lies from the one that is published later, as a share of it."""
ROUNDS = 20
"""Weighted least squares, the weights being those of Student's t: by then it stands still."""
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
    held = table[[one for one in table.columns if int(one) <= held_until]]
    if held_until > year or held.shape[1] < 3:
        raise ValueError(f"years up to {held_until} tell nothing of {year}")
    held = held.dropna(axis="columns", how="all")
    every = logs(held.to_numpy(dtype=float))
    middle = np.nanmedian(every, axis=0)
    weights, scale = _fitted(every - middle)
    known = logs(held.reindex(list(members)).to_numpy(dtype=float))
    centre, age = np.full(len(members), np.nan), np.ones(len(members))
    for row, line in enumerate(known):
        given = np.flatnonzero(~np.isnan(line))
        if given.size:
            last, before = line[given[-1]] - middle[given[-1]], line[given[-2:][0]] - middle[given[-2:][0]]
            age[row] = year - held.columns[given[-1]]
            centre[row] = middle[-1] + weights[0] * last + weights[1] * before if held_until < year else line[given[-1]]
    if held_until == year:
        return Forecast(centre, np.maximum(scale * np.sqrt(age), REVISED), 0.0)
    drift_sd = float(np.sqrt(np.mean(np.diff(middle)[-YEARS_OF_CHANGES:] ** 2)))
    return Forecast(centre, scale * np.sqrt(np.maximum(age, 1)), drift_sd)


def _fitted(apart: Values) -> tuple[Values, float]:
    """How much the last figure and the one before count in the next, and the scale of what is left.

    Parameters
    ----------
    apart
        (authorities, years): logarithms, less each year's median.
    """
    years = range(max(2, apart.shape[1] - YEARS_OF_CHANGES), apart.shape[1])
    rows = np.concatenate([apart[:, [place, place - 1, place - 2]] for place in years])
    rows = rows[~np.isnan(rows).any(axis=1)]
    after, before = rows[:, 0], rows[:, 1:]
    trust = np.ones(len(rows))
    for _ in range(ROUNDS):
        root = np.sqrt(trust)
        weights, *_ = np.linalg.lstsq(before * root[:, None], after * root, rcond=None)
        left = after - before @ weights
        variance = np.mean(trust * left**2)
        trust = (FREEDOM + 1) / (FREEDOM + left**2 / variance)
    return weights, float(np.sqrt(variance))
