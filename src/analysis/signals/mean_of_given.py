"""The mean of the figures that are there."""

from __future__ import annotations

import numpy as np

from analysis.signals.panel import Array


def mean_of_given(values: Array) -> Array:
    """Over the last axis, in the unit of the values; NaN where none is given (numpy's `nanmean` would warn of it)."""
    given = ~np.isnan(values)
    total = np.where(given, values, 0.0).sum(axis=-1)
    count = given.sum(axis=-1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
