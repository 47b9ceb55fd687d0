"""What can be worked out about hidden counts: known by hand, and never more than the tables say."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from analysis.disclosure.crossed_tables import crossed, over_quarters
from analysis.disclosure.intruder import narrowest, too_narrow
from analysis.disclosure.linked_tables import Cell, LinkedTables, Sum, joined
from analysis.disclosure.planted_pattern import GIVEN_AWAY, planted_pattern


def but(tables: LinkedTables, *hidden: str) -> list[str]:
    return [cell.key for cell in tables.given if cell.key not in hidden]


TWO = crossed("t", pd.DataFrame([[3, 20], [30, 40]], index=["a", "b"], columns=["x", "y"]))


def test_one_hidden_count_in_a_row_is_its_total_less_the_others() -> None:
    assert narrowest(TWO, but(TWO, "t/a/x")) == {"t/a/x": pytest.approx((3, 3))}


def test_two_in_a_row_and_one_in_each_column_are_known_exactly() -> None:
    found = narrowest(TWO, but(TWO, "t/a/x", "t/a/y"))
    assert found == {"t/a/x": pytest.approx((3, 3)), "t/a/y": pytest.approx((20, 20))}


def test_four_at_the_corners_can_all_move_by_the_smallest_on_either_side() -> None:
    found = narrowest(TWO, but(TWO, "t/a/x", "t/a/y", "t/b/x", "t/b/y"))
    # The row of a comes to 23, the column of x to 33: 0 to 23 of it at a.
    assert found["t/a/x"] == pytest.approx((0, 23))
    assert found["t/b/y"] == pytest.approx((37, 60))


def test_what_no_total_bounds_is_open_above() -> None:
    found = narrowest(TWO, but(TWO, "t/a/x", "t/a/total", "t/total/x", "t/total/total"))
    assert found["t/a/x"] == (0, math.inf)
    assert found["t/a/total"] == (20, math.inf)


def test_a_rounded_total_leaves_its_slack() -> None:
    tables = LinkedTables((Cell("a", 3), Cell("b", 42), Cell("all", 45, rounded_to=10)), (Sum("all", ("a", "b")),), {})
    assert tables.by_key["all"].printed == 50
    # 45 to 54 are printed as 50.
    assert narrowest(tables, ["b", "all"]) == {"a": pytest.approx((3, 12))}


def test_what_was_not_submitted_is_in_no_total() -> None:
    tables = crossed("t", pd.DataFrame([[3, math.nan, 20]], index=["a"], columns=["x", "y", "z"]))
    assert tables.by_key["t/a/total"].value == 23
    assert narrowest(tables, but(tables, "t/a/x", "t/total/x")) == {
        "t/a/x": pytest.approx((3, 3)),
        "t/total/x": pytest.approx((3, 3)),
    }
    assert "t/a/y" not in narrowest(tables, [])


def test_a_year_to_date_without_one_of_its_quarters_is_no_figure() -> None:
    tables = over_quarters("t", {"Q1": pd.DataFrame([[3, math.nan]]), "Q2": pd.DataFrame([[7, 9]])})
    assert tables.by_key["t, year to Q2/0/0"].value == 10
    assert math.isnan(tables.by_key["t, year to Q2/0/1"].value)
    assert narrowest(tables, but(tables, "t, Q1/0/0", "t, Q1/0/total", "t, Q1/total/0", "t, Q1/total/total"))[
        "t, Q1/0/0"
    ] == pytest.approx((3, 3))


def test_the_values_of_hidden_counts_are_not_looked_at() -> None:
    hidden = {"t/a/x": 8.0, "t/a/y": 15.0, "t/b/x": 25.0, "t/b/y": 45.0}
    other = replace(TWO, cells=tuple(replace(c, value=hidden.get(c.key, c.value)) for c in TWO.cells))
    assert narrowest(other, but(other, *hidden)) == narrowest(TWO, but(TWO, *hidden))


def test_the_planted_pattern_gives_a_count_away() -> None:
    tables, shown = planted_pattern()
    found = narrowest(tables, shown)
    assert tables.by_key[GIVEN_AWAY].value == 3
    assert found[GIVEN_AWAY] == pytest.approx((3, 3))
    assert GIVEN_AWAY in too_narrow(found, 5)
    # By each quarter alone nothing is seen: the pattern is bad only since the tables are linked.
    first = crossed(
        "planted, Q1", pd.DataFrame([[3, 31], [24, 40]], index=["first", "second"], columns=["under 1", "1 to 4"])
    )
    assert not too_narrow(narrowest(first, [key for key in shown if key in first.by_key]), 5)


def test_figures_that_contradict_each_other_are_no_answer() -> None:
    tables = LinkedTables((Cell("a", 3), Cell("b", 7), Cell("c", 7)), (Sum("b", ("c",)), Sum("c", ("b",))), {})
    wrong = joined([tables])
    object.__setattr__(wrong, "cells", (Cell("a", 3), Cell("b", 7), Cell("c", 8)))
    for name in ("given", "by_key", "values", "equations"):
        vars(wrong).pop(name, None)
    with pytest.raises(ValueError, match="contradicts"):
        narrowest(wrong, ["b", "c"])


def test_a_cell_that_is_not_there_cannot_be_shown() -> None:
    with pytest.raises(ValueError, match="no such count: t/q"):
        narrowest(TWO, ["t/q"])
