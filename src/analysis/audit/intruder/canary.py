"""A page planted to be failed: a hidden count that the rest of its own table gives back to the child."""

from __future__ import annotations

from analysis.audit.intruder.counting import told
from analysis.audit.intruder.hidden_counts import still_open
from analysis.audit.intruder.page import read_page
from analysis.disclosure.policy import Policy
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry

QUARTER = Quarter.parse("2025-26-Q2")
COUNTS = ("30", "c", "34", "33")
YEAR = "100"


def planted_page(registry: Registry) -> bytes:
    """An HTML page with four quarters, of which the second is hidden, and the year that they sum to."""
    series = next(one for one in registry.all_series() if one.kind == "number" and _is_flow(one.numerator, registry))
    years = ("x", "x", "x", YEAR)
    rows = "".join(
        f"<tr><th>{quarter.words}</th><td>{count}</td><td>{year}</td></tr>"
        for quarter, count, year in zip(QUARTER.back(len(COUNTS)), COUNTS, years, strict=True)
    )
    return (
        "<!DOCTYPE html><html><body><table><caption>Planted.</caption><tr><th>Period</th>"
        f"<th>{series.label}, in the quarter</th><th>{series.label}, 12 months to the end of the quarter</th></tr>"
        f"{rows}</table></body></html>"
    ).encode()


def canary_is_caught(registry: Registry, policy: Policy) -> bool:
    """Whether the test of hidden counts still finds the one that is planted: a single number is possible."""
    page = read_page("planted.html", planted_page(registry))
    found = still_open(told(page.tables, registry, QUARTER, lambda _: float("nan")))
    return [(one.whole_numbers, one.is_exposed(policy)) for one in found] == [(1, True)]


def _is_flow(measure: str, registry: Registry) -> bool:
    return registry.measures[measure].kind == "flow"
