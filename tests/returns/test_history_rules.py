"""The rules about an authority's own history, on figures written by hand and against brute force."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from return_files import FOLDER, HEADER, PERIOD, REGISTRY, Return, as_csv, cell, checked, file_of, rows_of

from analysis.reference.periods import Quarter
from analysis.reference.populations import population_frame
from analysis.returns.rules.as_array import Figures
from analysis.returns.rules.balances import add_up, without_population
from analysis.returns.rules.history import look_back, ten_fold
from analysis.returns.rules.query_policy import query_policy
from analysis.returns.rules.usual import middle, shifted

POLICY = query_policy()
REFERRALS = [402, 377, 415, 390, 398, 371, 421, 405]


def figures_of(**series: list[float]) -> Figures:
    """One authority's figures by measure, the report's quarter last; None is missing."""
    length = len(next(iter(series.values())))
    quarters = [str(quarter) for quarter in PERIOD.back(length)]
    rows = [
        ("825", quarter, measure, np.nan if value is None else float(value))
        for measure, values in series.items()
        for quarter, value in zip(quarters, values, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["authority", "period", "measure", "value"])
    return Figures.of(table.sort_values(["authority", "period", "measure"]), REGISTRY)


def seen(**series: list[float]) -> dict[tuple[str, str], str]:
    """Rule and period of all that is seen about one measure."""
    found, _ = look_back(figures_of(**series), POLICY)
    return {(one.rule, one.period): one.words for one in found}


def with_last(value: float | None) -> list[float | None]:
    return [*REFERRALS, value]


@pytest.mark.parametrize("value", [380, 300, 500, None])
def test_what_is_near_enough_or_missing_is_not_asked_about(value):
    assert seen(referrals=with_last(value)) == {}


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (4020, "ten_fold"), (2900, "ten_fold"), (40, "ten_fold"), (39, "ten_fold"), (0, "zero_after_never_zero"),
        (1100, "jump"), (110, "jump"), (20000, "jump"),
    ],
)  # fmt: skip
def test_a_figure_is_asked_about_once_for_the_plainest_reason(value, rule):
    assert list(seen(referrals=with_last(value))) == [(rule, FOLDER)]


def test_what_was_seen_is_said_in_figures():
    assert seen(referrals=with_last(4020))["ten_fold", FOLDER] == "4020, about 401.5 in the quarters around it"
    assert seen(referrals=with_last(1100))["jump", FOLDER] == (
        "1100; 405 the quarter before, 398 a year before, about 401.5 in four quarters"
    )


def test_a_slip_in_an_earlier_quarter_is_found_there():
    values = [402, 377, 4150, 390, 398, 371, 421, 405]
    assert list(seen(referrals=values)) == [("ten_fold", "2024-25-Q1")]


def test_a_step_that_stays_is_asked_about_when_it_comes_and_not_again():
    before, after = [40, 38, 41, 44, 39, 42, 40, 43], [402, 391, 415, 408]
    assert list(seen(referrals=[*before, after[0]])) == [("ten_fold", FOLDER)]
    for length in (2, 3, 4):
        assert seen(referrals=[*before, *after[:length]]) == {}


def test_a_figure_like_that_of_the_same_quarter_a_year_before_is_a_season():
    """A school year: few referrals in each July to September."""
    values = [100, 410, 400, 420, 104, 405, 398, 416]
    assert seen(referrals=[*values, 98]) == {}
    assert list(seen(referrals=[*values[1:-1], 98])) == [("jump", FOLDER)]


def test_with_little_history_only_slips_are_asked_about():
    assert list(seen(referrals=[402, 4020])) == [("ten_fold", FOLDER)]
    assert seen(referrals=[402, 377, 1200]) == {}
    assert seen(referrals=[402, 377, 0]) == {}
    assert seen(referrals=[402]) == {}


def test_small_counts_are_left_to_chance():
    assert seen(adopted=[1, 2, 1, 3, 2, 1, 2, 1, 0]) == {}
    assert seen(adopted=[1, 2, 1, 3, 2, 1, 2, 1, 5]) == {}
    once_before = [12, 0, 14, 11, 13, 12, 15, 11, 0]
    assert ("zero_after_never_zero", FOLDER) not in seen(cpp_second_ever=once_before)


def test_an_average_of_few_children_may_be_a_tenth():
    days = [410, 395, 420, 400, 405, 415, 398, 402, 41]
    assert ("ten_fold", FOLDER) not in seen(a1_days=days, a1_children=[2] * 9)
    assert list(seen(a1_days=days, a1_children=[6] * 9)) == [("ten_fold", FOLDER)]


def test_a_part_that_moves_with_its_whole_is_no_jump():
    """Nine years out of ten are timely, in many assessments and in few."""
    whole = [400, 390, 410, 405, 395, 400, 398, 402]
    part = [360, 351, 369, 364, 356, 360, 358, 362]
    rules = seen(assessments=[*whole, 1200], assessments_45_days=[*part, 1080])
    assert rules.keys() == {("jump", FOLDER)}
    assert rules["jump", FOLDER].startswith("1200;")
    rules = seen(assessments=[*whole, 400], assessments_45_days=[*part, 60])
    assert rules["jump", FOLDER].startswith("60;")


def test_what_all_authorities_have_in_common_is_not_asked_about():
    chance = np.random.default_rng(3)
    codes = [f"{number:03d}" for number in range(800, 820)]
    values = chance.poisson(400, (20, 12)).astype(float)
    values[:, -1] = chance.poisson(240, 20)
    values[7, -1] = 800
    quarters = [str(quarter) for quarter in PERIOD.back(12)]
    rows = [(codes[a], quarters[t], "referrals", values[a, t]) for a, t in np.ndindex(values.shape)]
    table = pd.DataFrame(rows, columns=["authority", "period", "measure", "value"])
    found, _ = look_back(Figures.of(table, REGISTRY), POLICY)
    assert [(one.rule, one.authority) for one in found] == [("jump", codes[7])]


def test_a_return_that_was_copied_is_one_question():
    earlier = Return("825", Quarter(2025, 1))
    rows = [*earlier.rows(), *Return("825").with_values(referrals="401").rows()]
    found = rows_of(checked(as_csv([HEADER, *rows])), "copied_return")
    assert found[["authority", "period", "measure"]].to_numpy().tolist() == [["825", FOLDER, ""]]
    assert found["seen"].item() == "nearly all figures are those of 2025-26-Q1"
    year_before = [*Return("825", Quarter(2024, 2)).rows(), *Return("825").rows()]
    assert "2024-25-Q2" in rows_of(checked(as_csv([HEADER, *year_before])), "copied_return")["seen"].item()
    other = {key: str(round(float(value) * 1.07)) for key, value in earlier.values.items()}
    own = as_csv([HEADER, *earlier.with_values(**other).rows(), *Return("825").rows()])
    assert rows_of(checked(own), "copied_return").empty


def test_a_query_about_history_names_the_file_and_the_line():
    rows = [
        row
        for number, quarter in enumerate(PERIOD.back(6))
        for row in Return("825", quarter).with_values(referrals=str(4050 if quarter == PERIOD else 395 + number)).rows()
    ]
    outcome = checked(file_of(as_csv([HEADER, *rows]), "825.csv"))
    found = rows_of(outcome, "ten_fold").iloc[0]
    assert found["file"].endswith("825.csv")
    assert found["line"] == cell(outcome, "referrals")["source_line"]
    assert cell(outcome, "referrals")["value"] == 4050  # used as it is


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [("400", "430", "revised"), ("400", "470", "revised_much"), ("12", "15", "revised"), ("0", "6", "revised_much"),
     ("400", "c", "revised"), ("c", "400", "revised")],
)  # fmt: skip
def test_a_resubmission_that_changes_much_is_asked_about(before, after, rule):
    first = Return("825", Quarter(2025, 1)).with_values(referrals=before, re_referrals="0")
    second = [*first.with_values(referrals=after).rows(), *Return("825").with_values(cin_at_end="1100").rows()]
    outcome = checked(file_of(first.csv(), folder="2025-26-Q1"), file_of(as_csv([HEADER, *second])))
    found = outcome.findings[outcome.findings["rule"].str.startswith("revised")]
    assert found["rule"].tolist() == [rule]
    assert found["severity"].item() == ("query" if rule == "revised_much" else "note")


def test_stocks_that_do_not_add_up_are_asked_about():
    flows = {"cpp_starting": [40, 44, 39], "cpp_ceasing": [41, 38, 45]}
    assert list(add_up(figures_of(cpp_at_end=[200, 206, 200], **flows), POLICY)) == []
    assert list(add_up(figures_of(cpp_at_end=[200, 206, 194], **flows), POLICY)) == []  # 6, within 3 % of 206
    found = list(add_up(figures_of(cpp_at_end=[200, 206, 193], **flows), POLICY))
    assert [(one.measure, one.period, one.words) for one in found] == [
        ("cpp_at_end", FOLDER, "193, but 206 + 39 - 45 = 200")
    ]
    assert list(add_up(figures_of(cpp_at_end=[200, None, 193], **flows), POLICY)) == []
    assert list(add_up(figures_of(cpp_at_end=[200, 206, 150]), POLICY)) == []  # no flows


def test_old_stocks_are_not_asked_about_again():
    at_end = [500, 200, 200, 200, 200, 200]
    figures = figures_of(cla_at_end=at_end, cla_starting=[20] * 6, cla_ceasing=[20] * 6)
    assert list(add_up(figures, POLICY)) == []


def test_a_slip_in_a_stock_is_not_asked_about_a_second_time_as_a_sum():
    figures = figures_of(cla_at_end=[480, 482, 478, 4800], cla_starting=[40] * 4, cla_ceasing=[40, 38, 44, 38])
    found, explained = look_back(figures, POLICY)
    assert [one.rule for one in found] == ["ten_fold"]
    assert list(add_up(explained, POLICY)) == []


def test_a_population_that_is_missing_is_noted():
    assert without_population(["825", "886"], PERIOD, REGISTRY, population_frame()) == []
    later = without_population(["825", "886"], Quarter(2060, 1), REGISTRY, population_frame())
    assert [(one.authority, one.seen) for one in later] == [("", "no population of mid-2059, for anybody")]
    # Northamptonshire (928) was abolished in 2021, and its successors have a population.
    gone = without_population(["825", "928"], PERIOD, REGISTRY, population_frame())
    assert [(one.rule, one.severity, one.authority) for one in gone] == [("population_missing", "note", "928")]


figures = arrays.arrays(np.float64, (3, 6, 2), elements=st.one_of(st.just(np.nan), st.integers(0, 5000).map(float)))


@given(figures)
@settings(max_examples=60, deadline=None)
def test_the_middle_is_numpy_s_median(values):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # numpy's, of columns without a figure
        expected = np.nanmedian(values, axis=0)
    np.testing.assert_array_equal(middle(values), expected)
    np.testing.assert_array_equal(shifted(values, 2)[:, 2:], values[:, :-2])
    assert np.isnan(shifted(values, 2)[:, :2]).all()


@given(figures)
@settings(max_examples=60, deadline=None)
def test_slips_are_those_that_a_loop_finds(values):
    quarters = tuple(str(quarter) for quarter in PERIOD.back(6))
    laid = Figures(values, ("1", "2", "3"), quarters, ("cla_starting", "referrals"), np.array(["flow"] * 2), (), (), ())
    marks = ten_fold(laid, POLICY)
    for a, t, m in np.ndindex(values.shape):
        now, line = values[a, t, m], values[a, :, m]
        around = [line[s] for s in range(max(0, t - 4), min(6, t + 5)) if s != t and not np.isnan(line[s])]
        usual = np.median(around) if len(around) > (t < 5) else 0
        beside = [line[s] for s in (t - 1, t + 1) if 0 <= s < 6 and line[s] > 0]
        slip = False
        if now > 0 and usual > 0 and max(now, usual) >= POLICY.ten_fold.least:
            times = max(now / usual, usual / now)
            apart = all(max(now / one, one / now) >= POLICY.ten_fold.apart for one in beside)
            slip = apart and 10 / POLICY.ten_fold.within <= times <= 10 * POLICY.ten_fold.within
        assert marks[a, t, m] == slip
