"""Funnel limits against FunnelPlotR's figures, a second way of counting, and groups whose spread is known."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.signals.funnel import INNER, OUTER, Scale, between, dispersion, funnel, limits, standardised, winsorised

ORACLE = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "funnelplotr_od.json"
NAN = float("nan")
BY_LOGARITHM = Scale.RATE_BY_LOGARITHM

# FunnelPlotR, tests/testthat/test-funnel_plot.R: six groups, observed and expected, and what its functions make of it.
OBSERVED = np.array([100.0, 150, 180, 80, 120, 225])
EXPECTED = np.array([108.0, 112, 165, 95, 100, 220])
CQC_PHI, CQC_TAU2 = 2.32717825759412, 0.00343978015418627
SHMI_PHI, SHMI_TAU2 = 2.94803317510236, 0.0194775305780216


def cases() -> dict[str, dict[str, object]]:
    if not ORACLE.is_file():
        pytest.skip(f"NOT CHECKED against the whole of {ORACLE.name}: shared/oracles is not beside this checkout")
    return {case["id"]: case for case in json.loads(ORACLE.read_text(encoding="utf-8"))["cases"]}


def test_the_spread_of_six_groups_is_that_of_funnelplotr() -> None:
    """Its square-root form: observed over expected, expected to be 1, with the outer tenths drawn in."""
    scores = standardised(Scale.RATE, OBSERVED / EXPECTED, EXPECTED, 1.0)
    phi = dispersion(winsorised(scores))
    assert phi == pytest.approx(CQC_PHI, rel=1e-12)
    assert between(phi, Scale.RATE.error(EXPECTED, 1.0)) == pytest.approx(CQC_TAU2, rel=1e-12)


def test_every_step_of_the_square_root_form_is_that_of_funnelplotr() -> None:
    case = cases()["six_groups_SR_CQC"]
    observed, expected = np.array(case["numerator"], float), np.array(case["denominator"], float)
    errors = Scale.RATE.error(expected, 1.0)
    np.testing.assert_allclose(errors, case["s"], rtol=1e-9)
    scores = standardised(Scale.RATE, observed / expected, expected, 1.0)
    np.testing.assert_allclose(scores, case["uzscore"], rtol=1e-9)
    np.testing.assert_allclose(winsorised(scores), case["wuzscore"], rtol=1e-9)
    assert between(dispersion(winsorised(scores)), errors) == pytest.approx(case["tau2"], rel=1e-9)
    for reach, name in ((INNER, "95"), (OUTER, "998")):
        lower, upper = limits(Scale.RATE, expected, 1.0, case["tau2"], reach)
        # FunnelPlotR leaves these limits on the scale of the root; ours are squared.
        np.testing.assert_allclose(np.sqrt(lower), case[f"odll{name}"], rtol=1e-9)
        np.testing.assert_allclose(np.sqrt(upper), case[f"odul{name}"], rtol=1e-9)


def test_every_step_of_the_logarithmic_form_is_that_of_funnelplotr() -> None:
    """SHMI leaves out the outer tenths, and of six there are none: every score is in the spread, as it is."""
    case = cases()["six_groups_SR_SHMI"]
    assert case["wuzscore"] == case["uzscore"]
    observed, expected = np.array(case["numerator"], float), np.array(case["denominator"], float)
    np.testing.assert_allclose(BY_LOGARITHM.error(expected, 1.0), case["s"], rtol=1e-9)
    scores = standardised(BY_LOGARITHM, observed / expected, expected, 1.0)
    np.testing.assert_allclose(scores, case["uzscore"], rtol=1e-9)
    assert dispersion(scores) == pytest.approx(case["phi"], rel=1e-9)
    tau2 = between(dispersion(scores), BY_LOGARITHM.error(expected, 1.0))
    assert tau2 == pytest.approx(case["tau2"], rel=1e-9)
    for reach, name in ((INNER, "95"), (OUTER, "998")):
        lower, upper = limits(BY_LOGARITHM, expected, 1.0, tau2, reach)
        np.testing.assert_allclose(lower, case[f"odll{name}"], rtol=1e-9)
        np.testing.assert_allclose(upper, case[f"odul{name}"], rtol=1e-9)


def test_the_logarithmic_spread_of_six_groups_is_that_of_funnelplotr() -> None:
    phi = dispersion(standardised(BY_LOGARITHM, OBSERVED / EXPECTED, EXPECTED, 1.0))
    assert phi == pytest.approx(SHMI_PHI, rel=1e-12)
    assert between(phi, BY_LOGARITHM.error(EXPECTED, 1.0)) == pytest.approx(SHMI_TAU2, rel=1e-12)


def test_no_other_set_of_funnelplotr_waits_to_be_compared() -> None:
    assert set(cases()) == {"six_groups_SR_CQC", "six_groups_SR_SHMI"}


def test_root_and_logarithm_agree_where_counts_are_large_and_members_much_alike() -> None:
    """To first order a logarithm is twice the root: tau2 is four times as large, and the limits are the same."""
    random = np.random.default_rng(9)
    sizes = np.floor(random.uniform(1e9, 5e9, 30))
    counts = np.round(sizes * 0.004 * np.exp(random.normal(0, 0.01, 30)))
    by_root, by_logarithm = (funnel(scale, counts, sizes) for scale in (Scale.RATE, BY_LOGARITHM))
    assert by_root is not None
    assert by_logarithm is not None
    assert by_logarithm.tau2 == pytest.approx(4 * by_root.tau2, rel=0.01)
    assert by_logarithm.outside.tolist() == by_root.outside.tolist()
    for reach in (INNER, OUTER):
        np.testing.assert_allclose(by_logarithm.limits(sizes, reach), by_root.limits(sizes, reach), rtol=1e-3)


def test_by_logarithms_there_is_no_funnel_where_a_member_counted_nothing() -> None:
    counts, sizes = np.array([0.0, 9, 11, 8, 12, 10]), np.full(6, 1000.0)
    assert funnel(Scale.RATE, counts, sizes) is not None
    assert funnel(BY_LOGARITHM, counts, sizes) is None
    assert funnel(BY_LOGARITHM, counts + 1, sizes) is not None


def test_a_percentage_by_hand() -> None:
    """Ten of each 100 in four members, and 40 of 100 in a fifth: worked from the formulas with a calculator's steps."""
    found = funnel(Scale.PERCENTAGE, np.array([10.0, 10, 10, 10, 40]), np.full(5, 100.0))
    assert found is not None
    assert found.centre == pytest.approx(0.16)
    low, high = (math.asin(math.sqrt(part)) - math.asin(0.4) for part in (0.1, 0.4))
    low, high = low * 20, high * 20
    drawn_in = low + (high - low) * 0.6  # of five, the 90 % quantile lies 0.6 of the way from the fourth to the fifth
    phi = (4 * low**2 + drawn_in**2) / 5
    assert found.phi == pytest.approx(phi)
    assert found.tau2 == pytest.approx((5 * phi - 4) / (5 * 400 - 400))
    upper = math.sin(math.asin(0.4) + 1.959964 * math.sqrt(1 / 400 + found.tau2)) ** 2
    assert found.limits(np.array([100.0]), INNER)[1][0] == pytest.approx(upper)


