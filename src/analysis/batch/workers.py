"""Processes that work side by side. One that dies takes only its own job with it, and none grows old."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, Self, TypeVar

JOBS_PER_PROCESS = 8
"""Typst keeps what it has set: after some twenty reports a process held more than 2 GB."""

K = TypeVar("K")
R = TypeVar("R")


class Workers:
    """So many processes at a time; leave the context to end them, at once where it is left by an exception.

    Parameters
    ----------
    count
        How many at a time.
    start
        Called in each process before its first job.
    arguments
        Of `start`.
    """

    def __init__(self, count: int, start: Callable[..., None], *arguments: object) -> None:
        self._workers = [_Worker(start, arguments) for _ in range(count)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            for process in multiprocessing.active_children():
                process.terminate()
        for worker in self._workers:
            worker.end()

    def each(self, work: Callable[..., R], calls: Mapping[K, tuple[object, ...]]) -> Iterator[tuple[K, R | Exception]]:
        """Call `work` with each of the arguments, and give each key with its result or its error, as they come."""
        waiting = iter(calls.items())
        running: dict[Future[R], tuple[K, _Worker]] = {}
        for worker, (key, arguments) in zip(self._workers, waiting, strict=False):
            running[worker.submit(work, arguments)] = (key, worker)
        while running:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                key, worker = running.pop(future)
                for following, arguments in waiting:
                    running[worker.submit(work, arguments)] = (following, worker)
                    break
                error = future.exception()
                if error is not None and not isinstance(error, Exception):
                    raise error
                yield key, error or future.result()


class _Worker:
    """One process at a time, and its successor after `JOBS_PER_PROCESS` jobs or when it has died.

    `max_tasks_per_child` would be the same, but it waits for ever in Python 3.11 (CPython issue 115634); and a pool of
    several fails all its jobs when one of its processes dies.
    """

    def __init__(self, start: Callable[..., None], arguments: tuple[object, ...]) -> None:
        self._start, self._arguments = start, arguments
        self._pool: ProcessPoolExecutor | None = None
        self._jobs = 0
        self._last: Future[Any] | None = None

    def submit(self, work: Callable[..., R], arguments: tuple[object, ...]) -> Future[R]:
        died = self._last is not None and isinstance(self._last.exception(), BrokenProcessPool)
        if self._pool is None or died or self._jobs == JOBS_PER_PROCESS:
            self.end()
            # `spawn` on every system, so that Windows does what Linux does.
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), self._start, self._arguments)
            self._jobs = 0
        future = self._pool.submit(work, *arguments)
        self._jobs, self._last = self._jobs + 1, future
        return future

    def end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
