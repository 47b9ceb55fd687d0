"""The processes behind a run: all work is done, by processes that don't grow old, and a death is one job's own."""

import os
import signal
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool

from analysis.batch.run import message_of
from analysis.batch.workers import JOBS_PER_PROCESS, Workers

PID = "__import__('os').getpid()"


def test_every_job_is_done_by_processes_that_are_replaced():
    jobs = 2 * JOBS_PER_PROCESS + 1
    with Workers(1, str) as pool:
        results = dict(pool.each(eval, dict.fromkeys(range(jobs), (PID,))))
    assert results.keys() == set(range(jobs))
    served = [list(results.values()).count(pid) for pid in dict.fromkeys(results.values())]
    assert served == [JOBS_PER_PROCESS, JOBS_PER_PROCESS, 1]
    assert os.getpid() not in results.values()


def test_an_error_and_a_death_are_each_one_job_s_own():
    calls = {"well": ("1 + 1",), "error": ("1 / 0",), "death": ("__import__('os')._exit(1)",), "after": ("2 + 2",)}
    with Workers(1, str) as pool:
        results = dict(pool.each(eval, calls))
    assert (results["well"], results["after"]) == (2, 4)
    assert isinstance(results["error"], ZeroDivisionError)
    assert isinstance(results["death"], BrokenProcessPool)
    assert "out of memory" in message_of(results["death"])


def test_leaving_by_an_exception_ends_the_processes_at_once():
    code = (
        "import time\n"
        "from analysis.batch.workers import Workers\n"
        "if __name__ == '__main__':\n"
        "    with Workers(2, str) as pool:\n"
        "        for key, result in pool.each(time.sleep, {0: (0,), 1: (600,), 2: (600,)}):\n"
        "            raise KeyboardInterrupt\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert done.returncode in {-signal.SIGINT, 1, 130}
