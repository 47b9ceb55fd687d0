"""Files of changes: what is read of them, and that a bad one is refused by name and line."""

from __future__ import annotations

import re
from datetime import date

import pytest
from change_examples import DEFINITION, MERGER, SPLIT, change, written

from analysis.errors import BadReferenceError
from analysis.reference.authorities import authorities, find_authority
from analysis.reference.changes.made import as_if_signed
from analysis.reference.changes.model import Reorganisation
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions
from analysis.registers.change_files import load_changes

SOUTH_EAST = regions()["south-east"]
POPULATION = 'kind: population\nmid_year: 2025\npopulations: {"825": 131000}\n'
NEIGHBOURS = 'kind: neighbours\nedition: "2026"\nfile: near.csv\n'
JOINS = 'kind: membership\njoins: ["306"]\nas: outside\n'
TRUST = 'kind: trust\nname: A Trust for Children\nprovides_for: ["868"]\nsends: true\nreads: true\n'


def test_a_folder_that_is_not_there_changes_nothing(folder):
    changes = load_changes(folder, SOUTH_EAST)
    assert changes.held == ()
    assert changes.region_at(SOUTH_EAST, Quarter(2030, 1)) is SOUTH_EAST


def test_each_kind_is_read_and_they_stand_in_order(folder):
    written(folder, "z.yml", change(POPULATION))
    written(folder, "a.yml", change(DEFINITION, "2026-27-Q3"))
    written(folder, "m.yml", change(MERGER, "2025-26-Q1"))
    written(folder, "t.yml", change(TRUST, "2024-25-Q2"))
    written(folder, "p.yml", change("kind: processor\nname: East Sussex County Council\n", "2024-25-Q1"))
    written(folder, "j.yml", change(JOINS, "2026-27-Q2", signed=False))
    changes = load_changes(folder, SOUTH_EAST)
    assert [filed.name for filed in changes.held] == ["p.yml", "t.yml", "m.yml", "z.yml", "j.yml", "a.yml"]
    force = changes.in_force(Quarter(2026, 2))
    assert [filed.name for filed in force.held] == ["p.yml", "t.yml", "m.yml", "z.yml"]
    assert [one.name for one in changes.in_force(Quarter(2026, 2), ["j.yml"]).held][-1] == "j.yml"
    assert force.processor == "East Sussex County Council"
    assert [trust.provides_for for trust in force.trusts] == [("868",)]
    [broken] = changes.breaks(SOUTH_EAST.everyone)
    assert (broken.authority, broken.indicator, broken.first) == ("825", "A05", Quarter(2026, 3))


def test_a_definition_for_all_is_a_break_of_everyone(folder):
    written(folder, "a.yml", change(DEFINITION.replace('["825"]', "all")))
    found = load_changes(folder, SOUTH_EAST).breaks(SOUTH_EAST.everyone)
    assert [one.authority for one in found] == list(SOUTH_EAST.everyone)


