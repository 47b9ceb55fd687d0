"""Whether a row of numbers holds the figures of those who are concealed: more of them than accident would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import bdtrc

Values = npt.NDArray[np.float64]
LEAST = 3
"""Figures that must agree: two are nobody's."""
BY_CHANCE = 1e-3
"""How often a file may be failed by accident: shared among all rows of numbers and indicators of one file."""
_NEIGHBOURS = 4
"""Accident is measured as far to each side as the fourth nearest of the figures stands,"""
_LEAST_CELLS = 5
"""and over so many steps of the last decimal at least."""
_SIDES = 2
"""Figures that find numbers, and numbers that find figures."""
_MOST_DECIMALS = 4
_WHISKER = 1 + 1e-6
"""A whisker more than half a step: halves round up here and down there."""
_WHOLE, _STRETCH, _MOST_STRETCHES = 150, 100, 60
"""Of more different numbers than the first, stretches of the second are tried too, at most so many."""


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
    How often accident agrees is measured in the same row, in two ways: how many of the steps of the last decimal beside
    a figure hold a number, and how many of those about a number hold a figure. Where figures stand close together the
    row is judged by how dense it is just there; where numbers take every step nothing can be told.
    """
    numbers = np.unique(np.asarray(array, dtype=float))
    if len(numbers) < LEAST or not figures:
        return 0
    decimals = _decimals(numbers)
    rows = {int(places): numbers[decimals == places] for places in np.unique(decimals)}
    starts = np.cumsum([0, *(len(wanted) for wanted in figures[:-1])])
    hits = np.add.reduceat(_hits(np.concatenate(figures), rows).astype(int), starts)
    best = 0
    for wanted, figures_hit in zip(figures, hits.tolist(), strict=True):
        if figures_hit <= max(best, LEAST - 1):
            continue
        agree = min(figures_hit, _numbers_hit(wanted, rows))
        if agree < LEAST:
            continue
        likely = min(
            bdtrc(agree - 1, len(wanted), _figure_by_accident(wanted, rows)),
            bdtrc(agree - 1, len(numbers), _number_by_accident(wanted, rows)),
        )
        if _SIDES * likely < BY_CHANCE / max(tests, 1):
            best = agree
    return best


def _numbers_hit(wanted: Values, rows: Mapping[int, Values]) -> int:
    """How many numbers agree with a figure: two figures that round to one number agree once."""
    return sum(
        int((nearest(numbers, wanted) <= 0.5 * 10.0**-places * _WHISKER).sum()) for places, numbers in rows.items()
    )


def _figure_by_accident(wanted: Values, rows: Mapping[int, Values]) -> float:
    """How likely a figure finds a number where it stands: by how dense the row is beside it."""
    away = _to_neighbour(wanted, wanted, _NEIGHBOURS)
    chance = np.zeros(len(wanted))
    for places, numbers in rows.items():
        step = 10.0**-places
        reach = np.maximum(away, _LEAST_CELLS * step)
        own = _within(numbers, wanted - 0.5 * step, wanted + 0.5 * step).clip(max=1)
        chance += (_within(numbers, wanted - reach, wanted + reach) - own + 0.5) / (2 * reach / step)
    return float(np.minimum(chance, 1).mean())


def _number_by_accident(wanted: Values, rows: Mapping[int, Values]) -> float:
    """How likely a number finds a figure where it stands: by how dense the figures are about it."""
    chances = []
    for places, numbers in rows.items():
        step = 10.0**-places
        taken = np.unique(np.round(wanted / step)) * step
        reach = np.maximum(_to_neighbour(numbers, taken, _NEIGHBOURS), _LEAST_CELLS * step)
        chances.append((_within(taken, numbers - reach, numbers + reach) + 0.5) / (2 * reach / step))
    return float(np.minimum(np.concatenate(chances), 1).mean())


def _to_neighbour(places: Values, figures: Values, which: int) -> Values:
    """How far each place is from the nearest, second nearest ... of some figures."""
    away: Values = np.sort(np.abs(places[:, None] - figures), axis=1)[:, min(which, len(figures)) - 1]
    return away


def _within(numbers: Values, low: Values, high: Values) -> Values:
    """How many of some sorted numbers stand between each pair of bounds."""
    found: Values = (np.searchsorted(numbers, high, "right") - np.searchsorted(numbers, low)).astype(float)
    return found


def _decimals(numbers: Values) -> npt.NDArray[np.int64]:
    """How many decimals each number has, at most four: more are as good as exact."""
    places = np.full(len(numbers), _MOST_DECIMALS)
    for count in range(_MOST_DECIMALS - 1, -1, -1):
        places[np.abs(numbers - np.round(numbers, count)) <= 1e-9] = count
    return places


def _hits(wanted: Values, rows: Mapping[int, Values]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(wanted), dtype=bool)
    for places, numbers in rows.items():
        found |= nearest(wanted, numbers) <= 0.5 * 10.0**-places * _WHISKER
    return found


def nearest(wanted: Values, numbers: Values) -> Values:
    """How far each figure is from the nearest of some numbers, which are sorted and at least one."""
    place = np.searchsorted(numbers, wanted).clip(1, max(len(numbers) - 1, 1))
    before = numbers[place - 1]
    after = numbers[place] if len(numbers) > 1 else before
    distance: Values = np.minimum(np.abs(wanted - before), np.abs(wanted - after))
    return distance


def stretches(row: Sequence[float]) -> Iterator[tuple[float, ...]]:
    """A row of numbers as a whole, and where it is long also the stretches of it: figures stand together in a text.

    Parameters
    ----------
    row
        Numbers in the order of the file. A stretch is of 100 different ones, and overlaps the next by half; where there
        would be more than 60 of them, they are longer.
    """
    yield tuple(row)
    every = tuple(dict.fromkeys(row))
    if len(every) > _WHOLE:
        length = max(_STRETCH, 2 * len(every) // _MOST_STRETCHES)
        for start in range(0, len(every), length // 2):
            yield every[start : start + length]
