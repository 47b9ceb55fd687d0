"""The whole region made up once, for every long test that looks at its documents."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for kit_run.py, which the tests here share

from kit_run import PERIOD, tartanrug


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the documents of a whole made-up region: the README's first command where nothing is."""
    home = tmp_path_factory.mktemp("demo")
    done = tartanrug(home, "demo")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"reports/out/made-up/south-east/{PERIOD}/internal/" in done.stdout
    return home / "reports" / "out" / "made-up" / "south-east" / PERIOD
