"""Fourths and bands against DfE's own unit tests."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparisons.quartiles import FOURTHS, fourth, quartiles

CUTS = np.array([25.0, 50.0, 75.0])


def test_fourths_are_cut_where_lait_cuts_its_bands() -> None:
    """DfE, local-authority-interactive-tool, tests/testthat/test-fn_analysis.R: a cut belongs to the lower band."""
    bands = {10: "A", 30: "B", 60: "C", 80: "D", 0: "A", 25: "A", 50: "B", 75: "C", 100: "D"}
    assert {value: "ABCD"[FOURTHS.index(fourth(value, CUTS))] for value in bands} == bands


def test_no_figure_has_no_band_and_no_fourth() -> None:
    assert fourth(float("nan"), CUTS) == ""
    assert fourth(30.0, np.full(3, np.nan)) == ""
    assert np.isnan(quartiles(np.array([np.nan, np.nan]))).all()


def test_where_half_of_the_group_is_alike_there_are_no_fourths() -> None:
    assert fourth(2.0, np.array([2.0, 2.0, 2.0])) == ""
    assert fourth(2.0, np.array([2.0, 2.0, 3.0])) == "lowest"


def test_quartiles_are_type_7_of_those_who_reported() -> None:
    # R: quantile(c(1, 2, 4, 8, 16), type = 7) gives 2, 4, 8; quantile(c(1, 2, 4, 8)) gives 1.75, 3, 5.
    assert quartiles(np.array([16, np.nan, 1, 8, 2, 4])).tolist() == [2, 4, 8]
    assert quartiles(np.array([1.0, 2, 4, 8])).tolist() == [1.75, 3, 5]


@given(st.lists(st.integers(0, 40).map(float), min_size=4, max_size=40))
def test_a_fourth_is_where_the_figure_lies_between_the_cuts(values: list[float]) -> None:
    cuts = quartiles(np.array(values))
    for value in values:
        found = fourth(value, cuts)
        if cuts[0] == cuts[2]:
            assert found == ""
        else:
            expected = [value <= cuts[0], value <= cuts[1], value <= cuts[2], True].index(True)
            assert found == FOURTHS[expected]
