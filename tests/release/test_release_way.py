"""The way of a release by the log: who may do what when, and why not."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from release_desk import ANALYST, CHAIR, LEAD, MONDAY, PACK, PERIOD, VICE, Desk

from analysis.registers.log.chain import BrokenLogError
from analysis.registers.log.event import Actor
from analysis.release import decisions
from analysis.release.dfe_pack import digests, opened, packed
from analysis.release.events import RecallWritten, ReleaseApproved, ReleaseIssued, ReleaseWithdrawn
from analysis.release.gate import let_through, refuse_unfit
from analysis.release.manifest import Manifest
from analysis.release.recall import recall_notice
from analysis.release.refused import RefusedError
from analysis.release.review_sheet import review_sheet
from analysis.release.staged import read_whole
from analysis.release.standing import in_place_of, standings
from analysis.release.states import State


def states(desk: Desk) -> list[str]:
    return [one.state.value for one in standings(desk.chain).values()]


def copies_of(manifest: Manifest) -> dict[str, str]:
    return {name: one.recipient for name, one in manifest.documents.items()}


def test_two_posts_approve_and_then_the_very_bytes_go_out(desk: Desk) -> None:
    desk.build()
    manifest = desk.review()
    assert states(desk) == ["dbg_review"]
    desk.approve(manifest, CHAIR)
    assert states(desk) == ["dbg_review"]
    desk.approve(manifest, LEAD)
    assert states(desk) == ["dbg_approved"]
    released = desk.issue(manifest)
    assert states(desk) == ["released_dfe"]
    staged = {path.name: path.read_bytes() for path in desk.staging.finals.glob("*.html")}
    sent = {path.name: path.read_bytes() for path in released.folder.glob("*.html")}
    assert sent == staged
    assert len(sent) == 2


@pytest.mark.parametrize("people", [(), (CHAIR,)])
def test_without_two_approvals_nothing_goes_out(desk: Desk, people: tuple[Actor, ...]) -> None:
    desk.build()
    manifest = desk.review()
    desk.approve(manifest, *people)
    with pytest.raises(RefusedError, match="has not approved"):
        desk.issue(manifest)
    assert not desk.release.exists()


def person(actor: Actor, post: str) -> Actor:
    return actor.model_copy(update={"post": post})


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (None, person(ANALYST, "DBG chair"), "built"),
        (CHAIR, person(CHAIR, "DBG data lead"), "same person"),
        (CHAIR, person(LEAD, "DBG chair"), "approved for the post DBG chair already"),
        (None, VICE, "stands in for the DBG chair from 10 November 2025"),
        (None, person(LEAD, "performance analyst of 921"), "approves nothing"),
    ],
    ids=["builder", "same person", "same post", "deputy too soon", "no such post"],
)
def test_who_may_not_approve_is_told_why(desk: Desk, first: Actor | None, second: Actor, reason: str) -> None:
    desk.build()
    manifest = desk.review()
    if first is not None:
        desk.approve(manifest, first)
    before = len(desk.chain.events)
    with pytest.raises(RefusedError, match=reason):
        desk.approve(manifest, second)
    assert len(desk.chain.events) == before


def test_a_deputy_approves_when_the_holders_time_has_run_out_and_only_once_for_the_post(desk: Desk) -> None:
    desk.build()
    manifest = desk.review()
    later = datetime.combine(date(2025, 11, 10), MONDAY.timetz())
    desk.approve(manifest, VICE, at=later)
    with pytest.raises(RefusedError, match="already"):
        desk.approve(manifest, CHAIR, at=later)
    desk.approve(manifest, LEAD, at=later)
    assert states(desk) == ["dbg_approved"]


def test_whoever_builds_the_same_bytes_later_does_not_approve_them_either(desk: Desk) -> None:
    desk.build()
    manifest = desk.review()
    desk.build(by=CHAIR)
    with pytest.raises(RefusedError, match="built"):
        desk.approve(manifest, CHAIR)


def test_what_nobody_is_known_to_have_built_is_not_reviewed(desk: Desk) -> None:
    desk.build()
    (desk.log / next(path.name for path in desk.log.iterdir())).unlink()
    with pytest.raises(RefusedError, match="who built"):
        desk.review()


def test_a_later_build_takes_the_place_of_a_review_and_its_approvals_are_not_carried_over(desk: Desk) -> None:
    desk.build()
    first = desk.review()
    desk.approve(first, CHAIR, LEAD)
    desk.build("13")
    second = desk.review()
    assert states(desk) == ["superseded", "dbg_review"]
    assert desk.standing(second).approvals == ()
    with pytest.raises(RefusedError):
        desk.issue(first)
    with pytest.raises(RefusedError, match="has not approved"):
        desk.issue(second)


def test_a_corrected_release_takes_the_place_of_the_first_in_one_step(desk: Desk) -> None:
    first = desk.released()
    desk.build("13")
    second = desk.review()
    desk.approve(second, CHAIR, LEAD)
    with pytest.raises(RefusedError, match="two would contradict"):
        desk.issue(second)
    with pytest.raises(RefusedError, match="why"):
        desk.issue(second, first.id)
    before = len(desk.chain.events)
    desk.issue(second, first.id, "a corrected return")
    assert len(desk.chain.events) == before + 1
    assert states(desk) == ["superseded", "released_dfe"]
    notice = recall_notice(
        desk.standing(first), copies_of(first), date(2025, 11, 5), instead=in_place_of(standings(desk.chain), first.id)
    )
    assert "a corrected return" in notice
    assert second.id[:12] in notice
    assert all(name in notice for name in first.documents)
    assert "key staff of 825" in notice


def test_a_draft_that_says_anything_else_is_not_put_before_the_dbg(desk: Desk) -> None:
    desk.build()
    with pytest.raises(RefusedError, match="differ in more"):
        _unlike(desk, "12", "11")


def _unlike(desk: Desk, old: str, new: str) -> None:
    folder = desk.staging.drafts
    path = next(folder.glob("*-825-*"))
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
    built = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    built["documents"][path.name]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(built), encoding="utf-8")
    desk.assemble()


@pytest.mark.parametrize(
    "harm",
    [
        lambda desk: next(desk.staging.finals.glob("*-921-*")).unlink(),
        lambda desk: next(desk.staging.drafts.glob("*-921-*")).unlink(),
        lambda desk: (desk.staging.finals / "other.html").write_text("x", encoding="utf-8"),
        lambda desk: next(desk.staging.finals.glob("*-921-*")).write_text("x", encoding="utf-8"),
        lambda desk: (desk.staging.drafts / "manifest.json").unlink(),
    ],
    ids=["document gone", "draft gone", "stranger", "changed", "no drafts"],
)
def test_what_is_not_as_it_was_built_is_not_put_before_the_dbg(desk: Desk, harm: Callable[[Desk], object]) -> None:
    desk.build()
    harm(desk)
    with pytest.raises(RefusedError):
        desk.review()


def test_a_release_that_was_stopped_before_its_folder_was_laid_is_finished_from_the_same_bytes(desk: Desk) -> None:
    desk.build()
    manifest = desk.review()
    desk.approve(manifest, CHAIR, LEAD)
    body = decisions.issue(desk.chain, manifest, ["the DfE"])
    desk.note(body)
    assert not desk.release.exists()
    whole = read_whole(desk.staging, manifest.id)
    assert (let_through(whole, desk.standing(manifest), desk.release).folder / "manifest.json").is_file()


ID = "0" * 64
DIGEST = "1" * 64


@pytest.mark.parametrize(
    "body",
    [
        lambda manifest: ReleaseIssued(release=manifest.id, to="released_dfe", recipients=("the DfE",)),
        lambda manifest: ReleaseIssued(release=ID, to="released_dfe", recipients=("the DfE",)),
        lambda manifest: ReleaseWithdrawn(release=ID, reason="a reason"),
        lambda manifest: RecallWritten(release=manifest.id, recipients=(), documents=()),
        lambda manifest: ReleaseApproved(release=ID, for_post="DBG chair", documents=DIGEST, drafts=DIGEST),
    ],
    ids=["issued unapproved", "issued unknown", "withdrawn unknown", "recalled in review", "approved unknown"],
)
def test_a_log_with_a_step_that_no_kit_would_take_is_refused(desk: Desk, body: Callable[[Manifest], Any]) -> None:
    """Somebody who can write in the folder could append a well-formed event by hand."""
    desk.build()
    manifest = desk.review()
    desk.note(body(manifest))
    with pytest.raises(BrokenLogError):
        standings(desk.chain)


def test_an_approval_for_other_bytes_that_was_appended_by_hand_releases_nothing(desk: Desk) -> None:
    desk.build()
    manifest = desk.review()
    for by, post in ((CHAIR, "DBG chair"), (LEAD, "DBG data lead")):
        desk.note(ReleaseApproved(release=manifest.id, for_post=post, documents=DIGEST, drafts=DIGEST), by)
    with pytest.raises(RefusedError, match="other bytes"):
        desk.issue(manifest)


def test_withdrawn_is_the_end_and_can_be_recalled_only_where_somebody_has_it(desk: Desk) -> None:
    manifest = desk.released()
    with pytest.raises(RefusedError, match="in use"):
        decisions.recall(desk.chain, manifest.id, copies_of(manifest))
    desk.note(decisions.withdraw(desk.chain, manifest.id, "an authority has left"))
    body = decisions.recall(desk.chain, manifest.id, copies_of(manifest))
    # With the manifest gone, those whom the log names: the command notes everybody there.
    assert decisions.recall(desk.chain, manifest.id, {}).recipients == ("key staff of 825",)
    assert set(body.recipients) == {"key staff of 825", "key staff of 921", "key staff of south-east"}
    with pytest.raises(RefusedError, match="nothing follows"):
        decisions.withdraw(desk.chain, manifest.id, "once more")
    with pytest.raises(RefusedError):
        desk.issue(manifest)
    assert desk.standing(manifest).state is State.WITHDRAWN


def test_a_review_is_late_after_its_deadline_and_not_before(desk: Desk) -> None:
    desk.build()
    manifest = desk.review()
    found = desk.standing(manifest)
    # Ten working days after Monday 3 November 2025, none of them a bank holiday.
    assert not found.late(date(2025, 11, 17))
    assert found.late(date(2025, 11, 17) + timedelta(days=1))


def test_summaries_do_not_go_to_the_dfe_without_their_pack(desk: Desk) -> None:
    desk.build()
    (desk.staging.finals / PACK).unlink()
    _unlisted(desk, PACK)
    with pytest.raises(RefusedError, match="no pack for the DfE"):
        refuse_unfit(read_whole(desk.staging, desk.review().id))


def _unlisted(desk: Desk, name: str) -> None:
    """The build's own list, without a file."""
    path = desk.staging.finals / "manifest.json"
    built = json.loads(path.read_text(encoding="utf-8"))
    del built["documents"][name]
    path.write_text(json.dumps(built), encoding="utf-8")


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ({"codes": ("825", "867")}, "the summary of .*867.* is not the one that is put before the DBG"),
        ({"codes": ("825",)}, "921-dfe.html is not in the pack"),
        ({"figure": "13"}, "the summary of .*825.* is not the one"),
    ],
    ids=["of others too", "not of all", "of another build"],
)
def test_a_pack_that_is_not_of_these_very_summaries_is_refused(
    desk: Desk, tmp_path: Path, of: dict[str, Any], told: str
) -> None:
    other = Desk(tmp_path / "other")
    other.build(**of)
    desk.build(packs=packs_of(other))
    with pytest.raises(RefusedError, match=told):
        refuse_unfit(read_whole(desk.staging, desk.review().id))


