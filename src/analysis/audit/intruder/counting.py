"""What a page's own tables say about the counts behind them, as linear constraints: numbers, rates, shares, sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from analysis.audit.intruder.page import PrintedTable, number
from analysis.reference.indicators import POPULATION, Series, Window
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.reference.status import Status

Count = tuple[str, int]
"""A measure, in the quarter of this place."""
Terms = Mapping[Count, float]
ENDINGS = {
    "in the quarter": Window.QUARTER.value,
    "at the end of the quarter": Window.QUARTER.value,
    "12 months to the end of the quarter": Window.ROLLING_YEAR.value,
}
YEAR = 4


@dataclass(frozen=True)
class Bound:
    """A sum of counts with weights, and between what it must lie."""

    terms: tuple[tuple[Count, float], ...]
    low: float
    high: float


@dataclass(frozen=True)
class Told:
    """What a page tells of counts."""

    bounds: tuple[Bound, ...]
    book_keeping: tuple[Bound, ...]
    """What holds among counts if the return is right: stocks that go on, parts that are not above their wholes."""
    hidden: tuple[tuple[Count, ...], ...]
    """Sums of counts that stand as `c`: of one quarter or of four."""


def told(
    tables: Sequence[PrintedTable],
    registry: Registry,
    latest: Quarter,
    population: Callable[[Quarter], float],
) -> Told:
    """All that the tables of series tell.

    Parameters
    ----------
    latest
        The page's quarter.
    population
        Children aged 0 to 17 by which a quarter's rates were made; NaN where that is not public.
    """
    quarters = latest.back(80)
    places = {quarter.words: place for place, quarter in enumerate(quarters)}
    bounds: list[Bound] = []
    hidden: set[tuple[Count, ...]] = set()
    for table in tables:
        for column, heading in enumerate(table.columns[1:], start=1):
            found = _series(heading, registry)
            if found is None or table.columns[0] != "Period":
                continue
            series, window = found
            for row in table.rows:
                if row[0] not in places:
                    continue
                place = places[row[0]]
                above = _summed(series.numerator, window, place, registry)
                if row[column] == Status.SUPPRESSED.symbol and series.kind == "number":
                    hidden.add(tuple(above))
                elif _is_number(row[column]) and series.kind != "duration":
                    bounds += _bounds(series, window, place, row[column], population(quarters[place]), registry)
    return Told(tuple(bounds), tuple(_book_keeping(bounds, hidden, registry)), tuple(sorted(hidden)))


def possible(known: Told, goal: Sequence[Count]) -> tuple[float, float] | None:
    """The least and the most that a sum of counts can be; None where what the page tells contradicts itself.

    A linear programme over what hangs together with the sum; counts are at least 0, not held to be whole. Where a
    return's stocks do not go on from each other, the book-keeping tells nothing and is left aside.
    """
    return _ends((*known.bounds, *known.book_keeping), goal) or _ends(known.bounds, goal)


def _ends(every: Sequence[Bound], goal: Sequence[Count]) -> tuple[float, float] | None:
    bounds = _connected(every, goal)
    names = sorted({count for bound in bounds for count, _ in bound.terms} | set(goal))
    column = {name: place for place, name in enumerate(names)}
    rows, most = [], []
    for bound in bounds:
        row = np.zeros(len(names))
        for count, weight in bound.terms:
            row[column[count]] += weight
        rows += [row, -row]
        most += [bound.high, -bound.low]
    keep = [place for place, one in enumerate(most) if np.isfinite(one)]
    matrix: npt.NDArray[np.float64] | None = np.array([rows[place] for place in keep]) if keep else None
    limit = np.array([most[place] for place in keep]) if keep else None
    aim = np.zeros(len(names))
    aim[[column[count] for count in goal]] = 1
    ends = []
    for sign in (1, -1):
        found = linprog(sign * aim, A_ub=matrix, b_ub=limit, bounds=(0, None), method="highs")
        if found.status == 2:
            return None
        ends.append(np.inf if found.status == 3 else float(sign * found.fun))
    return ends[0], ends[1]


def _series(heading: str, registry: Registry) -> tuple[Series, str] | None:
    for series in registry.all_series():
        if heading.startswith(f"{series.label}, "):
            window = ENDINGS.get(heading.removeprefix(f"{series.label}, "))
            return None if window is None else (series, window)
    return None


def _summed(measure: str, window: str, place: int, registry: Registry) -> list[Count]:
    stock = registry.measures[measure].kind == "stock"
    back = 1 if stock or window == Window.QUARTER.value else YEAR
    return [(measure, at) for at in range(place - back + 1, place + 1)]


def _bounds(series: Series, window: str, place: int, cell: str, children: float, registry: Registry) -> list[Bound]:
    half = 0.5 * 10.0 ** -(len(cell.split(".")[1]) if "." in cell else 0)
    low, high = number(cell) - half, number(cell) + half
    above = [(count, 1.0) for count in _summed(series.numerator, window, place, registry)]
    if series.kind == "number":
        return [Bound(tuple(above), number(cell), number(cell))]
    if series.denominator == POPULATION:
        share = children / series.multiplier
        return [] if np.isnan(share) else [Bound(tuple(above), low * share, high * share)]
    if series.denominator is None:
        return []
    below = _summed(series.denominator, window, place, registry)
    return [
        Bound((*above, *((count, -low / series.multiplier) for count in below)), 0, np.inf),
        Bound((*above, *((count, -high / series.multiplier) for count in below)), -np.inf, 0),
    ]


def _book_keeping(bounds: Sequence[Bound], hidden: set[tuple[Count, ...]], registry: Registry) -> list[Bound]:
    """Stock = stock before + starting - ceasing, and parts not above their wholes, wherever all are on the page."""
    seen = {count for bound in bounds for count, _ in bound.terms} | {count for goal in hidden for count in goal}
    found: list[Bound] = []
    for place in sorted({place for _, place in seen}):
        for balance in registry.balances:
            terms = (
                ((balance.stock, place), 1.0),
                ((balance.stock, place - 1), -1.0),
                ((balance.starting, place), -1.0),
                ((balance.ceasing, place), 1.0),
            )
            if {count for count, _ in terms} <= seen:
                found.append(Bound(terms, 0, 0))
        for series in registry.all_series():
            if series.kind == "percentage" and series.denominator not in (None, POPULATION):
                part, whole = (series.numerator, place), (str(series.denominator), place)
                if {part, whole} <= seen:
                    found.append(Bound(((part, 1.0), (whole, -1.0)), -np.inf, 0))
    return found


def _connected(bounds: Sequence[Bound], goal: Sequence[Count]) -> list[Bound]:
    """The bounds that hang together with a sum, through counts that they share."""
    found: list[Bound] = []
    reached, left = set(goal), list(bounds)
    while True:
        touching = [bound for bound in left if any(count in reached for count, _ in bound.terms)]
        if not touching:
            return found
        found += touching
        left = [bound for bound in left if not any(count in reached for count, _ in bound.terms)]
        reached |= {count for bound in touching for count, _ in bound.terms}


def _is_number(cell: str) -> bool:
    try:
        number(cell)
    except ValueError:
        return False
    return True
