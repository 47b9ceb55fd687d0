"""Which step may follow which: every pair of states, with a reason for each that is refused."""

from __future__ import annotations

import pytest

from analysis.release.states import State, why_not

ORDER = [
    "built",
    "qa_passed",
    "dbg_review",
    "dbg_approved",
    "released_dfe",
    "released_limited",
    "superseded",
    "withdrawn",
]
#                    to: built qa  rev app dfe lim sup wit
TABLE = {
    "built":            ". x . . . . . x",
    "qa_passed":        ". . x . . . x x",
    "dbg_review":       ". . . x . . x x",
    "dbg_approved":     ". . . . x x x x",
    "released_dfe":     ". . . . . . x x",
    "released_limited": ". . . . . . x x",
    "superseded":       ". . . . . . . .",
    "withdrawn":        ". . . . . . . .",
}  # fmt: skip
PAIRS = [
    (before, after, mark == "x")
    for before, row in TABLE.items()
    for after, mark in zip(ORDER, row.split(), strict=True)
]


def test_the_table_has_every_state() -> None:
    assert [state.value for state in State] == ORDER == list(TABLE)


@pytest.mark.parametrize(("before", "after", "legal"), PAIRS)
def test_a_step_is_taken_or_refused_with_a_reason(before: str, after: str, legal: bool) -> None:
    reason = why_not(State(before), State(after))
    assert (reason == "") == legal
    assert legal or len(reason.split()) >= 4


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("built", "released_dfe", "not checked for quality"),
        ("qa_passed", "dbg_approved", "not been with the DBG"),
        ("dbg_review", "released_limited", "has not approved"),
        ("dbg_approved", "dbg_review", "no step leads back"),
        ("released_dfe", "released_limited", "already"),
        ("superseded", "withdrawn", "nothing follows"),
        ("withdrawn", "released_dfe", "nothing follows"),
    ],
)
def test_the_reason_says_what_is_missing(before: str, after: str, reason: str) -> None:
    assert reason in why_not(State(before), State(after))
