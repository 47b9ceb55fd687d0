"""Whether a row of numbers holds the figures of those who are concealed: more of them than accident would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.stats import binom

Values = npt.NDArray[np.float64]
LEAST = 3
"""Figures that must agree: two are nobody's."""
_BY_CHANCE = 1e-3
"""How often a file may be failed by accident: shared among all rows of numbers and indicators of one file."""
_SHIFTS = np.concatenate([np.linspace(-0.43, -0.07, 20), np.linspace(0.07, 0.43, 20)])
"""As parts of the figures' spread: what agrees with figures moved by this agrees by accident."""
_MOST_DECIMALS = 4
_MOST_MAPPED = 150
_MOST_PLAIN = 200_000
_ANCHORS = 4
_EXACT = 3e-4
"""How closely a drawn mark stands where its figure says, as a part of the figures' spread."""


def agreeing(array: Sequence[float], values: Sequence[float], tests: int) -> int:
    """How many concealed figures stand in a row of numbers, where that is more than accident; else 0.

    Parameters
    ----------
    array
        Numbers as they were found. A figure agrees with one that it rounds to, at the decimals the number has.
    values
        The concealed figures of one indicator and period.
    tests
        Rows times indicators that are looked at in all: the more, the stronger the agreement must be.

    Notes
    -----
    How often accident agrees is measured in the same row: by figures moved up and down by 7 to 43 % of their spread.
    """
    wanted = np.unique(np.asarray(values, dtype=float))
    numbers = np.unique(np.asarray(array, dtype=float))
    spread = float(np.ptp(wanted)) if len(wanted) else 0.0
    if len(wanted) < LEAST or len(numbers) < LEAST or spread == 0 or len(numbers) > _MOST_PLAIN:
        return 0
    rows = {places: numbers[_decimals(numbers) == places] for places in range(_MOST_DECIMALS + 1)}
    hits = int(_hits(wanted, rows).sum())
    if hits < LEAST:
        return 0
    accident = sum(int(_hits(wanted + part * spread, rows).sum()) for part in _SHIFTS)
    chance = (accident + 0.5) / (len(wanted) * len(_SHIFTS) + 1)
    return hits if binom.sf(hits - 1, len(wanted), chance) < _BY_CHANCE / max(tests, 1) else 0


def _decimals(numbers: Values) -> npt.NDArray[np.int64]:
    """How many decimals each number has, at most four: more are as good as exact."""
    places = np.full(len(numbers), _MOST_DECIMALS)
    for count in range(_MOST_DECIMALS - 1, -1, -1):
        places[np.isclose(numbers, np.round(numbers, count), rtol=0, atol=1e-9)] = count
    return places


def _hits(wanted: Values, rows: Mapping[int, Values]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(wanted), dtype=bool)
    for places, numbers in rows.items():
        if len(numbers):
            # A whisker more than half a step: halves round up here and down there.
            half = 0.5 * 10.0**-places * (1 + 1e-6)
            found |= _nearest(wanted, numbers) <= half
    return found


def _nearest(wanted: Values, numbers: Values) -> Values:
    place = np.searchsorted(numbers, wanted).clip(1, max(len(numbers) - 1, 1))
    before = numbers[place - 1]
    after = numbers[place] if len(numbers) > 1 else before
    distance: Values = np.minimum(np.abs(wanted - before), np.abs(wanted - after))
    return distance


def agreeing_drawn(array: Sequence[float], values: Sequence[float], tests: int) -> int:
    """As `agreeing`, for coordinates: along whichever straight line makes most of them agree.

    Parameters
    ----------
    array
        Coordinates; more than 150 different ones are not tried.

    Notes
    -----
    A line is tried through each pair of coordinates and each pair of a low and a high figure; that many trials are
    counted against the agreement.
    """
    wanted = np.unique(np.asarray(values, dtype=float))
    numbers = np.unique(np.asarray(array, dtype=float))
    if len(wanted) < LEAST + 2 or not LEAST + 2 <= len(numbers) <= _MOST_MAPPED:
        return 0
    spread = float(np.ptp(wanted))
    best = trials = 0
    chance = 0.0
    first, last = np.triu_indices(len(numbers), k=1)
    for low in wanted[:_ANCHORS]:
        for high in wanted[-_ANCHORS:]:
            if high - low < 0.3 * spread:
                continue
            for start, end in ((numbers[first], numbers[last]), (numbers[last], numbers[first])):
                slope = (end - start) / (high - low)
                drawn = start[:, None] + slope[:, None] * (wanted[None, :] - low)
                near = _nearest(drawn.ravel(), numbers).reshape(drawn.shape)
                agree = (near <= np.abs(slope)[:, None] * spread * _EXACT).sum(axis=1)
                trials += len(agree)
                top = int(agree.argmax())
                if agree[top] > best:
                    best = int(agree[top])
                    reach = abs(float(slope[top])) * spread
                    chance = min(1.0, len(numbers) * 2 * _EXACT * reach / max(reach, 1e-12))
    # Two agree because the line was laid through them.
    odds = trials * binom.sf(best - 3, len(wanted) - 2, chance) * max(tests, 1)
    return best if best >= LEAST + 2 and odds < _BY_CHANCE else 0
