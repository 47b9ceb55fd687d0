"""A correction after the bands were frozen changes no byte of another authority's anonymised view of the quarter."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from analysis.config import Workspace
from analysis.errors import UserError
from analysis.pipeline.as_known import as_known
from analysis.pipeline.collection import MADE_UP, Collection
from analysis.pipeline.evidence import evidence_of
from analysis.pipeline.issued_bands import freeze, printed_bands, reissue
from analysis.pipeline.load import fingerprint_of
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions
from analysis.registers.issued_bands import bands_path, load_issues
from analysis.views import anonymised
from analysis.views.evidence import Evidence

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


def test_without_freezing_a_correction_shows_in_the_packs_of_others(place: Workspace) -> None:
    """What is prevented: two packs of one quarter whose difference is one authority's."""
    before = packs(collection(place))
    correct(place, CORRECTED, 3)
    assert packs(collection(place))[READER] != before[READER]


def test_after_freezing_a_correction_changes_the_own_pack_alone(place: Workspace) -> None:
    freeze(collection(place), "DBG chair", DAY)
    before = packs(collection(place))
    marked = fingerprint_of(collection(place))
    correct(place, CORRECTED, 3)
    after = packs(collection(place))
    assert after[READER] == before[READER]
    assert after[CORRECTED] != before[CORRECTED]
    assert fingerprint_of(collection(place)) != marked
    own, earlier = (json.loads(one[CORRECTED]) for one in (after, before))
    assert [block["bands"] for block in own["blocks"]] == [block["bands"] for block in earlier["blocks"]]


def test_a_frozen_pack_says_so_and_has_the_bands_that_were_there_before(place: Workspace) -> None:
    before = json.loads(packs(collection(place))[READER])
    assert before["bands_notes"] == []
    unfrozen = fingerprint_of(collection(place))
    freeze(collection(place), "DBG chair", DAY)
    after = json.loads(packs(collection(place))[READER])
    [note] = after.pop("bands_notes")
    assert "4 February 2026" in note
    assert "from the next quarter on" in note
    assert after == {name: value for name, value in before.items() if name != "bands_notes"}
    # Views on disk are built again then.
    assert fingerprint_of(collection(place)) != unfrozen


def test_no_member_of_the_group_is_in_any_pack(place: Workspace) -> None:
    freeze(collection(place), "DBG chair", DAY)
    [issue] = load_issues(bands_path(collection(place).registers, PERIOD))
    members = {code for line in issue.lines for code in line.members}
    assert len(members) >= 10
    pack = packs(collection(place))[READER].decode()
    assert not [code for code in members - {READER} if f'"{code}"' in pack]
    assert "DBG chair" not in pack


def test_a_new_issue_takes_corrections_in_and_is_told_without_its_reason(place: Workspace) -> None:
    freeze(collection(place), "DBG chair", DAY)
    before = json.loads(packs(collection(place))[READER])
    with pytest.raises(UserError, match="the same bands"):
        reissue(collection(place), "DBG chair", "to be sure", DAY)
    correct(place, CORRECTED, 3)
    reissue(collection(place), "DBG chair", "a return was replaced", date(2026, 2, 12))
    text = packs(collection(place))[READER].decode()
    after = json.loads(text)
    assert [block["bands"] for block in after["blocks"]] != [block["bands"] for block in before["blocks"]]
    [note] = after["bands_notes"]
    assert "issued 2 times" in note
    assert "a return was replaced" not in text


def test_bands_are_frozen_once_and_issued_again_only_by_that_command(place: Workspace) -> None:
    with pytest.raises(UserError, match="not frozen"):
        reissue(collection(place), "DBG chair", "a return was replaced", DAY)
    freeze(collection(place), "DBG chair", DAY)
    with pytest.raises(UserError, match="were frozen on 2026-02-04"):
        freeze(collection(place), "DBG chair", DAY)
    with pytest.raises(UserError, match="needs a reason"):
        reissue(collection(place), "DBG chair", " ", DAY)


def test_in_the_next_quarter_an_earlier_one_stays_as_issued_though_it_was_corrected(place: Workspace) -> None:
    earlier = PERIOD.shift(-1)
    first = printed_bands(collection(place, earlier))
    freeze(collection(place, earlier), "DBG chair", date(2025, 11, 4))
    correct(place, CORRECTED, 3, earlier)
    then = printed_bands(collection(place))
    assert not any(isinstance(bands, str) for bands in (*first.values(), *then.values()))
    for series, bands in then.items():
        was, now = (one.table.set_index("period") for one in (first[series], bands))
        common = was.index.intersection(now.index)
        assert was.loc[common].equals(now.loc[common])
        assert now.index[-1] == str(PERIOD)
    # Without the register, the quarter that was corrected would have another band.
    bands_path(collection(place).registers, earlier).unlink()
    anew = printed_bands(collection(place))["region", "A01-rate"].table.set_index("period")
    assert not anew.loc[str(earlier)].equals(first["region", "A01-rate"].table.set_index("period").loc[str(earlier)])


def test_a_quarter_is_not_issued_again_once_a_later_one_shows_it(place: Workspace) -> None:
    earlier = PERIOD.shift(-1)
    for period in (earlier, PERIOD):
        freeze(collection(place, period), "DBG chair", DAY)
    with pytest.raises(UserError, match="2025-26-Q2 has been issued since"):
        reissue(collection(place, earlier), "DBG chair", "a return was replaced", DAY)


def test_a_build_as_known_before_the_decision_has_no_frozen_bands(place: Workspace, tmp_path: Path) -> None:
    freeze(collection(place), "DBG chair", DAY)
    for day, issues in ((date(2026, 2, 3), 0), (DAY, 1)):
        then = Workspace(tmp_path / str(day))
        as_known(place, day, then)
        assert len(load_issues(bands_path(collection(then).registers, PERIOD))) == issues
