"""A made-up quarter in a workspace of its own, shared by all tests that need returns on disk."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from filelock import FileLock
from hypothesis import settings
from rich.console import Console

from analysis.batch.progress import Silent
from analysis.cli.build import Order, build
from analysis.cli.make_up import make_up

# Whether a change is good must not hang on chance: `pytest --hypothesis-profile=default` looks for new examples.
settings.register_profile("the same examples", derandomize=True, database=None)
settings.load_profile("the same examples")

PERIOD = "2025-26-Q2"
REGION = "south-east"
BUILT = ("825", "921")
"""A large authority, and one with small counts."""

Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file's tests run in one process, so that what they share is made once; before xdist reads the groups."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session", autouse=True)
def _no_data_of_the_checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Returns that lie in the checkout, of `make demo` or of a region, are no part of any test."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TARTANRUG_HOME", str(tmp_path_factory.mktemp("nothing")))
        yield


@pytest.fixture(scope="session")
def made_up_workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The root of a workspace with the South East's made-up returns and the cross-regional file."""
    root = tmp_path_factory.mktemp("workspace")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TARTANRUG_HOME", str(root))
        make_up(REGION, PERIOD, Console(quiet=True))
        yield root


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Make a folder once in a run of the tests: the first worker that asks for it makes it, others wait."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared

    def folder(name: str, make: Callable[[Path], None]) -> Path:
        with FileLock(shared / f"{name}.lock"):
            if not (shared / name).exists():
                making = shared / f"{name}-half-made"
                shutil.rmtree(making, ignore_errors=True)
                making.mkdir()
                with pytest.MonkeyPatch.context() as patched:
                    patched.setenv("TARTANRUG_HOME", str(making))
                    patched.setenv("TARTANRUG_RENDERER", "embedded")  # the same documents where there is a Quarto
                    make(making)
                making.rename(shared / name)
        return shared / name

    return folder


@pytest.fixture(scope="session")
def built_workspace(once: Once) -> Path:
    """The root of a made-up workspace with the reports of two authorities, for every audience, in HTML and PDF."""

    def make(_: Path) -> None:
        make_up(REGION, PERIOD, Console(quiet=True))
        order = Order(region=REGION, period=PERIOD, authorities=BUILT, source="made-up")
        assert build(order, Console(quiet=True), Silent()) == 0

    return once("built", make)


@pytest.fixture(scope="session")
def built(built_workspace: Path) -> Path:
    """The folder with a folder of those reports for each audience. They are everybody's: only read them."""
    return built_workspace / "reports" / "out" / "made-up" / REGION / PERIOD


@pytest.fixture(scope="session")
def worlds() -> ModuleType:
    """`benchmarks/calibration/worlds.py`: tests and benchmarks measure in one and the same made-up region."""
    path = Path(__file__).resolve().parents[1] / "benchmarks" / "calibration" / "worlds.py"
    spec = importlib.util.spec_from_file_location("worlds", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # The records of the module look their own annotations up here.
    sys.modules["worlds"] = module
    spec.loader.exec_module(module)
    return module
