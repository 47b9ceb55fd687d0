"""A desk for each test."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for release_desk.py, which the tests here share

from release_desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Everything of a region in one folder."""
    return Desk(tmp_path)
