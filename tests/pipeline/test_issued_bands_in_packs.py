"""A correction after the bands were frozen changes no byte of another authority's anonymised view of the quarter."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from analysis.config import Workspace
from analysis.disclosure.frozen_bands import line_to_issue
from analysis.errors import UserError
from analysis.pipeline.as_known import as_known
from analysis.pipeline.collection import MADE_UP, Collection
from analysis.pipeline.evidence import evidence_of
from analysis.pipeline.issued_bands import freeze, printed_bands, reissue
from analysis.pipeline.load import fingerprint_of
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions
from analysis.registers.issued_bands import Issue, bands_path, load_issues
from analysis.registers.register_file import add_issue
from analysis.views import anonymised
from analysis.views.evidence import Evidence

pytestmark = pytest.mark.acceptance

PERIOD = Quarter.parse("2025-26-Q2")
READER, CORRECTED = "825", "921"
DAY = date(2026, 2, 4)


@pytest.fixture
def place(made_up_workspace: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(made_up_workspace / "data" / "raw", tmp_path / "data" / "raw")
    return Workspace(tmp_path)


def collection(place: Workspace, period: Quarter = PERIOD) -> Collection:
    return Collection(place, MADE_UP, regions()["south-east"], period)


def packs(held: Collection) -> dict[str, bytes]:
    found: Evidence = evidence_of(held)
    return {code: anonymised.build(found, code).model_dump_json().encode() for code in (READER, CORRECTED)}


def correct(place: Workspace, code: str, times: float, period: Quarter = PERIOD) -> None:
    """Agree that the referrals and the assessments of an authority were another number."""
    before = collection(place)
    table = before.as_sent.checked
    rows = table[(table["authority"] == code) & (table["period"] == str(period)) & (table["status"] == "given")]
    entries = [
        {
            "id": f"{code}-{row['measure']}".replace("_", "-"),
            "authority": code,
            "period": str(period),
            "measure": row["measure"],
            "action": "override",
            "value": str(round(row["value"] * times)),
            "expect": str(round(row["value"])),
            "reason": "counted again",
            "reported_by": "data lead",
            "decided_by": "DBG chair",
            "date": "2026-02-10",
            "status": "agreed",
        }
        for row in rows.to_dict("records")
        if row["measure"] in ("referrals", "assessments")
    ]
    path = before.registers / "corrections.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(entries), encoding="utf-8")


@dataclass(frozen=True)
class Told:
    """One world's packs in turn: as received, frozen, then corrected, issued again, and corrected without freezing."""

    drafted: dict[str, bytes]
    frozen: dict[str, bytes]
    corrected: dict[str, bytes]
    again: dict[str, bytes]
    never_frozen: dict[str, bytes]
    fingerprints: tuple[str, ...]
    members: frozenset[str]


