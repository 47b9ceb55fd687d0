"""The same inputs give the same bytes: elsewhere, at another time, in another order, and once more in place."""

import subprocess
import sys

import pytest
from kit_run import PERIOD, environment, hashes, tartanrug

pytestmark = pytest.mark.acceptance

ORDER = ("build", "--region", "south-east", "--period", PERIOD, "--source", "made-up", "--authority", "921")
OVERVIEW = f"""
import os
from analysis.batch.progress import Silent
from analysis.batch.run import Outcome, run
from analysis.cli.build import Order, planned
from analysis.cli.work_list import jobs_of, views_of
from analysis.config import workspace
from analysis.render.choice import choose_renderer

place = workspace()
plan = planned(Order("south-east", {PERIOD!r}, variants=("internal",), source="made-up"), place)
[(variant, folder)] = views_of(plan, place).items()
*_, overview = jobs_of(plan, variant, folder)
assert overview.notebook == "regional_overview"
run([overview], place.notebooks, place.out, choose_renderer(os.environ), 1, Silent(), Outcome())
"""
"""The region's overview alone: the command makes it with all internal reports only."""


def made(home, *more, **changes):
    """The hashes of all that is in the workspace after one authority's documents and the overview are made."""
    if not home.exists():
        assert tartanrug(home, "synth", "--period", PERIOD, **changes).returncode == 0
    done = tartanrug(home, *ORDER, *more, **changes)
    assert done.returncode == 0, done.stdout + done.stderr
    subprocess.run([sys.executable, "-c", OVERVIEW], env=environment(home, **changes), check=True, cwd=home)
    return hashes(home)


def test_a_rerun_changes_no_byte(tmp_path):
    first = made(tmp_path / "one", "--jobs", "1", PYTHONHASHSEED="1", TZ="UTC")
    second = made(tmp_path / "a longer name", "--jobs", "2", PYTHONHASHSEED="2", TZ="Pacific/Auckland", LC_ALL="C")
    assert {name.rsplit(".", 1)[-1] for name in first} >= {"html", "pdf", "json", "parquet", "csv"}
    assert sum(name.endswith((".html", ".pdf")) for name in first) == 2 * (4 + 1)
    assert {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)} == set()
    assert made(tmp_path / "one", "--force", PYTHONHASHSEED="3") == first
