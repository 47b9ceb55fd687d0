"""A good pattern without the search for the best: each narrow count is helped, then what nobody needs is shown.

For tables that are linked in three directions, as rows, columns and quarters are. There the best pattern can take
minutes to find, and this one seconds; how much more it hides is measured in `docs/methods/suppression.md`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from analysis.disclosure.cuts import Mask, Places, Room

Narrow = Callable[[Mask], Places]
"""The places of hidden cells that lack the width under a pattern."""


def repaired(
    equations: sparse.csr_array, room: Room, must: Mask, may: Mask, narrow: Narrow, width: float
) -> Mask | None:
    """A pattern in which no hidden cell is narrow, and that needs each cell that it hides beyond `must`.

    Parameters
    ----------
    equations
        (sums, cells), as `cuts.cuts`.
    must, may
        What is hidden in any pattern, and what may be hidden besides.
    narrow
        Says what lacks the width.

    Returns
    -------
    array or None
        None where a narrow count cannot be helped.

    Raises
    ------
    RuntimeError
        If the solver gives no answer.
    """
    hidden = must
    while len(targets := narrow(hidden)):
        before = hidden
        for target in targets:
            helpers = _helpers(equations, room, hidden, must | may, int(target), width)
            if helpers is None:
                return None
            hidden = hidden | helpers
        if (hidden == before).all():
            return None
    # From the last: an early helper often serves several, the last one rather its own target alone.
    for place in np.flatnonzero(hidden & ~must)[::-1]:
        without = hidden & (np.arange(len(hidden)) != place)
        if not _one_alone(equations, room, without) and not len(narrow(without)):
            hidden = without
    return hidden


def _one_alone(equations: sparse.csr_array, room: Room, hidden: Mask) -> bool:
    """Whether a sum has one cell alone that is not exactly known: that one is known then too, without a programme."""
    down, up = room.under(hidden)
    return bool((abs(equations) @ (up > down) == 1).any())


def _helpers(
    equations: sparse.csr_array, room: Room, hidden: Mask, may: Mask, target: int, width: float
) -> Mask | None:
    """What has to move where a target is moved over a width and as little else as can be: hidden cells move free."""
    down, up = room.under(may)
    shown_down, shown_up = room.under(hidden)
    cells = len(hidden)
    # A move of a cell in four parts: up and down, within the room that it has anyway and beyond it, at a price.
    free_up, free_down = shown_up, -shown_down
    more_up, more_down = up - shown_up, shown_down - down
    price = np.concatenate([np.zeros(2 * cells), np.ones(2 * cells)])
    most = np.concatenate([free_up, free_down, more_up, more_down])
    step = sparse.eye_array(cells)
    moves = sparse.hstack([step, -step, step, -step])
    balance = equations @ moves
    own = np.zeros(cells)
    own[target] = 1.0
    across = own @ moves
    # Two moves, one to either end: they share no cell's price but the target's distance.
    found = linprog(
        np.concatenate([price, price]),
        A_eq=sparse.vstack([sparse.block_diag([balance, balance]), np.concatenate([across, -across])[None, :]]),
        b_eq=np.concatenate([np.zeros(2 * equations.shape[0]), [width]]),
        bounds=np.stack([np.zeros(8 * cells), np.concatenate([most, most])], axis=1),
        method="highs",
    )
    if found.status == 2:
        return None
    if found.status != 0:
        raise RuntimeError(f"the solver gave no answer: {found.message}")
    moved: npt.NDArray[np.float64] = found.x.reshape(2, 4, cells)[:, 2:].sum(axis=(0, 1))
    return (moved > 1e-7) & may
