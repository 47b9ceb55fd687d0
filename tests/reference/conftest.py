"""The folder of source material that may stand beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture
def source_tables() -> Path:
    """The tables that the reference was carried over from; figures of theirs are quoted in tests that always run."""
    folder = SHARED / "reference"
    if not folder.is_dir():
        pytest.skip("NOT CHECKED: shared/reference is not beside this checkout")
    return folder


@pytest.fixture
def memoranda() -> Path:
    """The memoranda of understanding."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("NOT CHECKED: shared/seeds is not beside this checkout")
    return folder