def test_a_group_that_differs_by_chance_alone_has_the_limits_of_chance() -> None:
    random = np.random.default_rng(5)
    denominators = random.uniform(200, 3000, 4000)
    numerators = random.binomial(denominators.astype(int), 0.3).astype(float)
    found = funnel(Scale.PERCENTAGE, numerators, np.floor(denominators))
    assert found is not None
    # The outer tenths are drawn in, so that phi is somewhat below 1 where nothing but chance is at work.
    assert 0.5 < found.phi < 1
    assert found.tau2 == 0
    assert np.mean(found.outside != 0) == pytest.approx(0.05, abs=0.012)
    assert np.mean(abs(found.outside) == 2) == pytest.approx(0.002, abs=0.002)


@pytest.mark.parametrize("scale", list(Scale))
def test_most_of_a_spread_between_members_is_found_again(scale: Scale) -> None:
    random = np.random.default_rng(6)
    share, of_counts = scale is Scale.PERCENTAGE, scale is Scale.RATIO_OF_COUNTS
    sizes = np.floor(random.uniform(500, 3000, 3000) if share or of_counts else random.uniform(20_000, 300_000, 3000))
    centre, tau = {
        Scale.RATE: (0.004, 0.12),
        BY_LOGARITHM: (0.004, 0.24),
        Scale.PERCENTAGE: (0.3, 0.08),
        Scale.RATIO_OF_COUNTS: (0.9, 0.24),
    }[scale]
    true = scale.back(scale.forth(np.asarray(centre), centre) + random.normal(0, tau, 3000), centre)
    counts = random.binomial(sizes.astype(int), true) if share else random.poisson(sizes * true)
    found = funnel(scale, counts.astype(float), random.poisson(sizes).astype(float) if of_counts else sizes)
    assert found is not None
    assert found.phi > 5
    # Drawing in the tails makes the spread about a quarter smaller than it is, and twice as many lie outside.
    assert math.sqrt(found.tau2) == pytest.approx(0.77 * tau, rel=0.05)
    assert np.mean(found.outside != 0) == pytest.approx(0.125, abs=0.02)


