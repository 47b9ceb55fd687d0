"""A workspace of a test's own, in which returns and changes are written by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from analysis.config import Workspace
from analysis.pipeline.collection import RETURNS, Collection
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions

sys.path.insert(0, str(Path(__file__).parent))  # for change_examples.py, which the tests here share


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An empty workspace, which commands find too."""
    monkeypatch.setenv("TARTANRUG_HOME", str(tmp_path))
    return Workspace(tmp_path)


@pytest.fixture
def folder(place: Workspace) -> Path:
    """Where the South East's changes lie."""
    return place.registers / "south-east" / "changes"


@pytest.fixture
def raw(place: Workspace) -> Path:
    """Where the South East's returns lie."""
    return place.raw / RETURNS / "south-east"


@pytest.fixture
def collection(place: Workspace):
    """The South East's collection of a quarter, read anew at each call."""
    return lambda period: Collection(place, RETURNS, regions()["south-east"], Quarter.parse(period))
