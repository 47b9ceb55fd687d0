"""A made-up region of returns, all clean, for the tests to spoil one at a time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from analysis.returns.checked import Checked, check
from analysis.returns.files import ReturnFile

sys.path.insert(0, str(Path(__file__).parent))  # for return_files.py, which the tests here share

from return_files import MEASURES, PERIOD, REGION, REGISTRY, Return, files_of


@pytest.fixture
def clean() -> dict[str, Return]:
    """Every member's return for the quarter."""
    return {code: Return(code) for code in REGION.members}


@pytest.fixture(scope="session")
def others() -> list[ReturnFile]:
    """The clean returns of everybody but Buckinghamshire (825)."""
    return files_of({code: Return(code) for code in REGION.members if code != "825"})


@pytest.fixture(scope="session")
def checked_others(others: list[ReturnFile]) -> Checked:
    """What the region's figures are when nothing of Buckinghamshire's is used."""
    assert len(MEASURES) == len(REGISTRY.measures)
    return check(others, REGION, PERIOD, REGISTRY)