@pytest.fixture(scope="module")
def told(made_up_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    root = tmp_path_factory.mktemp("issued")
    shutil.copytree(made_up_workspace / "data" / "raw", root / "data" / "raw")
    place = Workspace(root)
    first = collection(place)
    path = bands_path(first.registers, PERIOD)
    drafted, prints = packs(first), [fingerprint_of(first)]
    issue = freeze(first, "DBG chair", DAY)
    frozen = packs(first)
    prints.append(fingerprint_of(first))
    correct(place, CORRECTED, 3)
    then = collection(place)
    corrected = packs(then)
    prints.append(fingerprint_of(then))
    reissue(then, "DBG chair", "a return was replaced", date(2026, 2, 12))
    again = packs(then)
    path.unlink()
    members = frozenset(code for line in issue.lines for code in line.members)
    return Told(drafted, frozen, corrected, again, packs(then), tuple(prints), members)


def bands_of(pack: bytes) -> list[object]:
    return [block["bands"] for block in json.loads(pack)["blocks"]]


def test_without_freezing_a_correction_shows_in_the_packs_of_others(told: Told) -> None:
    """What is prevented: two packs of one quarter whose difference is one authority's."""
    assert told.never_frozen[READER] != told.drafted[READER]


def test_after_freezing_a_correction_changes_the_own_pack_alone(told: Told) -> None:
    assert told.corrected[READER] == told.frozen[READER]
    assert told.corrected[CORRECTED] != told.frozen[CORRECTED]
    assert bands_of(told.corrected[CORRECTED]) == bands_of(told.frozen[CORRECTED])


def test_a_frozen_pack_says_so_and_has_the_bands_that_were_there_before(told: Told) -> None:
    before, after = json.loads(told.drafted[READER]), json.loads(told.frozen[READER])
    assert before.pop("bands_notes") == []
    [note] = after.pop("bands_notes")
    assert "4 February 2026" in note
    assert "from the next quarter on" in note
    assert after == before


def test_views_on_disk_are_built_again_after_freezing_and_after_a_correction(told: Told) -> None:
    assert len(set(told.fingerprints)) == 3


def test_no_member_of_the_group_is_in_any_pack(told: Told) -> None:
    assert len(told.members) >= 10
    for pack in (told.frozen[READER].decode(), told.again[READER].decode()):
        assert not [code for code in told.members - {READER} if f'"{code}"' in pack]
        assert "DBG chair" not in pack
        assert "a return was replaced" not in pack


def test_a_new_issue_takes_corrections_in_and_says_how_many_there_were(told: Told) -> None:
    assert bands_of(told.again[READER]) == bands_of(told.never_frozen[READER]) != bands_of(told.frozen[READER])
    [note] = json.loads(told.again[READER])["bands_notes"]
    assert "issued 2 times" in note


def test_bands_are_frozen_once_and_issued_again_for_a_reason_alone(place: Workspace) -> None:
    held = collection(place)
    with pytest.raises(UserError, match="not frozen"):
        reissue(held, "DBG chair", "a return was replaced", DAY)
    freeze(held, "DBG chair", DAY)
    with pytest.raises(UserError, match="were frozen on 2026-02-04"):
        freeze(held, "DBG chair", DAY)
    with pytest.raises(UserError, match="needs a reason"):
        reissue(held, "DBG chair", " ", DAY)
    with pytest.raises(UserError, match="the same bands"):
        reissue(held, "DBG chair", "to be sure", DAY)
    for day, issues in ((date(2026, 2, 3), 0), (DAY, 1)):
        then = Workspace(place.root / str(day))
        as_known(place, day, then)
        assert len(load_issues(bands_path(collection(then).registers, PERIOD))) == issues


def test_in_the_next_quarter_earlier_ones_stay_as_issued_though_they_were_corrected(place: Workspace) -> None:
    earlier, first = PERIOD.shift(-1), collection(place)
    lines = tuple(
        line_to_issue(*key, replace(one, table=one.table[one.table["period"] <= str(earlier)]))
        for key, one in printed_bands(first).items()
        if not isinstance(one, str)
    )
    path = bands_path(first.registers, earlier)
    add_issue(path, Issue.of(lines, policy_sha256="a" * 64, by="DBG chair", on=date(2025, 11, 4)))
    correct(place, CORRECTED, 3, earlier)
    later = collection(place)
    kept = {key: line_to_issue(*key, one) for key, one in printed_bands(later).items() if not isinstance(one, str)}
    assert len(lines) > 10
    for line in lines:
        assert kept[line.group, line.series].bands[:-1] == line.bands
        assert kept[line.group, line.series].bands[-1].period == str(PERIOD)
    # Without the register, the quarter that was corrected would have other bands.
    path.unlink()
    anew = {key: line_to_issue(*key, one) for key, one in printed_bands(later).items() if not isinstance(one, str)}
    assert any(anew[key].bands[:-1] != kept[key].bands[:-1] for key in kept)
