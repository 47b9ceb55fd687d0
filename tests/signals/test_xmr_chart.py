"""XmR charts against NHSRplotthedots' own figures, and against the rules written out as the NHS states them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reference.changes.breaks import Break
from analysis.reference.indicators import Polarity
from analysis.reference.periods import Quarter
from analysis.signals.runs import Rule, marks
from analysis.signals.variation import Assurance, Variation, assurance, variation
from analysis.signals.xmr import Xmr, segment_starts, special_causes_at_end, xmr

ORACLE = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "nhsrplotthedots_xmr.json"
NAN = float("nan")
WORDS = {
    "Common Cause": 0,
    "Above UCL": 1,
    "Below LCL": -1,
    "7 Point Trend (Increasing)": 2,
    "7 Point Trend (Decreasing)": -2,
    "2 in 3 Above CL": 3,
    "2 in 3 Below CL": -3,
    "7 Points Above CL": 4,
    "7 Points Below CL": -4,
}
DIRECTIONS = {"increase": Polarity.BETTER_HIGH, "decrease": Polarity.BETTER_LOW, "neutral": Polarity.NEUTRAL}

# NHSRplotthedots, vignettes/deviations.Rmd: screened UPL 4.6, mean 1.94, LPL -0.72; unscreened -3.06 to 6.95.
SLIP = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
# tests/testthat/test-ptd_spc_standard.R: set.seed(123); rnorm(20), and its snapshot.
NORMAL = [
    -0.560475646552213, -0.23017748948328, 1.55870831414912, 0.070508391424576, 0.129287735160946, 1.71506498688328,
    0.460916205989202, -1.26506123460653, -0.686852851893526, -0.445661970099958, 1.22408179743946, 0.359813827057364,
    0.400771450594052, 0.11068271594512, -0.555841134754075, 1.78691313680308, 0.497850478229239, -1.96661715662964,
    0.701355901563686, -0.472791407727934,
]  # fmt: skip


def cases() -> list[dict[str, object]]:
    return json.loads(ORACLE.read_text(encoding="utf-8"))["cases"] if ORACLE.is_file() else []


def or_nan(numbers: Sequence[float | None]) -> list[float]:
    return [NAN if number is None else number for number in numbers]


def of_case(case: dict[str, object]) -> Xmr:
    rebase = case["rebase_index0"]
    starts = [] if rebase is None else [rebase] if isinstance(rebase, int) else rebase
    fixed = case["fix_after_n_points"]
    return xmr(or_nan(case["input"]), starts, fixed_after=fixed, screen=case["screen_outliers"])


def test_the_oracle_is_at_hand_or_its_absence_is_said() -> None:
    if not ORACLE.is_file():
        pytest.skip(f"NOT CHECKED against the whole of {ORACLE.name}: shared/oracles is not beside this checkout")
    assert cases()


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_limits_and_marks_are_those_of_nhsrplotthedots(case: dict[str, object]) -> None:
    chart = of_case(case)
    np.testing.assert_allclose(chart.mean, or_nan(case["mean"]), rtol=1e-9)
    for ours, theirs in ((chart.lower, case["lpl"]), (chart.upper, case["upl"])):
        # In R a constant series has no limits; ours are its mean.
        expected = np.where(np.isnan(or_nan(theirs)), chart.mean, or_nan(theirs))
        np.testing.assert_allclose(ours, expected, rtol=1e-9)
    assert chart.marks.tolist() == [WORDS[words] for words in case["special_cause_type"]]
    assert chart.segment.tolist() == case["rebase_group"]
    assert chart.trial.tolist() == case["short_group_warning"]
    polarity = DIRECTIONS[case["improvement_direction"]]
    said = [str(variation(mark, polarity)) for mark in chart.marks]
    assert said == [words.removeprefix("special_cause_") for words in case["point_type"]]
    expected = {"inconsistent": "inconsistent", "consistent_pass": "consistently_pass", None: None}
    assert assurance(chart, case["target"], polarity) == expected[case["assurance"]]


def test_one_slip_does_not_widen_the_limits() -> None:
    chart = xmr(SLIP)
    assert chart.mean[0] == pytest.approx(1.94444444444444, rel=1e-12)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((-0.715555555555556, 4.60444444444444), rel=1e-12)
    assert np.flatnonzero(chart.marks).tolist() == [4]
    unscreened = xmr(SLIP, screen=False)
    assert (unscreened.lower[0], unscreened.upper[0]) == pytest.approx((-3.0626, 6.9515), abs=5e-5)


def test_limits_of_the_packages_own_snapshot() -> None:
    chart = xmr(NORMAL)
    assert chart.mean[0] == pytest.approx(0.1416238, abs=5e-8)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((-3.01138, 3.294627), abs=5e-6)
    assert not chart.marks.any()


def test_near_limits_are_two_thirds_of_the_way() -> None:
    chart = xmr(NORMAL)
    np.testing.assert_allclose((chart.near_upper - chart.mean) / (chart.upper - chart.mean), 1.7733333333 / 2.66)
    np.testing.assert_allclose((chart.mean - chart.near_lower) / (chart.mean - chart.lower), 1.7733333333 / 2.66)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4, 5, 6], [0] * 6),
        ([1, 2, 3, 4, 5, 6, 7], [2] * 7),
        ([7, 6, 5, 4, 3, 2, 1], [-2] * 7),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0, 2, 2, 2, 2, 2, 2, 2, 0]),
        ([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1], [2] * 6 + [-2] * 7),
        ([1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7], [2] * 14),
        ([1, 2, 3, NAN, 4, 5, 6, 7], [0] * 8),
    ],
    ids=["six", "seven", "falling", "a tie", "all seven", "a peak is of the run after it", "two runs", "a gap"],
)
def test_seven_points_rising_or_falling(values: list[float], expected: list[int]) -> None:
    """By themselves, without mean and limits: in a chart so steady a line ends outside of them."""
    unknown = np.array([NAN])
    assert marks(np.array([values], dtype=float), unknown, unknown, 2.66)[0].tolist() == expected


def wavy(*sides: int) -> list[float]:
    """Points alternately 1 and 2 off 100 on the sides given, so that nothing but the side can be a signal."""
    return [100 + side * (1 + at % 2) for at, side in enumerate(sides)]


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ([1, -1] * 4 + [1] * 6 + [-1] * 6 + [1, -1] * 2, [0] * 24),
        ([1, -1] * 4 + [1] * 7 + [-1] * 7 + [1, -1] * 2, [0] * 8 + [4] * 7 + [-4] * 7 + [0] * 4),
        ([1, -1] * 4 + [1] * 3 + [0] + [1] * 3 + [-1] * 6 + [1, -1] * 2, [0] * 25),
    ],
    ids=["six", "seven", "a point on the mean"],
)
def test_seven_points_on_one_side_of_the_mean(sides: list[int], expected: list[int]) -> None:
    values = wavy(*sides)
    values[-1] += 100 * len(values) - sum(values)  # so that the mean is 100 exactly
    found = xmr(values).marks[: len(expected) - 1].tolist()
    assert [mark if abs(mark) == Rule.ONE_SIDE else 0 for mark in found] == expected[:-1]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ([2.3, 0.5, 2.3], [3, 0, 3]),
        ([2.3, 2.3, 0.5], [3, 3, 0]),
        ([2.3, -0.5, 2.3], [0, 0, 0]),
        ([2.3, -2.3, 0.5], [0, 0, 0]),
        ([-2.3, -0.5, -2.3], [-3, 0, -3]),
        ([2.3, NAN, 2.3], [0, 0, 0]),
        ([2.3, 0.5, 3.5], [0, 0, 1]),
    ],
    ids=["apart", "together", "third on the other side", "both sides", "low", "a gap", "outside is not near"],
)
def test_two_of_three_between_near_limit_and_limit(end: list[float], expected: list[int]) -> None:
    """Limits are fixed at 100 +- 2.66 and +- 1.7733 by a first stretch of moves of 1 around 100."""
    values = [100.5, 99.5] * 7 + [100 + off for off in end]
    chart = xmr(values, fixed_after=14)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((97.34, 102.66))
    assert chart.marks[-3:].tolist() == expected


def test_the_first_rule_in_order_marks_a_point() -> None:
    marked = xmr([50, 52, 49, 51, 50, 52, 51, 53, 54, 56, 57, 59, 60, 62]).marks.tolist()
    assert marked == [-4, -4, -1, -4, -4, -4, 2, 2, 2, 2, 2, 1, 1, 1]


def test_limits_and_rules_begin_anew_where_a_chart_is_rebased() -> None:
    values = [1.0, 2, 3, 4, 5, 6, 7, 8, 108.0, 107, 109, 107, 108, 110, 107, 109]
    chart = xmr(values, [8])
    first, second = xmr(values[:8]), xmr(values[8:])
    for name in ("mean", "lower", "upper", "near_lower", "near_upper", "marks", "trial"):
        np.testing.assert_array_equal(
            getattr(chart, name), np.concatenate([getattr(first, name), getattr(second, name)])
        )
    assert not xmr([*values[:4], 5.0, 6, 7, 8], [4]).marks.any()


def test_fixed_limits_are_those_of_the_first_points_and_mark_the_later_ones() -> None:
    values = [10.0, 12, 11, 9, 10, 11, 12, 10, 9, 11, 10, 12, 11, 30.0, 31, 29]
    chart = xmr(values, fixed_after=13)
    alone = xmr(values[:13])
    assert set(chart.upper) == set(alone.upper)
    assert chart.marks[-3:].tolist() == [1, 1, 1]
    assert not chart.trial.any()
    assert xmr(values, fixed_after=12).trial.all()


@pytest.mark.parametrize("count", [1, 7, 13])
@pytest.mark.parametrize("level", [0.0, 0.1, 7.0, 1e9 / 3])
def test_a_series_that_never_moves_has_its_mean_for_limits_and_no_signal(level: float, count: int) -> None:
    chart = xmr([level] * max(count, 2))
    assert not chart.marks.any()
    for limit in (chart.mean, chart.lower, chart.upper):
        np.testing.assert_allclose(limit, level)
    assert assurance(chart, level + 1, Polarity.BETTER_HIGH) is None


def test_a_series_that_never_moved_before_is_not_outside_when_it_does() -> None:
    """A stretch of zeros says nothing of how much chance moves a figure: R has no limits there either."""
    assert not xmr([0.0] * 13 + [1.0], fixed_after=13).marks.any()


def test_a_missing_figure_is_skipped_and_never_zero() -> None:
    values = [10.0, 12, NAN, 30, 31, 29, NAN, 11, 10]
    chart = xmr(values)
    assert chart.mean[0] == pytest.approx(np.mean([10, 12, 30, 31, 29, 11, 10]))
    # Ranges 2, 1, 2, 1: none across a gap.
    assert chart.upper[0] - chart.mean[0] == pytest.approx(2.66 * 1.5)
    assert chart.marks[[2, 6]].tolist() == [0, 0]


def test_without_two_neighbouring_figures_there_are_no_limits() -> None:
    chart = xmr([5.0, NAN, 9.0])
    assert chart.mean.tolist() == [7.0] * 3
    assert np.isnan([chart.lower, chart.upper]).all()
    assert not chart.marks.any()
    assert np.isnan(xmr([NAN, NAN]).mean).all()


def test_limits_from_fewer_than_thirteen_figures_are_on_trial() -> None:
    assert xmr(NORMAL[:12]).trial.all()
    assert not xmr(NORMAL[:13]).trial.any()
    assert xmr([*NORMAL[:12], NAN]).trial.all()


@pytest.mark.parametrize("rebase", [[-1], [20], [3, 99]])
def test_a_segment_cannot_begin_outside_the_series(rebase: list[int]) -> None:
    with pytest.raises(ValueError, match="segments begin at"):
        xmr(NORMAL, rebase)


def test_limits_cannot_come_from_one_quarter() -> None:
    with pytest.raises(ValueError, match="two quarters"):
        xmr(NORMAL, fixed_after=1)


def test_a_chart_is_rebased_where_the_definition_changes() -> None:
    quarters = Quarter(2025, 2).back(8)

    def at(first: str) -> Break:
        return Break(
            authority="825", indicator="A01", first=Quarter.parse(first), before="all contacts", after="referrals"
        )

    assert segment_starts([], quarters) == ()
    assert segment_starts([at("2024-25-Q4"), at("2025-26-Q2")], quarters) == (5, 7)
    assert segment_starts([at(str(quarters[0])), at("2019-20-Q1"), at("2025-26-Q3")], quarters) == ()


@pytest.mark.parametrize(
    ("mark", "polarity", "expected"),
    [
        (0, Polarity.BETTER_HIGH, Variation.COMMON_CAUSE),
        (2, Polarity.BETTER_HIGH, Variation.IMPROVEMENT),
        (-1, Polarity.BETTER_HIGH, Variation.CONCERN),
        (4, Polarity.BETTER_LOW, Variation.CONCERN),
        (-3, Polarity.BETTER_LOW, Variation.IMPROVEMENT),
        (1, Polarity.NEUTRAL, Variation.NEUTRAL_HIGH),
        (-4, Polarity.NEUTRAL, Variation.NEUTRAL_LOW),
    ],
)
def test_a_mark_is_said_by_the_direction_that_is_better(mark: int, polarity: Polarity, expected: Variation) -> None:
    assert variation(mark, polarity) is expected
    assert variation(xmr(NORMAL).marks.dtype.type(mark), polarity) is expected


@pytest.mark.parametrize(
    ("target", "polarity", "expected"),
    [
        (3.5, Polarity.BETTER_HIGH, Assurance.CONSISTENTLY_FAIL),
        (3.5, Polarity.BETTER_LOW, Assurance.CONSISTENTLY_PASS),
        (-3.5, Polarity.BETTER_HIGH, Assurance.CONSISTENTLY_PASS),
        (-3.5, Polarity.BETTER_LOW, Assurance.CONSISTENTLY_FAIL),
        (0.0, Polarity.BETTER_HIGH, Assurance.INCONSISTENT),
        (3.5, Polarity.NEUTRAL, None),
        (None, Polarity.BETTER_HIGH, None),
    ],
)
def test_a_target_is_held_against_the_limits(target: float | None, polarity: Polarity, expected: Assurance) -> None:
    assert assurance(xmr(NORMAL), target, polarity) is expected


def test_a_target_is_held_against_the_last_segment_alone() -> None:
    chart = xmr([38.0, 40, 39, 41, 40, 38, 60, 62, 61, 59, 60, 62], [6])
    assert assurance(chart, 50, Polarity.BETTER_HIGH) is Assurance.CONSISTENTLY_PASS


whole_tenths = st.integers(-2000, 2000).map(lambda number: number / 10)
series = st.lists(st.one_of(whole_tenths, st.just(NAN)), min_size=1, max_size=24)


def slowly(values: Sequence[float]) -> list[int]:
    """The four rules point by point, in the words of the NHS's guide: the product must find the same."""
    given_ = [value for value in values if value == value]
    mean = sum(given_) / len(given_) if given_ else NAN
    ranges = [abs(b - a) for a, b in itertools.pairwise(values) if a == a and b == b]
    average = sum(ranges) / len(ranges) if ranges else NAN
    kept = [one for one in ranges if one < 3.267 * average]
    reach = sum(kept) / len(kept) if kept else 0.0
    off = [0.0 if value != value or abs(value - mean) < 1e-6 else value - mean for value in values]
    found = [0] * len(values)
    for at, far in enumerate(off):
        if reach and abs(far) > 2.66 * reach + 1e-6:
            found[at] = 1 if far > 0 else -1
    near = [
        bool(reach) and not mark and abs(far) > 5.32 / 3 * reach + 1e-6 for mark, far in zip(found, off, strict=True)
    ]
    for sign in (1, -1):
        for start in range(len(values) - 6):
            seven = range(start, start + 7)
            if all(sign * (values[at + 1] - values[at]) > 1e-6 for at in seven[:-1]):
                for at in seven:
                    later = at < len(values) - 1 and abs(found[at]) == 2 and found[at] != 2 * sign
                    if abs(found[at]) != 1 and not (later and sign * (values[at + 1] - values[at]) < 0):
                        found[at] = 2 * sign
    for sign in (1, -1):
        for start in range(len(values) - 2):
            three = range(start, start + 3)
            if all(sign * off[at] > 0 for at in three) and sum(near[at] for at in three) >= 2:
                for at in three:
                    if near[at] and found[at] == 0:
                        found[at] = 3 * sign
    for sign in (1, -1):
        for start in range(len(values) - 6):
            seven = range(start, start + 7)
            if all(sign * off[at] > 0 for at in seven):
                for at in seven:
                    if found[at] == 0:
                        found[at] = 4 * sign
    return found


