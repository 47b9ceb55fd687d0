"""Change on the same quarter last year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.comparisons.changes import change_on_same_quarter_last_year
from analysis.reference.periods import Quarter

LATEST = Quarter.parse("2025-26-Q2")


def row(period: str, value: float, status: str = "given", series: str = "A01-rate") -> tuple[object, ...]:
    return ("825", period, series, "quarter", value, status)


def change(*rows: tuple[object, ...]) -> pd.DataFrame:
    columns = ["authority", "period", "series", "window", "value", "status"]
    return change_on_same_quarter_last_year(pd.DataFrame(list(rows), columns=columns), LATEST)


def test_it_is_on_the_same_quarter_and_not_on_the_quarter_before() -> None:
    found = change(row("2024-25-Q2", 100), row("2025-26-Q1", 130), row("2025-26-Q2", 95))
    assert found[["value", "status"]].to_numpy().tolist() == [[-5.0, "given"]]


def test_from_a_hidden_figure_there_is_no_change() -> None:
    found = change(row("2024-25-Q2", np.nan, "suppressed"), row("2025-26-Q2", 95))
    assert (np.isnan(found["value"][0]), found["status"][0]) == (True, "suppressed")


def test_the_reason_is_that_of_the_latest_first() -> None:
    found = change(row("2024-25-Q2", np.nan, "suppressed"), row("2025-26-Q2", np.nan, "not_submitted"))
    assert found["status"].tolist() == ["not_submitted"]


def test_a_year_that_is_not_at_hand_is_not_available() -> None:
    found = change(row("2025-26-Q2", 95), row("2024-25-Q2", 1, series="A12-rate"))
    assert found[["series", "status"]].to_numpy().tolist() == [["A01-rate", "not_available"]]
