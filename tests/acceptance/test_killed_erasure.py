"""An erasure that is killed at any moment: what is gone stands in the log, and the same command finishes it."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.acceptance

sys.path.insert(0, str(Path(__file__).parents[1] / "command"))  # for workspace_of_kent.py

from workspace_of_kent import HOME, KENT, ORDER, REGISTERS, furnish, left_of, returns_of, told_apart  # noqa: E402

from analysis.cli.app import main  # noqa: E402
from analysis.registers.erased import erasures_of, reproducibility_notes  # noqa: E402
from analysis.registers.log.chain import faults, log_folder, read_chain  # noqa: E402
from analysis.registers.people import Person, enrol, people_path  # noqa: E402

COMMAND = ["tartanrug", "leave", "erase", "--authority", KENT, "--source", "made-up", "-q"]
CHANGES = ("unlink", "link", "replace", "rename", "rmdir")
"""Everything by which the kit changes what lies in a folder."""


def run(words: list[str], before_change: Callable[[], None] = lambda: None) -> int:
    """Give the command in a process of its own, and how it ended: its exit code, or below zero the signal."""
    child = os.fork()
    if not child:
        code = 99
        try:
            for name in CHANGES:
                setattr(os, name, _told_of(getattr(os, name), before_change))
            sys.argv = words
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _told_of(change: Callable[..., object], before: Callable[[], None]) -> Callable[..., object]:
    def told(*args: object, **named: object) -> object:
        before()
        return change(*args, **named)

    return told


def kill_before(number: int) -> Callable[[], None]:
    """Kill the process that changes something for the so-many-th time, before it does."""
    left = [number]

    def one() -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    return one


def hashes(root: Path) -> dict[str, str]:
    """Every file but the log's."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and "log" not in path.relative_to(root).parts
    }


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_killed_before_any_change_it_is_told_and_the_same_command_finishes_it(
    made_up_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(made_up_workspace / HOME, whole / HOME)
    furnish(whole)
    enrol(people_path(whole / REGISTERS), "0a1b2c3d", Person(name="Jane Smith", post="DBG chair"))
    monkeypatch.setenv("TARTANRUG_PERSON", "0a1b2c3d")
    figures, returns = told_apart(whole), {path.read_bytes() for path in returns_of(whole, KENT)}
    before = hashes(whole)
    counted = tmp_path / "counted"
    shutil.copytree(whole, tmp_path / "first")
    monkeypatch.setenv("TARTANRUG_HOME", str(tmp_path / "first"))

    def count() -> None:
        with counted.open("a") as file:
            file.write(".")

    assert run([*COMMAND, *ORDER], count) == 0
    changes = counted.stat().st_size
    assert changes > 20
    seen = set()
    for number in sorted({1, 2, 3, 4, *range(5, changes, max(changes // 10, 1)), changes - 1, changes}):
        root = tmp_path / f"{number}"
        shutil.copytree(whole, root)
        monkeypatch.setenv("TARTANRUG_HOME", str(root))
        assert run([*COMMAND, *ORDER], kill_before(number)) == -signal.SIGKILL
        log = log_folder(root / REGISTERS)
        assert faults(log) == ()
        chain, now = read_chain(log), hashes(root)
        begun = [one.begun for one in erasures_of(chain)]
        gone = {place for place in before if place not in now}
        seen.add((bool(begun), bool(gone), any(one.finished for one in erasures_of(chain))))
        # What is gone, or less than it was, stands in the log: by its hash, its folder or its register.
        told = {file.sha256 for one in begun for file in one.files}
        folders = {folder.place for one in begun for folder in one.made}
        registers = {register.place for one in begun for register in one.registers}
        for place in {*gone, *(place for place in now if now[place] != before.get(place, now[place]))}:
            known = before[place] in told or Path(place).parent.as_posix() in folders or place in registers
            assert known, f"killed before change {number}: {place}"
        if begun and not all(one.finished for one in erasures_of(chain)):
            assert any("is not finished" in note for note in reproducibility_notes(chain))
        assert run([*COMMAND, *ORDER]) == 0
        assert all(one.finished for one in erasures_of(read_chain(log)))
        stays = [
            place for place in left_of(root, figures, returns) if not place.startswith(f"{REGISTERS.as_posix()}/log")
        ]
        assert stays == [], f"killed before change {number}"
        shutil.rmtree(root)
    # Before anything was noted, between the note and the deletions, and among them: else little was tried.
    assert {(False, False, False), (True, False, False), (True, True, False)} <= seen
