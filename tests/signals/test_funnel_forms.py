"""The forms of a funnel that no picture has: SHMI's outer tenths left out, and ratios of counts; a percentage besides.

The figures are FunnelPlotR's: its functions `transformed_zscore`, `winsorisation`, `truncation`, `phi_func`, `tau_func`
and `calculate_limits` (MIT; commits 225b14db and 260c859c), run in R 4.2.2 on groups made up here. The same run gave
back the six groups of `test_funnel_limits.py`.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from analysis.signals.funnel import (
    INNER,
    OUTER,
    Outermost,
    Scale,
    between,
    dispersion,
    funnel,
    limits,
    of_two_counts,
    standardised,
    winsorised,
    within_the_outer_tenths,
)

RATIO, BY_LOGARITHM, PERCENTAGE = Scale.RATIO_OF_COUNTS, Scale.RATE_BY_LOGARITHM, Scale.PERCENTAGE
STARTS = np.array([9.0, 14, 12, 0, 17, 25, 13, 22, 30, 16, 31, 24, 52, 47, 80, 66, 141, 98, 150])
ENDS = np.array([11.0, 10, 15, 6, 13, 16, 21, 19, 23, 27, 28, 35, 41, 58, 62, 79, 104, 131, 122])
OBSERVED = np.array([37.0, 52, 30, 61, 44, 70, 58, 49, 95, 66, 81, 120, 99, 160, 210, 173, 402, 288, 531])
FEW = [41.25, 38.4, 45.1, 47.62, 55.3, 52.08, 60.75, 66.9, 71.33, 79.01, 88.2, 90.4]
EXPECTED = np.array([*FEW, 118.66, 131.9, 178.24, 204.5, 318.07, 341.6, 452.13])
PART = np.array([31.0, 44, 28, 50, 61, 35, 72, 80, 66, 90, 101, 84, 150, 170, 201, 260, 333, 402, 511])
WHOLE = np.array([40.0, 61, 35, 66, 70, 52, 90, 99, 88, 104, 140, 120, 183, 230, 255, 300, 455, 490, 620])


def close(found: object, there: object) -> None:
    np.testing.assert_allclose(found, there, rtol=1e-12)


@pytest.mark.parametrize(
    ("first", "left_out", "phi", "tau2", "lowest", "highest"),
    [
        (19, [16, 17, 18], 4.008071913078085, 0.03907281945799547, 0.6106835698348386, 1.873656833692201),
        (12, [2, 11], 3.005244476543076, 0.03921991858665081, 0.6103340161042752, 1.999589333757676),
    ],
)
def test_the_outer_tenths_left_out_are_those_of_funnelplotr(
    first: int, left_out: list[int], phi: float, tau2: float, lowest: float, highest: float
) -> None:
    """Its form of SHMI: the first one's lower inner limit and the last one's upper outer limit among the rest."""
    observed, expected = OBSERVED[:first], EXPECTED[:first]
    scores = standardised(BY_LOGARITHM, observed / expected, expected, 1.0)
    inner = within_the_outer_tenths(scores)
    assert np.flatnonzero(~inner).tolist() == left_out
    close(dispersion(scores[inner]), phi)
    close(between(dispersion(scores[inner]), BY_LOGARITHM.error(expected, 1.0)[inner]), tau2)
    close(limits(BY_LOGARITHM, expected, 1.0, tau2, INNER)[0][0], lowest)
    close(limits(BY_LOGARITHM, expected, 1.0, tau2, OUTER)[1][-1], highest)


def test_a_funnel_with_the_outer_tenths_left_out_is_made_of_the_others_alone() -> None:
    found = funnel(BY_LOGARITHM, OBSERVED, EXPECTED, Outermost.LEFT_OUT)
    assert found is not None
    centre = OBSERVED.sum() / EXPECTED.sum()
    assert found.centre == pytest.approx(centre)
    scores = np.log(OBSERVED / EXPECTED / centre) * np.sqrt(EXPECTED * centre)
    inner = np.argsort(scores)[1:-2]
    assert found.phi == pytest.approx(float(np.mean(scores[inner] ** 2)))
    weights = EXPECTED[inner] * centre
    spread = weights.sum() - (weights**2).sum() / weights.sum()
    assert found.tau2 == pytest.approx((np.sum(scores[inner] ** 2) - 15) / spread)


@pytest.mark.parametrize(("scores", "kept"), [(5, 5), (8, 8), (9, 8), (10, 8), (12, 10), (19, 16), (20, 16)])
def test_of_few_scores_none_is_left_out(scores: int, kept: int) -> None:
    assert within_the_outer_tenths(np.arange(scores) - 2.5).sum() == kept


def test_scores_that_are_alike_share_a_rank() -> None:
    """Ten alike have the rank of the middle, and ten alike with one below them leave out that one."""
    assert within_the_outer_tenths(np.zeros(10)).all()
    assert np.flatnonzero(~within_the_outer_tenths(np.append(np.zeros(10), -1.0))).tolist() == [10]


def test_ratios_of_counts_are_those_of_funnelplotr() -> None:
    scores, errors = of_two_counts(STARTS, ENDS, STARTS.sum() / ENDS.sum())
    close(errors[[0, 3, 18]], [0.4276666869097910, 0.3768445758127966, 0.1214594142781132])
    close(scores[[0, 3, 18]], [-0.5196402449957752, -6.8891185100958676, 1.4381303420792042])
    close(winsorised(scores)[3], -1.8922852145642901)
    found = funnel(RATIO, STARTS, ENDS)
    assert found is not None
    close(found.phi, 1.499059258389514)
    close(found.tau2, 0.02721935610444227)


def test_its_limits_of_a_ratio_of_counts_have_another_error_of_chance() -> None:
    """FunnelPlotR takes 1 / (2 √ denominator) there, a quarter or less of what two counts have; tau2 is the same."""
    found = funnel(RATIO, STARTS, ENDS)
    assert found is not None
    low = found.centre * np.exp(-INNER * np.sqrt(1 / (4 * ENDS) + found.tau2))
    close(low[[0, 18]], [0.6657442302072355, 0.7377619776599332])
    assert (found.limits(ENDS, INNER)[0] < low).all()
    close(RATIO.error(ENDS, 1.0) ** 2, 2 / ENDS)


def test_two_counts_that_differ_by_chance_alone_lie_outside_as_often_as_chance_has_it() -> None:
    """With the limits' own error of chance; with a quarter of its variance or less, four in ten lie outside."""
    random = np.random.default_rng(11)
    sizes = random.uniform(150, 3000, 4000)
    starts, ends = random.poisson(sizes * 0.9).astype(float), random.poisson(sizes).astype(float)
    found = funnel(RATIO, starts, ends)
    assert found is not None
    assert found.tau2 == 0
    assert np.mean(found.outside != 0) == pytest.approx(0.05, abs=0.012)
    narrow = np.abs(np.log(found.figures / found.centre)) > INNER / (2 * np.sqrt(ends))
    assert np.mean(narrow) > 0.4


