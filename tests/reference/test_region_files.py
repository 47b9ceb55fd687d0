"""The regions' settings: who is in, and what is due when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from analysis.errors import BadReferenceError
from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.regions import Region, regions
from analysis.reference.registry import registry

SOUTH_EAST = {
    "Bracknell Forest",
    "Brighton and Hove",
    "Buckinghamshire",
    "East Sussex",
    "Hampshire",
    "Isle of Wight",
    "Kent",
    "Medway",
    "Milton Keynes",
    "Oxfordshire",
    "Portsmouth",
    "Reading",
    "Slough",
    "Southampton",
    "Surrey",
    "West Berkshire",
    "West Sussex",
    "Windsor and Maidenhead",
    "Wokingham",
}


def test_the_south_east_has_its_nineteen() -> None:
    assert {authorities()[code].name for code in regions()["south-east"].members} == SOUTH_EAST


def test_every_authority_of_today_is_in_the_rank_set_of_its_region_and_of_no_other() -> None:
    homes = {code: region.name for region in regions().values() for code in region.members}
    assert homes == {code: each.region for code, each in authorities().items() if each.current}
    assert sum(len(region.members) for region in regions().values()) == len(homes)


def test_every_region_has_the_area_code_of_its_members_and_a_list_that_exists() -> None:
    for key, region in regions().items():
        assert key == region.id
        assert {authorities()[code].region_code for code in region.members} == {region.area_code}
        assert registry().listed(region.indicator_set)


def test_the_groups_of_london_are_its_sub_regions() -> None:
    for group in regions()["london"].groups:
        assert {authorities()[code].london_subregion for code in group.members} == {group.title}


REGION = """\
id: here
name: Here
area_code: E12000008
members:
  - "825"
  - "886"
outside_members: ["306"]
indicator_set: annex-a-2019
small_counts_shown_by: ["306"]
due_dates:
  days_after_quarter: 35
  dates:
    "2025-26-Q3": 2026-02-13
groups:
  - id: big
    title: Big ones
    members: ["886"]
"""


def read(folder: Path, text: str) -> Region:
    (folder / "here.yml").write_text(text, encoding="utf-8")
    return regions(folder)["here"]


def test_a_member_from_outside_gets_a_report_and_no_rank(tmp_path: Path) -> None:
    region = read(tmp_path, REGION)
    assert region.everyone == ("825", "886", "306")
    assert region.members == ("825", "886")


def test_the_due_date_is_the_one_agreed_else_the_rule(tmp_path: Path) -> None:
    region = read(tmp_path, REGION)
    assert region.due(Quarter.parse("2025-26-Q3")) == date(2026, 2, 13)
    assert region.due(Quarter.parse("2025-26-Q2")) == date(2025, 11, 4)
    assert regions()["london"].due(Quarter.parse("2025-26-Q2")) is None


def test_a_due_date_without_a_rule_holds_for_its_quarter_only(tmp_path: Path) -> None:
    region = read(tmp_path, REGION.replace("  days_after_quarter: 35\n", ""))
    assert region.due(Quarter.parse("2025-26-Q3")) == date(2026, 2, 13)
    assert region.due(Quarter.parse("2025-26-Q2")) is None


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('  - "886"\n', '  - "999"\n', 6, "there is no authority 999"),
        ('  - "886"\n', "  - 886\n", 6, "members.1: text is wanted here"),
        ('["306"]\nind', '["825"]\nind', 7, "Buckinghamshire (825) stands here a second time"),
        ('by: ["306"]', 'by: ["850"]', 9, "Hampshire (850) gets no report here"),
        ("2025-26-Q3", "2025-27-Q3", 13, "'2025-27-Q3' is not a quarter"),
        ("2026-02-13", "soon", 13, "due_dates.dates.2025-26-Q3: a day is wanted here, as 2026-03-20"),
        ('members: ["886"]', 'members: ["000"]', 17, "there is no authority 000"),
        ("name: Here", "nome: Here", 2, "nome: this key is not known; line 1, name: this key is missing"),
        ("name: Here\n", "", 1, "name: this key is missing"),
        ("name: Here", "name: Here\nname: There", 3, "name stands here a second time (first on line 2)"),
        ("name: Here", "name: [Here", 3, "this is not YAML"),
        ("name: Here", "name: Here\ncolour: red", 3, "colour: this key is not known"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    assert old in REGION
    with pytest.raises(BadReferenceError) as caught:
        read(tmp_path, REGION.replace(old, new))
    assert caught.value.where.endswith(f"here.yml, line {line}")
    assert what in caught.value.what
    assert caught.value.remedy


def test_two_regions_of_one_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "again.yml").write_text(REGION, encoding="utf-8")
    with pytest.raises(BadReferenceError, match="another region has the id here too") as caught:
        read(tmp_path, REGION)
    assert caught.value.where.endswith("here.yml, line 1")
