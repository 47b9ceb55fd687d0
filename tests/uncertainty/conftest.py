"""Figures that other systems compute, where they stand beside the checkout; and the region in which nothing happens."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


@pytest.fixture
def oracle() -> Callable[[str], dict[str, Any]]:
    """Read one oracle file; skipped with its name where it is not at hand."""

    def read(name: str) -> dict[str, Any]:
        path = SHARED / "oracles" / name
        if not path.is_file():
            pytest.skip(f"NOT CHECKED against the whole of {name}: shared/oracles is not beside this checkout")
        return json.loads(path.read_text(encoding="utf-8"))

    return read


@pytest.fixture(scope="session")
def null_world() -> ModuleType:
    """`benchmarks/null_world.py`: tests and benchmark measure in one and the same region."""
    spec = importlib.util.spec_from_file_location("null_world", ROOT / "benchmarks" / "null_world.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # The records of the module look their own annotations up here.
    sys.modules["null_world"] = module
    spec.loader.exec_module(module)
    return module