def test_one_ratio_turned_over_has_the_limits_turned_over() -> None:
    """Which of two counts is above makes no difference but for the centre's side."""
    counts = np.round(np.geomspace(20, 900, 12)) + np.array([3.0, -5, 8, 2, -9, 4, 20, -30, 12, 60, -70, 5])
    found = funnel(RATIO, counts, counts[::-1])
    turned = funnel(RATIO, counts[::-1], counts)
    assert found is not None
    assert turned is not None
    assert turned.centre == pytest.approx(1 / found.centre)
    assert turned.tau2 == pytest.approx(found.tau2)


def test_a_percentage_is_that_of_funnelplotr() -> None:
    found = funnel(PERCENTAGE, PART, WHOLE)
    assert found is not None
    close(found.phi, 2.176912955781697)
    close(found.tau2, 0.001844800110744079)
    close(found.limits(WHOLE, INNER)[0][[0, 18]], [0.6333514313935227, 0.7115181827744126])
    close(found.limits(WHOLE, OUTER)[1][[0, 18]], [0.9620576515729704, 0.8964907016915756])


def test_ranks_in_groups_of_ten_are_those_of_a_second_way_of_counting() -> None:
    random = np.random.default_rng(12)
    for size in range(5, 60):
        scores = np.round(random.normal(size=size), 1)
        ranks = [(np.sum(scores < one) + np.sum(scores <= one) + 1) / 2 for one in scores]
        group = [int(10 * rank // (size + 1)) for rank in ranks]
        assert within_the_outer_tenths(scores).tolist() == [0 < one < 9 for one in group]
        assert stats.rankdata(scores).tolist() == ranks
