"""Made-up worlds, made once for all tests, and the real quarters where they stand beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.reference.periods import Quarter
from analysis.synthetic.plan import Plan, Recording
from analysis.synthetic.world import World, make_world

SEED = 20251
LATEST = Quarter.parse("2025-26-Q2")


@pytest.fixture(scope="session")
def world() -> World:
    """As `tartanrug synth` makes it."""
    return make_world(SEED, LATEST)


@pytest.fixture(scope="session")
def bare() -> World:
    """The same history with nothing planted and nothing missing."""
    return make_world(SEED, LATEST, truths=Plan(), records=Recording())


def wide(made: World) -> pd.DataFrame:
    """Authority and quarter down, measures across."""
    return made.returns.pivot(index=["authority", "period"], columns="measure", values="value")


@pytest.fixture(scope="session")
def figures(world: World) -> pd.DataFrame:
    return wide(world)


@pytest.fixture(scope="session")
def bare_figures(bare: World) -> pd.DataFrame:
    return wide(bare)


@pytest.fixture(scope="session")
def real_quarters() -> pd.DataFrame:
    """Real referrals by authority (rows) and quarter (columns)."""
    path = Path(__file__).resolve().parents[3] / "shared" / "reference" / "referrals_quarterly_2013_2024.csv"
    if not path.is_file():
        pytest.skip("NOT CHECKED: shared/reference is not beside this checkout")
    table = pd.read_csv(path, dtype={"old_la_code": str})
    table["period"] = table["financial_year"] + "-" + table["quarter"]
    return table[table["level"] == "L"].pivot(index="old_la_code", columns="period", values="referrals")
