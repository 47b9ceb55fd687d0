"""Ctrl-C: nothing half written, nothing lost, nobody left behind."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from command_line import DOCUMENTS, left_over, program

BUILD = ("build", "--period", "2025-26-Q2", "--variant", "dfe", "--format", "html", "--json-lines")
pytestmark = [
    pytest.mark.xdist_group("built"),
    pytest.mark.skipif(sys.platform == "win32", reason="signals to a group of processes are sent otherwise there"),
]


def still_in(folder):
    """Command lines of processes that name the folder; Linux only."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in words:
            found.append(words)
    return found


def alive(group):
    """Whether any process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_ctrl_c_leaves_a_tidy_state_and_the_same_command_starts_again(tartanrug, fresh):
    folder = fresh / DOCUMENTS / "dfe"
    folder.mkdir(parents=True)
    earlier = folder / "tartan-rug-2025-26-Q2-825-dfe.html"
    earlier.write_bytes(b"of an earlier run")
    words = (*BUILD, "--authority", "825")
    running = subprocess.Popen(
        [program("tartanrug"), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Tests that run in the background hand on that Ctrl-C is not heard.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    out = fresh / "reports" / "out"
    deadline = time.monotonic() + 120
    while not list(out.glob("making-*/**/ipython*/profile_*")):
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    said, errors = running.communicate(timeout=60)

    assert running.returncode == 130, errors
    assert "Traceback" not in errors
    assert "the same command starts again" in errors
    assert '"done"' not in said
    assert earlier.read_bytes() == b"of an earlier run"
    assert sorted(folder.iterdir()) == [earlier]
    assert not left_over(fresh / "reports")
    while still_in(fresh) or alive(running.pid):
        assert time.monotonic() < deadline, still_in(fresh)
        time.sleep(0.2)

    again = tartanrug(*words)
    assert again.code == 0, again.err
    assert earlier.read_bytes().startswith(b"<!DOCTYPE html>")
    assert not left_over(fresh / "reports")
