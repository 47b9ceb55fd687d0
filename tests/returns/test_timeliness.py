"""What came late, or before it could be whole."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.reference.periods import Quarter
from analysis.returns.rules.timeliness import timeliness

PERIOD, DUE = Quarter(2025, 2), date(2025, 11, 4)


@pytest.mark.parametrize(
    ("day", "rule", "seen"),
    [
        (date(2025, 9, 30), "received_before_the_end", "received 2025-09-30, and the quarter ended 2025-09-30"),
        (date(2025, 10, 1), None, ""),
        (date(2025, 11, 4), None, ""),
        (date(2025, 11, 5), "received_late", "received 2025-11-05, 1 day after 2025-11-04"),
        (date(2025, 12, 4), "received_late", "received 2025-12-04, 30 days after 2025-11-04"),
    ],
)
def test_the_day_is_held_against_the_quarter_and_the_calendar(day, rule, seen):
    found = timeliness({"825": day}, DUE, PERIOD)
    assert [(one.rule, one.seen, one.authority, one.period) for one in found] == (
        [] if rule is None else [(rule, seen, "825", "2025-26-Q2")]
    )


def test_being_late_is_noted_and_coming_before_the_end_is_asked_about():
    found = timeliness({"886": date(2026, 1, 1), "825": date(2025, 9, 1)}, DUE, PERIOD)
    assert [(one.authority, one.severity) for one in found] == [("825", "query"), ("886", "note")]


def test_without_a_due_date_nothing_is_late():
    assert timeliness({"825": date(2026, 3, 1)}, None, PERIOD) == []
