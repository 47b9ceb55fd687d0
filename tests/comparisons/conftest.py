"""Figures that other systems publish or compute, where they stand beside the checkout."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.fixture
def oracle() -> Callable[[str], pd.DataFrame]:
    """Read one oracle table, codes as text; skipped with its name where it is not at hand."""

    def read(name: str) -> pd.DataFrame:
        path = SHARED / "oracles" / name
        if not path.is_file():
            pytest.skip(f"NOT CHECKED against the whole of {name}: shared/oracles is not beside this checkout")
        return pd.read_csv(path, dtype={"la_number": str, "region_number": str}, keep_default_na=True)

    return read