@pytest.mark.parametrize(
    ("body", "first", "line", "what"),
    [
        ("kind: weather\n", "2026-27-Q1", 1, "no kind of change 'weather'"),
        (POPULATION, "2025-26-Q1", 1, "mid-2025 holds from 2026-27-Q1"),
        (POPULATION, "2026-27-Q2", 1, "mid-2025 holds from 2026-27-Q1"),
        (POPULATION.replace("131000", "0"), "2026-27-Q1", 3, "a number above 0"),
        (POPULATION.replace("825", "799"), "2026-27-Q1", 3, "no authority 799"),
        (POPULATION + "file: a.csv\n", "2026-27-Q1", 1, "one of the two"),
        ("kind: population\nmid_year: 2025\nfile: ../a.csv\n", "2026-27-Q1", 3, "not the form that is wanted"),
        ("kind: population\nmid_year: 2025\nfile: a.csv\n", "2026-27-Q1", 3, "no file a.csv beside it"),
        (NEIGHBOURS, "2026-27-Q1", 3, "no file near.csv beside it"),
        (DEFINITION.replace("A05", "A99"), "2026-27-Q1", 2, "no indicator A99"),
        (DEFINITION.replace("825", "799"), "2026-27-Q1", 3, "no authority 799"),
        (DEFINITION.replace("began", "Sarah Smith began"), "2026-27-Q1", 4, "name or identify a person"),
        (MERGER, "2026-27-Q2", 1, "councils change on 1 April"),
        (MERGER.replace('"850"', '"799"'), "2026-27-Q1", 2, "no authority 799"),
        (MERGER.replace('"850"', '"837"'), "2026-27-Q1", 2, "had ended before"),
        (MERGER.replace("990", "886"), "2026-27-Q1", 4, "the code 886 is Kent's"),
        (MERGER.replace("Solent Council", "Medway"), "2026-27-Q1", 4, "goes by 'medway' too"),
        (MERGER.replace("990", "850"), "2026-27-Q1", 1, "850 stands there twice"),
        (JOINS.replace("306", "825"), "2026-27-Q1", 2, "825 takes part already"),
        ('kind: membership\nleaves: ["306"]\n', "2026-27-Q1", 2, "306 does not take part"),
        ("kind: membership\n", "2026-27-Q1", 1, "who joins or who leaves"),
        (JOINS.replace("as: outside\n", ""), "2026-27-Q1", 1, "member or outside"),
        (TRUST.replace("sends", "sent"), "2026-27-Q1", 4, "not known"),
        (DEFINITION, "2026-27", 7, "is not a quarter"),
    ],
)
def test_a_bad_file_is_refused_by_name_and_line(folder, body, first, line, what):
    written(folder, "bad.yml", change(body, first))
    with pytest.raises(BadReferenceError) as told:
        load_changes(folder, SOUTH_EAST)
    assert what in told.value.what
    assert told.value.where == f"changes/bad.yml, line {line}"


def test_it_cannot_be_signed_off_before_it_was_written(folder):
    written(folder, "bad.yml", change(DEFINITION).replace("2026-03-20", "2026-03-09"))
    with pytest.raises(BadReferenceError, match="signed off before its date"):
        load_changes(folder, SOUTH_EAST)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("authority,population\n825,12\n825,13\n", 3, "a second time"),
        ("authority,population\n799,12\n", 2, "no DfE code"),
        ("authority,population\n825,12.5\n", 2, "no number of children"),
        ("authority,population\n825,-1\n", 2, "no number of children"),
        ("authority,population\n825,\n", 2, "no number of children"),
        ("authority,children\n825,12\n", 1, "population is missing"),
        ("authority,population\n", 1, "no population in it"),
    ],
)
def test_a_bad_table_of_populations_is_refused_by_name_and_line(folder, text, line, what):
    written(folder, "good.yml", change("kind: population\nmid_year: 2025\nfile: mid-2025.csv\n"))
    written(folder, "mid-2025.csv", text)
    with pytest.raises(BadReferenceError, match=what) as told:
        load_changes(folder, SOUTH_EAST)
    assert told.value.where == f"changes/mid-2025.csv, line {line}"


def test_a_bad_edition_of_neighbours_is_refused_by_name_and_line(folder):
    written(folder, "good.yml", change(NEIGHBOURS))
    written(folder, "near.csv", "authority,rank,neighbour,closeness\n825,1,799,Close\n")
    with pytest.raises(BadReferenceError, match="neighbour is '799'") as told:
        load_changes(folder, SOUTH_EAST)
    assert told.value.where == "changes/near.csv, line 2"


def test_who_joined_may_leave_and_join_again_but_not_twice(folder):
    written(folder, "1.yml", change(JOINS, "2025-26-Q1"))
    written(folder, "2.yml", change('kind: membership\nleaves: ["306"]\n', "2025-26-Q3"))
    written(folder, "3.yml", change(JOINS.replace("outside", "member"), "2026-27-Q1"))
    changes = load_changes(folder, SOUTH_EAST)
    at = [changes.region_at(SOUTH_EAST, quarter) for quarter in Quarter(2026, 1).back(6)]
    assert ["306" in one.outside_members for one in at] == [False, True, True, False, False, False]
    assert ["306" in one.members for one in at] == [False] * 5 + [True]
    written(folder, "4.yml", change(JOINS, "2026-27-Q2"))
    with pytest.raises(BadReferenceError, match="takes part already"):
        load_changes(folder, SOUTH_EAST)


