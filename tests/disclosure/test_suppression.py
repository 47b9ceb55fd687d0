"""Small counts in linked tables are hidden with as few others as keeps every hidden one open."""

from __future__ import annotations

import doctest
from dataclasses import replace
from functools import cache, partial
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from linked_examples import Reader, one_table, some_quarters

from analysis.disclosure.crossed_tables import crossed, over_quarters
from analysis.disclosure.intruder import narrowest, too_narrow
from analysis.disclosure.linked_tables import Cell, LinkedTables, Standing, Sum, joined
from analysis.disclosure.policy import policy
from analysis.disclosure.suppression import Suppressed, suppress

WIDTH = 5


def made(tables: LinkedTables) -> Suppressed:
    return suppress(tables, policy())


def row(name: str, total: float, **parts: float) -> LinkedTables:
    """A table of one row and its total."""
    cells = tuple(Cell(f"{name}/{key}", value) for key, value in {**parts, "total": total}.items())
    sums = (Sum(f"{name}/total", tuple(f"{name}/{key}" for key in parts)),)
    return LinkedTables(cells, sums, {name: tuple(cell.key for cell in cells)})


def marked(tables: LinkedTables, standing: Standing, keys: set[str]) -> LinkedTables:
    return replace(tables, cells=tuple(replace(c, standing=standing) if c.key in keys else c for c in tables.cells))


SAMPLE = {
    **{f"19 by 5, {seed}": partial(one_table, seed, 19, 5, 16 + seed % 7) for seed in range(2)},
    **{f"9 by 4, totals to 10, {seed}": partial(one_table, seed, 9, 4, 6, 10) for seed in range(2)},
    **{f"4 by 3 over quarters, {seed}": partial(some_quarters, seed, 4, 3, 4) for seed in range(3)},
}


@cache
def sample(name: str) -> tuple[LinkedTables, Suppressed]:
    tables = SAMPLE[name]()
    return tables, made(tables)


@pytest.mark.parametrize("name", SAMPLE)
def test_every_hidden_count_stays_open_to_an_interval_of_5(name: str) -> None:
    tables, found = sample(name)
    reader = Reader(tables, found.shown)
    assert found.hidden
    assert not found.withheld
    assert not found.confined
    for key in found.hidden:
        width = reader.width(key)
        assert width >= WIDTH - 1e-6
        low, high = found.intervals[key]
        # Where nothing bounds a count, the reader here stops at a million.
        assert high - low == pytest.approx(width) or (np.isinf(high) and width > 1e5)


@pytest.mark.parametrize("name", [name for name in SAMPLE if "19 by 5" not in name])
def test_that_counts_are_whole_narrows_no_interval_below_5(name: str) -> None:
    tables, found = sample(name)
    reader = Reader(tables, found.shown)
    for key in found.hidden[::3]:
        assert reader.whole_width(key) >= WIDTH


@pytest.mark.parametrize("name", SAMPLE)
def test_all_small_counts_are_hidden_and_no_zero_is(name: str) -> None:
    tables, found = sample(name)
    for cell in tables.given:
        assert (cell.key in found.hidden) is not (cell.key in found.shown)
        if 1 <= cell.value <= 5:
            assert cell.key in found.hidden
        if cell.value == 0:
            assert cell.key in found.shown
    assert not {cell.key for cell in tables.cells if np.isnan(cell.value)} & {*found.shown, *found.hidden}


@pytest.mark.parametrize("name", SAMPLE)
def test_no_hidden_count_could_be_shown_alone(name: str) -> None:
    """The usual mistake is to hide too little, the next one too much."""
    tables, found = sample(name)
    for key in sorted({*found.hidden} - {*found.small}):
        reader = Reader(tables, {*found.shown, key})
        left = [one for one in found.hidden if one != key]
        assert any(reader.width(one) < WIDTH - 1e-6 for one in left)


def fewest(tables: LinkedTables) -> int:
    """How many cells the best pattern hides, by trying all."""
    small = [cell.key for cell in tables.given if 1 <= cell.value <= 5]
    others = [cell.key for cell in tables.given if cell.value > 5]
    keys = {cell.key for cell in tables.given}
    for size in range(len(others) + 1):
        for more in combinations(others, size):
            hidden = {*small, *more}
            reader = Reader(tables, keys - hidden)
            alone = (np.abs(reader.left).sum(axis=1) == 1).any() and not (np.array([*reader.low.values()]) > 0).any()
            if not alone and all(reader.width(key) >= WIDTH - 1e-6 for key in sorted(hidden)):
                return len(hidden)
    raise AssertionError("no pattern")


