"""Own counts of 1 to 5 are hidden with everything that would give them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest

from analysis.disclosure.policy import policy
from analysis.disclosure.small_counts import conceal_small_counts
from analysis.indicators.compute import compute_indicators
from analysis.reference.changes.breaks import Break
from analysis.reference.periods import Quarter
from analysis.reference.populations import population_frame
from analysis.reference.registry import registry
from analysis.reference.status import Status
from analysis.views.evidence import lookup
from analysis.views.model import Cell
from analysis.views.parts import difference

LAST = Quarter.parse("2025-26-Q2")


def figures(counts: Mapping[str, Sequence[float]], *breaks: Break) -> pd.DataFrame:
    rows = [
        ("825", str(period), measure, value, "not_submitted" if np.isnan(value) else "given")
        for measure, values in counts.items()
        for period, value in zip(LAST.back(len(values)), values, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["authority", "period", "measure", "value", "status"])
    return compute_indicators(table, registry(), population_frame(), breaks)


def concealed(**counts: Sequence[float]) -> pd.DataFrame:
    return conceal_small_counts(figures(counts), registry(), policy())


def shown(table: pd.DataFrame, series: str, window: str = "quarter") -> list[float | str]:
    """The series as a page would print it: a figure, or `c`."""
    rows = table[(table["series"] == series) & (table["window"] == window)].sort_values("period")
    marks = {"suppressed": "c", "not_available": "x", "not_submitted": "..", "not_applicable": "z", "break": "b"}
    return [
        value if status == "given" else marks[status]
        for value, status in zip(rows["value"], rows["status"], strict=True)
    ]


@pytest.mark.parametrize(("count", "hidden"), [(0, False), (1, True), (5, True), (6, False)])
def test_a_count_of_1_to_5_is_hidden_with_its_rate_and_percentage(count: float, hidden: bool) -> None:
    table = concealed(referrals=[100.0], re_referrals=[count], cla_at_end=[count])
    for series in ("A02-number", "A02-percent", "A12-number", "A12-rate"):
        (found,) = shown(table, series)
        assert (found == "c") is hidden
    hidden_rows = table[table["status"] == "suppressed"]
    assert hidden_rows[["numerator", "denominator", "value"]].isna().all(axis=None)
    assert shown(table, "A01-number") == [100.0]


@pytest.mark.parametrize(("base", "hidden"), [(19, True), (20, False), (0, False)])
def test_a_percentage_of_fewer_than_20_is_blanked(base: float, hidden: bool) -> None:
    table = concealed(assessments=[base], assessments_45_days=[min(base, 10)])
    assert shown(table, "A04-percent") == ["c" if hidden else "z" if base == 0 else 50.0]
    assert shown(table, "A04-number") == [min(base, 10)]


def test_12_months_with_a_hidden_quarter_are_hidden() -> None:
    table = concealed(referrals=[30, 3, 30, 30, 30, 30, 30, 30])
    assert shown(table, "A01-number") == [30, "c", 30, 30, 30, 30, 30, 30]
    assert shown(table, "A01-number", "rolling12") == ["x", "x", "x", "c", "c", 120, 120, 120]
    assert shown(table, "A01-rate", "rolling12")[3:5] == ["c", "c"]


def test_the_last_quarter_of_a_year_is_hidden_after_a_hidden_one_since_the_year_is_published() -> None:
    # From 2023-24-Q3 to 2025-26-Q2: the year 2024-25 is the third to the sixth.
    for small in (2, 3, 4):
        referrals = [30.0] * 8
        referrals[small] = 3
        table = concealed(referrals=referrals)
        hidden = [place for place, figure in enumerate(shown(table, "A01-number")) if figure == "c"]
        assert hidden == [small, 5]


def test_starting_and_ceasing_are_hidden_together_since_the_stock_gives_back_either() -> None:
    table = concealed(
        cla_at_end=[100, 110, 127, 129],
        cla_starting=[20, 30, 20, 22],
        cla_ceasing=[20, 20, 3, 20],
        adopted=[0, 0, 0, 0],
    )
    assert shown(table, "A13-number") == [20, 30, "c", 22]
    assert shown(table, "A14-number") == [20, 20, "c", 20]
    assert shown(table, "A12-number") == [100, 110, 127, 129]


def test_a_hidden_stock_hides_the_flows_on_both_sides_of_it() -> None:
    table = concealed(cla_at_end=[20, 4, 20, 25], cla_starting=[9, 9, 26, 15], cla_ceasing=[9, 25, 10, 10])
    assert shown(table, "A12-number") == [20, "c", 20, 25]
    assert shown(table, "A13-number") == [9, "c", "c", 15]
    assert shown(table, "A14-number") == [9, "c", "c", 10]


def test_a_part_is_hidden_with_its_whole() -> None:
    """12 second plans are a floor under the plans starting, which with the stock narrows the plans ceasing."""
    table = concealed(
        cpp_at_end=[100, 109], cpp_starting=[50, 14], cpp_ceasing=[50, 5], cpp_second_ever=[12, 12],
        cpp_second_2_years=[6, 6],
    )  # fmt: skip
    assert shown(table, "A09-number") == [50, "c"]
    assert shown(table, "A11-ever-number") == [12, "c"]
    assert shown(table, "A11-2y-percent") == [12.0, "c"]


def test_indicators_of_12_months_show_no_quarter_and_their_year_where_it_gives_nothing_back() -> None:
    table = concealed(adopted=[3, 4, 2, 5, 4, 9, 3, 6], cla_at_end=[500] * 8)
    assert set(shown(table, "A15-number")) == set(shown(table, "A15-percent")) == {"c"}
    assert shown(table, "A15-number", "rolling12") == ["x", "x", "x", 14, 15, 20, 21, 22]
    assert shown(table, "A15-percent", "rolling12")[-1] == pytest.approx(4.4)


def test_a_year_that_would_give_back_a_quarter_is_not_shown() -> None:
    # 0 in the first year: a second of 7 and a third of 9 would make the last quarter 2.
    table = concealed(adopted=[0, 0, 0, 0, 7, 2], cla_at_end=[500] * 6)
    assert shown(table, "A15-number", "rolling12") == ["x", "x", "x", 0, 7, "c"]
    # A small year is small, and the next would be it and the difference of two quarters.
    table = concealed(adopted=[1, 0, 2, 0, 8], cla_at_end=[500] * 5)
    assert shown(table, "A15-number", "rolling12") == ["x", "x", "x", "c", 10]


def test_a_break_is_no_figure_to_hide_and_uncovers_none() -> None:
    change = [
        Break(authority="825", indicator=one, first=LAST.shift(-3), before="", after="") for one in ("A01", "A15")
    ]
    counts = {
        "referrals": [30, 3, 30, 30, 30, 30, 30, 30],
        "adopted": [3, 4, 2, 5, 4, 9, 3, 6],
        "cla_at_end": [500] * 8,
    }
    table = conceal_small_counts(figures(counts, *change), registry(), policy())
    # From 2023-24-Q3 to 2025-26-Q2; the fifth is the first of the new definition.
    assert shown(table, "A01-number") == [30, "c", 30, 30, 30, 30, 30, 30]
    assert shown(table, "A01-number", "rolling12") == ["x", "x", "x", "c", "b", "b", "b", 120]
    assert set(shown(table, "A15-number")) == {"c"}
    assert shown(table, "A15-number", "rolling12") == ["x", "x", "x", 14, "b", "b", "b", 22]
    broken = table[table["status"] == "break"]
    assert broken[["numerator", "value"]].isna().all(axis=None)


def test_where_another_indicator_shows_the_count_a_break_does_not_keep_it_from_being_hidden() -> None:
    """Referrals over 12 months are known from A02's denominator though A01 has changed."""
    change = Break(authority="825", indicator="A01", first=LAST, before="", after="")
    counts = {"referrals": [30, 3, 30, 30], "re_referrals": [10, 1, 10, 10]}
    table = conceal_small_counts(figures(counts, change), registry(), policy())
    assert shown(table, "A01-number", "rolling12")[-1] == "b"
    assert shown(table, "A02-percent", "rolling12")[-1] == "c"
    assert table.loc[table["window"] == "rolling12", ["numerator", "denominator"]].iloc[-3:].isna().all(axis=None)


