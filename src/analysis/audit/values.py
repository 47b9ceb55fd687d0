"""Whether a row of numbers holds the figures of those who are concealed: more of them than accident would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.stats import binom

Values = npt.NDArray[np.float64]
LEAST = 3
"""Figures that must agree: two are nobody's."""
BY_CHANCE = 1e-3
"""How often a file may be failed by accident: shared among all rows of numbers and indicators of one file."""
_SHIFTS = np.concatenate([np.linspace(-0.43, -0.07, 20), np.linspace(0.07, 0.43, 20)])
"""As parts of the figures' spread: what agrees with figures moved by this agrees by accident."""
_MOST_DECIMALS = 4


def looked_for(figures: Iterable[Sequence[float]]) -> list[Values]:
    """The figures of each indicator (and period), sorted and each once; without those too few or too alike to tell."""
    rows = (np.unique(np.asarray(row, dtype=float)) for row in figures)
    return [row for row in rows if len(row) >= LEAST]


def agreeing(array: Sequence[float], figures: Sequence[Values], tests: int) -> int:
    """How many concealed figures of one indicator stand in a row of numbers, where that is more than accident; else 0.

    Parameters
    ----------
    array
        Numbers as they were found. A figure agrees with one that it rounds to, at the decimals the number has.
    figures
        As `looked_for` gives them; the largest agreement counts.
    tests
        Rows times indicators that are looked at in all: the more, the stronger the agreement must be.

    Notes
    -----
    How often accident agrees is measured in the same row: by figures moved up and down by 7 to 43 % of their spread.
    """
    numbers = np.unique(np.asarray(array, dtype=float))
    if len(numbers) < LEAST or not figures:
        return 0
    decimals = _decimals(numbers)
    rows = {int(places): numbers[decimals == places] for places in np.unique(decimals)}
    starts = np.cumsum([0, *(len(wanted) for wanted in figures[:-1])])
    hits = np.add.reduceat(_hits(np.concatenate(figures), rows).astype(int), starts)
    best = 0
    for wanted, agree in zip(figures, hits.tolist(), strict=True):
        if agree < LEAST:
            continue
        moved = wanted[None, :] + _SHIFTS[:, None] * np.ptp(wanted)
        chance = (int(_hits(moved.ravel(), rows).sum()) + 0.5) / (moved.size + 1)
        if binom.sf(agree - 1, len(wanted), chance) < BY_CHANCE / max(tests, 1):
            best = max(best, agree)
    return best


def _decimals(numbers: Values) -> npt.NDArray[np.int64]:
    """How many decimals each number has, at most four: more are as good as exact."""
    places = np.full(len(numbers), _MOST_DECIMALS)
    for count in range(_MOST_DECIMALS - 1, -1, -1):
        places[np.abs(numbers - np.round(numbers, count)) <= 1e-9] = count
    return places


def _hits(wanted: Values, rows: Mapping[int, Values]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(wanted), dtype=bool)
    for places, numbers in rows.items():
        # A whisker more than half a step: halves round up here and down there.
        found |= nearest(wanted, numbers) <= 0.5 * 10.0**-places * (1 + 1e-6)
    return found


def nearest(wanted: Values, numbers: Values) -> Values:
    """How far each figure is from the nearest of some numbers, which are sorted and at least one."""
    place = np.searchsorted(numbers, wanted).clip(1, max(len(numbers) - 1, 1))
    before = numbers[place - 1]
    after = numbers[place] if len(numbers) > 1 else before
    distance: Values = np.minimum(np.abs(wanted - before), np.abs(wanted - after))
    return distance
