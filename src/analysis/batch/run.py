"""Run the work list on several processes. One job that fails doesn't stop the others."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from analysis import store
from analysis.batch.documents import execute, make, write
from analysis.batch.progress import Reporter, Step
from analysis.batch.work import Job
from analysis.batch.workers import Workers
from analysis.errors import UserError
from analysis.render.choice import QUARTO, Choice
from analysis.render.failure import NotebookError
from analysis.views.model import Variant

Batch = tuple[Job, ...]


@dataclass(frozen=True)
class Failure:
    """One job without its documents, and why."""

    job: Job
    message: str


@dataclass
class Outcome:
    """What came of a work list: every job has either its documents or a failure."""

    documents: list[Path] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    def by_folder(self) -> dict[Path, list[Path]]:
        """The documents of each folder, in order."""
        folders: dict[Path, list[Path]] = {}
        for path in sorted(self.documents):
            folders.setdefault(path.parent, []).append(path)
        return folders


def run(
    work: Sequence[Job],
    notebooks: Path,
    out: Path,
    renderer: Choice,
    processes: int | None,
    reporter: Reporter,
    outcome: Outcome,
    note: Callable[[Job, Sequence[Path]], None] = lambda job, documents: None,
) -> None:
    """Make every document of a work list.

    Parameters
    ----------
    notebooks
        The folder of the notebook sources.
    out
        Where the documents are laid. They are made in a folder beside and moved when they are whole; what
        stood there before stays until then.
    processes
        How many at a time; all cores if None.
    outcome
        Filled as documents come, so that it says what was made even where the run is stopped.
    note
        Told of each job whose documents lie in their place.

    The caller holds the lock on `out`.
    """
    reporter.begin(len(work))
    count = min(processes or os.cpu_count() or 1, len(work))
    # Processes and never threads: papermill and matplotlib keep state in their process.
    with store.beside(out, "documents") as staging, Workers(count, _start_worker, str(staging)) as workers:
        _Run(workers, notebooks, staging, out, renderer, reporter, outcome, note).all_of(work)


def _start_worker(staging: str) -> None:
    # Ctrl-C reaches the whole group of processes: the parent decides what happens.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # One thread a process: several on as many cores would only wait for each other.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    # What a renderer leaves half done lies with the rest of the run, and goes with it.
    tempfile.tempdir = staging
    os.environ["TMPDIR"] = staging
    _silence_kernels()
    # Whoever is killed outright can't tell the workers: they would go on writing, and then wait for ever.
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _silence_kernels() -> None:
    # A kernel inherits both streams. It complains when it is stopped, and whatever it writes would stand among the
    # JSON lines. What went wrong in a notebook comes back as its failure; the worker's own warnings are still heard.
    sys.stderr = os.fdopen(os.dup(2), "w", encoding="utf-8", errors="backslashreplace", buffering=1)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@dataclass
class _Run:
    workers: Workers
    notebooks: Path
    staging: Path
    out: Path
    renderer: Choice
    reporter: Reporter
    outcome: Outcome
    note: Callable[[Job, Sequence[Path]], None]

    def all_of(self, work: Sequence[Job]) -> None:
        if self.renderer.name == QUARTO:
            self._in_batches(work)
        else:
            places = (self.notebooks, self.staging, self.out, self.renderer)
            for batch, result in self.workers.each(make, _alone(work, *places)):
                self._finish(batch, result)

    def _in_batches(self, work: Sequence[Job]) -> None:
        """All notebooks, then one call of Quarto a variant: its start costs more than its work."""
        executed: list[Job] = []
        for batch, result in self.workers.each(execute, _alone(work, self.notebooks, self.staging)):
            if isinstance(result, Exception):
                self._finish(batch, result)
            else:
                self._tell(batch, "notebook")
                executed += batch
        executed.sort(key=work.index)
        profiles = dict.fromkeys(job.meta.profile for job in executed)
        alone: list[Batch] = []
        for batch, result in self._written([_of_profile(executed, profile) for profile in profiles]):
            if isinstance(result, Exception) and len(batch) > 1:
                alone += [(job,) for job in batch]
            else:
                self._finish(batch, result)
        for batch, result in self._written(alone):
            self._finish(batch, result)

    def _written(self, batches: Sequence[Batch]) -> Iterator[tuple[Batch, list[Path] | Exception]]:
        return self.workers.each(write, {batch: (batch, self.staging, self.out, self.renderer) for batch in batches})

    def _finish(self, batch: Batch, result: list[Path] | Exception) -> None:
        if isinstance(result, Exception):
            message = message_of(result)
            self.outcome.failures += [Failure(job, message) for job in batch]
            self._tell(batch, "failed", message)
        else:
            self.outcome.documents += result
            for job in batch:
                self.note(job, [path for path in result if path.name.startswith(f"{job.stem}.")])
            self._tell(batch, "done")

    def _tell(self, batch: Batch, step: str, message: str = "") -> None:
        for job in batch:
            self.reporter.step(Step(job.subject, job.meta.profile, step, message))


def _alone(jobs: Sequence[Job], *others: object) -> dict[Batch, tuple[object, ...]]:
    """A call for each job."""
    return {(job,): (job, *others) for job in jobs}


def _of_profile(jobs: Sequence[Job], profile: Variant) -> Batch:
    return tuple(job for job in jobs if job.meta.profile == profile)


def message_of(error: Exception) -> str:
    """What a person is told: a user's error in its own words, a bug with its traceback."""
    if isinstance(error, UserError | NotebookError):
        return str(error)
    if isinstance(error, BrokenProcessPool):
        return "its process ended without a word; is the machine out of memory? Give --jobs 1"
    cause = error.__cause__
    return f"{type(error).__name__}: {error}" + (f"\n{cause}" if cause is not None else "")
