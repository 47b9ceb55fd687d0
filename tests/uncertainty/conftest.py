"""Figures that other systems compute, where they stand beside the checkout."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture
def oracle() -> Callable[[str], dict[str, Any]]:
    """Read one oracle file; skipped with its name where it is not at hand."""

    def read(name: str) -> dict[str, Any]:
        path = SHARED / "oracles" / name
        if not path.is_file():
            pytest.skip(f"NOT CHECKED against the whole of {name}: shared/oracles is not beside this checkout")
        return json.loads(path.read_text(encoding="utf-8"))

    return read
