"""Preview, add and list: what a change would move, against a recomputation; and that asking moves nothing."""

from __future__ import annotations

import csv
import io
from datetime import date
from statistics import fmean

import pytest
from change_examples import MERGER, change, row, sent, written
from rich.console import Console

from analysis.cli.reference.changes import add_change, changes_table
from analysis.cli.reference.preview import preview_change
from analysis.config import Workspace
from analysis.errors import BadReferenceError, UserError
from analysis.pipeline import load
from analysis.pipeline.as_known import as_known
from analysis.pipeline.collection import Collection
from analysis.reference.data_folder import DATA
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions

MEMBERS = regions()["south-east"].members
NOW = "2025-26-Q2"
REFERRALS = {code: 900 + 53 * place for place, code in enumerate(MEMBERS)}
ESTIMATE = 'kind: population\nmid_year: 2024\npopulations: {"825": 90000}\n'


@pytest.fixture
def returns(raw):
    sent(raw, NOW, "all.csv", [row(code, NOW, "referrals", value) for code, value in REFERRALS.items()])
    return raw


def preview(file, csv_file, period=NOW):
    quiet = Console(quiet=True)
    assert preview_change(file, "south-east", period, "returns", quiet, csv=csv_file) == 0
    with csv_file.open(encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def rates(**other):
    with (DATA / "populations.csv").open(encoding="utf-8") as lines:
        held = {one["area"]: one["population"] for one in csv.DictReader(lines) if one["mid_year"] == "2024"}
    return {code: 10_000 * value / float(other.get(f"c{code}", held[code])) for code, value in REFERRALS.items()}


def test_the_preview_lists_exactly_what_a_recomputation_moves(returns, tmp_path):
    file = written(tmp_path / "inbox", "estimate.yml", change(ESTIMATE, "2025-26-Q1", signed=False))
    rows = preview(file, tmp_path / "moves.csv")
    before, after = rates(), rates(c825=90_000)
    place = {
        side: {code: sorted(found.values(), reverse=True).index(found[code]) + 1 for code in MEMBERS}
        for side, found in (("before", before), ("after", after))
    }
    figures = [(one["authority"], one["period"], one["subject"]) for one in rows if one["what"] == "figure"]
    assert figures == [("825", NOW, "A01-rate, quarter")]
    [figure] = [one for one in rows if one["what"] == "figure"]
    assert float(figure["before"]) == pytest.approx(before["825"], rel=1e-5)
    assert float(figure["after"]) == pytest.approx(after["825"], rel=1e-5)
    moved = {
        one["authority"]: tuple(one[side].partition(" (")[0] for side in ("before", "after"))
        for one in rows
        if one["what"] in ("move", "position") and one["subject"] == "A01-rate in region"
    }
    assert moved == {
        code: (f"{place['before'][code]} of 19", f"{place['after'][code]} of 19")
        for code in MEMBERS
        if place["before"][code] != place["after"][code]
    }
    assert moved
    [mean] = [one for one in rows if one["what"] == "mean"]
    assert (mean["authority"], mean["subject"]) == ("", "A01-rate in region")
    assert float(mean["after"]) == pytest.approx(fmean(after.values()), rel=1e-5)
    assert not [one for one in rows if one["what"] == "cell"]
    assert {one["cause"] for one in rows} == {"A change"}


def test_a_preview_writes_nothing_and_signs_nothing(returns, place, tmp_path):
    file = written(tmp_path / "inbox", "m.yml", change(MERGER, "2025-26-Q1", signed=False))
    before = {path: path.read_bytes() for path in place.root.rglob("*") if path.is_file()}
    rows = preview(file, tmp_path / "moves.csv")
    (tmp_path / "moves.csv").unlink()
    assert {path: path.read_bytes() for path in place.root.rglob("*") if path.is_file()} == before
    moved = [one["authority"] for one in rows if one["what"] == "cell" and one["subject"] == "referrals"]
    assert moved == ["850", "851", "990"]


def test_a_change_of_later_is_told_to_move_nothing(returns, tmp_path):
    file = written(tmp_path, "m.yml", change(MERGER, "2026-27-Q1"))
    with pytest.raises(UserError, match="holds from 2026-27-Q1 on"):
        preview(file, tmp_path / "moves.csv")


def test_a_signed_change_is_previewed_against_the_world_without_it(returns, folder, tmp_path):
    inbox = written(tmp_path / "inbox", "e.yml", change(ESTIMATE, "2025-26-Q1", signed=False))
    expected = preview(inbox, tmp_path / "a.csv")
    there = written(folder, "e.yml", change(ESTIMATE, "2025-26-Q1"))
    assert preview(there, tmp_path / "b.csv") == expected


def test_a_change_that_was_added_is_previewed_from_either_place(returns, folder, tmp_path):
    inbox = written(tmp_path / "inbox", "e.yml", change(ESTIMATE, "2025-26-Q1", signed=False))
    expected = preview(inbox, tmp_path / "a.csv")
    add_change(inbox, "south-east", "returns", Console(quiet=True))
    assert preview(inbox, tmp_path / "b.csv") == expected


def test_another_change_of_the_same_name_is_told_with_its_place_and_after_what_is_wrong(returns, folder, tmp_path):
    written(folder, "e.yml", change(ESTIMATE, "2025-26-Q1"))
    other = written(tmp_path / "inbox", "e.yml", change(ESTIMATE, "2025-26-Q1", title="Another"))
    with pytest.raises(UserError, match=r"data/registers/south-east/changes/e\.yml"):
        preview(other, tmp_path / "a.csv")
    wrong = written(tmp_path / "inbox", "e.yml", change(ESTIMATE.replace("mid_year", "midyear"), "2025-26-Q1"))
    with pytest.raises(BadReferenceError, match="midyear"):
        preview(wrong, tmp_path / "a.csv")


def test_a_change_is_added_with_its_table_and_never_over_another(place, folder, tmp_path):
    quiet = Console(quiet=True)
    file = written(tmp_path / "in", "p.yml", change("kind: population\nmid_year: 2025\nfile: mid.csv\n", signed=False))
    with pytest.raises(BadReferenceError, match=r"no file mid\.csv beside it"):
        add_change(file, "south-east", "returns", quiet)
    assert not folder.exists()
    written(tmp_path / "in", "mid.csv", "authority,population\n825,131000\n")
    assert add_change(file, "south-east", "returns", quiet) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["mid.csv", "p.yml"]
    with pytest.raises(UserError, match="already"):
        add_change(file, "south-east", "returns", quiet)
    table = changes_table("south-east", "2026-27-Q1", "returns")
    assert [next(iter(column.cells)).plain for column in table.columns] == [
        "p.yml", "A change: populations of mid-2025 (1 authority)", "2026-27-Q1", "2026-03-10", "no: a proposal", "no",
    ]  # fmt: skip


def test_every_file_of_a_change_is_in_the_fingerprint(returns, folder, collection):
    seen = {load.fingerprint_of(collection(NOW))}
    written(folder, "p.yml", change("kind: population\nmid_year: 2024\nfile: mid.csv\n", "2025-26-Q1"))
    seen.add(load.fingerprint_of(collection(NOW)))
    for number in (1, 2):
        written(folder, "mid.csv", f"authority,population\n825,{number}\n")
        seen.add(load.fingerprint_of(collection(NOW)))
    assert len(seen) == 4


def test_what_was_known_of_a_change_on_a_day(returns, place, folder, tmp_path):
    written(folder, "p.yml", change("kind: population\nmid_year: 2024\nfile: mid.csv\n", "2025-26-Q1"))
    written(folder, "mid.csv", "authority,population\n825,90000\n")
    figures = {}
    for day in ("2026-03-09", "2026-03-15", "2026-03-20"):
        then = Workspace(tmp_path / "then" / day)
        as_known(place, date.fromisoformat(day), then)
        known = then.registers / "south-east" / "changes"
        assert (known / "mid.csv").exists() == (known / "p.yml").exists() == (day > "2026-03-09")
        state = Collection(then, "returns", regions()["south-east"], Quarter.parse(NOW))
        assert bool(state.every_change.held) == (day > "2026-03-09")
        table = state.indicators.set_index(["authority", "period", "series", "window"])
        figures[day] = table.loc[("825", NOW, "A01-rate", "quarter"), "value"]
    assert figures["2026-03-09"] == figures["2026-03-15"] == pytest.approx(rates()["825"])
    assert figures["2026-03-20"] == pytest.approx(rates(c825=90_000)["825"])


def test_a_joiner_without_a_return_is_said_once_to_have_no_figure(returns, tmp_path):
    joins = 'kind: membership\njoins: ["306"]\nas: member\n'
    file = written(tmp_path, "j.yml", change(joins, "2025-26-Q2", signed=False))
    console = Console(file=io.StringIO(), width=200)
    assert preview_change(file, "south-east", NOW, "returns", console, csv=tmp_path / "moves.csv") == 0
    with (tmp_path / "moves.csv").open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    assert not [one for one in rows if one["before"] == one["after"]]
    assert not [one for one in rows if one["authority"] == "306" and one["what"] in ("cell", "figure")]
    assert console.file.getvalue().count("Croydon: no figure yet.") == 1


def test_a_change_that_moves_no_figure_lists_none(returns, folder, tmp_path):
    file = written(tmp_path, "t.yml", change("kind: processor\nname: A county council\n", "2025-26-Q1"))
    assert preview(file, tmp_path / "moves.csv") == []
