"""The raw files behind the reports, and two more reports: without the cross-regional file, and of published figures."""

import shutil
import sys
from pathlib import Path

import pytest
from rich.console import Console

from analysis.batch.progress import Silent
from analysis.cli.build import Order, build
from analysis.config import PACKAGE

sys.path.insert(0, str(Path(__file__).parent))  # for the files that recompute, which the tests here share

from raw_files import Reference, counts, notes
from recompute import Recomputed

REGION, PERIOD = "south-east", "2025-26-Q2"
RAW = Path("data", "raw", "made-up")


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference(PACKAGE / "reference" / "data")


@pytest.fixture(scope="session")
def returns(built_workspace: Path, reference: Reference) -> Recomputed:
    files = sorted((built_workspace / RAW / REGION).glob("*/*.csv"))
    return Recomputed(counts(files), reference, notes(files))


@pytest.fixture(scope="session")
def cross_regional(built_workspace: Path, reference: Reference) -> Recomputed:
    return Recomputed(counts((built_workspace / RAW / "exchange").glob("*/*.csv")), reference)


@pytest.fixture(scope="session")
def without_cross_regional(once, built_workspace: Path) -> Path:
    """The internal report of Reading, which has a quarter missing, where no cross-regional file was supplied."""

    def make(root: Path) -> None:
        shutil.copytree(built_workspace / RAW / REGION, root / RAW / REGION)
        _build(Order(REGION, PERIOD, None, ("870",), ("internal",), ("html",), "made-up"))

    return once("without-cross-regional", make) / "reports" / "out" / "made-up" / REGION / PERIOD


@pytest.fixture(scope="session")
def published(once) -> Path:
    """The public report of Brighton and Hove."""
    root = once("published", lambda _: _build(Order(REGION, year=2025, authorities=("846",), source="published")))
    return root / "reports" / "out" / "published" / REGION / "2024-25"


def _build(order: Order) -> None:
    assert build(order, Console(quiet=True), Silent()) == 0
