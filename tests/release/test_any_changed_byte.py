"""After approval any byte that changes, in whatever file, keeps the release in, and the file is named."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from release_desk import CHAIR, LEAD, PACK, Desk

from analysis.errors import UserError
from analysis.registers.log.chain import BrokenLogError
from analysis.release import decisions
from analysis.release.gate import refuse_unfit
from analysis.release.manifest import Manifest
from analysis.release.refused import RefusedError
from analysis.release.staged import read_whole
from analysis.views.model import Variant


@pytest.fixture(scope="module", params=[Variant.DFE, Variant.ANONYMISED])
def approved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Manifest]:
    """Summaries with the DfE's pack, which lies open too; and a pack that conceals, with the audit's certificate."""
    desk = Desk(tmp_path_factory.mktemp("approved"), request.param)
    if request.param is Variant.DFE:
        desk.build()
        with zipfile.ZipFile(desk.staging.drafts / PACK) as pack:
            pack.extractall(desk.staging.opened)
    else:
        desk.build_concealing()
    manifest = desk.review()
    desk.approve(manifest, CHAIR, LEAD)
    would_issue(desk, manifest)
    return desk, manifest


def would_issue(desk: Desk, manifest: Manifest) -> None:
    """Everything that stands between an approved release and its folder, without writing it."""
    whole = read_whole(desk.staging, manifest.id)
    refuse_unfit(whole)
    decisions.issue(desk.chain, whole.manifest, ["the DfE"])


def artefacts(desk: Desk, manifest: Manifest) -> list[Path]:
    """Everything that is approved or read: documents, drafts, certificates, the manifest, and what lies open."""
    folders = (desk.staging.finals, desk.staging.drafts, desk.staging.audit)
    lying = sorted(path for path in desk.staging.opened.rglob("*") if path.is_file())
    there = [path for one in folders for path in sorted(one.glob("tartan-rug-*"))]
    return [desk.staging.manifest(manifest.id), *there, *lying]


@contextmanager
def changed(path: Path, place: int, mask: int) -> Iterator[None]:
    content = path.read_bytes()
    flipped = bytearray(content)
    flipped[place % len(content)] ^= mask
    path.write_bytes(bytes(flipped))
    try:
        yield
    finally:
        path.write_bytes(content)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_changed_byte_of_a_document_a_draft_a_certificate_or_the_manifest_keeps_it_in(
    approved: tuple[Desk, Manifest], data: st.DataObject
) -> None:
    desk, manifest = approved
    path = data.draw(st.sampled_from(artefacts(desk, manifest)))
    place, mask = data.draw(st.integers(0, path.stat().st_size - 1)), data.draw(st.integers(1, 255))
    with changed(path, place, mask), pytest.raises(RefusedError) as refused:
        would_issue(desk, manifest)
    assert path.name in refused.value.where


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_changed_byte_of_the_log_keeps_it_in_the_last_event_too(
    approved: tuple[Desk, Manifest], data: st.DataObject
) -> None:
    desk, manifest = approved
    path = data.draw(st.sampled_from(sorted(desk.log.iterdir())))
    place, mask = data.draw(st.integers(0, path.stat().st_size - 1)), data.draw(st.integers(1, 255))
    with changed(path, place, mask), pytest.raises(BrokenLogError) as broken:
        would_issue(desk, manifest)
    assert path.name in broken.value.where


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_bytes_that_are_added_or_cut_off_keep_it_in_as_well(
    approved: tuple[Desk, Manifest], data: st.DataObject
) -> None:
    desk, manifest = approved
    path = data.draw(st.sampled_from([*artefacts(desk, manifest), *sorted(desk.log.iterdir())]))
    content = path.read_bytes()
    other = data.draw(st.sampled_from([content + b"\n", content + b"\0", content[:-1], b"", content + content]))
    path.write_bytes(other)
    try:
        with pytest.raises(UserError):
            would_issue(desk, manifest)
    finally:
        path.write_bytes(content)


def test_each_kind_of_file_is_among_those_that_are_changed(approved: tuple[Desk, Manifest]) -> None:
    desk, manifest = approved
    held = {path.parent.name for path in artefacts(desk, manifest)} - {manifest.id}
    expected = {
        Variant.DFE: {"dfe-final", "dfe-draft", "dfe-pack", "summaries"},
        Variant.ANONYMISED: {"anonymised", "audit"},
    }
    assert held == expected[desk.variant]


def test_what_is_put_back_as_it_was_is_approved_still(approved: tuple[Desk, Manifest]) -> None:
    desk, manifest = approved
    for path in artefacts(desk, manifest):
        with changed(path, 0, 1), pytest.raises(RefusedError):
            would_issue(desk, manifest)
        would_issue(desk, manifest)
