"""Agreements: what holds on a day, by the memoranda's own words, and what a region adds to them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from analysis.errors import BadReferenceError, ExitCode
from analysis.reference.regions import regions
from analysis.registers.agreements import Agreement, Purpose, load_agreements
from analysis.registers.basis import NoBasisError, basis_for

SOUTH_EAST, LONDON = regions()["south-east"], regions()["london"]
DFE = {one.id: one for one in load_agreements("south-east")}["dfe-south-east-2019"]
NOW = date(2026, 2, 4)


def own(tmp_path: Path, *entries: dict[str, object]) -> Path:
    (tmp_path / "agreements.yml").write_text(yaml.safe_dump(list(entries)), encoding="utf-8")
    return tmp_path


def changed(**update: object) -> dict[str, object]:
    return {**DFE.model_dump(mode="json"), **update}


@pytest.mark.parametrize(
    ("purpose", "clause"),
    [
        (Purpose.DFE_SUMMARY, "5.4"),
        (Purpose.RIIA_SUBMISSION, "5.5.4"),
        (Purpose.BENCHMARKING, "5.1, 5.5.3"),
        (Purpose.WIDER_GOVERNMENT, "5.5.4 iii"),
    ],
)
def test_the_memorandum_of_2025_26_is_the_live_basis_of_the_south_east(purpose: Purpose, clause: str) -> None:
    basis = basis_for(purpose, SOUTH_EAST, NOW, load_agreements("south-east"))
    assert (basis.agreement.id, basis.clause) == ("south-east-2025-26", clause)


def test_the_agreement_with_the_dfe_held_through_its_last_day_and_ended_with_no_extension_seen() -> None:
    assert DFE.holds(date(2019, 4, 1))
    assert DFE.holds(date(2021, 3, 31))
    assert not DFE.holds(date(2019, 3, 31))
    assert not DFE.holds(date(2021, 4, 1))
    assert DFE.why_not(NOW) == "ended on 2021-03-31, extension not seen"


def test_an_ended_agreement_refuses_a_release_and_says_which_and_why() -> None:
    with pytest.raises(NoBasisError) as refused:
        basis_for(Purpose.DFE_SUMMARY, SOUTH_EAST, date(2021, 4, 1), [DFE])
    assert refused.value.exit_code is ExitCode.REFUSED
    assert "ended on 2021-03-31, extension not seen" in refused.value.where


def test_nothing_rests_on_a_memorandum_without_a_day_or_one_that_was_replaced() -> None:
    held = {one.id: one for one in load_agreements("south-east")}
    assert not held["south-east-peer-challenge-2018"].holds(NOW)
    assert "no day" in held["south-east-peer-challenge-2018"].why_not(NOW)
    assert "replaced by south-east-2025-26" in held["south-east-2018"].why_not(NOW)
    with pytest.raises(NoBasisError):
        basis_for(Purpose.PEER_CHALLENGE, SOUTH_EAST, NOW, held.values())


def test_london_s_memorandum_is_open_ended_and_valid_while_its_overdue_review_warns() -> None:
    basis = basis_for(Purpose.RIIA_SUBMISSION, LONDON, NOW, load_agreements("london"))
    assert basis.agreement.last_day is None
    assert any("review was due on 2024-06-30 (4.2)" in warning for warning in basis.warnings)
    early = basis_for(Purpose.RIIA_SUBMISSION, LONDON, date(2024, 6, 30), load_agreements("london"))
    assert not any("review" in warning for warning in early.warnings)


def test_a_region_without_an_agreement_releases_nothing() -> None:
    with pytest.raises(NoBasisError, match="no agreement of North East"):
        basis_for(Purpose.BENCHMARKING, regions()["north-east"], NOW, load_agreements("north-east"))


@pytest.mark.parametrize(("signed_by_all", "last"), [(True, date(2027, 3, 31)), (False, date(2021, 3, 31))])
def test_an_extension_counts_if_all_have_signed_it(tmp_path: Path, signed_by_all: bool, last: date) -> None:
    extension = {"until": "2027-03-31", "agreed": "2021-03-01", "signed_by_all": signed_by_all, "evidence": "letter 3"}
    folder = own(tmp_path, changed(extensions=[extension]))
    held = {one.id: one for one in load_agreements("south-east", folder)}
    assert held[DFE.id].last_day == last
    assert "south-east-2025-26" in held, "what the kit ships stays beside it"


def test_a_notice_of_termination_ends_it_before_its_term() -> None:
    notice = {"notice": "2020-01-10", "ends": "2020-02-29", "by": "the Department", "evidence": "letter 9"}
    ended = Agreement.model_validate(changed(terminations=[notice]))
    assert ended.holds(date(2020, 2, 29))
    assert not ended.holds(date(2020, 3, 1))


def test_the_agreement_of_the_next_year_takes_over(tmp_path: Path) -> None:
    following = {
        "id": "south-east-2026-27", "title": "Memorandum of 2026-27", "regions": ["south-east"], "parties": ["all"],
        "begins": "2026-04-01", "ends": "2027-03-31", "purposes": {"dfe_summary": "5.4"},
    }  # fmt: skip
    held = load_agreements("south-east", own(tmp_path, following))
    assert basis_for(Purpose.DFE_SUMMARY, SOUTH_EAST, date(2026, 3, 31), held).agreement.id == "south-east-2025-26"
    assert basis_for(Purpose.DFE_SUMMARY, SOUTH_EAST, date(2026, 4, 1), held).agreement.id == "south-east-2026-27"


def test_a_change_that_not_all_have_agreed_and_signatures_not_seen_are_told() -> None:
    change = {"agreed": "2020-01-10", "what": "monthly", "agreed_by_all": False, "evidence": "letter 9"}
    varied = Agreement.model_validate(changed(variations=[change]))
    told = varied.warnings(date(2020, 2, 1), SOUTH_EAST.members)
    assert any("not agreed in writing by all (17)" in one for one in told)
    assert not any("signature" in one for one in told), "one signs for each of the 19 (S1 1)"
    live = basis_for(Purpose.DFE_SUMMARY, SOUTH_EAST, NOW, load_agreements("south-east"))
    (unseen,) = [one for one in live.warnings if "signature" in one]
    assert "826" not in unseen
    assert "no signature seen of 18" in unseen


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ({"regions": ["london"]}, "another region"),
        ({"ends": "2018-01-01"}, "ends before it begins"),
        ({"purposes": {"anything": "1"}}, "purposes"),
    ],
)
def test_an_entry_that_does_not_fit_is_refused_by_line(tmp_path: Path, update: dict[str, object], told: str) -> None:
    with pytest.raises(BadReferenceError, match=r"(?s)" + told) as refused:
        load_agreements("south-east", own(tmp_path, changed(**update)))
    assert "line" in refused.value.where
