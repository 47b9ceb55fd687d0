"""The same inputs give the same bytes, in another folder, with another number of processes, and once more in place."""

import hashlib

import pytest
from test_whole_region import PERIOD, tartanrug

pytestmark = pytest.mark.acceptance

ORDER = ("build", "--region", "south-east", "--period", PERIOD, "--source", "made-up", "--authority", "921")


def hashes(home):
    """Of every document, table, view and manifest; locks hold nothing."""
    return {
        path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock") and path.name != ".lock"
    }


def made(home, *more):
    assert tartanrug(home, "synth", "--period", PERIOD).returncode == 0
    done = tartanrug(home, *ORDER, *more)
    assert done.returncode == 0, done.stdout + done.stderr
    return hashes(home)


def test_a_rerun_changes_no_byte(tmp_path):
    first = made(tmp_path / "one", "--jobs", "1")
    second = made(tmp_path / "another", "--jobs", "2")
    assert {name.rsplit(".", 1)[-1] for name in first} >= {"html", "pdf", "json", "parquet", "csv"}
    assert {name for name in first if first[name] != second.get(name)} == set()
    again = made(tmp_path / "one")
    assert again == first
