"""How far hidden counts can be moved under a pattern, and what every pattern in which they can be moved further needs.

The least and the most that a count can be are two linear programmes in which the pattern stands in the bounds alone.
Their duals therefore bound the width under *any* pattern, and where a width is too small they say which cells could
help: an inequality that every good pattern fulfils (a Benders cut; Fischetti and Salazar, Management Science 47, 2001).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog

from analysis.disclosure.intruder import TOLERANCE

Values = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Room:
    """How far each count can be moved from its value: while it is shown, and once it is hidden.

    All are arrays with one entry a cell. `down` is 0 or below, `up` is 0 or above; hidden, a count has more room.
    """

    down_shown: Values
    up_shown: Values
    down_hidden: Values
    up_hidden: Values

    def under(self, hidden: Mask) -> tuple[Values, Values]:
        """The room of each count under a pattern."""
        return np.where(hidden, self.down_hidden, self.down_shown), np.where(hidden, self.up_hidden, self.up_shown)

    def to_move(self, target: int, width: float) -> Room:
        """The same where one count is hidden for certain, and is not to be moved further than a width."""
        down, up = self.down_hidden[target].clip(min=-width), self.up_hidden[target].clip(max=width)
        own = np.arange(len(self.up_hidden)) == target
        return Room(
            np.where(own, down, self.down_shown),
            np.where(own, up, self.up_shown),
            np.where(own, down, self.down_hidden),
            np.where(own, up, self.up_hidden),
        )


@dataclass(frozen=True)
class Cut:
    """A pattern that hides `target` is good only if the weights of the cells that it hides come to `needed`."""

    target: int
    weights: Values
    needed: float

    @property
    def row(self) -> Values:
        """The weights, less `needed` at the target: times a pattern (1 is hidden), this is 0 or above."""
        row = self.weights.copy()
        row[self.target] -= self.needed
        return row


def cuts(equations: sparse.csr_array, room: Room, hidden: Mask, targets: Places, width: float) -> list[Cut]:
    """One cut for each target that cannot be moved over `width` under a pattern; none where all can.

    Parameters
    ----------
    equations
        (sums, cells): whatever the counts are, this times them is 0.
    hidden
        The pattern: which cells are hidden, the targets among them.
    targets
        Places of the cells that need the width.
    width
        Above 0.

    Raises
    ------
    RuntimeError
        If the solver gives no answer.
    """
    if not len(targets):
        return []
    rooms = [room.to_move(int(target), width) for target in targets]
    widths, prices = _moves(equations, [one.under(hidden) for one in rooms], targets)
    return [
        _cut(equations, rooms[at], int(targets[at]), prices[:, at], width)
        for at in np.flatnonzero(widths < width - TOLERANCE)
    ]


def _cut(equations: sparse.csr_array, room: Room, target: int, prices: Values, width: float) -> Cut:
    """By duality no pattern gives the target more room than `always` and what its helpers are good for."""
    always, helped = 0.0, np.zeros(equations.shape[1])
    for price, way in zip(prices, (1.0, -1.0), strict=True):
        pull = equations.T @ price
        pull[target] += way
        pull[np.abs(pull) < TOLERANCE] = 0.0
        upward, downward = pull.clip(min=0), pull.clip(max=0)
        always += float(room.up_shown @ upward + room.down_shown @ downward)
        helped += (room.up_hidden - room.up_shown) * upward + (room.down_hidden - room.down_shown) * downward
    needed = width - always
    # A helper counts for no more than is needed: no good pattern is lost, and the solver has less to try.
    return Cut(target, helped.clip(max=needed), needed)


def _moves(equations: sparse.csr_array, bounds: list[tuple[Values, Values]], targets: Places) -> tuple[Values, Values]:
    """Move every target as far up and as far down as it goes, all in one programme.

    Returns
    -------
    tuple
        How far apart the ends are, one entry a target; and what each sum is worth, (way, target, sum): its dual, with
        the sign that makes `equations.T @ dual` what moving a cell up by one adds to the way up, or to the way down.
    """
    free = np.flatnonzero(bounds[0][1] > bounds[0][0])
    inside = equations[:, free]
    linked = np.flatnonzero(np.diff(inside.indptr))
    count, own = len(targets), np.searchsorted(free, targets)
    objective = np.zeros((2, count, len(free)))
    objective[0, np.arange(count), own], objective[1, np.arange(count), own] = -1.0, 1.0
    least, most = (np.tile(np.array(side)[:, free], (2, 1, 1)) for side in zip(*bounds, strict=True))
    found = linprog(
        objective.ravel(),
        A_eq=sparse.kron(sparse.eye_array(2 * count), inside[linked], format="csr"),
        b_eq=np.zeros(2 * count * len(linked)),
        bounds=np.stack([least.ravel(), most.ravel()], axis=1),
        method="highs",
    )
    if found.status != 0:
        raise RuntimeError(f"the solver gave no answer: {found.message}")
    ends = found.x.reshape(2, count, len(free))[:, np.arange(count), own]
    prices = np.zeros((2, count, equations.shape[0]))
    prices[:, :, linked] = found.eqlin.marginals.reshape(2, count, len(linked))
    return ends[0] - ends[1], prices
