"""The same inputs give the same bytes, in another folder, with another number of processes, and once more in place."""

import pytest
from kit_run import PERIOD, hashes, tartanrug

pytestmark = pytest.mark.acceptance

ORDER = ("build", "--region", "south-east", "--period", PERIOD, "--source", "made-up", "--authority", "921")


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
