"""Which counts to hide beside the small ones, so that none of those hidden can be worked out to less than a width.

For reports and extracts that print tables of several authorities with totals. `small_counts.py` hides the counts of one
authority's own series, where what is linked is known beforehand; here it is whatever the description says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.disclosure.cuts import Cut, Places, Room, cuts
from analysis.disclosure.intruder import narrowest, too_narrow
from analysis.disclosure.linked_tables import Cell, LinkedTables, Standing
from analysis.disclosure.policy import Policy
from analysis.disclosure.repair import repaired

Mask = npt.NDArray[np.bool_]

MOST_CUTS = 300
"""With so many, the search for the best pattern is given up for a good one."""
REACH = 20
"""How far any count is moved, in widths: more than enough to move one by a width, and it keeps the numbers small."""
WITHHELD = (
    "This table is withheld: small counts in it could be worked out whatever else in it were hidden "
    "(docs/methods/suppression.md)."
)


@dataclass(frozen=True)
class Suppressed:
    """What may be printed of linked tables. All keys are in order, and the same tables give the same of all."""

    shown: tuple[str, ...]
    """The cells whose counts are printed."""
    hidden: tuple[str, ...]
    """The cells that print `c`, small or not: no mark tells which."""
    small: tuple[str, ...]
    """Those of the cells that are not shown whose count is small. Not for print."""
    withheld: tuple[str, ...]
    """The tables of which nothing is printed but `WITHHELD`."""
    confined: tuple[str, ...]
    """Counts that stay too narrow although all that can be is hidden: by what is out already, or by zeros."""
    figures: tuple[str, ...]
    """The rates, percentages and averages that are printed: those of which every count is."""
    intervals: Mapping[str, tuple[float, float]]
    """What can be worked out about each count that is not shown."""


def suppress(tables: LinkedTables, policy: Policy) -> Suppressed:
    """Hide small counts, and the fewest others with which every hidden one stays open to `policy.protect_width`.

    Parameters
    ----------
    tables
        Everything that a reader may set side by side, also what is out already.
    policy
        What is small, and how wide an interval has to be.

    Returns
    -------
    Suppressed
        The fewest cells are hidden where that is found with `MOST_CUTS`, else few. A 0 is never hidden. A table in
        which the width cannot be had is withheld whole; its small counts are protected all the same against what the
        other tables show.

    Raises
    ------
    RuntimeError
        If the solver finds no answer, or one that does not pass `intruder.too_narrow`: nothing may be printed then.
    """
    task = _Task(tables, policy)
    while True:
        pattern = task.good_pattern()
        if pattern is not None:
            return task.outcome(pattern)
        task = task.relieved()


@dataclass(frozen=True)
class _Task:
    tables: LinkedTables
    policy: Policy
    withheld: tuple[str, ...] = ()
    confined: frozenset[str] = frozenset()

    def good_pattern(self) -> Mask | None:
        """The cheapest pattern in which every hidden cell has its width; None where there is none.

        The cheapest one by the cuts so far is tried, and brings cuts that it does not fulfil, until it has none. Where
        that does not come to an end soon, a good one is made instead.
        """
        must, may, room = self._must_hide(), self._may_hide(), self._room()
        found: list[Cut] = []
        hidden = must
        while len(found) < MOST_CUTS:
            new = self._cuts(room, hidden)
            if not new:
                return hidden
            found += new
            answer = milp(
                np.ones(len(hidden)),
                constraints=LinearConstraint(np.array([cut.row for cut in found]), -1e-7, np.inf),
                integrality=np.ones(len(hidden)),
                bounds=Bounds(must.astype(float), (must | may).astype(float)),
            )
            if answer.status == 2:
                return None
            if answer.x is None:
                raise RuntimeError(f"the solver gave no answer: {answer.message}")
            hidden = answer.x > 0.5

        def narrow(pattern: Mask) -> Places:
            return np.array([cut.target for cut in self._cuts(room, pattern)], dtype=np.intp)

        return repaired(self.tables.equations, room, must, may, narrow, self.policy.protect_width)

    def relieved(self) -> _Task:
        """The task after one more table is withheld, or, where that cannot help, without what is confined anyway."""
        narrow = {
            self.tables.given[one.target].key for one in self._cuts(self._room(), self._must_hide() | self._may_hide())
        }
        if not narrow:
            raise RuntimeError("there is a pattern, but the solver has not found it")
        held = {name: set(keys) for name, keys in self.tables.tables.items() if name not in self.withheld}
        for around in (narrow, self._linked_with(narrow)):
            concerned = {name: len(around & keys) for name, keys in held.items() if around & keys}
            if concerned:
                worst = min(concerned, key=lambda name: (-concerned[name], name))
                return replace(self, withheld=tuple(sorted((*self.withheld, worst))))
        return replace(self, confined=self.confined | narrow)

    def outcome(self, pattern: Mask) -> Suppressed:
        """The pattern as it may be printed, after a look at it by programmes that know nothing of how it was made."""
        gone = self._gone()
        printed = [
            (cell, bool(hidden))
            for cell, hidden in zip(self.tables.given, pattern, strict=True)
            if cell.standing is not Standing.NEVER and cell.key not in gone
        ]
        shown = tuple(cell.key for cell, hidden in printed if not hidden)
        intervals = narrowest(self.tables, shown)
        targets = {self.tables.given[place].key for place in self._targets(pattern)}
        if targets & too_narrow(intervals, self.policy.protect_width):
            raise RuntimeError("a hidden count is narrower than it was found to be")
        seen = set(shown)
        return Suppressed(
            shown=shown,
            hidden=tuple(cell.key for cell, hidden in printed if hidden),
            small=tuple(cell.key for cell in self.tables.given if self._small(cell) and cell.key not in seen),
            withheld=self.withheld,
            confined=tuple(sorted(self.confined)),
            figures=tuple(sorted(name for name, keys in self.tables.figures.items() if set(keys) <= seen)),
            intervals=intervals,
        )

    def _small(self, cell: Cell) -> bool:
        """Whether a count is one that must not be known, and still can be kept so."""
        small = self.policy.small_count_low <= cell.value <= self.policy.small_count_high
        return small and cell.standing in (Standing.OPEN, Standing.CLOSED)

    def _gone(self) -> set[str]:
        """The cells that are not printed since a table that they stand in is withheld."""
        keys = (key for name in self.withheld for key in self.tables.tables[name])
        return {key for key in keys if self.tables.by_key[key].standing is not Standing.OUT}

    def _must_hide(self) -> Mask:
        """The small counts, and what was hidden before."""
        return self._mask(lambda cell: self._small(cell) or cell.standing is Standing.CLOSED)

    def _may_hide(self) -> Mask:
        """What may be hidden for others' sake. A 0 is not: readers often know of one."""
        gone = self._gone()
        return self._mask(lambda cell: cell.standing is Standing.OPEN and cell.value > 0 and cell.key not in gone)

    def _targets(self, hidden: Mask) -> Places:
        """What needs the width: all that is hidden by the pattern, and the small counts of tables withheld."""
        return np.flatnonzero(hidden & self._mask(lambda cell: cell.key not in self.confined))

    def _cuts(self, room: Room, hidden: Mask) -> list[Cut]:
        return cuts(self.tables.equations, room, hidden, self._targets(hidden), self.policy.protect_width)

    def _room(self) -> Room:
        values, reach = self.tables.values, float(REACH * self.policy.protect_width)
        gone = self._gone()
        unseen = self._mask(lambda cell: cell.standing is Standing.NEVER or cell.key in gone)
        ends = np.array([cell.as_shown for cell in self.tables.given]).reshape(-1, 2)
        high = np.full(len(values), reach)
        return Room(
            np.where(unseen, -values, ends[:, 0] - values), np.where(unseen, high, ends[:, 1] - values), -values, high
        )

    def _linked_with(self, keys: set[str]) -> set[str]:
        """All cells that some way of sums leads to."""
        sums = abs(self.tables.equations)
        _, group = sparse.csgraph.connected_components(sums.T @ sums, directed=False)
        among = {group[place] for place, cell in enumerate(self.tables.given) if cell.key in keys}
        return {cell.key for place, cell in enumerate(self.tables.given) if group[place] in among}

    def _mask(self, holds: Callable[[Cell], bool]) -> Mask:
        return np.array([holds(cell) for cell in self.tables.given], dtype=bool)
