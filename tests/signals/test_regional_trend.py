"""The region's own trend, against permutations, scipy, and figures of another package."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.signals import regional
from analysis.signals.regional import regional_trend, sen_slope
from analysis.signals.tiers import Tier

ORACLE = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "pymannkendall_quarterly_cases.json"
NAN = float("nan")

# pymannkendall 1.4.3, original_test and sens_slope of this series: S, its variance with ties, and the slope.
TIED = [18.0, 20, 20, 19, 21, 20, 22, 22, 21, 23, 22, 24, 23, 25, 24, 24]
TIED_S, TIED_VARIANCE, TIED_SLOPE = 91, 480.3333333333333, 0.4


def holds_for_one_repeated(values: list[float], score: float, variance: float, slope: float) -> None:
    """Five times the same authority: five times its S, with five times its standard deviation."""
    found = regional_trend(np.tile(values, (5, 1)))
    assert found.statistic == 5 * score
    assert found.slope == pytest.approx(slope, rel=1e-12)
    assert found.p == pytest.approx(2 * stats.norm.sf((5 * abs(score) - 1) / (5 * variance**0.5)), rel=1e-10)
    assert found.authorities == 5


def test_an_authority_repeated_is_its_own_mann_kendall_test() -> None:
    holds_for_one_repeated(TIED, TIED_S, TIED_VARIANCE, TIED_SLOPE)


def test_each_series_repeated_has_the_score_of_pymannkendall(monkeypatch: pytest.MonkeyPatch) -> None:
    if not ORACLE.is_file():
        pytest.skip(f"NOT CHECKED against the whole of {ORACLE.name}: shared/oracles is not beside this checkout")
    monkeypatch.setattr(regional, "FEWEST_QUARTERS", {Tier.DRIFT: 12})
    for case in json.loads(ORACLE.read_text(encoding="utf-8"))["cases"]:
        expected = case["expected"]["original_test"]
        holds_for_one_repeated(case["x"], expected["s"], expected["var_s"], expected["slope"])


@pytest.mark.parametrize("ties", [False, True])
def test_the_variance_is_that_over_all_orders_of_the_quarters(ties: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dietz and Killeen's covariance is exact when quarters, with all their authorities, are put in every order."""
    monkeypatch.setattr(regional, "FEWEST_QUARTERS", {Tier.DRIFT: 6})
    random = np.random.default_rng(1)
    common = random.normal(size=6)
    values = common + random.normal(size=(5, 6))
    if ties:
        values = np.round(values)
    orders = np.array(list(itertools.permutations(range(6))))
    totals = np.zeros(len(orders))
    for earlier, later in itertools.combinations(range(6), 2):
        totals += np.sign(values[:, orders[:, later]] - values[:, orders[:, earlier]]).sum(axis=0)
    order = orders[np.argmax(totals)]
    found = regional_trend(values[:, order])
    assert found.statistic == totals.max()
    # The mean over all orders is 0: what goes up in one goes down in its reverse.
    assert found.p == pytest.approx(2 * stats.norm.sf((totals.max() - 1) / totals.std()), rel=1e-9)


@given(st.lists(st.one_of(st.integers(-50, 50).map(float), st.just(NAN)), min_size=1, max_size=18))
def test_the_slope_is_that_of_theil_and_sen_with_gaps_in_their_place(values: list[float]) -> None:
    row = np.array(values)
    there = np.flatnonzero(~np.isnan(row))
    if len(there) < 2:
        assert np.isnan(sen_slope(row))
    else:
        assert sen_slope(row) == pytest.approx(stats.theilslopes(row[there], there)[0], abs=1e-12)


def test_authorities_that_move_together_are_not_taken_for_many_witnesses() -> None:
    """19 authorities that all follow one walk of chance: added up as if independent, half the regions had a trend."""
    random = np.random.default_rng(4)
    found, naive = [], []
    for _ in range(300):
        values = random.normal(size=(1, 16)) + 0.3 * random.normal(size=(19, 16))
        trend = regional_trend(values)
        found.append(trend.p < 0.05)
        naive.append(2 * stats.norm.sf((abs(trend.statistic) - 1) / np.sqrt(19 * 16 * 15 * 37 / 18)) < 0.05)
    assert 0.01 < np.mean(found) < 0.10
    assert np.mean(naive) > 0.4


def test_a_drift_of_all_is_found_in_its_direction_and_order_does_not_matter() -> None:
    random = np.random.default_rng(6)
    values = random.normal(size=(19, 16)) + 0.2 * np.arange(16)
    trend = regional_trend(values)
    assert trend.p < 0.001
    assert trend.slope == pytest.approx(0.2, abs=0.05)
    shuffled = regional_trend(random.permutation(values, axis=0))
    assert (shuffled.slope, shuffled.statistic) == (trend.slope, trend.statistic)
    assert shuffled.p == pytest.approx(trend.p, rel=1e-9)
    back = regional_trend(values[:, ::-1])
    assert (back.slope, back.statistic) == pytest.approx((-trend.slope, -trend.statistic))
    assert back.p == pytest.approx(trend.p, rel=1e-9)
    # Only the order of figures counts.
    assert regional_trend(np.exp(values)).p == trend.p


def test_a_stock_has_a_slope_and_no_p() -> None:
    trend = regional_trend(np.tile(TIED, (6, 1)), tested=False)
    assert trend.slope == pytest.approx(TIED_SLOPE)
    assert np.isnan([trend.statistic, trend.p]).all()


def test_too_few_authorities_or_quarters_have_no_p() -> None:
    values = np.random.default_rng(7).normal(size=(5, 16))
    assert not np.isnan(regional_trend(values).p)
    assert np.isnan(regional_trend(values[:4]).p)
    assert np.isnan(regional_trend(values[:, 1:]).p)
    values[2, 3] = NAN
    gap = regional_trend(values)
    assert np.isnan(gap.p)
    assert gap.authorities == 4
    assert not np.isnan(gap.slope)


@pytest.mark.parametrize("level", [0.0, 7.0, 1e300])
def test_what_never_moves_has_no_trend(level: float) -> None:
    trend = regional_trend(np.full((5, 16), level))
    assert (trend.slope, trend.statistic, trend.p) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize("shape", [(19, 16), (1, 1), (0, 16), (19, 3)])
def test_where_nothing_is_given_nothing_is_said(shape: tuple[int, int]) -> None:
    trend = regional_trend(np.full(shape, NAN))
    assert np.isnan([trend.slope, trend.statistic, trend.p]).all()
    assert trend.authorities == 0
