"""Run the work list on several processes. One job that fails doesn't stop the others."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from analysis import store
from analysis.batch.documents import execute, make, write
from analysis.batch.progress import Reporter, Step
from analysis.batch.work import Job
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
    work: Sequence[Job], notebooks: Path, out: Path, renderer: Choice, processes: int | None, reporter: Reporter
) -> Outcome:
    """Make every document of a work list.

    Parameters
    ----------
    notebooks
        The folder of the notebook sources.
    out
        Where the documents are laid. They are made in a hidden folder beside and moved when they are whole; what
        stood there before stays until then.
    processes
        How many at a time; all cores if None.

    The caller holds the lock on `out`.
    """
    reporter.begin(len(work))
    with store.beside(out, "documents") as staging:
        # Processes and never threads: papermill and matplotlib keep state in their process. `spawn` on every system,
        # so that Windows does what Linux does.
        pool = ProcessPoolExecutor(
            max_workers=min(processes or os.cpu_count() or 1, len(work)),
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_start_worker,
            initargs=(str(staging),),
        )
        try:
            return _Run(pool, notebooks, staging, out, renderer, reporter).all_of(work)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _start_worker(staging: str) -> None:
    # Ctrl-C reaches the whole group of processes: the parent decides what happens.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # One thread a process: several on as many cores would only wait for each other.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    # What a renderer leaves half done lies with the rest of the run, and goes with it.
    tempfile.tempdir = staging
    os.environ["TMPDIR"] = staging


@dataclass
class _Run:
    pool: ProcessPoolExecutor
    notebooks: Path
    staging: Path
    out: Path
    renderer: Choice
    reporter: Reporter
    outcome: Outcome = field(default_factory=Outcome)

    def all_of(self, work: Sequence[Job]) -> Outcome:
        if self.renderer.name == QUARTO:
            self._in_batches(work)
        else:
            places = (self.notebooks, self.staging, self.out, self.renderer)
            for batch, result in self._each(make, {(job,): (job, *places) for job in work}):
                self._finish(batch, result)
        return self.outcome

    def _in_batches(self, work: Sequence[Job]) -> None:
        """All notebooks, then one call of Quarto a variant: its start costs more than its work."""
        executed: list[Job] = []
        for batch, result in self._each(execute, {(job,): (job, self.notebooks, self.staging) for job in work}):
            if isinstance(result, Exception):
                self._finish(batch, result)
            else:
                self._tell(batch[0], "notebook")
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
        return self._each(write, {batch: (batch, self.staging, self.out, self.renderer) for batch in batches})

    def _each(
        self, work: Callable[..., list[Path]], calls: Mapping[Batch, tuple[object, ...]]
    ) -> Iterator[tuple[Batch, list[Path] | Exception]]:
        """Each batch with its result or its error, as they come."""
        futures = {self.pool.submit(work, *arguments): batch for batch, arguments in calls.items()}
        for future in as_completed(futures):
            error = future.exception()
            if error is not None and not isinstance(error, Exception):
                raise error
            yield futures[future], error or future.result()

    def _finish(self, batch: Batch, result: list[Path] | Exception) -> None:
        if not isinstance(result, Exception):
            self.outcome.documents += result
        for job in batch:
            if isinstance(result, Exception):
                self.outcome.failures.append(Failure(job, message_of(result)))
            self._tell(job, "failed" if isinstance(result, Exception) else "done")

    def _tell(self, job: Job, step: str) -> None:
        self.reporter.step(Step(job.subject, job.meta.profile, step))


def _of_profile(jobs: Sequence[Job], profile: Variant) -> Batch:
    return tuple(job for job in jobs if job.meta.profile == profile)


def message_of(error: Exception) -> str:
    """What a person is told: a user's error in its own words, a bug with its traceback."""
    if isinstance(error, UserError | NotebookError):
        return str(error)
    cause = error.__cause__
    return f"{type(error).__name__}: {error}" + (f"\n{cause}" if cause is not None else "")
