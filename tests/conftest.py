"""A made-up quarter in a workspace of its own, shared by all tests that need returns on disk."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from analysis.batch.progress import Silent
from analysis.cli.build import Order, build
from analysis.cli.make_up import make_up

PERIOD = "2025-26-Q2"
REGION = "south-east"
BUILT = ("825", "921")
"""A large authority, and one with small counts."""


@pytest.fixture(scope="session")
def made_up_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The root of a workspace with the South East's made-up returns and the cross-regional file."""
    root = tmp_path_factory.mktemp("workspace")
    before = os.environ.get("TARTANRUG_HOME")
    os.environ["TARTANRUG_HOME"] = str(root)
    make_up(REGION, PERIOD, Console(quiet=True))
    yield root
    if before is None:
        del os.environ["TARTANRUG_HOME"]
    else:
        os.environ["TARTANRUG_HOME"] = before


@pytest.fixture(scope="session")
def built(made_up_workspace: Path) -> Path:
    """A folder for each audience with the reports of two authorities, in HTML and PDF.

    It takes a minute: tests that ask for it belong to one group (`pytest.mark.xdist_group("built")`), so that two
    workers don't both make it.
    """
    order = Order(region=REGION, period=PERIOD, authorities=BUILT, source="made-up")
    with pytest.MonkeyPatch.context() as patched:
        # Its own path is on the machine of every developer; Quarto is on some.
        patched.setenv("TARTANRUG_RENDERER", "embedded")
        patched.setenv("TARTANRUG_HOME", str(made_up_workspace))
        assert build(order, Console(quiet=True), Silent()) == 0
    return made_up_workspace / "reports" / "out" / "made-up" / REGION / PERIOD
