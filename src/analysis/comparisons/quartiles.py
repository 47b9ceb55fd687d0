"""Quartiles and fourths of a group, by the rules of DfE's Local Authority Interactive Tool (LAIT)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

FOURTHS = ("lowest", "lower-middle", "upper-middle", "highest")
FEWEST = 4
"""Fewer figures than fourths cannot be put into fourths (OHID has the same rule)."""


def quartiles(values: Values) -> Values:
    """The lower quartile, median and upper quartile of the figures at hand.

    R's type 7, which is numpy's `linear`: LAIT's choice. Missing figures are dropped; NaN where there are none.
    """
    present = values[~np.isnan(values)]
    return np.quantile(present, [0.25, 0.5, 0.75], method="linear") if present.size else np.full(3, np.nan)


def fourth(value: float, cuts: Values) -> str:
    """The fourth that a figure lies in; a figure on a cut belongs to the lower one (LAIT).

    Empty where the figure or the cuts are missing, and where the outer cuts are equal: then half of the group or more
    has one and the same figure, and a fourth would tell apart what is alike.
    """
    if np.isnan(value) or np.isnan(cuts).any() or cuts[0] == cuts[2]:
        return ""
    return FOURTHS[int(np.searchsorted(cuts, value, side="left"))]
