"""Intervals and limits of chance, worked out again from their definitions with Python's own library."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import exp, sqrt
from statistics import NormalDist, fmean

Z = NormalDist().inv_cdf(0.975)
BYAR_FROM = 10


def wilson(x: float, n: float) -> tuple[float, float]:
    """The two proportions p whose own standard error puts x / n at 1.96 of it: found by halving, not by the formula."""

    def off(p: float) -> float:
        return abs(x / n - p) - Z * sqrt(p * (1 - p) / n)

    return _root(off, 0.0, x / n), _root(off, 1.0, x / n)


def poisson(x: float) -> tuple[float, float]:
    """Garwood's limits below 10 events, from the tails of Poisson's law; Byar's from 10."""
    if x >= BYAR_FROM:
        ends = ((x, -Z), (x + 1, Z))
        lower, upper = (n * (1 - 1 / (9 * n) + z / (3 * sqrt(n))) ** 3 for n, z in ends)
        return lower, upper
    lower = 0.0 if x == 0 else _root(lambda level: 0.025 - (1 - _at_most(int(x) - 1, level)), 0.0, x)
    return lower, _root(lambda level: 0.025 - _at_most(int(x), level), 60.0, x)


def _at_most(x: int, level: float) -> float:
    term = total = exp(-level)
    for k in range(1, x + 1):
        term *= level / k
        total += term
    return total


def _root(off, outside: float, inside: float) -> float:
    """Where a function that is above 0 outside and below it inside is 0."""
    for _ in range(200):
        middle = (outside + inside) / 2
        if off(middle) > 0:
            outside = middle
        else:
            inside = middle
    return (outside + inside) / 2


@dataclass(frozen=True)
class Limits:
    """Of an XmR chart."""

    lower: float
    mean: float
    upper: float


def xmr(figures: Sequence[Fraction | str]) -> Limits | None:
    """Mean and limits of a series; no range on either side of a missing figure."""
    given = [float(one) for one in figures if isinstance(one, Fraction)]
    ranges = [
        abs(float(late) - float(early))
        for early, late in pairwise(figures)
        if isinstance(early, Fraction) and isinstance(late, Fraction)
    ]
    if not ranges:
        return None
    first = fmean(ranges)
    kept = [one for one in ranges if one < 3.267 * first] or [0.0]
    reach = 2.66 * fmean(kept)
    return Limits(fmean(given) - reach, fmean(given), fmean(given) + reach)