def test_an_average_of_1_to_5_children_is_hidden() -> None:
    many = concealed(a1_days=[400, 380, 390, 410], a1_children=[3, 2, 4, 1])
    assert shown(many, "A16-days") == ["c"] * 4
    assert shown(many, "A16-days", "rolling12")[-1] == pytest.approx((3 * 400 + 2 * 380 + 4 * 390 + 410) / 10)
    few = concealed(a1_days=[400, 380, 390, 410], a1_children=[1, 0, 2, 2])
    assert shown(few, "A16-days", "rolling12") == ["x", "x", "x", "c"]


def test_missing_keeps_its_own_reason_and_loses_the_count_beside_it() -> None:
    table = concealed(referrals=[float("nan")], re_referrals=[3])
    row = table[(table["series"] == "A02-percent") & (table["window"] == "quarter")].iloc[0]
    assert row["status"] == "not_submitted"
    assert np.isnan(row["numerator"]), "the count behind a figure that could not be made is a count all the same"


def test_a_change_from_a_hidden_figure_is_hidden() -> None:
    at = lookup(concealed(referrals=[3, 40, 40, 40, 40]))
    latest, before = (at["825", str(quarter), "A01-rate", "quarter"].cell for quarter in (LAST, LAST.shift(-4)))
    assert difference(latest, before) == Cell(status=Status.SUPPRESSED)


