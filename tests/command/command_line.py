"""Run the command as a person does: words in, exit code and both streams out."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PERIOD = "2025-26-Q2"
DOCUMENTS = Path("reports", "out", "made-up", "south-east", PERIOD)
_DECORATION = re.compile(r"\x1b\[[0-9;]*m|[\u2500-\u257f]|\s+")


@dataclass(frozen=True)
class Result:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """Everything said, without boxes, colours and line breaks."""
        return " ".join(_DECORATION.sub(" ", f" {self.out} {self.err} ").split(" "))


Command = Callable[..., Result]


def program(name: str) -> str:
    """A program of the environment that the tests run in."""
    found = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    assert found, f"{name} is not installed beside {sys.executable}"
    return found


def left_over(root: Path) -> list[Path]:
    """Staging folders and half-written files, which no run may leave."""
    return [
        path
        for path in root.rglob("*")
        if (path.is_dir() and path.name.startswith((".", "making-"))) or path.name.endswith(".part")
    ]
