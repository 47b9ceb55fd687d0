"""The quarter in which a change begins shows the old beside the new to those who may see it; no other quarter does."""

from __future__ import annotations

import pytest
from change_examples import MERGER, change, row, sent, written

from analysis.pipeline.evidence import evidence_of
from analysis.reference.regions import regions
from analysis.render.page import rug
from analysis.views import anonymised, dfe, internal, own

MEMBERS = regions()["south-east"].members
FIRST, NEXT = "2025-26-Q1", "2025-26-Q2"
REFERRALS = {code: 1000 + 41 * place for place, code in enumerate(MEMBERS)}
ESTIMATE = 'kind: population\nmid_year: 2024\npopulations: {"825": 100000}\n'


@pytest.fixture
def returns(raw):
    for period in (FIRST, NEXT):
        sent(raw, period, "all.csv", [row(code, period, "referrals", value) for code, value in REFERRALS.items()])
    return raw


def test_the_old_rate_stands_beside_the_new_with_the_reason(returns, folder, collection):
    written(folder, "e.yml", change(ESTIMATE, FIRST, title="Estimates revised"))
    evidence = evidence_of(collection(FIRST))
    view = internal.build(evidence, "825")
    assert view.renewal is not None
    assert [(one.title, one.reason) for one in view.renewal.beginning] == [
        ("Estimates revised", "agreed at the meeting of the group")
    ]
    [moved] = view.renewal.rows
    assert moved.before.value == pytest.approx(REFERRALS["825"] / 130_466 * 10_000)
    assert moved.now.value == pytest.approx(REFERRALS["825"] / 100_000 * 10_000)
    assert all("of 19 reporting" in text for text in moved.positions[0])
    assert view.renewal.unmoved == len(view.blocks) - 1
    alone = own.build(evidence, "825").renewal
    assert alone is not None
    assert [(one.now, one.positions) for one in alone.rows] == [(moved.now, ())]
    parts = [part if isinstance(part, str) else part.html for part in rug(view)]
    assert any("What changes with this quarter" in part and "Estimates revised" in part for part in parts)
    assert any("without this quarter" in part for part in parts)


def test_nobody_else_is_shown_it_and_no_other_quarter(returns, folder, collection):
    written(folder, "e.yml", change(ESTIMATE, FIRST))
    evidence = evidence_of(collection(FIRST))
    for build in (anonymised.build, dfe.build):
        assert "renewal" not in build(evidence, "825").model_dump()
    later = evidence_of(collection(NEXT))
    assert later.before is None
    assert internal.build(later, "825").renewal is None


def test_small_counts_are_hidden_in_the_old_as_in_the_new(raw, folder, collection):
    lines = [row("825", FIRST, "referrals", 3), *(row(code, FIRST, "referrals", 900) for code in MEMBERS[3:])]
    sent(raw, FIRST, "all.csv", lines)
    written(folder, "e.yml", change(ESTIMATE, FIRST))
    found = own.build(evidence_of(collection(FIRST)), "825").renewal
    assert found is not None
    assert found.rows == ()  # both are hidden
    assert "read as they would have read" in str(list(rug(own.build(evidence_of(collection(FIRST)), "825"))))


def test_a_new_council_has_no_old_and_the_others_stand_among_fewer(raw, folder, collection):
    written(folder, "m.yml", change(MERGER, FIRST))
    lines = {**REFERRALS, "990": 2000}
    rows = [row(code, FIRST, "referrals", value) for code, value in lines.items() if code not in ("850", "851")]
    sent(raw, FIRST, "all.csv", rows)
    evidence = evidence_of(collection(FIRST))
    new = internal.build(evidence, "990").renewal
    assert new is not None
    assert (new.is_new, new.rows) == (True, ())
    other = internal.build(evidence, "825").renewal
    assert other is not None
    before, now = other.rows[0].positions[0]
    assert (before.split(" of ")[1], now.split(" of ")[1]) == ("17 reporting", "18 reporting")


def test_an_own_report_says_nothing_of_what_others_do(returns, folder, collection):
    written(folder, "l.yml", change('kind: membership\nleaves: ["921"]\n', FIRST, title="The Isle of Wight leaves"))
    written(folder, "e.yml", change(ESTIMATE, FIRST, title="Estimates revised"))
    evidence = evidence_of(collection(FIRST))
    alone, other = (own.build(evidence, code).renewal for code in ("825", "826"))
    assert alone is not None
    assert [one.title for one in alone.beginning] == ["Estimates revised"]
    assert other is None
    among = internal.build(evidence, "826").renewal
    assert among is not None
    assert {one.title for one in among.beginning} == {"Estimates revised", "The Isle of Wight leaves"}
    assert among.rows[0].positions[0][1].endswith("of 18 reporting")


def test_who_sends_for_others_moves_nothing(returns, folder, collection):
    trust = 'kind: trust\nname: A Trust for Children\nprovides_for: ["868"]\nsends: true\nreads: true\n'
    written(folder, "t.yml", change(trust, FIRST))
    assert evidence_of(collection(FIRST)).before is None