@given(series)
def test_the_rules_are_those_of_the_words(values: list[float]) -> None:
    assert xmr(values).marks.tolist() == slowly(values)


def test_the_rules_are_those_of_the_words_in_series_with_signals() -> None:
    random = np.random.default_rng(4)
    met = set()
    for _ in range(400):
        walk = np.round(random.normal(0, 1, 20).cumsum() * random.uniform(0, 1) + random.normal(0, 1, 20), 1)
        expected = slowly(walk.tolist())
        met |= set(expected)
        assert xmr(walk).marks.tolist() == expected
    assert met == set(range(-4, 5))


@given(series, st.sampled_from([-1000.0, -12.5, 0.3, 640.0]), st.sampled_from([0.01, 0.5, 3.0, 1000.0]))
def test_another_zero_and_another_unit_move_the_limits_and_no_mark(
    values: list[float], shift: float, scale: float
) -> None:
    before, after = xmr(values), xmr(np.array(values) * scale + shift)
    assert after.marks.tolist() == before.marks.tolist()
    for name in ("mean", "lower", "upper", "near_lower", "near_upper"):
        np.testing.assert_allclose(getattr(after, name), getattr(before, name) * scale + shift, rtol=1e-9, atol=1e-6)


@given(series)
def test_upside_down_every_mark_is_of_the_same_rule_on_the_other_side(values: list[float]) -> None:
    assert (-xmr(-np.array(values)).marks).tolist() == xmr(values).marks.tolist()