def packs_of(desk: Desk) -> tuple[bytes, bytes]:
    """The pack as it would go out, and its draft."""
    final, draft = ((folder / PACK).read_bytes() for folder in (desk.staging.finals, desk.staging.drafts))
    return final, draft


def changed_in(pack: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """A pack with another file in it, and a manifest that lists it."""
    manifest, files = opened(pack)
    assert old in files[name]
    files[name] = files[name].replace(old, new)
    return packed(manifest.model_copy(update={"documents": digests(files)}), files)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("cover.pdf", b"Cover with 12", b"Cover with 13", "differ in more than the marking"),
        ("cover.pdf", b"DRAFT for the DBG", b"Released to the D", "lacks its marking"),
        ("completeness.csv", b"12", b"13", "bears no marking"),
        (f"summaries/tartan-rug-{PERIOD}-825-dfe.html", b"12", b"13", "differ in more than the marking"),
    ],
    ids=["cover says more", "draft not marked", "table", "summary"],
)
def test_a_pack_whose_draft_says_anything_else_is_not_put_before_the_dbg(
    desk: Desk, tmp_path: Path, name: str, old: bytes, new: bytes, told: str
) -> None:
    other = Desk(tmp_path / "other")
    other.build()
    final, draft = packs_of(other)
    desk.build(packs=(final, changed_in(draft, name, old, new)))
    with pytest.raises(RefusedError, match=told) as refused:
        desk.review()
    assert refused.value.where == name