def test_a_council_is_known_once_its_reorganisation_is_signed_off(folder):
    assert "990" not in authorities()
    path = written(folder, "m.yml", change(MERGER, signed=False))
    assert "990" not in authorities()
    [proposal] = load_changes(folder, SOUTH_EAST).of(Reorganisation)
    with as_if_signed([proposal]):
        assert authorities()["990"].name == "Solent"
    assert "990" not in authorities()
    path.write_text(change(MERGER), encoding="utf-8")
    new, old = authorities()["990"], authorities()["850"]
    assert find_authority("solent council").code == find_authority("E06009990").code == "990"
    assert (new.region, new.first_year, new.last_year, new.predecessors) == ("South East", 2027, None, ("850", "851"))
    assert (old.last_year, old.successors, old.current) == (2026, ("990",), False)
    path.unlink()
    assert "990" not in authorities()


def test_two_proposals_may_compete_and_two_agreed_changes_may_not(folder):
    written(folder, "1.yml", change(MERGER, signed=False))
    written(folder, "2.yml", change(MERGER.replace("990", "995").replace("Solent", "Harbour"), signed=False))
    assert len(load_changes(folder, SOUTH_EAST).held) == 2
    written(folder, "1.yml", change(MERGER))
    written(folder, "2.yml", change(MERGER.replace("990", "995").replace("Solent", "Harbour")))
    with pytest.raises(BadReferenceError, match="had ended before"):
        load_changes(folder, SOUTH_EAST)


def test_a_successor_stands_in_its_predecessors_place_and_inherits_no_permission(folder):
    written(folder, "m.yml", change(MERGER))
    written(folder, "s.yml", change(SPLIT))
    home = SOUTH_EAST.model_copy(update={"small_counts_shown_by": ("850", "825"), "outside_members": ("306",)})
    after = load_changes(folder, home).region_at(home, Quarter(2026, 1))
    expected = [code for code in home.members if code != "851"]
    expected[expected.index("850")] = "990"
    expected[expected.index("936") : expected.index("936") + 1] = ["991", "992"]
    assert list(after.members) == expected
    assert after.small_counts_shown_by == ("825",)
    assert load_changes(folder, home).region_at(home, Quarter(2025, 4)) is home


def test_as_it_was_known_on_a_day(folder):
    written(folder, "m.yml", change(MERGER))
    [filed] = load_changes(folder, SOUTH_EAST).held
    assert filed.change.known_on(date(2026, 3, 9)) is None
    proposal = filed.change.known_on(date(2026, 3, 19))
    assert proposal is not None
    assert proposal.signed_off is None
    assert filed.change.known_on(date(2026, 3, 20)) == filed.change


@pytest.mark.parametrize("name", ["mid.yaml", "mid final.txt"])
def test_a_change_under_a_name_that_nobody_looks_for_is_refused_and_not_overlooked(tmp_path, name):
    (tmp_path / name).write_text("kind: processor\n", encoding="utf-8")
    with pytest.raises(BadReferenceError, match="would never be found"):
        load_changes(tmp_path, SOUTH_EAST)


def test_a_folder_is_no_change(tmp_path):
    (tmp_path / "mid.yml").mkdir()
    with pytest.raises(BadReferenceError, match="cannot be read"):
        load_changes(tmp_path, SOUTH_EAST)


def test_every_fault_of_a_file_is_told_at_once_in_plain_words(folder):
    text = change(DEFINITION).replace("before: enquiries by the day on which they began", "before: ab")
    text = text.replace("date: 2026-03-10", "date: lately").replace("{by: chair of the DBG, date: 2026-03-20}", "yes")
    written(folder, "d.yml", text.replace("reason: agreed at the meeting of the group\n", ""))
    with pytest.raises(BadReferenceError) as caught:
        load_changes(folder, SOUTH_EAST)
    said = [caught.value.where.rpartition(", ")[2] + ", " + caught.value.what.split("; ")[0]]
    said += caught.value.what.split("; ")[1:]
    assert "line 4, before: 3 characters or more are wanted here" in said
    assert "line 9, date: a day is wanted here, as 2026-03-20" in said
    assert "line 10, signed_off: keys with values are wanted here" in said
    assert "line 1, reason: this key is missing" in said
    written(folder, "d.yml", change(DEFINITION).replace('["825"]', "[]"))
    with pytest.raises(BadReferenceError, match="authorities: choose from 'all'; line 3, authorities: this list has"):
        load_changes(folder, SOUTH_EAST)
    assert not re.search(r"input|valid|model|string|should|instance", caught.value.what)