@given(series)
def test_backwards_the_same_points_are_marked_and_a_rise_is_a_fall(values: list[float]) -> None:
    """A peak between two runs is of the later one, and rising becomes falling: all else is the same."""
    there, back = xmr(values).marks, xmr(values[::-1]).marks[::-1]
    assert (there != 0).tolist() == (back != 0).tolist()
    assert (abs(there) == abs(back)).all()
    others = abs(there) != Rule.TREND
    assert (there[others] == back[others]).all()


def test_many_series_at_once_are_each_as_one() -> None:
    random = np.random.default_rng(11)
    table = np.round(random.normal(0, 1, (500, 16)).cumsum(axis=1) * 0.4 + random.normal(0, 1, (500, 16)), 1)
    table[random.random(table.shape) < 0.03] = NAN
    one_by_one = [xmr(values).marks[-1] != 0 for values in table]
    assert special_causes_at_end(table).tolist() == one_by_one
    assert 10 < sum(one_by_one) < 490
    assert one_by_one == [slowly(values.tolist())[-1] != 0 for values in table]


def test_figures_that_remember_the_last_quarter_are_marked_far_more_often_than_independent_ones() -> None:
    """Why the chart is no screen: stocks, and services, do not begin anew each quarter."""
    noise = np.random.default_rng(3).normal(size=(20_000, 16))
    remembering = noise.copy()
    for at in range(1, 16):
        remembering[:, at] += 0.6 * remembering[:, at - 1]
    independent, dependent = (special_causes_at_end(table).mean() for table in (noise, remembering))
    assert 0.01 < independent < 0.025
    assert dependent > 5 * independent