@pytest.mark.parametrize("seed", range(8))
def test_on_small_tables_hardly_more_is_hidden_than_in_the_best_pattern_of_all(seed: int) -> None:
    tables = one_table(seed, 3, 2, 2, 10 if seed % 4 == 3 else 1)
    found = made(tables)
    assert not found.withheld
    assert len(found.hidden) <= 1.25 * fewest(tables)


def test_two_packs_that_are_safe_alone_are_not_so_together() -> None:
    """A first quarter, and then the second with the year to date: no figure stands in both."""
    names = ["a", "b", "c"]
    first = pd.DataFrame([[3, 20, 41], [22, 30, 35], [27, 33, 29]], index=names, columns=["x", "y", "z"])
    second = pd.DataFrame([[14, 25, 37], [24, 28, 31], [2, 40, 26]], index=names, columns=["x", "y", "z"])
    both = over_quarters("t", {"Q1": first, "Q2": second})
    earlier = crossed("t, Q1", first)
    keys = {cell.key for cell in both.given} - {cell.key for cell in earlier.given}
    later = LinkedTables(
        tuple(cell for cell in both.cells if cell.key in keys),
        tuple(one for one in both.sums if {one.total, *one.parts} <= keys),
        {name: cells for name, cells in both.tables.items() if set(cells) <= keys},
    )
    packs = [(one, made(one).shown) for one in (earlier, later)]
    for tables, shown in packs:
        assert not too_narrow(narrowest(tables, shown), WIDTH)
    together = narrowest(both, [key for _, shown in packs for key in shown])
    assert together["t, Q1/a/x"] == pytest.approx((3, 3))
    assert not too_narrow(made(both).intervals, WIDTH)


def test_a_later_pack_is_made_safe_beside_one_that_is_out_already() -> None:
    quarters = {
        "Q1": pd.DataFrame([[3, 20, 41], [22, 30, 35], [27, 33, 29]]),
        "Q2": pd.DataFrame([[14, 25, 37], [24, 28, 31], [21, 40, 26]]),
    }
    both = over_quarters("t", quarters)
    first = made(crossed("t, Q1", quarters["Q1"]))
    then = marked(marked(both, Standing.OUT, {*first.shown}), Standing.CLOSED, {*first.hidden})
    found = made(then)
    assert {*first.shown} <= {*found.shown}
    assert {*first.hidden} <= {*found.hidden}
    reader = Reader(both, found.shown)
    assert min(reader.width(key) for key in found.hidden) >= WIDTH - 1e-6


def test_a_total_that_is_rounded_is_help_enough_where_its_slack_is() -> None:
    exact, rounded = (row("t", 43, a=3, b=40), row("t", 43, a=3, b=40))
    rounded = replace(
        rounded, cells=tuple(replace(c, rounded_to=10) if c.key == "t/total" else c for c in rounded.cells)
    )
    assert len(made(exact).hidden) == 2
    # 35 to 44 less 40: nothing below 0 is a count, so 0 to 4, which is not enough.
    assert narrowest(rounded, ["t/b", "t/total"]) == {"t/a": (0, 4)}
    assert len(made(rounded).hidden) == 2
    # 45 to 54 less 46 would be 0 to 8.
    wide = LinkedTables(
        (Cell("a", 3), Cell("b", 46), Cell("all", 49, rounded_to=10)),
        (Sum("all", ("a", "b")),),
        {"t": ("a", "b", "all")},
    )
    assert made(wide).hidden == ("a",)
    assert made(wide).intervals["a"] == pytest.approx((0, 8))


def test_a_part_is_no_more_than_its_whole() -> None:
    """A shown whole of 6 with 3 plans among them: that a part is not above it leaves 0 to 6."""
    tables = LinkedTables(
        (Cell("part", 3), Cell("rest", 1, Standing.NEVER), Cell("whole", 4), Cell("other", 30), Cell("all", 34)),
        (Sum("whole", ("part", "rest")), Sum("all", ("whole", "other"))),
        {"t": ("part", "whole", "other", "all")},
    )
    found = made(tables)
    assert set(found.small) == {"part", "whole"}
    assert "rest" not in {*found.shown, *found.hidden, *found.intervals}
    assert found.intervals["part"][1] - found.intervals["part"][0] >= WIDTH
    assert narrowest(tables, ["whole", "other", "all"])["part"] == pytest.approx((0, 4))


