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

from raw_files import Reference, counts
from recompute import Recomputed

REGION, PERIOD = "south-east", "2025-26-Q2"
RAW = Path("data", "raw", "made-up")


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference(PACKAGE / "reference" / "data")


@pytest.fixture(scope="session")
def returns(made_up_workspace: Path, reference: Reference) -> Recomputed:
    return Recomputed(counts((made_up_workspace / RAW / REGION).glob("*/*.csv")), reference)


@pytest.fixture(scope="session")
def cross_regional(made_up_workspace: Path, reference: Reference) -> Recomputed:
    return Recomputed(counts((made_up_workspace / RAW / "exchange").glob("*/*.csv")), reference)


@pytest.fixture(scope="session")
def without_cross_regional(made_up_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The internal report of Reading, which has a quarter missing, where no cross-regional file was supplied."""
    root = tmp_path_factory.mktemp("without-exchange")
    shutil.copytree(made_up_workspace / RAW / REGION, root / RAW / REGION)
    order = Order(REGION, PERIOD, authorities=("870",), variants=("internal",), formats=("html",), source="made-up")
    _build(root, order)
    return root / "reports" / "out" / "made-up" / REGION / PERIOD


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public report of Brighton and Hove."""
    root = tmp_path_factory.mktemp("published")
    _build(root, Order(REGION, year=2025, authorities=("846",), source="published"))
    return root / "reports" / "out" / "published" / REGION / "2024-25"


def _build(root: Path, order: Order) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TARTANRUG_HOME", str(root))
        patched.setenv("TARTANRUG_RENDERER", "embedded")
        assert build(order, Console(quiet=True), Silent()) == 0
