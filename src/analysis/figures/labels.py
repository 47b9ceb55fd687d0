"""Labels beside a line's end instead of a legend: moved apart so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Middles of labels, as near to `wanted` as can be, in the same order, without overlap, within `low` to `high`.

    Parameters
    ----------
    wanted
        Where the middle of each label would stand by itself.
    heights
        The height of each label, in the same unit.
    low, high
        The ends of the room. Where the labels don't fit at all, they start at `low` and run over `high`.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    places: dict[int, float] = {}
    floor = low
    for index in order:
        places[index] = max(wanted[index], floor + heights[index] / 2)
        floor = places[index] + heights[index] / 2
    ceiling = max(high, low + sum(heights))
    for index in reversed(order):
        places[index] = min(places[index], ceiling - heights[index] / 2)
        ceiling = places[index] - heights[index] / 2
    return [places[index] for index in range(len(wanted))]
