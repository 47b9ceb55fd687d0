"""Run the installed kit in a workspace, as a person on a new machine does, and see what it leaves there."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

PERIOD = "2025-26-Q2"
LONGEST = 3600
"""Seconds after which a run hangs rather than works."""


def program(name: str) -> str:
    """A program of the environment that the tests run in."""
    return str(Path(sys.executable).with_name(name))


def environment(home: Path, **changes: str) -> dict[str, str]:
    """The environment of a command in the workspace `home`."""
    fixed = {"TARTANRUG_HOME": str(home), "TARTANRUG_RENDERER": "embedded", "COLUMNS": "200"}
    return {**os.environ, **fixed, **changes}


def tartanrug(home: Path, *words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run `tartanrug` with these words in the workspace `home`."""
    command = [program("tartanrug"), *words]
    return subprocess.run(
        command, env=environment(home, **changes), capture_output=True, text=True, check=False, timeout=LONGEST
    )


def hashes(folder: Path) -> dict[str, str]:
    """The sha256 of every file but the locks, which hold nothing."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


def left_over(home: Path) -> list[Path]:
    """Staging folders and half-written files, which no run may leave."""
    return [path for path in home.rglob("*") if path.name.startswith("making-") or path.name.endswith(".part")]


def processes_in(home: Path) -> list[str]:
    """Command lines of living processes that work for the workspace; Linux only."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            variables = (process / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if words and f"TARTANRUG_HOME={home}".encode() in variables:
            found.append(words)
    return found
