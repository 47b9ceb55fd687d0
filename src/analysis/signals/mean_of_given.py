"""The mean of the figures that are there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]


def mean_of_given(values: Values) -> Values:
    """Over the last axis, in the unit of the values; NaN where none is given (numpy's `nanmean` would warn of it)."""
    given = ~np.isnan(values)
    total = np.where(given, values, 0.0).sum(axis=-1)
    count = given.sum(axis=-1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
