"""Confidence intervals of percentages, counts, rates and averages, as public health analysts compute them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, stdtrit
from scipy.stats import chi2

Values = npt.NDArray[np.float64]

CONFIDENCE_95 = 0.95
CONFIDENCE_998 = 0.998
"""The two that OHID's Fingertips prints: 95 % for an interval, 99.8 % for what is called different."""

BYAR_FROM = 10
"""Fewer events get exact limits, where Byar's approximation is too rough (OHID, Fingertips technical guidance)."""


class Limits(NamedTuple):
    """The lower and the upper limit, each in the shape and the unit of the figure; NaN where there is no interval."""

    lower: Values
    upper: Values


def wilson(events: npt.ArrayLike, total: npt.ArrayLike, confidence: float = CONFIDENCE_95) -> Limits:
    """Wilson's score interval of a proportion.

    Parameters
    ----------
    events, total
        Counts, of any shapes that broadcast; NaN where missing.
    confidence
        Between 0 and 1.

    Returns
    -------
    Limits
        Proportions from 0 to 1 (times 100: per cent). NaN where a count is missing or the total is 0: none of nobody
        is not 0 %.

    Raises
    ------
    ValueError
        Where there are more events than the total, or a count is below 0. Such a figure is mended, never clipped.

    Notes
    -----
    E. B. Wilson, Journal of the American Statistical Association 22 (1927); in the form of R. G. Newcombe, Statistics
    in Medicine 17 (1998), method 3: without a correction for continuity.
    """
    x, n = _counts(events, "events"), _counts(total, "total")
    if (x > n).any():
        raise ValueError("more events than the total that they are of")
    z = _two_sided_z(confidence)
    n = np.where(n == 0, np.nan, n)
    middle, half = 2 * x + z**2, z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    lower, upper = (middle - half) / 2 / (n + z**2), (middle + half) / 2 / (n + z**2)
    # At the ends the limit is 0 or 1 itself, which the square root only nearly gives back.
    lower, upper = np.where(x == 0, 0 * n, lower), np.where(x == n, 1.0, upper)
    return Limits(lower, upper)


def poisson(events: npt.ArrayLike, confidence: float = CONFIDENCE_95) -> Limits:
    """The interval of a count of independent events: exact below 10 events, Byar's from 10.

    Parameters
    ----------
    events
        Counts, of any shape; NaN where missing.
    confidence
        Between 0 and 1.

    Returns
    -------
    Limits
        Counts. The lower limit of no events is 0. NaN where the count is missing.

    Raises
    ------
    ValueError
        Where a count is below 0.

    Notes
    -----
    OHID, Fingertips technical guidance, rates; PHEindicatormethods switches at the same count.
    """
    x = _counts(events, "events")
    few, many = exact(x, confidence), byar(np.maximum(x, BYAR_FROM), confidence)
    return Limits(np.where(x < BYAR_FROM, few.lower, many.lower), np.where(x < BYAR_FROM, few.upper, many.upper))


def exact(events: npt.ArrayLike, confidence: float = CONFIDENCE_95) -> Limits:
    """Exact limits of a count, from the chi-square distribution (Garwood, Biometrika 28 (1936)).

    Arguments, returns and errors are those of `poisson`.
    """
    x = _counts(events, "events")
    tail = (1 - _inside(confidence)) / 2
    # No events have no degrees of freedom; their lower limit is 0 by definition.
    lower = np.where(x == 0, 0.0, chi2.ppf(tail, 2 * np.where(x == 0, 1.0, x)) / 2)
    return Limits(lower, np.asarray(chi2.isf(tail, 2 * x + 2) / 2))


def byar(events: npt.ArrayLike, confidence: float = CONFIDENCE_95) -> Limits:
    """Byar's approximation to the exact limits of a count (Breslow and Day, IARC Scientific Publications 82 (1987)).

    Arguments, returns and errors are those of `poisson`, but with few events and a high confidence the lower limit
    falls below 0, and no events have none (NaN): it is for 10 events and more.
    """
    x = _counts(events, "events")
    z = _two_sided_z(confidence)
    x = np.where(x == 0, np.nan, x)
    lower = x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3
    upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3
    return Limits(lower, upper)


def rate(
    events: npt.ArrayLike, population: npt.ArrayLike, multiplier: float, confidence: float = CONFIDENCE_95
) -> Limits:
    """The interval of a rate: that of the count, divided by the population, and only then multiplied.

    Parameters
    ----------
    events, population
        Counts, of any shapes that broadcast; NaN where missing.
    multiplier
        What the rate is per: 10,000 children.
    confidence
        Between 0 and 1.

    Returns
    -------
    Limits
        Per `multiplier`. NaN where either is missing or the population is 0. The population counts as known.

    Raises
    ------
    ValueError
        Where a count is below 0.
    """
    n = _counts(population, "population")
    n = np.where(n == 0, np.nan, n)
    lower, upper = poisson(events, confidence)
    return Limits(lower / n * multiplier, upper / n * multiplier)


def student_t(mean: npt.ArrayLike, sd: npt.ArrayLike, n: npt.ArrayLike, confidence: float = CONFIDENCE_95) -> Limits:
    """Student's t interval of an average.

    Parameters
    ----------
    mean, sd, n
        The average, the standard deviation (with n - 1) and how many are behind it, of any shapes that broadcast.
    confidence
        Between 0 and 1.

    Returns
    -------
    Limits
        In the unit of the average. NaN, no interval, where one of the three is missing or n is below 2: an average
        without its spread does not say how far it could differ by chance.

    Raises
    ------
    ValueError
        Where a standard deviation or an n is below 0.
    """
    middle, spread, size = np.asarray(mean, dtype=float), _counts(sd, "sd"), _counts(n, "n")
    size = np.where(size < 2, np.nan, size)
    half = stdtrit(size - 1, (1 + _inside(confidence)) / 2) * spread / np.sqrt(size)
    return Limits(middle - half, middle + half)


def _counts(values: npt.ArrayLike, name: str) -> Values:
    array = np.asarray(values, dtype=float)
    if (array < 0).any():
        raise ValueError(f"{name} below 0")
    return array


def _two_sided_z(confidence: float) -> float:
    return float(ndtri((1 + _inside(confidence)) / 2))


def _inside(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence is between 0 and 1, not {confidence:g}")
    return confidence
