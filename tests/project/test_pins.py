"""One set of versions: environment.yml, pyproject.toml and the hashed locks say the same."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PYTHON = "3.11"


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(file):
    """Name to version of the lock, for the Python that environment.yml names."""
    versions = {}
    for line in (ROOT / "requirements" / file).read_text(encoding="utf-8").splitlines():
        found = re.match(r"([A-Za-z0-9_.-]+)==(\S+?)(?: ; (.*?))?(?: \\)?$", line)
        if found and ">= '3.12'" not in (found[3] or "") and "== '3.12" not in (found[3] or ""):
            versions[plain(found[1])] = found[2]
    return versions


@pytest.fixture(scope="module")
def environment():
    return yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pins(environment):
    found = {}
    for entry in environment["dependencies"]:
        if isinstance(entry, str):
            name, _, version = entry.partition("=")
            found[plain(name)] = version
        else:
            for line in entry["pip"]:
                if not line.startswith("-"):
                    name, _, version = line.partition("==")
                    found[plain(name)] = version
    return found


def test_environment_pins_are_those_of_the_lock(environment):
    lock = locked("run.lock")
    compared = {name: version for name, version in pins(environment).items() if name not in {"python", "pip", "quarto"}}
    assert compared == {name: lock[name] for name in compared}


def test_environment_holds_what_the_brief_names(environment):
    brief = {"python", "jupyterlab", "papermill", "pandas", "matplotlib", "seaborn", "scipy", "nbconvert", "quarto"}
    conda = {plain(entry.partition("=")[0]) for entry in environment["dependencies"] if isinstance(entry, str)}
    assert brief <= conda
    assert pins(environment)["python"] == PYTHON
    assert pins(environment)["quarto"]
    assert "-e ." in environment["dependencies"][-1]["pip"]


def test_every_dependency_is_in_environment_and_lock(project, environment):
    names = {plain(re.match(r"[A-Za-z0-9_.-]+", entry)[0]) for entry in project["dependencies"]}
    assert names <= pins(environment).keys()
    assert names <= locked("run.lock").keys()


def test_quarto_is_an_extra_and_never_a_default(project):
    # Its PyPI package downloads from elsewhere while it is built, which locked-down networks refuse.
    assert project["optional-dependencies"]["quarto"] == ["quarto-cli"]
    for file in ("run.lock", "dev.lock"):
        assert "quarto-cli" not in locked(file)


@pytest.mark.parametrize("file", ["run.lock", "dev.lock"])
def test_the_locks_are_hashed_and_hold_no_address(file):
    text = (ROOT / "requirements" / file).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?://|file:|--index|--find-links|--extra-index", text)


def test_the_two_locks_agree():
    run, dev = locked("run.lock"), locked("dev.lock")
    assert {name: dev.get(name) for name in run} == run
