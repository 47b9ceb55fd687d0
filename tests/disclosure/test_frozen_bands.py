"""What was issued of a band is printed again as it was; only quarters that nobody has seen are worked out."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis.disclosure.bands import TOO_FEW, GroupBands
from analysis.disclosure.frozen_bands import bands_to_print, begins_anew, line_to_issue
from analysis.disclosure.policy import policy
from analysis.reference.periods import Quarter

Q = [Quarter.parse(text) for text in ("2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4")]
GROUP = ("825", "850", "921")


def bands(first: int, last: int, median: float, members: tuple[str, ...] = GROUP, differ: bool = False) -> GroupBands:
    """The bands of quarters `first` to `last`, each with medians that tell which working-out they are of."""
    rows = [(str(quarter), median - 10, median, median + 10) for quarter in Q[first : last + 1]]
    return GroupBands(15, pd.DataFrame(rows, columns=["period", "lower", "median", "upper"]), differ, members)


def medians(found: GroupBands | str) -> dict[str, float]:
    assert isinstance(found, GroupBands)
    return {str(period)[-2:]: float(median) for period, median in found.table.set_index("period")["median"].items()}


def issued(**lines: GroupBands | str) -> dict[Quarter, object]:
    return {Quarter.parse(f"2025-26-{name}"): line_to_issue("region", "A01-rate", line) for name, line in lines.items()}


def test_a_quarter_that_was_issued_has_the_bands_of_its_issue_whatever_was_corrected() -> None:
    found = bands_to_print(bands(0, 1, 200), issued(Q2=bands(0, 1, 100)), Q[:2], policy())
    assert medians(found) == {"Q1": 100, "Q2": 100}
    again = line_to_issue("region", "A01-rate", found)
    assert again == line_to_issue("region", "A01-rate", bands(0, 1, 100))


def test_a_quarter_that_was_issued_without_bands_gets_none_later() -> None:
    assert bands_to_print(bands(0, 1, 200), issued(Q2=TOO_FEW), Q[:2], policy()) == TOO_FEW


def test_the_next_quarter_shows_earlier_ones_as_issued_and_its_own_with_the_corrections() -> None:
    found = bands_to_print(bands(0, 2, 200), issued(Q2=bands(0, 1, 100)), Q[:3], policy())
    assert medians(found) == {"Q1": 100, "Q2": 100, "Q3": 200}


def test_quarters_that_are_no_longer_on_the_page_fall_away() -> None:
    found = bands_to_print(bands(1, 3, 200), issued(Q2=bands(0, 1, 100)), Q[1:], policy())
    assert medians(found) == {"Q2": 100, "Q3": 200, "Q4": 200}


@pytest.mark.parametrize("members", [GROUP[1:], (*GROUP, "936")], ids=["leaver", "joiner"])
def test_a_joiner_or_leaver_starts_a_new_line(members: tuple[str, ...]) -> None:
    found = bands_to_print(bands(0, 2, 200, members), issued(Q2=bands(0, 1, 100)), Q[:3], policy())
    assert medians(found) == {"Q3": 200}
    # And the new line goes on by itself.
    then = bands_to_print(bands(0, 3, 300, members), issued(Q2=bands(0, 1, 100), Q3=found), Q, policy())
    assert medians(then) == {"Q3": 200, "Q4": 300}


def test_a_new_line_is_told_and_a_short_one_is_not() -> None:
    before = [line_to_issue("region", "A01-rate", bands(0, 1, 100))]
    assert begins_anew(bands(2, 2, 200, GROUP[1:]), before, Q[:3]) == "2025-26-Q3"
    assert begins_anew(bands(0, 2, 200), before, Q[:3]) == ""
    assert begins_anew(bands(2, 3, 200, GROUP[1:]), before, Q[2:]) == ""
    assert begins_anew(bands(2, 2, 200), [], Q[:3]) == ""


def test_bands_of_the_same_group_go_back_no_further_than_the_policy_allows_and_begin_no_new_line() -> None:
    strict = policy().model_copy(update={"max_quarters_median_alone": 2})
    before = bands(0, 1, 100)
    found = bands_to_print(bands(1, 2, 200), issued(Q2=before), Q[:3], strict)
    assert medians(found) == {"Q2": 100, "Q3": 200}
    assert begins_anew(found, [line_to_issue("region", "A01-rate", before)], Q[:3]) == ""


def test_a_median_alone_is_kept_and_printed_again_without_quartiles() -> None:
    alone = bands(0, 1, 100.0)
    alone = replace(alone, table=alone.table.assign(lower=float("nan"), upper=float("nan")))
    kept = line_to_issue("region", "A01-rate", alone)
    assert [(band.lower, band.median, band.upper) for band in kept.bands] == [(None, 100, None)] * 2
    found = bands_to_print(bands(0, 1, 200), {Quarter.parse("2025-26-Q2"): kept}, Q[:2], policy())
    assert isinstance(found, GroupBands)
    pd.testing.assert_frame_equal(found.table, alone.table)


def test_a_quarter_that_a_later_issue_shows_is_not_worked_out_a_second_time() -> None:
    found = bands_to_print(bands(0, 1, 200), issued(Q3=bands(0, 2, 100)), Q[:2], policy())
    assert medians(found) == {"Q1": 100, "Q2": 100}


def test_a_quarter_that_no_issue_shows_is_worked_out_also_if_a_later_one_was_issued() -> None:
    found = bands_to_print(bands(0, 1, 200), issued(Q3=bands(2, 2, 100)), Q[:2], policy())
    assert medians(found) == {"Q1": 200, "Q2": 200}


def test_after_a_quarter_without_bands_the_older_ones_stay_as_they_were_issued() -> None:
    found = bands_to_print(bands(0, 2, 300), issued(Q1=bands(0, 0, 100), Q2=TOO_FEW), Q[:3], policy())
    assert medians(found) == {"Q1": 100, "Q2": 300, "Q3": 300}


def test_no_quarter_is_ever_printed_in_two_ways() -> None:
    """Four quarters in turn, each issued after another correction, then all built once more after the last one."""
    held: dict[Quarter, object] = {}
    seen: dict[str, set[float]] = {}
    for place, quarter in enumerate(Q):
        found = bands_to_print(bands(0, place, 100.0 * place, GROUP[place > 2 :]), held, Q[: place + 1], policy())
        held[quarter] = line_to_issue("region", "A01-rate", found)
    for place in range(4):
        for period, median in medians(bands_to_print(bands(0, place, 999), held, Q[: place + 1], policy())).items():
            seen.setdefault(period, set()).add(median)
    assert seen == {"Q1": {0.0}, "Q2": {100.0}, "Q3": {200.0}, "Q4": {300.0}}


def test_that_definitions_differ_is_said_if_it_was_true_of_any_quarter_shown() -> None:
    found = bands_to_print(bands(0, 2, 200), issued(Q2=bands(0, 1, 100, differ=True)), Q[:3], policy())
    assert isinstance(found, GroupBands)
    assert found.definitions_differ


def test_without_any_issue_nothing_changes() -> None:
    now = bands(0, 1, 200)
    assert bands_to_print(now, {}, Q[:2], policy()) is now
    assert bands_to_print(TOO_FEW, issued(Q1=bands(0, 0, 100)), Q[:2], policy()) == TOO_FEW