@pytest.mark.parametrize("scale", list(Scale))
def test_members_outside_are_those_beyond_the_lines(scale: Scale) -> None:
    random = np.random.default_rng(7)
    sizes = np.floor(random.uniform(100, 2000, 40))
    counts = random.binomial(sizes.astype(int), np.clip(random.normal(0.3, 0.12, 40), 0.01, 0.9)).astype(float)
    counts[3] = NAN
    found = funnel(scale, counts, sizes)
    assert found is not None
    (low, high), (lowest, highest) = (found.limits(sizes, reach) for reach in (INNER, OUTER))
    for at, figure in enumerate(found.figures):
        beyond = (figure > high[at]) + (figure > highest[at]) - int(figure < low[at]) - int(figure < lowest[at])
        assert found.outside[at] == beyond
    assert set(abs(found.outside)) >= {0, 1}


def test_a_missing_figure_is_left_out_and_a_zero_is_not() -> None:
    numerators, denominators = np.array([0.0, 9, 11, 8, 12, NAN, 5]), np.array([1000.0, 900, 1100, 800, 1200, 1000, 0])
    found = funnel(Scale.RATE, numerators, denominators)
    assert found is not None
    assert found.centre == pytest.approx(40 / 5000)
    assert np.isnan(found.figures).tolist() == [False] * 5 + [True] * 2
    assert found.figures[0] == 0
    assert found.outside[[5, 6]].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("numerators", "denominators"),
    [([1.0, 2, 3, 4], [10.0] * 4), ([1.0, 2, 3, 4, NAN], [10.0] * 5), ([0.0] * 6, [10.0] * 6), ([NAN] * 6, [NAN] * 6)],
    ids=["four", "four with a figure", "nothing counted", "nothing sent"],
)
def test_there_is_no_funnel_of_too_few_or_of_nothing(numerators: list[float], denominators: list[float]) -> None:
    for scale in Scale:
        assert funnel(scale, np.array(numerators), np.array(denominators)) is None


def test_there_is_no_funnel_of_a_percentage_that_is_always_all() -> None:
    assert funnel(Scale.PERCENTAGE, np.full(6, 10.0), np.full(6, 10.0)) is None


counts = st.lists(st.tuples(st.integers(0, 300), st.integers(300, 2000)), min_size=5, max_size=25)


@given(counts, st.sampled_from(list(Scale)))
def test_limits_hold_the_centre_and_close_in_with_size(pairs: list[tuple[int, int]], scale: Scale) -> None:
    numerators, denominators = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    found = funnel(scale, numerators, denominators)
    if found is None:
        assert numerators.sum() == 0 or (scale is BY_LOGARITHM and not numerators.all())
        return
    sizes = np.array([50.0, 500.0, 5000.0])
    (low, high), (lowest, highest) = (found.limits(sizes, reach) for reach in (INNER, OUTER))
    for narrow, wide in ((high, highest), (-low, -lowest)):
        assert (narrow <= wide + 1e-15).all()
        assert (np.diff(narrow) <= 1e-15).all()
    assert ((low <= found.centre + 1e-15) & (found.centre <= high + 1e-15)).all()
    assert (low >= 0).all()
    assert scale is not Scale.PERCENTAGE or (high <= 1).all()


@given(counts, st.randoms(use_true_random=False))
def test_the_order_of_the_members_changes_nothing(pairs: list[tuple[int, int]], random: object) -> None:
    order = list(range(len(pairs)))
    random.shuffle(order)
    numerators, denominators = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    here = funnel(Scale.RATE, numerators, denominators)
    there = funnel(Scale.RATE, numerators[order], denominators[order])
    if here is None or there is None:
        assert here is there
        return
    assert there.tau2 == pytest.approx(here.tau2, rel=1e-9, abs=1e-15)
    assert there.outside.tolist() == here.outside[order].tolist()


@given(counts)
def test_the_complement_of_a_percentage_has_the_complement_for_limits(pairs: list[tuple[int, int]]) -> None:
    numerators, denominators = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    one, other = (funnel(Scale.PERCENTAGE, part, denominators) for part in (numerators, denominators - numerators))
    if one is None or other is None:
        return
    low, high = one.limits(denominators, OUTER)
    np.testing.assert_allclose(other.limits(denominators, OUTER)[1], 1 - low, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(other.limits(denominators, OUTER)[0], 1 - high, rtol=1e-9, atol=1e-12)


def test_a_part_above_its_whole_takes_nothing_from_the_variance_of_the_others() -> None:
    sizes = np.array([200.0, 350, 500, 640, 820, 1000, 1300, 1700])
    parts = np.round(sizes * np.array([0.2, 0.35, 0.25, 0.4, 0.3, 0.22, 0.38, 0.28]))
    found = funnel(Scale.PERCENTAGE, parts, sizes)
    spoilt = funnel(Scale.PERCENTAGE, np.append(parts, 905.0), np.append(sizes, 900.0))
    assert found is not None
    assert spoilt is not None
    assert spoilt.tau2 == pytest.approx(found.tau2)
    assert found.tau2 > 0
    assert list(spoilt.outside[:-1]) == list(found.outside)
    assert spoilt.outside[-1] == 0
