"""What can be worked out about hidden counts from sums that are shown.

The counts of a measure are the steps between running totals, and every sum over consecutive quarters is the
difference of two running totals. What is known is then a set of bounds on differences, and the tightest bound on any
other difference is a shortest path between two totals: exact, also for whole numbers, and without a solver.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


class Knowledge:
    """What a reader knows of the differences between running totals 0, 1, 2, ...

    Total `j` minus total `i` is what was counted in the quarters after `i` up to `j`.
    """

    def __init__(self, totals: int) -> None:
        """Nothing is known yet but that a total equals itself."""
        self._most: Values = np.full((totals, totals), np.inf)
        np.fill_diagonal(self._most, 0.0)

    def with_sum(self, start: int, end: int, low: float, high: float) -> Knowledge:
        """What is known once the count between two totals is known to lie between `low` and `high`."""
        known = Knowledge(len(self._most))
        known._most = self._most.copy()
        for i, j, bound in ((start, end, high), (end, start, -low)):
            known._most = np.minimum(known._most, known._most[:, [i]] + bound + known._most[[j], :])
        return known

    def between(self, start: int, end: int) -> tuple[float, float]:
        """The least and the most that can have been counted between two totals."""
        return -float(self._most[end, start]), float(self._most[start, end])

    def width(self, start: int, end: int) -> float:
        """How far apart the least and the most are."""
        return float(self._most[end, start] + self._most[start, end])


def years_to_show(by_quarter: Values, by_year: Values, quarters: int, low: int, high: int) -> npt.NDArray[np.bool_]:
    """Which 12-month counts can be shown when no quarterly count is.

    Parameters
    ----------
    by_quarter
        What was counted in each quarter; NaN where that is not known.
    by_year
        What was counted in the `quarters` quarters up to each; NaN where there is no figure.
    quarters
        How many quarters a year has.
    low, high
        The small counts.

    Returns
    -------
    array
        True where the count is shown. A small one never is, and none is with which a quarterly or 12-month count of
        `low` to `high` could be confined to less than that. Decided from the oldest on, by what is known up to then:
        a later report shows and hides the same of the past as an earlier one, so that two do not add up to more.
    """
    shown = np.zeros(len(by_year), dtype=bool)
    known = Knowledge(len(by_year) + 1)
    secrets: list[tuple[int, int]] = []
    for end, (in_quarter, in_year) in enumerate(zip(by_quarter, by_year, strict=True), start=1):
        start = end - quarters
        known = known.with_sum(end - 1, end, 0, np.inf)
        if low <= in_quarter <= high:
            secrets.append((end - 1, end))
        if low <= in_year <= high:
            secrets.append((start, end))
            known = known.with_sum(start, end, low, high)
        elif not np.isnan(in_year):
            then = known.with_sum(start, end, in_year, in_year)
            if all(then.width(*secret) >= high - low for secret in secrets):
                known, shown[end - 1] = then, True
    return shown
