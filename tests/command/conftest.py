"""Workspaces for commands: one with returns and views, one with returns alone, one with nothing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analysis.cli.app import main
from analysis.config import Workspace
from analysis.pipeline import load
from analysis.reference.regions import regions
from analysis.views.model import Variant

sys.path.insert(0, str(Path(__file__).parent))  # for command_line.py, which the tests here share

from command_line import PERIOD, Command, Result


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


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Set the clock of the command line to noon of a day: what is released is judged by it, whatever `--on` says."""

    def set_to(day: str) -> None:
        noon = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
        monkeypatch.setattr("analysis.cli.moment.now", lambda: noon)

    return set_to


@pytest.fixture
def fresh(made_up_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of the test's own: returns and views are there, documents are not."""
    # The costly stages once for all tests.
    load.views_folder(Workspace(made_up_workspace), regions()["south-east"], PERIOD, Variant.OWN, "made-up")
    return _home(tmp_path, monkeypatch, made_up_workspace / "data", "data")


@pytest.fixture
def received(made_up_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with the returns of the region, and nothing made from them."""
    folder = Path("data", "raw", "made-up", "south-east")
    return _home(tmp_path, monkeypatch, made_up_workspace / folder, folder)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace without anything."""
    return _home(tmp_path, monkeypatch)


def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: Path | None = None, folder: Path | str = "") -> Path:
    root = tmp_path / "workspace"
    # A file's tests may all begin with an empty one.
    root.mkdir(exist_ok=True)
    if source is not None:
        shutil.copytree(source, root / folder)
    monkeypatch.setenv("TARTANRUG_HOME", str(root))
    return root
