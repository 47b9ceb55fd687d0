"""Counts become figures: windows, denominators, statuses. Expected figures are worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.indicators.compute import compute_indicators, rolling_on_edition
from analysis.indicators.rates import on_edition
from analysis.reference.periods import Quarter
from analysis.reference.registry import registry

Cell = float | str
"""A figure, or the status of a cell that has none."""

POPULATIONS = pd.DataFrame(
    [
        ("825", 2023, 120_000.0, "given"),
        ("825", 2024, 125_000.0, "given"),
        ("921", 2023, 25_000.0, "given"),
        ("921", 2024, np.nan, "not_available"),
    ],
    columns=["authority", "mid_year", "population", "status"],
)
LAST = Quarter.parse("2025-26-Q1")


def checked(authority: str = "825", last: Quarter = LAST, **measures: Sequence[Cell]) -> pd.DataFrame:
    """The checked rows of one authority: for each measure its cells, oldest first, the last of them for `last`."""
    rows = [
        (
            authority,
            str(period),
            measure,
            np.nan if isinstance(cell, str) else float(cell),
            cell if isinstance(cell, str) else "given",
        )
        for measure, cells in measures.items()
        for period, cell in zip(last.back(len(cells)), cells, strict=True)
    ]
    return pd.DataFrame(rows, columns=["authority", "period", "measure", "value", "status"])


def compute(table: pd.DataFrame) -> pd.DataFrame:
    return compute_indicators(table, registry(), POPULATIONS)


def row(table: pd.DataFrame, series: str, window: str = "quarter", period: Quarter = LAST, authority: str = "825"):
    found = table[
        (table["series"] == series)
        & (table["window"] == window)
        & (table["period"] == str(period))
        & (table["authority"] == authority)
    ]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize(
    ("series", "window", "numerator", "denominator", "value", "basis"),
    [
        ("A01-number", "quarter", 130, None, 130, ""),
        ("A01-number", "rolling12", 460, None, 460, ""),
        # The quarter's own rate, not annualised: 130 / 125,000 x 10,000.
        ("A01-rate", "quarter", 130, 125_000, 10.4, "population mid-2024"),
        # Four quarters on the edition of the last: 460 / 125,000 x 10,000.
        ("A01-rate", "rolling12", 460, 125_000, 36.8, "population mid-2024"),
        ("A02-percent", "quarter", 13, 130, 10.0, "Referrals"),
        # Sums over sums: 100 / 460, not the mean of 20, 30, 25 and 10 %.
        ("A02-percent", "rolling12", 100, 460, 100 / 460 * 100, "Referrals"),
        # A stock stands at the end, it is never summed.
        ("A12-rate", "quarter", 500, 125_000, 40.0, "population mid-2024"),
        ("A15-percent", "quarter", 6, 500, 1.2, "Children looked after at the end of the period"),
        # Adopted in 12 months, of those looked after at the end of the last quarter.
        ("A15-percent", "rolling12", 20, 500, 4.0, "Children looked after at the end of the period"),
        ("A16-days", "quarter", 1200, 3, 400.0, "Children behind the average of A1"),
        # (2 x 500 + 0 + 5 x 300 + 3 x 400) / 10: weighted, and the quarter without children adds nothing.
        ("A16-days", "rolling12", 3700, 10, 370.0, "Children behind the average of A1"),
    ],
)
def test_a_figure_is_its_numerator_over_its_denominator_over_its_window(
    series: str, window: str, numerator: float, denominator: float | None, value: float, basis: str
) -> None:
    table = compute(
        checked(
            referrals=[999, 110, 100, 120, 130],
            re_referrals=[999, 22, 30, 35, 13],
            cla_at_end=[480, 480, 490, 495, 500],
            adopted=[999, 4, 5, 5, 6],
            a1_days=[999, 500, "not_applicable", 300, 400],
            a1_children=[9, 2, 0, 5, 3],
        )
    )
    found = row(table, series, window)
    assert found["numerator"] == numerator
    assert found["denominator"] == denominator or (denominator is None and np.isnan(found["denominator"]))
    assert found["value"] == pytest.approx(value, rel=1e-12)
    assert found["basis"] == basis
    assert found["status"] == "given"


@pytest.mark.parametrize(
    ("cells", "series", "window", "status"),
    [
        ({"referrals": ["suppressed"], "re_referrals": [3.0]}, "A02-percent", "quarter", "suppressed"),
        ({"referrals": ["suppressed"], "re_referrals": ["unreliable"]}, "A02-percent", "quarter", "unreliable"),
        ({"referrals": [0.0], "re_referrals": [0.0]}, "A02-percent", "quarter", "not_applicable"),
        ({"referrals": [5.0]}, "A01-number", "rolling12", "not_available"),
        ({"referrals": [5.0, 5.0, "suppressed", "not_submitted"]}, "A01-number", "rolling12", "suppressed"),
        ({"referrals": [5.0, "not_submitted", 5.0, 5.0]}, "A01-rate", "rolling12", "not_submitted"),
        ({"a1_days": ["not_submitted"], "a1_children": [4.0]}, "A16-days", "quarter", "not_submitted"),
        ({"a1_days": [400.0], "a1_children": ["unreliable"]}, "A16-days", "quarter", "unreliable"),
        ({"a1_days": ["not_submitted"], "a1_children": [0.0]}, "A16-days", "quarter", "not_applicable"),
    ],
)
def test_a_figure_that_cannot_be_made_says_why(
    cells: Mapping[str, Sequence[Cell]], series: str, window: str, status: str
) -> None:
    found = row(compute(checked(**cells)), series, window)
    assert (found["status"], np.isnan(found["value"])) == (status, True)


def test_zero_is_a_figure_and_missing_is_not_zero() -> None:
    table = compute(checked(referrals=[0, 0, 0, 0, "not_submitted"]))
    before = LAST.shift(-1)
    assert row(table, "A01-rate", "rolling12", before)["value"] == 0
    assert row(table, "A01-rate", "quarter", before)["status"] == "given"
    assert row(table, "A01-rate")["status"] == row(table, "A01-rate", "rolling12")["status"] == "not_submitted"
    assert np.isnan(row(table, "A01-rate", "rolling12")["numerator"])


def test_a_missing_population_takes_the_rate_and_leaves_the_number() -> None:
    table = compute(checked("921", referrals=[50]))
    assert row(table, "A01-number", authority="921")["value"] == 50
    rate = row(table, "A01-rate", authority="921")
    assert (rate["status"], rate["numerator"]) == ("not_available", 50)


def test_the_population_steps_between_financial_years_and_not_within_one() -> None:
    table = compute(checked(referrals=[100] * 6))
    steps = table[(table["series"] == "A01-rate") & (table["window"] == "quarter")].set_index("period")
    assert steps["basis"].to_dict() == {
        "2023-24-Q4": "population mid-2022",
        "2024-25-Q1": "population mid-2023",
        "2024-25-Q2": "population mid-2023",
        "2024-25-Q3": "population mid-2023",
        "2024-25-Q4": "population mid-2023",
        "2025-26-Q1": "population mid-2024",
    }
    assert steps["value"].round(9).tolist()[1:] == pytest.approx([100 / 12] * 4 + [8.0])


def test_a_cell_without_a_row_was_not_submitted() -> None:
    table = checked(referrals=[1, 2, 3])
    gap = table[table["period"] != "2024-25-Q4"]
    assert row(compute(gap), "A01-number", period=Quarter.parse("2024-25-Q4"))["status"] == "not_submitted"


def test_two_answers_for_one_cell_are_not_added_up() -> None:
    table = checked(referrals=[5])
    with pytest.raises(ValueError, match="stand there twice"):
        compute(pd.concat([table, table]))


def test_a_series_is_left_out_where_its_measures_were_not_asked_for() -> None:
    table = compute(checked(referrals=[10], cla_at_end=[100]))
    assert set(table["series"]) == {"A01-number", "A01-rate", "A12-number", "A12-rate"}


def test_every_series_has_each_of_its_windows_once_and_a_stock_has_no_12_months() -> None:
    every = registry()
    table = compute(checked(**{measure: [10.0] * 5 for measure in every.measures}))
    assert set(table["series"]) == {series.id for series in every.all_series()}
    stocks = {s.id for s in every.all_series() if every.measures[s.numerator].kind == "stock"}
    windows = table.groupby("series")["window"].agg(set)
    assert all(windows[name] == ({"quarter"} if name in stocks else {"quarter", "rolling12"}) for name in windows.index)
    keys = table[["authority", "period", "series", "window"]]
    assert not keys.duplicated().any()
    assert keys.equals(keys.sort_values(list(keys.columns), ignore_index=True))
    assert table["value"].notna().equals(table["status"] == "given")


def test_an_empty_collection_has_no_figures() -> None:
    assert compute(checked()).empty


counts = st.one_of(st.integers(0, 500).map(float), st.sampled_from(["not_submitted", "suppressed", "unreliable"]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(counts, counts), min_size=4, max_size=9))
def test_12_months_are_the_sum_of_their_four_quarters_or_nothing(cells: list[tuple[Cell, Cell]]) -> None:
    table = compute(checked(referrals=[a for a, _ in cells], re_referrals=[b for _, b in cells]))
    for end in range(3, len(cells)):
        period = LAST.shift(end + 1 - len(cells))
        year = row(table, "A02-percent", "rolling12", period)
        above, below = ([cell[part] for cell in cells[end - 3 : end + 1]] for part in (1, 0))
        if any(isinstance(cell, str) for cell in (*above, *below)):
            first_missing = next(cell for cell in (*above, *below) if isinstance(cell, str))
            assert (year["status"], np.isnan(year["value"])) == (first_missing, True)
        elif sum(below) == 0:
            assert year["status"] == "not_applicable"
        else:
            assert year["value"] == pytest.approx(100 * sum(above) / sum(below))


def test_renaming_authorities_changes_nothing_but_names() -> None:
    both = pd.concat([checked("825", referrals=[5, 6, 7, 8]), checked("921", referrals=[50, 60, 70, 80])])
    swapped = both.assign(authority=both["authority"].map({"825": "921", "921": "825"}))
    numbers = [
        table[table["series"] == "A01-number"].set_index(["authority", "period", "window"])["value"]
        for table in (compute(both), compute(swapped).replace({"authority": {"825": "921", "921": "825"}}))
    ]
    pd.testing.assert_series_equal(numbers[0].sort_index(), numbers[1].sort_index())


def test_beside_a_published_year_the_last_12_months_are_on_the_population_that_dfe_used() -> None:
    table = compute(checked(referrals=[90, 110, 100, 120, 130], cla_at_end=[1, 1, 1, 1, 600]))
    beside = rolling_on_edition(table, registry(), POPULATIONS, LAST, 2024).set_index("series")
    assert beside.loc["A01-rate", ["value", "basis"]].tolist() == [
        pytest.approx(460 / 120_000 * 10_000),
        "population mid-2023",
    ]
    assert beside.loc["A12-rate", ["window", "value"]].tolist() == ["quarter", pytest.approx(50.0)]
    assert beside.loc["A01-number", "value"] == 460


def test_on_another_edition_a_rate_keeps_the_reason_why_it_is_missing() -> None:
    table = compute(checked("921", referrals=["suppressed", 10]))
    on_2023, on_2030 = (on_edition(table, registry(), POPULATIONS, year) for year in (2023, 2030))
    before = LAST.shift(-1)
    assert row(on_2023, "A01-rate", authority="921")["value"] == 4.0
    assert row(on_2023, "A01-rate", period=before, authority="921")["status"] == "suppressed"
    assert row(on_2030, "A01-rate", authority="921")["status"] == "not_available"
    assert row(on_2030, "A01-number", authority="921")["value"] == 10
