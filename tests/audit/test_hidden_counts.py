"""What a page gives away of its own `c`, against every whole count tried in turn."""

from __future__ import annotations

from itertools import product

import pytest

from analysis.audit.intruder.canary import canary_is_caught, planted_page
from analysis.audit.intruder.counting import Bound, Told, possible, told
from analysis.audit.intruder.hidden_counts import still_open
from analysis.audit.intruder.page import read_page
from analysis.disclosure.policy import policy
from analysis.reference.periods import Quarter
from analysis.reference.registry import registry

LATEST = Quarter.parse("2025-26-Q2")
FLOW, YEAR = "Referrals", "Referrals, 12 months to the end of the quarter"


def page(columns: list[str], *rows: list[str]) -> Told:
    """A page with one table; the rows are the latest quarters."""
    quarters = LATEST.back(len(rows))
    body = "".join(
        f"<tr><th>{quarter.words}</th>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for quarter, row in zip(quarters, rows, strict=True)
    )
    heads = "".join(f"<th>{column}</th>" for column in columns)
    html = f"<html><body><table><caption>x</caption><tr><th>Period</th>{heads}</tr>{body}</table></body></html>"
    return told(read_page("x.html", html.encode()).tables, registry(), LATEST, lambda _: 10_000.0)


def label(series: str) -> str:
    return registry().series(series).label


def test_the_planted_page_is_caught() -> None:
    assert canary_is_caught(registry(), policy())
    assert b">c<" in planted_page(registry())


def test_a_year_that_is_shown_gives_back_the_quarter_that_is_hidden() -> None:
    year = f"{label('A01-number')}, 12 months to the end of the quarter"
    known = page([f"{label('A01-number')}, in the quarter", year], ["30", "x"], ["c", "x"], ["34", "x"], ["33", "100"])
    (found,) = still_open(known)
    assert (found.whole_numbers, found.least) == (1, 3)
    assert found.is_exposed(policy())
    without = page([f"{label('A01-number')}, in the quarter", year], ["30", "x"], ["c", "x"], ["34", "x"], ["33", "c"])
    assert not any(one.is_exposed(policy()) for one in still_open(without))


def test_a_rate_and_the_public_population_give_back_the_count() -> None:
    """10,000 children: 3.0 per 10,000 are 3."""
    columns = [f"{label('A01-rate')}, in the quarter", f"{label('A01-number')}, in the quarter"]
    (found,) = still_open(page(columns, ["3.0", "c"]))
    assert (found.whole_numbers, found.is_exposed(policy())) == (1, True)


def test_a_percentage_gives_back_a_part_of_a_whole_that_is_shown() -> None:
    columns = [f"{label(one)}, in the quarter" for one in ("A01-number", "A02-percent", "A02-number")]
    (found,) = still_open(page(columns, ["40", "10.0", "c"]))
    assert (found.whole_numbers, found.least) == (1, 4)
    (found,) = still_open(page(columns, ["40", "c", "c"]))
    assert (found.whole_numbers, found.least) == (41, 0)
    assert not found.is_exposed(policy())


def test_the_stock_before_and_after_gives_back_who_started() -> None:
    stock, starting, ceasing = (label(one) for one in ("A12-number", "A13-number", "A14-number"))
    columns = [f"{stock}, at the end of the quarter", f"{starting}, in the quarter", f"{ceasing}, in the quarter"]
    found = still_open(page(columns, ["100", "20", "20"], ["97", "c", "7"]))
    assert [(one.whole_numbers, one.least) for one in found] == [(1, 4)]
    both = still_open(page(columns, ["100", "20", "20"], ["97", "c", "c"]))
    assert not any(one.is_exposed(policy()) for one in both)


def test_a_return_whose_stock_does_not_go_on_is_no_reason_to_fail() -> None:
    """Book-keeping that does not hold tells nothing: the solver leaves it aside."""
    stock, starting, ceasing = (label(one) for one in ("A12-number", "A13-number", "A14-number"))
    columns = [f"{stock}, at the end of the quarter", f"{starting}, in the quarter", f"{ceasing}, in the quarter"]
    found = still_open(page(columns, ["100", "20", "20"], ["300", "c", "7"], ["90", "5", "200"]))
    assert [one.whole_numbers for one in found] == [float("inf")]


def test_figures_that_contradict_each_other_fail() -> None:
    known = Told((Bound(((("a", 0), 1.0),), 3, 3), Bound(((("a", 0), 1.0),), 5, 5)), (), ((("a", 0),),))
    (found,) = still_open(known)
    assert found.is_exposed(policy())


def test_a_large_count_that_can_be_worked_out_is_no_small_one() -> None:
    columns = [f"{label('A01-rate')}, in the quarter", f"{label('A01-number')}, in the quarter"]
    (found,) = still_open(page(columns, ["300.0", "c"]))
    assert found.whole_numbers == 1
    assert not found.is_exposed(policy())


@pytest.mark.parametrize("total", [3, 7, 12])
def test_the_ends_are_those_of_all_whole_counts_that_fit(total: int) -> None:
    """Two hidden quarters and two shown; a year of so many more, and a second bound across them."""
    names = [("a", place) for place in range(3)]
    known = Told(
        (
            Bound(tuple((one, 1.0) for one in names), total, total),
            Bound(((names[0], 1.0), (names[1], -1.0)), -2, 2),
            Bound(((names[2], 1.0),), 1, 1),
        ),
        (),
        (),
    )
    fits = [
        counts for counts in product(range(total + 1), repeat=3)
        if sum(counts) == total and abs(counts[0] - counts[1]) <= 2 and counts[2] == 1
    ]  # fmt: skip
    ends = possible(known, [names[0]])
    assert ends == pytest.approx((min(one[0] for one in fits), max(one[0] for one in fits)), abs=0.51)
