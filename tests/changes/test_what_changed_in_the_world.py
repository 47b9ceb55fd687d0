"""What changed between two days in which the world changed too: each row has its own cause, and none two."""

from __future__ import annotations

import csv
import itertools
from datetime import UTC, date, datetime

import pytest
from change_examples import HEADER, MERGER, change, row, sent, written
from rich.console import Console

from analysis.cli.returns.receive import receive
from analysis.cli.returns.what_changed import compare_days
from analysis.reference.regions import regions

NOW = "2025-26-Q2"
MEMBERS = regions()["south-east"].members
REFERRALS = {code: 900 + 53 * place for place, code in enumerate(MEMBERS)}
PARTS = {"850": 700, "851": 300}
BEFORE, AFTER = date(2026, 3, 15), date(2026, 3, 25)
"""The changes of these tests are signed off on 20 March 2026."""


@pytest.fixture
def returns(raw):
    sent(raw, NOW, "all.csv", [row(code, NOW, "referrals", value) for code, value in REFERRALS.items()])
    return raw


def sent_again(tmp_path, code, value):
    file = tmp_path / "again.csv"
    file.write_text(f"{HEADER}\n{row(code, NOW, 'referrals', value)}\n", encoding="utf-8")
    now = datetime(2026, 3, 20, 9, tzinfo=UTC)
    assert receive([file], "south-east", NOW, "a mailbox", "returns", Console(quiet=True), now=now) == 0


def rows_between(tmp_path, before=BEFORE, after=AFTER):
    file = tmp_path / "changed.csv"
    assert compare_days("south-east", NOW, "", before, after, Console(quiet=True), csv=file) == 0
    with file.open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def test_new_populations_are_the_cause_of_what_they_move_and_of_nothing_else(returns, folder, tmp_path):
    written(folder, "p.yml", change('kind: population\nmid_year: 2024\npopulations: {"825": 90000}\n', "2025-26-Q1"))
    sent_again(tmp_path, "921", 5000)
    rows = rows_between(tmp_path)
    by_world = [one for one in rows if one["cause"] == "A change"]
    [cell] = [one for one in rows if one["what"] == "cell"]
    assert (cell["authority"], cell["before"], cell["after"]) == ("921", str(REFERRALS["921"]), "5000")
    assert cell["cause"].startswith("sent again (")
    assert [one["authority"] for one in by_world if one["what"] == "figure"] == ["825"]
    own = [one["subject"] for one in rows if one["cause"] == "its own figure"]
    assert {one["authority"] for one in rows if one["cause"] == "its own figure"} == {"921"}
    assert "A01-rate in region" in own


def test_a_position_that_both_move_is_told_step_by_step(returns, folder, tmp_path):
    written(folder, "p.yml", change('kind: population\nmid_year: 2024\npopulations: {"825": 90000}\n', "2025-26-Q1"))
    sent_again(tmp_path, "825", 5000)
    steps = [
        one
        for one in rows_between(tmp_path)
        if one["what"] in ("move", "position") and (one["authority"], one["subject"]) == ("825", "A01-rate in region")
    ]
    assert steps
    for earlier, later in itertools.pairwise(steps):
        assert earlier["after"] == later["before"]


def test_a_merger_is_the_cause_of_every_cell_that_it_moves(returns, folder, tmp_path):
    sent(returns, "2024-25-Q4", "two.csv", [row(code, "2024-25-Q4", "referrals", n) for code, n in PARTS.items()])
    written(folder, "m.yml", change(MERGER, "2025-26-Q1", title="Solent follows two"))
    rows = rows_between(tmp_path)
    assert {one["cause"] for one in rows} == {"Solent follows two"}
    cells = [one for one in rows if one["subject"] == "referrals"]
    now = {one["authority"]: one["after"] for one in cells if one["period"] == NOW}
    assert now == {"850": "z", "851": "z", "990": ".."}
    history = {one["authority"]: (one["before"], one["after"]) for one in cells if one["period"] == "2024-25-Q4"}
    assert history == {"850": ("700", "z"), "851": ("300", "z"), "990": ("z", "1000")}


def test_without_a_change_of_the_world_nothing_is_put_down_to_it(returns, folder, tmp_path):
    written(folder, "m.yml", change(MERGER, "2025-26-Q1", signed=False))
    assert rows_between(tmp_path) == []
