"""Fingertips' bands against OHID's own test table, its formula in floats, and LAIT's fourths where they part."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparisons.quantile_bands import quantile_bands
from analysis.comparisons.quartiles import FOURTHS, fourth, quartiles

NONE = float("nan")
BANDS = {"Quartile": 4, "Septile": 7, "Decile": 10}
WITHIN = {"IndSexReg": ["IndSexRef", "ParentCode"], "IndSex": ["IndSexRef"]}
ALL_TOGETHER = 485
"""Figures in the table's one group of all. Our copy holds the 163 highest: it lacks a region with low figures (22) and
life expectancy (300). With 485 to 488 they have the bands that the table gives them, with no other number."""


def test_ohids_bands_are_ours_row_by_row(oracle: Callable[[str], pd.DataFrame]) -> None:
    """PHEindicatormethods, tests/testthat/testdata_Quantiles.xlsx: within regions, within an indicator, and of all."""
    table = oracle("phe_quantiles.csv")
    compared = 0
    for (split, name), rows in table.groupby([table["GroupSet"].fillna("all"), "QuantileNm"]):
        for _, group in rows.groupby(WITHIN[split]) if split in WITHIN else [("", rows)]:
            figures = group["Value"].to_numpy(dtype=float)
            left_out = 0 if split in WITHIN else ALL_TOGETHER - int((~np.isnan(figures)).sum())
            below = np.full(left_out, np.nanmin(figures) - 1)
            found = quantile_bands(np.append(figures, below), BANDS[name])[: len(figures)]
            expected = group["QuantileInGrp"].to_numpy(dtype=float)
            np.testing.assert_array_equal(found, expected, err_msg=f"{split} {name}")
            compared += len(group)
    assert compared == len(table) >= 365


def test_some_of_ohids_rows() -> None:
    """The North East's 12 figures in tenths, and 13 in which two pairs are alike, from the same table."""
    north_east = [118.746, 131.278, 137.110, 137.726, 138.901, 143.263, 145.597, 146.697, 153.691, 155.763, 157.122]
    assert quantile_bands([*north_east, 171.217], 10).tolist() == [10, 9, 8, 7, 6, 6, 5, 4, 3, 2, 1, 1]
    ties = [182.71, 175.99, 169.27, 169.27, 155.83, 149.11, 142.39, 135.67, 128.95, 121.4, 108.9, 108.9, 101.6]
    assert quantile_bands(ties, 10)[6:].tolist() == [5, 6, 7, 7, 8, 8, 10]


def test_too_few_for_the_bands_have_none_and_a_missing_figure_is_nobody() -> None:
    nine = np.arange(9.0)
    assert np.isnan(quantile_bands(nine, 10)).all()
    assert np.isnan(quantile_bands(np.append(nine, NONE), 10)).all()
    np.testing.assert_array_equal(quantile_bands([4, NONE, 2, 1, 3], 4), [1, NONE, 3, 4, 2])
    assert np.isnan(quantile_bands([NONE, NONE], 2)).all()
    assert quantile_bands([], 4).size == 0


def test_one_band_is_none() -> None:
    with pytest.raises(ValueError, match="two are the fewest"):
        quantile_bands([1.0, 2.0], 1)


groups = st.lists(st.one_of(st.just(NONE), st.integers(0, 30).map(float)), min_size=1, max_size=40)


@given(groups, st.integers(2, 13), st.booleans())
def test_bands_are_those_of_the_published_formula(values: list[float], count: int, top: bool) -> None:
    """floor((q + 1) - ceil((n + 1 - rank) / (n / q))), 0 -> 1: with floats as published, one figure at a time."""
    there = [value for value in values if not math.isnan(value)]
    found = quantile_bands(values, count, highest_first=top)
    for value, band in zip(values, found, strict=True):
        if math.isnan(value) or len(there) < count:
            assert np.isnan(band)
            continue
        rank = 1 + sum(other > value if top else other < value for other in there)
        expected = math.floor((count + 1) - math.ceil((len(there) + 1 - rank) / (len(there) / count)))
        assert band == (expected or 1)


@given(st.lists(groups, min_size=1, max_size=3), st.integers(2, 6))
def test_groups_side_by_side_are_groups_one_by_one(several: list[list[float]], count: int) -> None:
    wide = np.full((len(several), max(map(len, several))), NONE)
    for at, values in enumerate(several):
        wide[at, : len(values)] = values
    found = quantile_bands(wide, count)
    for at, values in enumerate(several):
        np.testing.assert_array_equal(found[at, : len(values)], quantile_bands(values, count))


def test_up_to_ten_bands_whole_numbers_and_floats_agree() -> None:
    for count in range(2, 11):
        for members in range(count, 401):
            behind = np.arange(members, 0, -1)
            floats = np.maximum(np.floor((count + 1) - np.ceil(behind / (members / count))), 1)
            np.testing.assert_array_equal(quantile_bands(behind, count), floats)


def test_where_a_rounded_share_slips_ours_stay_in_their_band() -> None:
    """34 members in 14 bands: the 18th has 17 x 14 / 34 = 7 bands behind it; of floats ceil makes 8."""
    assert math.ceil(17 / (34 / 14)) == 8
    assert quantile_bands(-np.arange(34.0), 14)[17] == 8


# Where the two rules part: docs/methods/comparisons.md quotes these.


def laits(values: np.ndarray) -> list[int]:
    cuts = quartiles(values)
    return [1 + FOURTHS.index(fourth(value, cuts)) if fourth(value, cuts) else 0 for value in values]


def test_of_19_different_figures_the_rules_part_on_one_or_on_two() -> None:
    ascending = np.arange(1.0, 20.0)
    lait, ohid = laits(ascending), quantile_bands(ascending, 4, highest_first=False)
    assert [place for place in range(1, 20) if lait[place - 1] != ohid[place - 1]] == [15]
    assert (lait[14], ohid[14]) == (4, 3)
    from_above = 5 - quantile_bands(ascending, 4)
    assert [place for place in range(1, 20) if lait[place - 1] != from_above[place - 1]] == [5, 10]
    assert [(lait[at], from_above[at]) for at in (4, 9)] == [(1, 2), (2, 3)]


def test_of_like_figures_one_rule_makes_nothing_and_the_other_a_band() -> None:
    alike = np.array([2.0, 2, 2, 2, 2, 2, 3, 1])
    assert laits(alike) == [0] * 8
    assert quantile_bands(alike, 4, highest_first=False).tolist() == [1, 1, 1, 1, 1, 1, 4, 1]
