"""What `log verify` finds beside a broken chain: releases that the log does not tell of, events that no kit writes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest
from release_desk import Desk

from analysis.registers.erased import ErasureBegun
from analysis.registers.log.chain import Fault
from analysis.registers.log.event import NOT_ENROLLED, Body
from analysis.release.events import ReleaseIssued, ReleaseRefused, ReviewOpened
from analysis.release.kinds import KINDS
from analysis.release.verify import log_faults

DAY = date(2026, 3, 2)


def found(desk: Desk) -> tuple[Fault, ...]:
    return log_faults(desk.log, desk.release, "south-east", made_up=False)


def test_a_log_that_tells_of_every_release_is_whole(desk: Desk) -> None:
    assert found(desk) == ()
    desk.released()
    assert found(desk) == ()


def test_a_release_that_a_controller_had_erased_is_not_missed(desk: Desk) -> None:
    desk.released()
    (folder,) = (path.parent for path in desk.release.rglob("manifest.json"))
    shutil.rmtree(folder)
    assert any("not there" in fault.what for fault in found(desk))
    desk.note(
        ErasureBegun(
            authority="825", instructed_by="DCS", instructed=date(2026, 3, 1), why="it left", evidence="letter 12",
            files=(), made=(), registers=(), releases=(folder.name,), asked_again=(),
        )
    )  # fmt: skip
    assert found(desk) == ()


def events(desk: Desk) -> list[Path]:
    return sorted(desk.log.iterdir())


@pytest.mark.parametrize("cut", [1, 2, 3, 5])
def test_a_tail_that_was_cut_off_after_a_release_is_found(desk: Desk, cut: int) -> None:
    desk.released()
    for path in events(desk)[-cut:]:
        path.unlink()
    assert any("cut off" in fault.what for fault in found(desk))


def test_a_log_begun_anew_is_found_by_the_head_in_the_manifest(desk: Desk) -> None:
    desk.released()
    shutil.rmtree(desk.log)
    desk.build("13")
    assert any("another one" in fault.what for fault in found(desk))


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda file: file.write_bytes(b"other"), "not as it was released"),
        (lambda file: file.unlink(), "not as it was released"),
        (lambda file: file.with_name("added.html").write_bytes(b"x"), "never released"),
        (lambda file: file.with_name("manifest.json").write_bytes(b"{}"), "no release"),
        (lambda file: shutil.rmtree(file.parent), "not there"),
        (lambda file: file.parent.with_name("0" * 64).mkdir(), "no release"),
    ],
    ids=["changed", "gone", "added", "manifest", "folder gone", "stranger"],
)
def test_a_release_that_was_touched_is_found(desk: Desk, harm: Callable[[Path], object], said: str) -> None:
    desk.released()
    file = next(desk.release.glob("dfe/*/*-825-*"))
    for path in file.parent.iterdir():
        path.chmod(0o644)
    harm(file)
    assert [said in fault.what for fault in found(desk)] == [True]


def test_what_a_system_lays_in_any_folder_is_no_stranger(desk: Desk) -> None:
    manifest = desk.released()
    for folder in (desk.release / "dfe", desk.release / "dfe" / manifest.id):
        (folder / "Thumbs.db").write_bytes(b"x")
    assert found(desk) == ()


class Invented(Body):
    kind: ClassVar[str] = "thing_invented"


class Short(Body):
    kind: ClassVar[str] = ReleaseIssued.kind
    release: str = "0"


@pytest.mark.parametrize("body", [Invented(), Short()], ids=["unknown kind", "other contents"])
def test_an_event_that_no_kit_writes_is_found(desk: Desk, body: Body) -> None:
    desk.released()
    desk.note(body)
    assert [fault.file for fault in found(desk)] == [events(desk)[-1].name]


def test_what_nobody_does_who_is_not_enrolled_is_found(desk: Desk) -> None:
    desk.note(ReleaseRefused(step="brief", reason="nobody has permitted it"), by=NOT_ENROLLED)
    assert found(desk) == ()
    desk.note(ReviewOpened(release="0" * 64, approvals=2, deputies_from=DAY, deadline=DAY), by=NOT_ENROLLED)
    assert ["not enrolled" in fault.what for fault in found(desk)] == [True]


def test_every_kind_of_event_in_the_package_is_in_the_list() -> None:
    def below(kind: type[Body]) -> set[type[Body]]:
        return {one for sub in kind.__subclasses__() for one in (sub, *below(sub))}

    ours = {one for one in below(Body) if one.__module__.startswith("analysis.")}
    assert {one.kind for one in ours} == set(KINDS)
    assert len(ours) == len(KINDS)


def test_another_regions_releases_are_not_looked_for_in_this_log(desk: Desk) -> None:
    desk.released()
    assert log_faults(desk.root / "other log", desk.release, "london", made_up=False) == ()
    assert log_faults(desk.root / "other log", desk.release, "south-east", made_up=True) == ()
