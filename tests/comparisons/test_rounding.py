"""Rounding as DfE rounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparisons.rounding import decimals_of, half_up


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        # LAIT's user guide shows 29.85 for 29.845, which a computer stores as a little less.
        (29.845, 2, 29.85),
        (494.5, 0, 495),
        (-0.5, 0, -1),
        (2.5, 0, 3),
        (2.4999, 0, 2),
        (0.0, 1, 0),
    ],
)
def test_halves_go_away_from_zero(value: float, decimals: int, expected: float) -> None:
    assert half_up(np.array([value]), decimals).tolist() == [expected]


def test_missing_stays_missing() -> None:
    assert np.isnan(half_up(np.array([np.nan]), 1)).all()


@given(st.integers(0, 3), st.lists(st.integers(-5000, 5000), min_size=1, max_size=30))
def test_decimals_are_read_off_the_finest_figure(decimals: int, whole: list[int]) -> None:
    values = np.array([*whole, 1, np.nan]) / 10**decimals
    assert decimals_of(values) == decimals


def test_decimals_of_nothing_are_none() -> None:
    assert decimals_of(np.array([np.nan])) == 0
