"""The interval of each position: where an authority's own level may stand among those it is placed with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from analysis.comparisons.snapshot import Snapshot
from analysis.reference.indicators import Series
from analysis.uncertainty.positions import DRAWS, Positions, position_intervals

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

MANY = 50
DRAWS_AMONG_MANY = 500
"""Among more than `MANY` (all of England) a place is a small step, and each draw has many to put in order."""


def interval_of_each(
    own: Snapshot,
    figures: Snapshot,
    others: Mask,
    rank: Values,
    series: Series,
    *,
    highest_first: bool,
    swings: float,
) -> tuple[Values, Values]:
    """The lowest and the highest position that each own level may have (`uncertainty.positions`), 9 times in 10.

    Parameters
    ----------
    own
        The authorities that are placed.
    figures, others
        Whom they are placed among: figures, and own by figures which of them count for which authority. An
        authority's figure in `figures` may be another one than its own here (a published year).
    rank
        The position as printed, NaN for none: the interval is extended to it where it lies outside.
    series
        The headline. A number has no interval.
    swings
        Of the quarterly figures beyond sampling; 0 for an interval of chance alone.

    Returns
    -------
    tuple of array
        Low and high; NaN where there is no position, and where the counts behind the figures are not known. Where at
        most half of the others lack theirs (DfE publishes some percentages without a count) they count as of the
        size of the median of those who have it: whom it stands for moves, and not the authority that is placed.
    """
    low, high = np.full(len(rank), np.nan), np.full(len(rank), np.nan)
    if series.kind == "number":
        return low, high
    mine = _parts(own, series)
    found: dict[bytes, Positions] = {}
    for at in np.flatnonzero(~np.isnan(rank)).tolist():
        around = others[at]
        its_own = np.array([code == own.authorities[at] for code in figures.authorities])
        theirs = _parts(_of_a_size(figures, around), series)
        numerator, denominator = (
            np.append(np.where(around, part, np.nan), mine_of[at]) for part, mine_of in zip(theirs, mine, strict=True)
        )
        reporting = np.append(around & ~np.isnan(figures.value), True)
        if np.isnan(numerator[reporting]).any():
            continue
        column = len(figures.authorities)
        if its_own.any() and _same(own, at, figures, int(np.argmax(its_own))):
            # Everybody of a fixed group stands in the same order: it is drawn once for all.
            column = int(np.argmax(its_own))
            numerator[column], denominator[column] = numerator[-1], denominator[-1]
            numerator[-1] = denominator[-1] = np.nan
        key = numerator.tobytes() + denominator.tobytes()
        if key not in found:
            found[key] = position_intervals(
                numerator,
                denominator,
                series.kind,
                highest_first=highest_first,
                noise_sd=swings,
                draws=DRAWS_AMONG_MANY if reporting.sum() > MANY else DRAWS,
            )
        low[at] = min(found[key].low[column], rank[at])
        high[at] = max(found[key].high[column], rank[at])
    return low, high


def _same(own: Snapshot, at: int, figures: Snapshot, place: int) -> bool:
    return all(
        np.array_equal(getattr(own, part)[at], getattr(figures, part)[place], equal_nan=True)
        for part in ("numerator", "denominator", "value")
    )


def _of_a_size(figures: Snapshot, among: Mask) -> Snapshot:
    """The figures with the median denominator of those who have one where at most half lack theirs."""
    there = among & ~np.isnan(figures.value)
    lacking = there & ~(figures.denominator > 0)
    if not lacking.any() or lacking.sum() * 2 > there.sum():
        return figures
    size = np.median(figures.denominator[there & ~lacking])
    return replace(figures, denominator=np.where(lacking, size, figures.denominator))


def _parts(figures: Snapshot, series: Series) -> tuple[Values, Values]:
    """Numerators and denominators of those who have a figure; NaN where they can't be told."""
    denominator = np.where(figures.denominator > 0, figures.denominator, np.nan)
    implied = figures.value * denominator / series.multiplier
    numerator = np.where(np.isnan(figures.numerator), implied, figures.numerator)
    numerator = np.where(np.isnan(figures.value) | np.isnan(denominator), np.nan, numerator)
    if series.kind == "percentage":
        numerator[numerator > denominator] = np.nan
    return numerator, denominator
