"""A release that is killed at any moment: no event is lost, nothing is half released, and the same steps finish it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.acceptance

sys.path.insert(0, str(Path(__file__).parents[1] / "release"))  # for release_desk.py

from release_desk import CHAIR, LEAD, Desk  # noqa: E402

from analysis.registers.log.chain import faults  # noqa: E402
from analysis.release.gate import let_through  # noqa: E402
from analysis.release.manifest import MANIFEST, Manifest  # noqa: E402
from analysis.release.staged import read_whole  # noqa: E402
from analysis.release.states import State  # noqa: E402
from analysis.release.verify import log_faults  # noqa: E402

CODES = [f"{code}" for code in range(800, 819)]
MOMENTS = 50


def go_on(desk: Desk, manifest: Manifest) -> None:
    """Whatever is left to do of two approvals and the release, as the commands do it."""
    done = {one.body.for_post for one in desk.standing(manifest).approvals}
    desk.approve(manifest, *(by for by in (CHAIR, LEAD) if by.post not in done))
    if desk.standing(manifest).state is State.DBG_APPROVED:
        desk.issue(manifest)
    else:
        let_through(read_whole(desk.staging, manifest.id), desk.standing(manifest), desk.release)


def killed(desk: Desk, manifest: Manifest, after: float) -> bool:
    """Let a process of its own go on, and kill it; whether it was still at work."""
    child = os.fork()
    if not child:
        try:
            go_on(desk, manifest)
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_killed_at_any_of_fifty_moments_it_is_whole_or_absent_and_can_be_finished(tmp_path: Path) -> None:
    before = Desk(tmp_path / "before")
    before.build("x" * 50_000, CODES)
    manifest = before.review()
    shutil.copytree(before.root, tmp_path / "timed")
    start = time.monotonic()
    go_on(Desk(tmp_path / "timed"), manifest)
    whole = time.monotonic() - start
    first = [event.sha256 for event in before.chain.events]
    chance, at_work, states = random.Random(2025), 0, set()
    for number in range(MOMENTS):
        desk = Desk(tmp_path / str(number))
        shutil.copytree(before.root, desk.root)
        at_work += killed(desk, manifest, chance.uniform(0, whole))
        assert faults(desk.log) == ()
        assert [event.sha256 for event in desk.chain.events][: len(first)] == first
        folder = desk.release / "dfe" / manifest.id
        assert not folder.exists() or {path.name for path in folder.iterdir()} == {MANIFEST, *manifest.documents}
        states.add((desk.standing(manifest).state, len(desk.standing(manifest).approvals), folder.exists()))
        go_on(desk, manifest)
        assert log_faults(desk.log, desk.release, "south-east", made_up=False) == ()
        assert {path.name for path in folder.parent.iterdir()} == {manifest.id}
        shutil.rmtree(desk.root)
    # It was stopped at work most times, and in more than one of its steps: else nothing was tried.
    assert at_work > MOMENTS // 2
    assert len(states) >= 3
