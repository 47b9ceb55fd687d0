"""Positions against DfE's own unit tests, OHID's ranks, scipy and a definition by brute force."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from analysis.comparisons.ranks import highest_first, positions, ranks
from analysis.reference.indicators import Polarity

NONE = float("nan")


@pytest.mark.parametrize(
    ("values", "polarity", "expected"),
    [
        # DfE, local-authority-interactive-tool, tests/testthat/test-fn_analysis.R
        ([10, 20, 30, 40, 50], Polarity.BETTER_LOW, [1, 2, 3, 4, 5]),
        ([10, 20, 20, 30, 40], Polarity.BETTER_HIGH, [5, 3, 3, 2, 1]),
        ([10, NONE, 30, 20, NONE], Polarity.BETTER_LOW, [1, NONE, 3, 2, NONE]),
        # Ours: LAIT has no rank for a neutral measure; position 1 is the highest.
        ([10, 20, 20, 30, 40], Polarity.NEUTRAL, [5, 3, 3, 2, 1]),
        ([NONE, NONE], Polarity.NEUTRAL, [NONE, NONE]),
        ([7.0, 7.0, 7.0], Polarity.BETTER_LOW, [1, 1, 1]),
        ([], Polarity.BETTER_LOW, []),
    ],
)
def test_position_1_is_the_better_end_and_ties_share_the_smaller_number(
    values: list[float], polarity: Polarity, expected: list[float]
) -> None:
    found = ranks(np.array(values, dtype=float), highest_first=highest_first(polarity))
    np.testing.assert_array_equal(found, np.array(expected, dtype=float))


def test_ohid_ranks_are_ours(oracle: Callable[[str], pd.DataFrame]) -> None:
    """PHEindicatormethods: ties as the minimum, 1 for the highest; by region in one half, all together in the other."""
    table = oracle("phe_quantiles.csv")
    table = table[table["Test"] != "BadPolarity"]
    regional = table["GroupSet"] == "IndSexReg"
    group = table["IndSexRef"].where(regional, "") + table["ParentCode"].where(regional, "") + table["QuantileNm"]
    compared = 0
    for _, rows in table.groupby(group):
        ranked = rows["RankinGrp"].notna().to_numpy()
        found = ranks(rows["Value"].to_numpy(dtype=float), highest_first=True)
        np.testing.assert_array_equal(found[ranked], rows.loc[ranked, "RankinGrp"].to_numpy(dtype=float))
        compared += int(ranked.sum())
    assert compared == table["RankinGrp"].notna().sum() > 300


figures = st.lists(st.one_of(st.just(NONE), st.integers(0, 6).map(float)), min_size=1, max_size=25)


@given(figures, st.booleans())
def test_positions_are_scipys_minimum_ranks_of_those_who_reported(values: list[float], from_top: bool) -> None:
    given_values = np.array(values)
    found = ranks(given_values, highest_first=from_top)
    present = ~np.isnan(given_values)
    signed = -given_values[present] if from_top else given_values[present]
    np.testing.assert_array_equal(found[present], rankdata(signed, method="min"))
    assert np.isnan(found[~present]).all()


@given(figures, st.randoms())
def test_renaming_authorities_permutes_the_positions(values: list[float], random) -> None:
    order = list(range(len(values)))
    random.shuffle(order)
    given_values = np.array(values)
    np.testing.assert_array_equal(
        ranks(given_values[order], highest_first=True), ranks(given_values, highest_first=True)[order]
    )


@given(figures, figures, st.booleans())
def test_among_others_a_position_counts_who_is_strictly_ahead(
    own: list[float], others: list[float], from_top: bool
) -> None:
    among = np.fromfunction(lambda i, j: (i + j) % 3 != 0, (len(own), len(others)), dtype=int)
    found = positions(np.array(own), np.array(others), among, highest_first=from_top)
    for i, mine in enumerate(own):
        if np.isnan(mine):
            assert np.isnan(found[i])
            continue
        ahead = [x for j, x in enumerate(others) if among[i, j] and (x > mine if from_top else x < mine)]
        assert found[i] == 1 + len(ahead)