@pytest.mark.parametrize("seed", range(4))
def test_a_later_report_hides_and_shows_the_same_of_the_past(seed: int) -> None:
    """Or the two together would show what neither does."""
    random, quarters = np.random.default_rng(seed), 12
    starting, ceasing = random.poisson(7, (2, quarters)).astype(float)
    every = figures(
        {
            "cpp_starting": starting,
            "cpp_ceasing": ceasing,
            "cpp_at_end": np.maximum(5 + np.cumsum(starting - ceasing), 0),
            "cpp_second_ever": np.minimum(random.poisson(3, quarters), starting),
            "cpp_second_2_years": np.zeros(quarters),
            "adopted": random.poisson(2, quarters).astype(float),
            "cla_at_end": random.poisson(60, quarters).astype(float),
        }
    )
    last = conceal_small_counts(every, registry(), policy())
    assert (last["status"] == "suppressed").any()
    for end in range(5, quarters):
        until = every["period"] <= str(LAST.shift(end - quarters))
        pd.testing.assert_frame_equal(conceal_small_counts(every[until], registry(), policy()), last[until])


def test_a_year_without_its_first_quarters_is_refused() -> None:
    table = figures({"referrals": [30.0] * 6})
    with pytest.raises(ValueError, match="pass all quarters"):
        conceal_small_counts(table[table["period"] >= "2025-26-Q1"], registry(), policy())


def test_the_rows_of_two_authorities_are_refused() -> None:
    table = figures({"referrals": [3.0]})
    with pytest.raises(ValueError, match="one authority at a time"):
        conceal_small_counts(pd.concat([table, table.assign(authority="936")]), registry(), policy())


def test_nothing_to_hide_changes_nothing() -> None:
    table = figures({"referrals": [50.0] * 5, "re_referrals": [20.0] * 5, "cin_at_end": [0.0] * 5})
    pd.testing.assert_frame_equal(conceal_small_counts(table, registry(), policy()), table)
