"""The command as a person meets it: words in, exit code and both streams out."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from analysis.cli.app import main
from analysis.config import Workspace
from analysis.pipeline import load
from analysis.reference.regions import regions
from analysis.views.model import Variant

PERIOD = "2025-26-Q2"
DOCUMENTS = Path("reports", "out", "made-up", "south-east", PERIOD)


@dataclass(frozen=True)
class Result:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """Everything said, without boxes, colours and line breaks."""
        return re.sub(r"\x1b\[[0-9;]*m|[│╭╮╰╯─┌┐└┘├┤┬┴┼━┃┏┓┗┛┡┩╇╈┳┻]|\s+", " ", f"{self.out} {self.err}").replace(
            "  ", " "
        )


Command = Callable[..., Result]


@pytest.fixture
def tartanrug(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Run `tartanrug` with these words; captured below Python, so that workers and kernels are heard too."""
    monkeypatch.setenv("COLUMNS", "220")

    def run(*words: object) -> Result:
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", ["tartanrug", *map(str, words)])
        with pytest.raises(SystemExit) as end:
            main()
        said = capfd.readouterr()
        return Result(int(end.value.code or 0), said.out, said.err)

    return run


@pytest.fixture(scope="session")
def with_views(made_up_workspace: Path) -> Path:
    """The made-up workspace with its views: the costly stages once for all tests."""
    place = Workspace(made_up_workspace)
    load.views_folder(place, regions()["south-east"], PERIOD, Variant.OWN, "made-up")
    return made_up_workspace


@pytest.fixture
def fresh(with_views: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of the test's own: returns and views are there, documents are not."""
    root = tmp_path / "workspace"
    shutil.copytree(with_views / "data", root / "data")
    monkeypatch.setenv("TARTANRUG_HOME", str(root))
    return root


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace without anything."""
    root = tmp_path / "workspace"
    root.mkdir()
    monkeypatch.setenv("TARTANRUG_HOME", str(root))
    return root


def program(name: str) -> str:
    """A program of the environment that the tests run in."""
    found = shutil.which(name, path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    assert found, f"{name} is not installed beside {sys.executable}"
    return found


def left_over(root: Path) -> Sequence[Path]:
    """Hidden folders and half-written files, which no run may leave."""
    return [path for path in root.rglob(".*") if path.is_dir() or path.name.endswith(".part")]
