"""Each kind of figure on its scale: values by hand, and the variance that chance is said to bring, drawn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import poisson

from analysis.signals.contrast import least_squares
from analysis.signals.covariance import Noise, covariance
from analysis.signals.panel import ROUNDING, Kind, Panel, by_chance, distance, on_scale
from analysis.signals.two_way import two_way
from analysis.uncertainty.scales import scaled

NAN = float("nan")


def panel(kind: Kind, events: list[float], base: list[float]) -> Panel:
    return Panel(kind, np.array([[events]], dtype=float), np.array([[base]], dtype=float))


@pytest.mark.parametrize(
    ("kind", "events", "base", "expected"),
    [
        (Kind.FLOW, 0, 1000, np.log(0.5 / 1000)),
        (Kind.STOCK, 10, 1000, np.log(10.5 / 1000)),
        (Kind.PERCENTAGE, 0, 10, np.arcsin(np.sqrt(0.375 / 10.75))),
        (Kind.PERCENTAGE, 10, 10, np.arcsin(np.sqrt(10.375 / 10.75))),
        (Kind.DURATION, 200, 3, np.log(200)),
    ],
)
def test_a_figure_stands_on_the_scale_of_its_kind(kind: Kind, events: float, base: float, expected: float) -> None:
    assert on_scale(panel(kind, [events], [base])).item() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(("events", "base"), [(NAN, 10), (4, NAN), (4, 0), (0, 0), (NAN, NAN)])
def test_without_a_figure_or_a_base_there_is_nothing_and_no_zero(kind: Kind, events: float, base: float) -> None:
    one = panel(kind, [events], [base])
    assert not one.given.any()
    assert np.isnan([on_scale(one), by_chance(one)]).all()
    assert distance(one, np.zeros((1, 1, 1))).item() == 0.0


def test_an_average_of_no_days_is_no_figure_but_no_events_are() -> None:
    assert not panel(Kind.DURATION, [0], [5]).given.any()
    assert panel(Kind.FLOW, [0], [5]).given.all()
    assert panel(Kind.PERCENTAGE, [0], [5]).given.all()


def drawn(kind: Kind) -> tuple[Panel, float]:
    """Many figures of one expectation, and where that is on the scale."""
    random, many = np.random.default_rng(5), 40_000
    if kind is Kind.PERCENTAGE:
        events, base, level = random.binomial(60, 0.3, many), 60.0, np.arcsin(np.sqrt(0.3))
    elif kind is Kind.DURATION:
        events, base, level = random.gamma(4 * 20, 200 / (4 * 20), many), 20.0, np.log(200)
    else:
        events, base, level = random.poisson(60, many), 1e4, np.log(60.5 / 1e4)
    return Panel(kind, events[None, None].astype(float), np.full((1, 1, many), base)), float(level)


@pytest.mark.parametrize("kind", Kind)
def test_chance_alone_brings_the_variance_that_is_said(kind: Kind) -> None:
    made, level = drawn(kind)
    assert on_scale(made).var() == pytest.approx(by_chance(made).mean(), rel=0.04)
    fitted = np.full(made.events.shape, level)
    assert distance(made, fitted).var() == pytest.approx(by_chance(made, fitted).mean(), rel=0.04)


@pytest.mark.parametrize("kind", Kind)
def test_a_small_distance_is_the_difference_on_the_scale(kind: Kind) -> None:
    events = 300.0 if kind is Kind.DURATION else 3000.0
    one = panel(kind, [events], [10_000])
    for off in (-0.01, 0.01):
        fitted = on_scale(one) + off
        assert distance(one, fitted).item() == pytest.approx(-off, rel=0.01)


def test_no_event_where_six_were_expected_is_not_beyond_belief() -> None:
    """It happens once in 400 times, which is 3 standard deviations on one side; by the logarithm it would be 6.5."""
    one = panel(Kind.FLOW, [0], [1000])
    fitted = np.log([[[6.5 / 1000]]])
    z = distance(one, fitted).item() / np.sqrt(by_chance(one, fitted).item())
    assert -4.2 < z < -2.8
    assert poisson.pmf(0, 6) == pytest.approx(1 / 400, rel=0.01)
    expected = scaled(6, 1000, "rate")
    assert (expected.level - on_scale(one).item()) / np.sqrt(expected.variance) == pytest.approx(6.5, abs=0.05)


def test_differences_of_the_arithmetic_are_none() -> None:
    one = panel(Kind.FLOW, [1e9], [1e12])
    assert distance(one, on_scale(one) * (1 + 1e-15)).item() == 0.0
    assert abs(distance(one, on_scale(one) + 3 * ROUNDING).item()) > ROUNDING


def test_authority_plus_quarter_is_found_again_although_one_figure_lies_far_off() -> None:
    random = np.random.default_rng(2)
    own, common = random.normal(0, 0.3, (1, 9, 1)), random.normal(0, 0.1, (1, 1, 12))
    true = own + common
    values = true.copy()
    values[0, 4, 7] += 5.0
    values[0, 2, 3] = NAN
    found = two_way(values, np.full(values.shape, 0.01), np.array([0.01]), np.zeros((1, 9), dtype=bool))
    # What is trusted only in part pulls in the first rounds, and less each time.
    np.testing.assert_allclose(found.fitted, true, atol=0.01)
    assert found.share[0, 4, 7] == 0.0
    assert found.share[0, 2, 3] == 0.0
    np.testing.assert_allclose(found.share.sum(axis=1), 1.0)


def test_who_stands_apart_takes_no_part_in_what_is_common() -> None:
    values = np.random.default_rng(3).normal(0, 0.1, (1, 6, 10))
    apart = np.zeros((1, 6), dtype=bool)
    apart[0, 1] = True
    weights = np.full(values.shape, 0.01), np.array([0.0])
    moved = values.copy()
    moved[0, 1, -1] += 0.05
    before, after = (two_way(one, *weights, apart) for one in (values, moved))
    assert (after.share[0, 1] == 0).all()
    others = [0, 2, 3, 4, 5]
    # The fit begins with medians of all, and after its rounds a trace of them is left.
    np.testing.assert_allclose(after.fitted[0, others], before.fitted[0, others], atol=1e-4)


@pytest.mark.parametrize("kind", [Kind.FLOW, Kind.STOCK])
def test_generalisedleast_squares_are_ordinary_ones_of_whitened_figures(kind: Kind) -> None:
    """Against the normal equations by an inverse, and numpy's least squares after a rotation to unit variances."""
    random = np.random.default_rng(8)
    quarters, design = 16, np.column_stack([np.ones(16), np.arange(16) >= 12]).astype(float)
    off, chance = random.normal(0, 0.1, (2, 3, quarters)), random.uniform(0.001, 0.02, (2, 3, quarters))
    given = np.ones(off.shape, dtype=bool)
    given[1, 2, 5] = False
    off[1, 2, 5] = 0.0
    spread = covariance(Noise(np.array([0.01, 0.002]), np.array([0.3, 0.8])), chance, given, np.zeros(off.shape), kind)
    value, variance, left = least_squares(off, spread, design)
    for series, authority in np.ndindex(2, 3):
        there = given[series, authority]
        here = spread[series, authority][np.ix_(there, there)]
        weight = np.linalg.inv(here)
        inverse = np.linalg.inv(design[there].T @ weight @ design[there])
        by_hand = inverse @ design[there].T @ weight @ off[series, authority, there]
        # A quarter without a figure counts with a millionth of a millionth of what the others do.
        assert value[series, authority] == pytest.approx(by_hand[1], rel=1e-5)
        assert variance[series, authority] == pytest.approx(inverse[1, 1], rel=1e-5)
        spreads, axes = np.linalg.eigh(here)
        white = axes.T / np.sqrt(spreads)[:, None]
        rest = np.linalg.lstsq(white @ design[there], white @ off[series, authority, there], rcond=None)[1]
        assert (left[series, authority] ** 2).sum() == pytest.approx(rest.item(), rel=1e-5)


def test_the_covariance_is_chance_on_its_own_and_noise_that_fades() -> None:
    chance, given = np.full((1, 1, 3), 0.02), np.ones((1, 1, 3), dtype=bool)
    noise = Noise(np.array([0.01]), np.array([0.5]))
    flow = covariance(noise, chance, given, np.zeros((1, 1, 3)), Kind.FLOW)[0, 0]
    np.testing.assert_allclose(
        flow, 0.02 * np.eye(3) + 0.01 * np.array([[1, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 1]])
    )
    stock = covariance(noise, chance, given, np.zeros((1, 1, 3)), Kind.STOCK)[0, 0]
    np.testing.assert_allclose(stock, 0.03 * np.array([[1, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 1]]), rtol=1e-4)
