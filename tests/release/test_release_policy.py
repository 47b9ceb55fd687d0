"""What must have happened before a release is data, and cannot be set to nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from analysis.errors import BadReferenceError
from analysis.release.policy import OWN, SHIPPED, release_policy
from analysis.views.model import Variant


def own_file(registers: Path, section: str, **values: object) -> Path:
    content: dict[str, Any] = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    content[section] |= values
    (registers / OWN).write_text(yaml.safe_dump(content), encoding="utf-8")
    return registers


def test_a_regions_own_file_goes_before_the_kits_and_has_another_hash(tmp_path: Path) -> None:
    assert release_policy(tmp_path) == release_policy()
    found = release_policy(own_file(tmp_path, "review", deadline=20))
    assert (found.review.deadline, release_policy().review.deadline) == (20, 10)
    assert found.sha256 != release_policy().sha256


@pytest.mark.parametrize(
    "values",
    [
        {"approvals": 1},
        {"approvals": 3},
        {"deadline": 5},
        {"posts": [{"post": "DBG chair"}]},
        {"posts": [{"post": "DBG chair", "deputies": ["dbg data lead"]}, {"post": "DBG data lead"}]},
        {"aprovals": 2},
    ],
    ids=str,
)
def test_a_policy_by_which_one_person_could_approve_is_refused(tmp_path: Path, values: dict[str, object]) -> None:
    with pytest.raises(BadReferenceError, match=OWN):
        release_policy(own_file(tmp_path, "review", **values))


def test_a_document_is_for_use_until_a_day_reckoned_from_its_quarter(tmp_path: Path) -> None:
    found = release_policy(own_file(tmp_path, "expiry", internal=5, own=6, dfe=12))
    assert found.use_until(Variant.INTERNAL, date(2025, 9, 30)) == date(2026, 2, 28)
    assert found.use_until(Variant.OWN, date(2025, 9, 30)) == date(2026, 3, 31)
    assert found.use_until(Variant.DFE, date(2025, 9, 30)) == date(2026, 9, 30)
    assert found.use_until(Variant.PUBLIC, date(2025, 9, 30)) is None
