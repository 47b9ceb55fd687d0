"""Positions: `r of k reporting`. Ties share the smaller number, and who has no figure is not counted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from analysis.reference.indicators import Polarity

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def highest_first(polarity: Polarity) -> bool:
    """Whether position 1 is the highest figure.

    Position 1 is the better end where there is one. Where there is none it is the highest, as a fixed order and not
    as praise (LAIT gives no rank there; S1 14 asks for a position on all indicators).
    """
    return polarity is not Polarity.BETTER_LOW


def positions(own: Values, others: Values, among: Mask, *, highest_first: bool) -> Values:
    """The position of each own figure among the others that it is set against.

    Parameters
    ----------
    own
        One figure for each authority placed; NaN where it has none.
    others
        The figures to stand among; NaN where missing.
    among
        Own by others: which of the others count for which authority. Its own column may be in or out: a figure is
        never ahead of itself.
    highest_first
        Whether position 1 is the highest.

    Returns
    -------
    array
        1 + the number of others that are strictly ahead; NaN where there is no own figure.
    """
    with np.errstate(invalid="ignore"):
        ahead = others[None, :] > own[:, None] if highest_first else others[None, :] < own[:, None]
    return np.where(np.isnan(own), np.nan, 1.0 + (ahead & among).sum(axis=1))


def ranks(values: Values, *, highest_first: bool) -> Values:
    """The position of each figure within one group; NaN where it is missing (1, 2, 2, 4)."""
    return positions(values, values, np.ones((len(values), len(values)), dtype=bool), highest_first=highest_first)