def test_a_pack_without_its_draft_or_of_other_members_than_it_is_not_put_before_the_dbg(
    desk: Desk, tmp_path: Path
) -> None:
    desk.build()
    (desk.staging.drafts / PACK).unlink()
    with pytest.raises(RefusedError, match="a document is missing"):
        desk.review()
    other = Desk(tmp_path / "other")
    other.build(codes=("825",))
    desk.build(packs=(packs_of(desk_of_two(tmp_path))[0], packs_of(other)[1]))
    with pytest.raises(RefusedError, match="not of the same files, members or inputs"):
        desk.review()


def desk_of_two(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "two")
    desk.build()
    return desk


def test_what_lies_open_of_a_pack_is_marked_as_a_draft_and_approval_binds_it(desk: Desk) -> None:
    desk.build()
    manifest = desk.review()
    assert manifest.documents[PACK].draft_sha256 == hashlib.sha256(packs_of(desk)[1]).hexdigest()
    desk.approve(manifest, CHAIR, LEAD)
    (desk.staging.drafts / PACK).write_bytes(packs_of(desk)[0])
    with pytest.raises(RefusedError, match="changed after the review") as refused:
        desk.issue(manifest)
    assert refused.value.where == f"dfe-draft/{PACK}"


def test_a_pack_of_another_region_or_of_made_up_figures_is_refused(desk: Desk) -> None:
    desk.build()
    whole = read_whole(desk.staging, desk.review().id)
    for manifest in (
        whole.manifest.model_copy(update={"made_up": True}),
        whole.manifest.model_copy(update={"inputs": {"kit": "a" * 64, "returns": "c" * 64}}),
    ):
        with pytest.raises(RefusedError, match="another region, quarter or run"):
            refuse_unfit(replace(whole, manifest=manifest))


