"""Intervals against OHID's and R's figures, scipy's own intervals, and the definitions of the limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest
from scipy.stats import poisson as poisson_law
from scipy.stats import t as t_law

from analysis.uncertainty.intervals import CONFIDENCE_95, CONFIDENCE_998, byar, exact, poisson, rate, student_t, wilson

Oracle = Callable[[str], dict[str, Any]]
NONE = float("nan")
EXACTLY = {"rtol": 1e-9, "atol": 0}


@pytest.mark.parametrize(
    ("events", "total", "confidence", "lower", "upper"),
    [
        # OHID, PHEindicatormethods 2.1.0, tests/testthat/testdata_Proportion.xlsx and testdata_Byars_Wilson.xlsx
        (65, 100, CONFIDENCE_95, 0.5525444329688797, 0.7363575175690247),
        (1, 100, CONFIDENCE_95, 0.0017674320641406511, 0.054486196178705294),
        (1, 100, CONFIDENCE_998, 0.000873065697299977, 0.1045544528370582),
        (1045, 5000, CONFIDENCE_998, 0.19179381799015244, 0.22731562902525818),
    ],
)
def test_wilson_is_ohids(events: float, total: float, confidence: float, lower: float, upper: float) -> None:
    np.testing.assert_allclose(wilson(events, total, confidence), (lower, upper), **EXACTLY)


@pytest.mark.parametrize(
    ("events", "confidence", "lower", "upper"),
    [
        # OHID, PHEindicatormethods 2.1.0, testdata_Rate.xlsx and R/utils.R run on single counts
        (65, CONFIDENCE_95, 50.163187710459454, 82.84913854593984),
        (65, CONFIDENCE_998, 42.8802614714802, 94.00029084431802),
        (10, CONFIDENCE_998, 2.916318374695686, 24.193724927880535),
        # R 4.2.2, poisson.test
        (0, CONFIDENCE_95, 0.0, 3.68887945411394),
        (0, CONFIDENCE_998, 0.0, 6.90775527898214),
        (9, CONFIDENCE_95, 4.11537309737833, 17.0848034514192),
    ],
)
def test_counts_are_ohids_and_rs(events: float, confidence: float, lower: float, upper: float) -> None:
    np.testing.assert_allclose(poisson(events, confidence), (lower, upper), **EXACTLY)


def test_an_average_is_nists() -> None:
    """NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2: 195 measurements; mean and limits have six decimals."""
    np.testing.assert_allclose(student_t(9.261460, 0.02278881, 195), (9.258242, 9.264679), rtol=0, atol=1e-6)


def test_all_of_ohids_proportions(oracle: Oracle) -> None:
    rows = oracle("phe_proportion.json")["rows"]
    assert len(rows) == 9
    for row in rows:
        for confidence, name in ((CONFIDENCE_95, "95_0"), (CONFIDENCE_998, "99_8")):
            limits = wilson(_number(row["Numerator"]), _number(row["Denominator"]), confidence)
            expected = [_number(row[f"{end}{name}cl"]) for end in ("lower", "upper")]
            np.testing.assert_allclose(np.array(limits) * row["multiplier"], expected, **EXACTLY)


def test_all_of_ohids_byar_and_wilson_limits(oracle: Oracle) -> None:
    rows = oracle("phe_byars_wilson.json")["rows"]
    compared = 0
    for row in rows:
        confidence = {"95%": CONFIDENCE_95, "99.8%": CONFIDENCE_998}[row["confidence"]]
        found = byar(row["x"], confidence) if row["method"] == "Byars" else wilson(row["x"], row["n"], confidence)
        for limit, expected in zip(found, (row["lowercl"], row["uppercl"]), strict=True):
            if expected is None:
                # Theirs has no lower limit where Byar's falls below 0. Counts so small get exact limits here.
                assert limit < 0
                continue
            np.testing.assert_allclose(limit, expected, **EXACTLY)
            compared += 1
    assert compared == 2 * len(rows) - 1


def test_all_of_ohids_rates(oracle: Oracle) -> None:
    rows = oracle("phe_rate.json")["rows"]
    assert len(rows) == 6
    for row in rows:
        for confidence, name in ((CONFIDENCE_95, "95_0"), (CONFIDENCE_998, "99_8")):
            limits = rate(_number(row["Numerator"]), _number(row["Denominator"]), row["multiplier"], confidence)
            expected = [_number(row[f"{end}{name}cl"]) for end in ("lower", "upper")]
            np.testing.assert_allclose(limits, expected, **EXACTLY)


def test_all_of_rs_exact_limits(oracle: Oracle) -> None:
    table = oracle("r_poisson_exact.json")
    for confidence, name in ((CONFIDENCE_95, "95"), (CONFIDENCE_998, "998")):
        np.testing.assert_allclose(exact(table["x"], confidence), (table[f"lo{name}"], table[f"hi{name}"]), **EXACTLY)


confidences = st.sampled_from([0.8, 0.9, CONFIDENCE_95, 0.99, CONFIDENCE_998])
parts = st.tuples(st.integers(0, 400), st.integers(0, 400)).map(lambda two: (min(two), max(max(two), 1)))


@given(parts, confidences)
def test_wilson_is_scipys(part: tuple[int, int], confidence: float) -> None:
    theirs = binomtest(*part).proportion_ci(confidence_level=confidence, method="wilson")
    np.testing.assert_allclose(wilson(*part, confidence), tuple(theirs), rtol=1e-9, atol=1e-12)


@given(st.integers(0, 200), confidences)
def test_at_an_exact_limit_the_count_is_in_the_tail(events: int, confidence: float) -> None:
    """Garwood's definition: at the upper limit so few events have just that chance, at the lower so many."""
    lower, upper = exact(events, confidence)
    tail = (1 - confidence) / 2
    np.testing.assert_allclose(poisson_law.cdf(events, upper), tail, rtol=1e-9)
    if events:
        np.testing.assert_allclose(poisson_law.sf(events - 1, lower), tail, rtol=1e-9)


