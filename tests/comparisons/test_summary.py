"""What a group's figures come to: pooled, mean and median of those who reported."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparisons.snapshot import Snapshot
from analysis.comparisons.summary import summarise, summary
from analysis.indicators.compute import compute_indicators
from analysis.reference.periods import Quarter
from analysis.reference.populations import population_frame
from analysis.reference.registry import registry

LAST = Quarter.parse("2025-26-Q2")


def figures(*pairs: tuple[float, float]) -> Snapshot:
    rows = pd.DataFrame(pairs, columns=["numerator", "denominator"], dtype=float)
    rows["authority"] = [f"{code:03}" for code in range(len(pairs))]
    rows["value"] = rows["numerator"] / rows["denominator"] * 10_000
    rows["status"] = np.where(rows["value"].notna(), "given", "not_submitted")
    return Snapshot.of(rows, tuple(rows["authority"]))


def everyone(snapshot: Snapshot) -> np.ndarray:
    return np.ones((1, len(snapshot.authorities)), dtype=bool)


def test_pooled_mean_and_median_are_three_different_figures() -> None:
    # 10 of 10,000, 20 of 10,000 and 300 of 100,000: rates of 10, 20 and 30.
    found = figures((10, 10_000), (20, 10_000), (300, 100_000))
    result = summary(found, everyone(found), 10_000)
    assert (result.n[0], result.mean[0], result.median[0]) == (3, 20.0, 20.0)
    assert result.pooled[0] == pytest.approx(330 / 120_000 * 10_000)


def test_a_missing_return_takes_its_children_out_of_the_denominator_too() -> None:
    """A public script divides the events of those who sent a return by the children of all (mission 1.3, fault a)."""
    complete, with_gap = figures((10, 10_000), (10, 10_000)), figures((10, 10_000), (np.nan, 10_000))
    pooled = [summary(found, everyone(found), 10_000).pooled[0] for found in (complete, with_gap)]
    assert pooled == [10.0, 10.0]


def test_a_group_in_which_nobody_reported_has_no_figure_and_not_zero() -> None:
    """A sum of nothing is 0 in pandas (mission 1.3, fault b)."""
    nobody = figures((np.nan, 10_000), (np.nan, 10_000))
    result = summary(nobody, everyone(nobody), 10_000)
    assert result.n[0] == 0
    assert np.isnan([result.mean[0], result.median[0], result.pooled[0]]).all()


def test_there_is_no_pooled_figure_of_fewer_than_n() -> None:
    """DfE publishes some rates without their counts: the rest would be pooled, but not what n says."""
    partly = replace(figures((10, 10_000), (np.nan, np.nan)), value=np.array([10.0, 12.0]))
    result = summary(partly, everyone(partly), 10_000)
    assert (result.n[0], np.isnan(result.pooled[0])) == (2, True)


def test_numbers_are_not_pooled() -> None:
    found = figures((10, 10_000), (20, 10_000))
    assert np.isnan(summary(found, everyone(found), None).pooled[0])


pairs = st.tuples(st.one_of(st.just(np.nan), st.integers(0, 300).map(float)), st.integers(1, 300).map(float))


@given(st.lists(pairs, min_size=1, max_size=19))
def test_the_pooled_figure_lies_among_the_figures_that_it_pools(counts: list[tuple[float, float]]) -> None:
    found = figures(*counts)
    result = summary(found, everyone(found), 10_000)
    present = found.value[~np.isnan(found.value)]
    assert result.n[0] == len(present)
    if len(present):
        slack = 1e-9 * present.max()
        assert present.min() - slack <= result.pooled[0] <= present.max() + slack
        assert result.mean[0] == pytest.approx(sum(present) / len(present))
        assert result.median[0] == pytest.approx(sorted(present)[len(present) // 2], rel=1) or len(present) % 2 == 0
    else:
        assert np.isnan(result.pooled[0])


def collection(counts: dict[str, list[float]]) -> pd.DataFrame:
    rows = [
        (code, str(period), "referrals", value, "not_submitted" if np.isnan(value) else "given")
        for code, values in counts.items()
        for period, value in zip(LAST.back(len(values)), values, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["authority", "period", "measure", "value", "status"])
    return compute_indicators(table, registry(), population_frame())


def test_a_group_over_time_says_of_how_many_it_is() -> None:
    table = collection({"825": [100, np.nan, np.nan], "936": [200, 210, np.nan], "201": [5, 5, 5]})
    periods = LAST.back(3)
    found = summarise(table, registry(), ["825", "936"], periods)
    assert len(found) == len(registry().indicators) * 3
    rate = found[found["series"] == "A01-rate"].set_index("period")
    assert rate[["n", "n_missing"]].to_numpy().tolist() == [[2, 0], [1, 1], [0, 2]]
    population = population_frame().set_index(["authority", "mid_year"])["population"]
    children = population["825", 2024] + population["936", 2024]
    assert rate["pooled"].iloc[0] == pytest.approx(300 / children * 10_000, rel=0.05)
    assert rate["pooled"].iloc[1] == pytest.approx(210 / population["936", 2024] * 10_000)
    assert np.isnan(rate["pooled"].iloc[2])
    assert found.loc[found["series"] == "A16-days", "n"].eq(0).all()
