"""A file that hangs the program, or ends it, fails; those beside it are still looked through."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.audit.apart import File, scan_apart
from analysis.audit.budget import Limits
from analysis.audit.deny import Deny
from analysis.audit.report import Verdict


@dataclass(frozen=True)
class Trap(File):
    """A file whose name does something to the process that it is sent to."""

    def __reduce__(self) -> tuple[object, ...]:
        return (_sprung, (self.path, self.name))


def _sprung(path: Path, name: str) -> File:
    if "hang" in name:
        time.sleep(600)
    if "die" in name:
        os._exit(3)
    return File(path, name)


def _files(folder: Path) -> Iterator[File]:
    for name in ("a.txt", "hang.txt", "b.txt", "die.txt", "c.txt"):
        (folder / name).write_text("in Kent" if name == "b.txt" else "clean", encoding="utf-8")
        yield Trap(folder / name, name)


def test_a_scan_that_hangs_or_dies_fails_its_file_alone(tmp_path: Path, deny: Deny) -> None:
    reports = scan_apart(list(_files(tmp_path)), deny, limits=Limits(seconds=6), grace=0)
    verdicts = {report.file: report.verdict for report in reports}
    passed = {name for name, verdict in verdicts.items() if verdict is Verdict.PASS}
    assert list(verdicts) == ["a.txt", "hang.txt", "b.txt", "die.txt", "c.txt"]
    assert passed == {"a.txt", "c.txt"}


def test_a_link_to_elsewhere_fails(tmp_path: Path, deny: Deny) -> None:
    (tmp_path / "a.txt").write_text("clean", encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    reports = scan_apart([File(tmp_path / name, name) for name in ("a.txt", "b.txt")], deny)
    assert [report.verdict for report in reports] == [Verdict.PASS, Verdict.FAIL]