def test_the_cover_sheet_names_the_release_every_document_and_whose_copy_it_is(desk: Desk) -> None:
    desk.build()
    manifest = desk.review()
    review = desk.standing(manifest).review
    assert review is not None
    sheet = review_sheet(manifest, review)
    assert manifest.id in sheet
    assert "Unaudited and unpublished" in sheet
    for name, one in manifest.documents.items():
        [line] = [line for line in sheet.splitlines() if name in line]
        assert one.recipient in line
        assert one.sha256[:12] in line
        assert (one.draft_sha256 or "no draft")[:12] in line
    assert "MADE-UP DATA" not in sheet
    assert "MADE-UP DATA" in review_sheet(manifest.model_copy(update={"made_up": True}), review)


def test_a_notice_points_to_the_release_in_use_by_however_many_steps_and_to_none_that_has_ended(desk: Desk) -> None:
    first, last = desk.released(), ""
    for figure in ("13", "14"):
        desk.build(figure)
        manifest = desk.review()
        desk.approve(manifest, CHAIR, LEAD)
        before = next(one.release for one in standings(desk.chain).values() if one.state is State.RELEASED_DFE)
        desk.issue(manifest, before, "a corrected return")
        last = manifest.id
    assert in_place_of(standings(desk.chain), first.id) == last
    desk.note(decisions.withdraw(desk.chain, last, "an authority has left"))
    assert in_place_of(standings(desk.chain), first.id) == ""
    notice = recall_notice(desk.standing(first), copies_of(first), date(2025, 11, 5))
    assert "No other release is in use" in notice


def test_a_pack_that_lies_open_with_another_byte_is_not_what_would_go_out(desk: Desk) -> None:
    desk.build()
    manifest = desk.review()
    lying = desk.staging.opened
    with zipfile.ZipFile(desk.staging.drafts / PACK) as pack:
        pack.extractall(lying)
    read_whole(desk.staging, manifest.id)
    cover = lying / "cover.pdf"
    assert b"DRAFT" in cover.read_bytes()
    content = cover.read_bytes()
    for changed in (content + b" ", None):
        cover.unlink() if changed is None else cover.write_bytes(changed)
        with pytest.raises(RefusedError, match="lies open") as refused:
            read_whole(desk.staging, manifest.id)
        assert refused.value.where == "cover.pdf"
    cover.write_bytes(content)
    (lying / "another.csv").write_bytes(b"")
    with pytest.raises(RefusedError, match="lies open"):
        read_whole(desk.staging, manifest.id)
