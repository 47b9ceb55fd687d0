"""Windows stop at a change of definition. Expected figures are worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.indicators.compute import compute_indicators, rolling_on_edition
from analysis.reference.changes.breaks import Break
from analysis.reference.periods import Quarter
from analysis.reference.registry import registry

LAST = Quarter.parse("2025-26-Q1")
POPULATIONS = pd.DataFrame(
    [(code, year, 100_000.0, "given") for code in ("825", "936") for year in range(2021, 2026)],
    columns=["authority", "mid_year", "population", "status"],
)
KEYS = ["authority", "period", "series", "window"]

Cell = float | str


def checked(authority: str = "825", **measures: Sequence[Cell]) -> pd.DataFrame:
    """The checked rows of one authority: for each measure its cells, oldest first, the last of them for `LAST`."""
    rows = [
        (authority, str(period), measure, *((np.nan, cell) if isinstance(cell, str) else (float(cell), "given")))
        for measure, cells in measures.items()
        for period, cell in zip(LAST.back(len(cells)), cells, strict=True)
    ]
    return pd.DataFrame(rows, columns=["authority", "period", "measure", "value", "status"])


def broken(indicator: str, first: Quarter | str, authority: str = "825") -> Break:
    first = Quarter.parse(first) if isinstance(first, str) else first
    return Break(authority=authority, indicator=indicator, first=first, before="contacts too", after="referrals alone")


def compute(table: pd.DataFrame, *breaks: Break) -> pd.DataFrame:
    return compute_indicators(table, registry(), POPULATIONS, breaks)


def line(table: pd.DataFrame, series: str, window: str = "rolling12", authority: str = "825") -> list[Cell]:
    """A series over time: its figures, and the status where there is none."""
    rows = table[(table["series"] == series) & (table["window"] == window) & (table["authority"] == authority)]
    rows = rows.sort_values("period")
    return [value if status == "given" else status for value, status in zip(rows["value"], rows["status"], strict=True)]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        # The year to 2025-26-Q1 is 2024-25-Q2 to 2025-26-Q1: 110 + 120 + 130 + 140.
        ("2024-25-Q1", 500),
        ("2024-25-Q2", 500),  # first of the four: all four are of the new definition
        ("2024-25-Q3", "break"),
        ("2024-25-Q4", "break"),
        ("2025-26-Q1", "break"),
        ("2025-26-Q2", 500),  # not yet
    ],
)
def test_a_year_has_a_figure_unless_the_definition_changed_within_it(first: str, expected: Cell) -> None:
    table = compute(checked(referrals=[100, 110, 120, 130, 140]), broken("A01", first))
    assert line(table, "A01-number")[-1] == expected
    assert line(table, "A01-rate")[-1] == (expected if isinstance(expected, str) else pytest.approx(50.0))
    row = table[(table["series"] == "A01-rate") & (table["window"] == "rolling12")].iloc[-1]
    assert np.isnan(row["numerator"]) == (expected == "break"), "the sum of two definitions is no count either"
    assert row["denominator"] == 100_000


def test_a_break_takes_three_years_and_no_quarter() -> None:
    counts = [100, 110, 120, 130, 140, 150, 160, 170]
    table = compute(checked(referrals=counts), broken("A01", "2024-25-Q2"))
    # The quarters are 2023-24-Q2 to 2025-26-Q1; the fifth is the first of the new definition.
    assert line(table, "A01-number") == ["not_available"] * 3 + [460, "break", "break", "break", 620]
    assert line(table, "A01-number", "quarter") == counts


def test_each_kind_of_series_of_the_indicator_stops() -> None:
    counts = checked(
        adopted=[4, 5, 5, 6],
        cla_at_end=[480, 490, 495, 500],
        a1_days=[500, 400, 300, 400],
        a1_children=[2, 1, 5, 3],
    )
    table = compute(counts, broken("A15", LAST), broken("A16", LAST.shift(-1)))
    for series in ("A15-number", "A15-percent", "A16-days"):
        assert line(table, series)[-1] == "break"
    assert line(table, "A15-percent", "quarter")[-1] == pytest.approx(1.2)
    assert line(table, "A16-days", "quarter")[-1] == 400
    row = table[(table["series"] == "A15-percent") & (table["window"] == "rolling12")].iloc[-1]
    assert (np.isnan(row["numerator"]), row["denominator"]) == (True, 500), "a stock is of its day alone"
    assert line(table, "A12-rate", "quarter") == pytest.approx([48, 49, 49.5, 50])


@pytest.mark.parametrize(("changed", "a01", "a02"), [("A01", "break", 25.0), ("A02", 400, "break")])
def test_of_two_indicators_that_share_a_measure_only_the_changed_one_stops(changed: str, a01: Cell, a02: Cell) -> None:
    """Referrals are counted in A01, and re-referrals are a share of them in A02."""
    table = compute(checked(referrals=[100] * 4, re_referrals=[10, 20, 30, 40]), broken(changed, LAST))
    assert line(table, "A01-number")[-1] == a01
    assert line(table, "A02-percent")[-1] == a02
    assert line(table, "A02-number")[-1] == ("break" if a02 == "break" else 100)


def test_it_is_the_authoritys_own() -> None:
    both = pd.concat([checked("825", referrals=[10] * 4), checked("936", referrals=[20] * 4)])
    table = compute(both, broken("A01", LAST, "936"))
    assert line(table, "A01-number")[-1] == 40
    assert line(table, "A01-number", authority="936")[-1] == "break"


def test_a_missing_quarter_is_still_to_be_asked_for_on_either_side_of_a_break() -> None:
    table = compute(checked(referrals=[10, "not_submitted", 10, 10, 10, 10, 10]), broken("A01", "2024-25-Q3"))
    assert line(table, "A01-number")[3:] == ["not_submitted", "not_submitted", "break", "break"]


def test_breaks_that_follow_each_other_leave_no_year_until_four_quarters_are_alike() -> None:
    table = compute(checked(referrals=[10] * 12), broken("A01", "2023-24-Q2"), broken("A01", "2023-24-Q4"))
    # The quarters are 2022-23-Q2 to 2025-26-Q1.
    assert line(table, "A01-number") == ["not_available"] * 3 + [40] + ["break"] * 5 + [40] * 3


def test_beside_a_published_year_a_broken_12_months_stays_broken_and_a_stock_has_its_figure() -> None:
    counts = checked(referrals=[100] * 5, cla_at_end=[500] * 5)
    table = compute(counts, broken("A01", LAST), broken("A12", LAST))
    beside = rolling_on_edition(table, registry(), POPULATIONS, LAST, 2025).set_index("series")
    assert beside.loc["A01-rate", "status"] == "break"
    assert np.isnan(beside.loc["A01-rate", "value"])
    assert (beside.loc["A12-rate", "status"], beside.loc["A12-rate", "value"]) == ("given", pytest.approx(50.0))


cells = st.one_of(st.integers(0, 500).map(float), st.sampled_from(["not_submitted", "suppressed", "unreliable"]))
some_breaks = st.lists(
    st.builds(
        broken,
        st.sampled_from(["A01", "A02", "A12"]),
        st.integers(-12, 2).map(LAST.shift),
        st.sampled_from(["825", "936"]),
    ),
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=4, max_size=9), some_breaks)
def test_a_break_takes_figures_of_12_months_away_and_changes_nothing_else(
    counts: list[tuple[Cell, Cell]], breaks: list[Break]
) -> None:
    one = {"referrals": [a for a, _ in counts], "re_referrals": [b for _, b in counts], "cla_at_end": [9] * len(counts)}
    table = pd.concat([checked(code, **one) for code in ("825", "936")])
    plain, with_breaks = compute(table), compute(table, *breaks)
    pd.testing.assert_frame_equal(plain[KEYS], with_breaks[KEYS])
    for before, after in zip(plain.itertuples(), with_breaks.itertuples(), strict=True):
        window = [str(quarter) for quarter in Quarter.parse(before.period).back(4)]
        spans = before.window == "rolling12" and any(
            one.authority == before.authority
            and one.indicator == before.series[:3]
            and window[0] < str(one.first) <= window[-1]
            for one in breaks
        )
        if spans and before.status == "given":
            assert after.status == "break"
        elif spans:
            assert after.status in ("break", before.status)
        else:
            assert tuple(map(str, after)) == tuple(map(str, before))


@settings(max_examples=20, deadline=None)
@given(st.lists(cells, min_size=1, max_size=9))
def test_breaks_of_others_change_nothing(counts: list[Cell]) -> None:
    table = checked(referrals=counts)
    elsewhere = [broken("A01", LAST, "936"), broken("A05", LAST), broken("A01", LAST.shift(1))]
    pd.testing.assert_frame_equal(compute(table), compute(table, *elsewhere))