def test_rates_and_percentages_go_with_any_count_that_they_are_made_of() -> None:
    tables = replace(
        marked(row("t", 75, a=3, b=30, c=42), Standing.OUT, {"t/c", "t/total"}),
        figures={
            "rate of a": ("t/a",),
            "rate of c": ("t/c",),
            "b of c": ("t/b", "t/c"),
            "c of all": ("t/c", "t/total"),
        },
    )
    found = made(tables)
    assert found.hidden == ("t/a", "t/b")
    assert found.figures == ("c of all", "rate of c")


def stairs(*tables: str) -> LinkedTables:
    """3 and 7 are 10, 7 and 0 are 7, and both totals are public: a reader who knows of the 0 knows the 3.

    The 3 and its total stand in the first table, the 0 and its total in the last.
    """
    cells = (
        Cell("small", 3),
        Cell("seven", 7),
        Cell("zero", 0),
        Cell("ten", 10, Standing.OUT),
        Cell("public 7", 7, Standing.OUT),
    )
    held = {tables[0]: ("small", "seven", "ten")}
    held[tables[-1]] = (*held.get(tables[-1], ()), "seven", "zero", "public 7")
    sums = (Sum("ten", ("small", "seven")), Sum("public 7", ("seven", "zero")))
    return LinkedTables(cells, sums, {name: tuple(dict.fromkeys(keys)) for name, keys in held.items()})


def test_a_table_in_which_the_width_cannot_be_had_is_withheld_and_no_other() -> None:
    found = made(joined([stairs("narrow"), row("wide", 80, a=4, b=30, c=46)]))
    assert found.withheld == ("narrow",)
    assert found.small == ("small", "wide/a")
    assert found.shown == tuple(
        sorted({"ten", "public 7", "wide/a", "wide/b", "wide/c", "wide/total"} - {*found.hidden})
    )
    assert len(found.hidden) == 2
    assert not found.confined
    assert found.intervals["small"] == pytest.approx((3, 10))


def test_a_table_that_gives_back_what_is_withheld_in_another_is_withheld_too() -> None:
    found = made(stairs("first", "second"))
    assert found.withheld == ("first", "second")
    assert found.shown == ("public 7", "ten")
    assert found.intervals["small"] == pytest.approx((3, 10))


def test_what_is_out_already_may_confine_a_count_and_that_is_said() -> None:
    tables = marked(row("t", 43, a=3, b=40), Standing.OUT, {"t/b", "t/total"})
    found = made(tables)
    assert found.withheld == ("t",)
    assert found.confined == ("t/a",)
    assert found.intervals["t/a"] == pytest.approx((3, 3))


def test_the_same_tables_give_the_same_whatever_their_order() -> None:
    tables = some_quarters(5, 4, 3, 4)
    turned = LinkedTables(tables.cells[::-1], tables.sums, dict(reversed(tables.tables.items())))
    assert made(turned) == made(tables)
    assert made(tables) == made(tables)


def test_where_nothing_is_small_nothing_is_hidden() -> None:
    found = made(one_table(3, 5, 4, 0))
    assert not found.hidden
    assert not found.intervals


@pytest.mark.parametrize(
    ("cells", "sums", "said"),
    [
        ((Cell("a", 3), Cell("a", 4)), (), "same key"),
        ((Cell("a", 2.5),), (), "no count"),
        ((Cell("a", -1),), (), "no count"),
        ((Cell("a", 3), Cell("b", 4)), (Sum("b", ("a",)),), "parts come to 3"),
        ((Cell("a", 3),), (Sum("b", ("a",)),), "is no cell"),
        ((Cell("a", 0), Cell("b", 0)), (Sum("b", ("a", "a")),), "twice"),
    ],
    ids=["key twice", "half a child", "below zero", "wrong total", "unknown cell", "part twice"],
)
def test_a_wrong_description_is_refused(cells: tuple[Cell, ...], sums: tuple[Sum, ...], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        LinkedTables(cells, sums, {})


def test_the_example_of_the_page_is_true() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "methods" / "suppression.md"
    found = doctest.testfile(str(page), module_relative=False)
    assert found.attempted > 0
    assert found.failed == 0
