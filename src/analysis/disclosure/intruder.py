"""What somebody can work out about hidden counts who sets all the linked tables beside each other.

Two linear programmes for each hidden count: the least and the most that it can be, given every figure that is shown,
every sum, and that no count is below 0. The programmes of all counts are solved as one, since they share no variable.
That counts are whole is used where figures are rounded, and nowhere else (`docs/methods/suppression.md`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from analysis.disclosure.linked_tables import LinkedTables, Standing

MOST = 1e7
"""No count is above this: there are fewer children in England twice over at any age. As a bound it means: none."""
TOLERANCE = 1e-6
"""What the solver's answers are trusted to."""


def narrowest(tables: LinkedTables, shown: Collection[str]) -> dict[str, tuple[float, float]]:
    """The tightest interval for each count that is not shown.

    Parameters
    ----------
    tables
        Everything that is out: also tables of earlier quarters, and of other packs.
    shown
        The keys of the cells that are shown, rounded where their cells say so. The values of others are not looked at.

    Returns
    -------
    dict
        By key, in the order of the keys: the least and the most, infinite where nothing bounds it. Neither what was
        not submitted nor what is printed nowhere (`Standing.NEVER`) is in it.

    Raises
    ------
    ValueError
        If what is shown contradicts itself, or a cell is shown that is not there.
    """
    known = set(shown)
    if strangers := known - {cell.key for cell in tables.given}:
        raise ValueError(f"shown, but there is no such count: {min(strangers)}")
    bounds = np.array([cell.as_shown if cell.key in known else (0.0, MOST) for cell in tables.given]).reshape(-1, 2)
    targets = [
        place
        for place, cell in enumerate(tables.given)
        if cell.key not in known and cell.standing is not Standing.NEVER
    ]
    if not targets:
        return {}
    low, high = _extremes(tables.equations, bounds, np.array(targets))
    return {
        tables.given[place].key: (float(least), float(most))
        for place, least, most in zip(targets, low, high, strict=True)
    }


def too_narrow(intervals: Mapping[str, tuple[float, float]], width: float) -> set[str]:
    """The counts whose interval is narrower than `width`."""
    return {key for key, (low, high) in intervals.items() if high - low < width - TOLERANCE}


def _extremes(equations: sparse.csr_array, bounds: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the most of each target: one copy of the tables for either, all in one programme."""
    fixed = bounds[:, 0] == bounds[:, 1]
    free = np.flatnonzero(~fixed)
    place = {int(column): at for at, column in enumerate(free)}
    right = -(equations[:, np.flatnonzero(fixed)] @ bounds[fixed, 0])
    left = equations[:, free]
    copies = 2 * len(targets)
    objective = np.zeros((copies, len(free)))
    own = [place[int(target)] for target in targets]
    objective[np.arange(len(targets)), own] = 1.0
    objective[np.arange(len(targets), copies), own] = -1.0
    found = linprog(
        objective.ravel(),
        A_eq=sparse.kron(sparse.eye_array(copies), left, format="csr"),
        b_eq=np.tile(right, copies),
        bounds=np.tile(bounds[free], (copies, 1)),
        method="highs",
    )
    if found.status == 2:
        raise ValueError("what is shown contradicts itself: no counts fit it")
    if found.status != 0:
        raise RuntimeError(f"the solver gave no answer: {found.message}")
    tables = found.x.reshape(copies, len(free))
    low = tables[np.arange(len(targets)), own]
    high = tables[np.arange(len(targets), copies), own]
    return low, np.where(high > MOST / 2, np.inf, high)
