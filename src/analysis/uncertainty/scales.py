"""The scale on which authorities are compared: one where chance is nearly normal, and how large it is there."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Kind = Literal["rate", "percentage", "duration"]

DAYS_RELATIVE_SD = 0.5
"""How far one child's days lie from the average, relative to it (a gamma law of shape 4). An assumption: returns hold
averages and no spread."""


class Scaled(NamedTuple):
    """Figures on the scale of their kind, and the variance that sampling alone gives each; NaN where missing."""

    level: Values
    variance: Values


def scaled(numerator: npt.ArrayLike, denominator: npt.ArrayLike, kind: Kind) -> Scaled:
    """Figures on a scale where they can be set against each other, in the order of the figures themselves.

    Parameters
    ----------
    numerator, denominator
        Of one shape. `rate`: events and population, also of a stock. `percentage`: the part and the whole. `duration`:
        the days of all children together and how many children. NaN where missing.
    kind
        That of the series.

    Returns
    -------
    Scaled
        `rate`: log((x + 0.5) / population), variance 1 / (x + 0.5). `percentage`: arcsin of the root of
        (x + 0.375) / (n + 0.75), variance 1 / (4n + 2) (F. J. Anscombe, Biometrika 35 (1948)). `duration`:
        log((days + 0.5) / n), variance `DAYS_RELATIVE_SD` squared / n. NaN where either count is missing or the
        denominator is 0.

    Raises
    ------
    ValueError
        Where a count is below 0, a part is larger than its whole, or the shapes differ.
    """
    x, n = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    if x.shape != n.shape:
        raise ValueError(f"numerators of shape {x.shape}, denominators of shape {n.shape}")
    if (x < 0).any() or (n < 0).any():
        raise ValueError("a count below 0")
    if kind == "percentage" and (x > n).any():
        raise ValueError("a part larger than its whole")
    present = ~np.isnan(x) & (n > 0)
    x, n = np.where(present, x, np.nan), np.where(present, n, np.nan)
    if kind == "rate":
        return Scaled(np.log((x + 0.5) / n), 1 / (x + 0.5))
    if kind == "percentage":
        return Scaled(np.arcsin(np.sqrt((x + 0.375) / (n + 0.75))), 1 / (4 * n + 2))
    return Scaled(np.log((x + 0.5) / n), DAYS_RELATIVE_SD**2 / n)
