"""A query that the figures have overtaken: who answers it is told, and nothing is entered."""

from __future__ import annotations

from datetime import date

import pytest
from query_forms import DAY, OWN, REGISTRY, WHEN, answered, fill_yaml, finding, grid, sheet_of, three_queries

from analysis.queries.answers import read_answers
from analysis.queries.stale import stale_queries
from analysis.queries.yaml_form import write_yaml
from analysis.registers.corrections import Correction

THEN = {
    "icpc_15_days": (700.0, "given"),
    "referrals": (None, "not_available"),
    "cin_at_end": (None, "not_submitted"),
}


def correction(status="agreed"):
    return Correction(
        id="825-slip", authority=OWN, period=WHEN, measure="icpc_15_days", action="override", value="640",
        expect="700", reason="Counted twice", reported_by="Data manager", decided_by="DBG",
        date=date(2025, 11, 20), status=status,
    )  # fmt: skip


def stale(ledger=(), **now):
    sheet = three_queries()
    names = {query.id: query.measures for query in sheet.queries}
    found = stale_queries(sheet, grid(**(THEN | now)), ledger)
    return {names[query][0]: one for query, one in found.items()}


def test_nothing_is_stale_while_the_figures_stand():
    assert stale() == {}
    assert stale([correction("open")]) == {}


def test_a_figure_that_was_sent_again_or_corrected_makes_its_query_stale_and_no_other():
    assert {name: one.now for name, one in stale(icpc_15_days=(640.0, "given")).items()} == {"icpc_15_days": "640"}
    assert {name: one.now for name, one in stale(cin_at_end=(0.0, "given")).items()} == {"cin_at_end": "0"}
    found = stale([correction()])
    assert {name: one.now for name, one in found.items()} == {"icpc_15_days": "640"}
    assert "825-slip" in found["icpc_15_days"].why


def test_a_query_about_several_is_stale_with_the_first_of_them():
    # One question about two figures, as the budget asks it.
    both = sheet_of(finding("missing_measure", "cin_at_end"), cin_at_end=(None, "not_submitted"))
    query = both.queries[0].model_copy(
        update={"measures": ("cin_at_end", "adopted"), "figures": ("..", ".."), "raw": ""}
    )
    sheet = both.model_copy(update={"queries": (query,)})
    nothing = {"cin_at_end": (None, "not_submitted"), "adopted": (None, "not_submitted")}
    assert stale_queries(sheet, grid(**nothing), ()) == {}
    assert stale_queries(sheet, grid(**(nothing | {"adopted": (3.0, "given")})), ())[query.id].now == ""


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        (
            answered("correct as sent", reason="Two large families", role="Data manager", until="2026-27-Q1"),
            "query_stale",
        ),
        (answered("corrected figure", "650", "Counted twice", "Data manager"), "query_stale"),
        (answered("corrected figure", "640", "Counted twice", "Data manager"), "answer_stands"),
    ],
    ids=["as sent", "another figure", "the figure that stands"],
)
def test_whoever_answers_a_stale_query_is_told_and_the_other_rows_go_on(typed, rule):
    sheet = three_queries()
    filled = {"icpc_15_days": typed, "referrals": answered("corrected figure", "1204", "A minus", "Data manager")}
    now = stale_queries(sheet, grid(**(THEN | {"icpc_15_days": (640.0, "given")})), ())
    content = fill_yaml(write_yaml(sheet).encode(), sheet, filled)
    read = read_answers(content, sheet, REGISTRY, DAY, stale=now)
    about = [one for one in read.findings if one.measure == "icpc_15_days"]
    assert [one.rule for one in about] == [rule]
    assert "700 then, 640 now" in about[0].seen
    assert [answer.measures for answer in read.answers.answers] == [("referrals",)]


def test_a_stale_query_that_nobody_answers_is_not_asked_for():
    sheet = three_queries()
    now = stale_queries(sheet, grid(**(THEN | {"icpc_15_days": (640.0, "given")})), ())
    read = read_answers(write_yaml(sheet).encode(), sheet, REGISTRY, DAY, stale=now)
    assert {one.measure for one in read.findings} == {"referrals", "cin_at_end"}
