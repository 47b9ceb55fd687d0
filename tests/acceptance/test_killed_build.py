"""A run that is killed outright: nobody goes on in its name, and the same command ends what it began."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from kit_run import PERIOD, environment, left_over, processes_in, program, tartanrug

pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL there, and no /proc to look into"),
]

BUILD = ("build", "--period", PERIOD, "--authority", "825", "RBWM", "--variant", "own", "dfe", "--jobs", "2")
MIDWAY = {
    "while the stages run": "data/processed/checked/**/*.parquet",
    "while notebooks run": "reports/out/making-documents-*/**/ipython*/profile_*",
    "while documents are laid": "data/processed/made/**/*.json",
}


def waited_for(seen, seconds=300):
    until = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_killed_run_leaves_nothing_that_the_same_command_does_not_mend(tmp_path):
    home = tmp_path / "workspace"
    assert tartanrug(home, "synth", "--period", PERIOD).returncode == 0
    for when, pattern in MIDWAY.items():
        running = subprocess.Popen(
            [program("tartanrug"), *BUILD], env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        waited_for(lambda pattern=pattern: list(home.glob(pattern)))
        assert running.poll() is None, when
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        # Workers and kernels end by themselves: else they would write into the next run's documents.
        waited_for(lambda: not processes_in(home), 60)
        for document in (home / "reports").rglob("tartan-rug-*.html"):
            assert document.read_text(encoding="utf-8").rstrip().endswith("</html>"), when
        for document in (home / "reports").rglob("tartan-rug-*.pdf"):
            assert document.read_bytes().rstrip().endswith(b"%%EOF"), when

    # What was finished and noted stays as it is; the rest is made.
    records = (home / "data" / "processed" / "made").rglob("*.json")
    finished = {home / "reports" / "out" / path for one in records for path in json.loads(one.read_text())["documents"]}
    assert finished
    when_made = {path: path.stat().st_mtime_ns for path in finished}
    done = tartanrug(home, *BUILD)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path: path.stat().st_mtime_ns for path in finished} == when_made
    folder = home / "reports" / "out" / "made-up" / "south-east" / PERIOD
    for variant in ("own", "dfe"):
        names = [f"tartan-rug-{PERIOD}-{code}-{variant}.{ending}" for code in (825, 868) for ending in ("html", "pdf")]
        assert sorted(path.name for path in (folder / variant).iterdir()) == sorted([*names, "manifest.json"])
    assert left_over(home) == []
