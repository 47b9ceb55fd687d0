"""The region's own trend, against scipy, closed forms, what is made up by chance, and figures of another package."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.signals import common
from analysis.signals.common import chance_of_trends
from analysis.signals.panel import Array, Kind, Panel
from analysis.signals.regional import regional_trends, sen_slope

ORACLE = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "pymannkendall_quarterly_cases.json"
NAN = float("nan")
DESIGN = np.column_stack([np.ones(16), np.arange(16) - 7.5])
LAGS = np.abs(np.arange(16)[:, None] - np.arange(16)[None, :])


def region(seed: int, *, series: int = 1, authorities: int = 19, quarters: int = 16, drift: float = 0.0) -> Panel:
    """Counts of chance, of swings of the authorities' own (0.2, lasting 0.7), and of a common one (0.02, 0.6)."""
    random = np.random.default_rng(seed)
    own, all_of_them = (
        walk(random, (series, many, quarters), lasting) for many, lasting in ((authorities, 0.7), (1, 0.6))
    )
    base = np.broadcast_to(np.linspace(20_000.0, 300_000.0, authorities)[:, None], own.shape)
    level = 0.01 * np.exp(0.2 * own + 0.02 * all_of_them + drift * np.arange(quarters))
    return Panel(Kind.FLOW, random.poisson(base * level).astype(float), base)


def walk(random: np.random.Generator, shape: tuple[int, ...], lasting: float) -> Array:
    """Gaussian, of variance 1: each quarter keeps a part of the one before."""
    root = np.linalg.cholesky(np.power(lasting, np.abs(np.subtract.outer(np.arange(shape[-1]), np.arange(shape[-1])))))
    walked: Array = random.normal(size=shape) @ root.T
    return walked


def test_without_common_swings_the_p_is_that_of_generalised_least_squares(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is common and nothing lasts, the slope is scipy's, with the error that was told."""
    monkeypatch.setattr(common, "DEVIATION", np.array([0.0, 1e-9]))
    mean = np.random.default_rng(1).normal(size=16)
    slope = stats.linregress(np.arange(16), mean).slope
    expected = 2.0 * stats.norm.sf(abs(slope) / np.sqrt(4.0 / 340.0))  # 340 is the sum of squares of 16 quarters.
    assert chance_of_trends(mean[None], 4.0 * np.eye(16)[None], DESIGN)[0] == pytest.approx([expected], rel=1e-6)


def test_a_common_swing_of_unknown_size_makes_it_the_test_of_student(monkeypatch: pytest.MonkeyPatch) -> None:
    """White and of any size alike likely on the log scale, the mean over sizes is Student's t: Box and Tiao 1973.

    A flat prior of the deviation itself has one degree of freedom less: 16 quarters, two columns, and one.
    """
    monkeypatch.setattr(common, "DEVIATION", np.linspace(0.01, 40.0, 8000))
    monkeypatch.setattr(common, "LASTING", np.array([0.0]))
    mean = np.random.default_rng(2).normal(size=16) + 0.08 * np.arange(16)
    fit = np.linalg.lstsq(DESIGN, mean, rcond=None)
    error = np.sqrt(fit[1][0] / 13.0 / 340.0)
    expected = 2.0 * stats.t.sf(abs(fit[0][1]) / error, 13)
    assert chance_of_trends(mean[None], 1e-9 * np.eye(16)[None], DESIGN)[0] == pytest.approx([expected], rel=1e-3)


def test_swings_that_last_are_told_from_a_trend_as_often_as_is_said() -> None:
    """Where ordinary least squares finds a trend in more than every fifth region, no more than one in twenty has."""
    random = np.random.default_rng(3)
    own = 0.003 * np.power(0.7, LAGS)
    found, ordinary = [], []
    for _ in range(150):
        means = np.sqrt(0.003) * walk(random, (4, 16), 0.7) + 0.03 * walk(random, (4, 16), 0.6)
        found.extend(chance_of_trends(means, np.broadcast_to(own, (4, 16, 16)), DESIGN)[0] < 0.05)
        ordinary.extend(stats.linregress(np.arange(16), mean).pvalue < 0.05 for mean in means)
    assert 0.015 < np.mean(found) < 0.075
    assert np.mean(ordinary) > 0.2


def test_regions_whose_authorities_swing_have_a_trend_as_seldom_as_is_said() -> None:
    p = np.array([[one.p for one in regional_trends(region(seed, series=5))] for seed in range(80)])
    assert 0.01 < (p < 0.05).mean() < 0.085


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([16, 20]), st.sampled_from([0.0, 0.03]))
def test_order_and_names_do_not_matter_and_backwards_the_slope_turns(seed: int, quarters: int, drift: float) -> None:
    panel = region(seed, series=3, quarters=quarters, drift=drift)
    trends = regional_trends(panel)
    order = np.random.default_rng(seed).permutation(19)
    by_name = regional_trends(Panel(panel.kind, panel.events[:, order], panel.base[:, order]))
    back = regional_trends(Panel(panel.kind, panel.events[..., ::-1], panel.base[..., ::-1]))
    other_series = regional_trends(Panel(panel.kind, panel.events[::-1], panel.base[::-1]))[::-1]
    for number, one in enumerate(trends):
        assert by_name[number].slope == one.slope
        assert back[number].slope == pytest.approx(-one.slope, abs=1e-15)
        for other in (by_name, back, other_series):
            assert other[number].p == pytest.approx(one.p, rel=1e-6)


