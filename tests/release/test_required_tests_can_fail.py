"""Each test that the gate demands fails something that is planted for it: a test that nothing fails proves nothing."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from analysis.audit.intruder import attack
from analysis.audit.intruder.canary import QUARTER, planted_page
from analysis.audit.intruder.counting import Told, told
from analysis.audit.intruder.courses import Course
from analysis.audit.intruder.knowledge import Forecast, logs
from analysis.audit.intruder.page import Page, PrintedBand, PrintedTable, read_page
from analysis.audit.intruder.rows import of_group
from analysis.audit.intruder.structure import Vocabulary
from analysis.audit.of_view import of_view
from analysis.audit.result import Result
from analysis.disclosure.policy import policy
from analysis.reference.registry import registry
from analysis.release.gate import REQUIRED

TITLE = "1 Referrals"
WORDS = Vocabulary((TITLE,), (), ())
NOTHING = Told((), (), ())
MEMBERS = tuple("abcdefghijkl")


def pack(*pages: Page, counts: Told = NOTHING) -> attack.Pack:
    return attack.Pack(pages, WORDS, counts)


def page(*rows: tuple[str, ...], median: str = "") -> Page:
    bands = (PrintedBand(0, "", "South East", "15", "100", median, "300"),) if median else ()
    return Page(f"page {median}", (PrintedTable("", "", ("Area", TITLE), rows),), bands, (), ())


def named() -> list[Result]:
    """Three rows under letters, at the very figures that last year's tables expect of three authorities."""
    figures = np.array([50.0, 200.0, 900.0])
    vintage = {"tables": [Forecast(logs(figures), np.full(3, 0.01), 0.0)]}
    rows = [(letter, str(figure)) for letter, figure in zip("XYZ", figures, strict=True)]
    return list(attack.naming([pack(page(*rows))], vintage, policy()))


def hidden() -> list[Result]:
    tables = read_page("a.html", planted_page(registry())).tables
    counts = told(tables, registry(), QUARTER, lambda _: float("nan"))
    return [attack.hidden_counts([pack(counts=counts)], registry(), policy())]


def gained() -> list[Result]:
    """The exact middle of five, read by four of them, where public tables say little."""
    bare = policy().model_copy(update={"window": 1, "significant_figures": 3, "min_group_quartiles": 5})
    random, series = np.random.default_rng(4), []
    for _ in range(8):
        centre = np.log(random.uniform(100, 600, 5))
        figures = np.exp(centre + 0.2 * random.standard_normal(5))
        edges = np.array([[float(f"{one:.3g}") for one in np.quantile(figures, [0.25, 0.5, 0.75])]])
        course = Course.of_one_period(Forecast(centre, np.full(5, 0.2), 0.05))
        series.append(attack.Series(course, figures[:, None], edges))
    return list(attack.value_gain(series, [[place] for place in range(5)], bare, 4))


def groups() -> list[Result]:
    """Two groups that differ in one member, of whom the one is known to herself."""
    about = ("A01", "2025-26-Q2")
    released = [of_group(about, MEMBERS), of_group(about, MEMBERS[1:])]
    return list(attack.row_space(released, [[member] for member in MEMBERS], policy()))


def laid_bare() -> list[Result]:
    """All but three of a group are named."""
    return [attack.concealed_left([MEMBERS], MEMBERS[3:], policy())]


PLANTED: dict[str, Callable[[], list[Result]]] = {
    "of-view": lambda: [of_view([True, False])],
    "read-back": lambda: [attack.empty_pages([pack(page())])],
    "structure": lambda: [attack.structure([pack(page(("X", "45.2")))])],
    "sameness": lambda: [attack.sameness([pack(page(median="200")), pack(page(median="210"))])],
    "naming": named,
    "concealed-left": laid_bare,
    "hidden-counts": hidden,
    "row-space": groups,
    "groups-apart": groups,
    "gain-2pct": gained,
    "gain-5pct": gained,
}


def test_something_is_planted_for_each_test_that_the_gate_demands() -> None:
    assert set(PLANTED) == REQUIRED


@pytest.mark.parametrize("test", sorted(REQUIRED))
def test_what_is_planted_fails_it(test: str) -> None:
    results = [result for result in PLANTED[test]() if result.id == test]
    assert results
    assert not any(result.passed for result in results)
