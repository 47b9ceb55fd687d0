"""Rounding as DfE does it, so that a figure of ours can be set beside one of theirs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

MOST_DECIMALS = 6


def half_up(values: Values, decimals: int) -> Values:
    """Values to so many decimals, halves away from zero.

    With the small allowance of DfE's own function (dfeR::round_five_up: square root of the machine epsilon), without
    which a 29.845 that is stored as 29.84499... would go down.
    """
    scaled = np.abs(values) * 10.0**decimals
    rounded: Values = np.sign(values) * np.trunc(scaled + 0.5 + np.sqrt(np.finfo(float).eps)) / 10.0**decimals
    return rounded


def decimals_of(values: Values) -> int:
    """To how many decimals a set of published values was rounded: as many as the finest of them shows.

    Read off the figures, since DfE publishes one measure to 1 decimal in one year and to 0 in another.
    """
    present = values[~np.isnan(values)]
    for decimals in range(MOST_DECIMALS):
        if np.allclose(present, np.round(present, decimals), rtol=0, atol=10.0 ** -(MOST_DECIMALS + 2)):
            return decimals
    return MOST_DECIMALS