def test_a_drift_of_all_is_found_in_its_direction() -> None:
    up, down = (regional_trends(region(6, drift=drift))[0] for drift in (0.06, -0.06))
    assert max(up.p, down.p) < 0.001
    assert up.slope > 0 > down.slope
    assert up.rises
    assert not down.rises


@pytest.mark.parametrize("drift", [0.04, -0.04])
def test_where_most_members_stand_still_the_direction_is_that_of_what_was_tested(drift: float) -> None:
    """Thirteen small members have two children a quarter throughout, and six large ones move: the middle slope is 0."""
    base = np.repeat([20_000.0, 300_000.0], [13, 6])[:, None] * np.ones((1, 20))
    moving = np.repeat([0.0, drift], [13, 6])[:, None] * np.arange(20)
    events = np.random.default_rng(1).poisson(1e-4 * base * np.exp(moving)).astype(float)
    trend = regional_trends(Panel(Kind.FLOW, events[None], base[None]))[0]
    assert trend.slope == 0.0
    assert trend.p < 0.05
    assert trend.rises == (drift > 0)


def test_a_season_that_all_share_is_no_trend_and_hides_none() -> None:
    panel = region(8, series=2, drift=0.05)
    season = np.tile([1.0, 1.3, 0.8, 1.1], 4)
    with_it = regional_trends(Panel(Kind.FLOW, np.rint(panel.events * season), panel.base))
    assert all(one.p < 0.01 for one in with_it)


def test_each_series_has_the_slope_of_pymannkendall() -> None:
    if not ORACLE.is_file():
        pytest.skip(f"NOT CHECKED against the whole of {ORACLE.name}: shared/oracles is not beside this checkout")
    for case in json.loads(ORACLE.read_text(encoding="utf-8"))["cases"]:
        assert sen_slope(np.array(case["x"], dtype=float)) == pytest.approx(
            case["expected"]["original_test"]["slope"], rel=1e-12
        )


@given(st.lists(st.one_of(st.integers(-50, 50).map(float), st.just(NAN)), min_size=1, max_size=18))
def test_the_slope_is_that_of_theil_and_sen_with_gaps_in_their_place(values: list[float]) -> None:
    row = np.array(values)
    there = np.flatnonzero(~np.isnan(row))
    if len(there) < 2:
        assert np.isnan(sen_slope(row))
    else:
        assert sen_slope(row) == pytest.approx(stats.theilslopes(row[there], there)[0], abs=1e-12)


def test_a_stock_has_a_slope_and_no_p() -> None:
    panel = region(9)
    flow, stock = (regional_trends(Panel(kind, panel.events, panel.base))[0] for kind in (Kind.FLOW, Kind.STOCK))
    assert stock.slope == flow.slope
    assert np.isnan(stock.p)
    assert not np.isnan(flow.p)


def test_too_few_authorities_or_quarters_have_no_p() -> None:
    panel = region(7, authorities=5)
    assert not np.isnan(regional_trends(panel)[0].p)
    assert np.isnan(regional_trends(Panel(Kind.FLOW, panel.events[:, :4], panel.base[:, :4]))[0].p)
    assert np.isnan(regional_trends(Panel(Kind.FLOW, panel.events[..., 1:], panel.base[..., 1:]))[0].p)
    panel.events[0, 2, 3] = NAN
    gap = regional_trends(panel)[0]
    assert np.isnan(gap.p)
    assert gap.authorities == 4
    assert not np.isnan(gap.slope)


def test_who_has_a_gap_takes_no_part_and_leaves_the_others_as_they_are() -> None:
    panel = region(10, series=2)
    panel.events[:, 0, 5] = NAN
    without = regional_trends(Panel(Kind.FLOW, panel.events[:, 1:], panel.base[:, 1:]))
    for one, other in zip(regional_trends(panel), without, strict=True):
        assert one.authorities == 18
        assert one.p == pytest.approx(other.p, rel=1e-9)


def test_what_never_moves_has_no_trend() -> None:
    trend = regional_trends(Panel(Kind.FLOW, np.full((1, 5, 16), 7.0), np.full((1, 5, 16), 900.0)))[0]
    assert (trend.slope, trend.p) == (0.0, pytest.approx(1.0, abs=1e-6))


@pytest.mark.parametrize("events", [NAN, 0.0])
@pytest.mark.parametrize("shape", [(1, 19, 16), (2, 1, 1), (1, 0, 16), (1, 19, 3)])
def test_where_nothing_is_given_or_nothing_happens_nothing_is_tested(shape: tuple[int, ...], events: float) -> None:
    for trend in regional_trends(Panel(Kind.FLOW, np.full(shape, events), np.full(shape, 900.0))):
        assert np.isnan(trend.p)
        assert trend.authorities == 0