@given(st.floats(1, 900), st.floats(0, 300), st.integers(2, 500), confidences)
def test_an_average_is_scipys(mean: float, sd: float, n: int, confidence: float) -> None:
    reach = t_law.interval(confidence, n - 1)[1] * sd / np.sqrt(n)
    np.testing.assert_allclose(student_t(mean, sd, n, confidence), (mean - reach, mean + reach), rtol=1e-9, atol=1e-9)


@given(st.integers(10, 10**6), confidences)
def test_byar_is_near_the_exact_limits_from_where_it_is_used(events: int, confidence: float) -> None:
    np.testing.assert_allclose(byar(events, confidence), exact(events, confidence), rtol=0.02)


@given(parts, st.floats(0.5, 0.99), st.floats(0.001, 0.009))
def test_more_confidence_is_a_wider_interval_about_the_figure(
    part: tuple[int, int], confidence: float, more: float
) -> None:
    events, total = part
    for figure, narrow, wide in (
        (events / total, wilson(*part, confidence), wilson(*part, confidence + more)),
        (events, poisson(events, confidence), poisson(events, confidence + more)),
    ):
        assert wide.lower <= narrow.lower <= figure <= narrow.upper <= wide.upper


@given(st.integers(0, 60), st.integers(1, 10**6), st.sampled_from([100.0, 10_000.0]))
def test_a_rate_is_the_counts_interval_times_one_factor(events: int, population: int, multiplier: float) -> None:
    np.testing.assert_allclose(
        rate(events, population, multiplier), np.array(poisson(events)) * multiplier / population, rtol=1e-12
    )


def test_none_and_all_reach_the_end_exactly() -> None:
    lower, upper = wilson([0, 7, 0], [7, 7, 1])
    assert lower[0] == lower[2] == 0
    assert upper[1] == 1


@pytest.mark.parametrize(
    "limits", [wilson([0, NONE, 3, NONE], [0, 5, NONE, NONE]), rate([0, NONE, 3], [0, 5, NONE], 1)]
)
def test_a_missing_count_and_a_total_of_none_have_no_interval(limits: tuple[np.ndarray, np.ndarray]) -> None:
    assert np.isnan(limits).all()


@pytest.mark.parametrize(("mean", "sd", "n"), [(5, 1, 1), (5, 1, 0), (5, NONE, 9), (NONE, 1, 9), (5, 1, NONE)])
def test_an_average_without_spread_has_no_interval(mean: float, sd: float, n: float) -> None:
    assert np.isnan(student_t(mean, sd, n)).all()


def test_the_usual_interval_of_five_children_holds_the_truth_67_times_in_100_and_wilsons_more() -> None:
    """p ± 1.96 √(p (1 - p) / n) with p = 0.8, over all that five children can be: docs/methods/intervals.md."""
    events, truth = np.arange(6), 0.8
    share = events / 5
    half = 1.96 * np.sqrt(share * (1 - share) / 5)
    chance = binom.pmf(events, 5, truth)
    assert chance[np.abs(share - truth) <= half].sum() == pytest.approx(0.67, abs=0.005)
    lower, upper = wilson(events, np.full(6, 5))
    assert chance[(lower <= truth) & (truth <= upper)].sum() > 0.9


def test_what_cannot_be_is_refused_and_not_clipped() -> None:
    with pytest.raises(ValueError, match="more events than the total"):
        wilson([3, 6], [5, 5])
    with pytest.raises(ValueError, match="events below 0"):
        poisson(-1)
    with pytest.raises(ValueError, match="population below 0"):
        rate(1, -5, 100)
    with pytest.raises(ValueError, match="sd below 0"):
        student_t(1, -1, 5)
    for interval in (lambda: wilson(1, 5, 95), lambda: exact(1, 95), lambda: student_t(1, 1, 5, 95)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            interval()


def test_shapes_are_kept() -> None:
    assert poisson(np.zeros((3, 2))).upper.shape == (3, 2)
    assert wilson(np.zeros((3, 1)), np.ones(2)).lower.shape == (3, 2)


def _number(value: float | None) -> float:
    return NONE if value is None else float(value)
