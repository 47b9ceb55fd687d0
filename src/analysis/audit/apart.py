"""Scans in processes of their own: one that hangs is ended, one that dies fails its file, and the others go on."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue

from analysis.audit.budget import Budget, Limits
from analysis.audit.deny import Deny, Kind
from analysis.audit.found import Place
from analysis.audit.report import Finding, Report, failed
from analysis.audit.scan import WITHHELD, scan

_GRACE = 30.0
"""Seconds beyond the budget: a decoder that looks at the clock has given up by then."""
_BEGINS_WITHIN = 300.0
"""Seconds for an interpreter to begin."""


@dataclass(frozen=True)
class File:
    """A file to look through, and what it is called in the report."""

    path: Path
    name: str


def scan_apart(
    files: Iterable[File],
    deny: Deny,
    values: Mapping[str, Sequence[float]] | None = None,
    *,
    jobs: int = 1,
    limits: Limits | None = None,
    grace: float = _GRACE,
) -> list[Report]:
    """The reports of some files, in their order.

    Parameters
    ----------
    files
        What is looked through.
    deny, values
        As `scan`.
    jobs
        Processes at a time.
    limits
        What may be spent on each file.
    grace
        Seconds beyond the limit after which a process is ended.
    """
    limits = limits or Limits()
    free: SimpleQueue[_Worker] = SimpleQueue()
    workers = [_Worker(deny, values, limits) for _ in range(jobs)]
    for worker in workers:
        free.put(worker)

    def one(file: File) -> Report:
        worker = free.get()
        try:
            return worker.ask(file, limits.seconds + grace) or _unread(file, deny)
        finally:
            free.put(worker)

    try:
        with ThreadPoolExecutor(jobs) as pool:
            return list(pool.map(one, files))
    finally:
        for worker in workers:
            worker.end()


class _Worker:
    """A process that scans one file after another; begun anew after one that it did not come back from."""

    def __init__(self, deny: Deny, values: Mapping[str, Sequence[float]] | None, limits: Limits) -> None:
        self._given = (deny, values, limits)
        self._process: BaseProcess | None = None
        self._ready = False
        self._line: Connection

    def ask(self, file: File, seconds: float) -> Report | None:
        """The report of a file; None where the process hung or died."""
        if self._process is None:
            # A fresh interpreter: a fork of a program with threads may hang of itself.
            context = multiprocessing.get_context("spawn")
            self._line, other = context.Pipe()
            self._process = context.Process(target=_serve, args=(other, *self._given), daemon=True)
            self._process.start()
            other.close()
        try:
            self._line.send(file)
            # A busy machine may take long to begin: that is not the file's time.
            begun = self._ready or (self._line.poll(_BEGINS_WITHIN) and self._line.recv())
            self._ready = bool(begun)
            if begun and self._line.poll(seconds):
                report: Report = self._line.recv()
                return report
        except (EOFError, OSError):
            pass
        self.end()
        return None

    def end(self) -> None:
        """Stop the process, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._line.close()
            self._process, self._ready = None, False


def _serve(line: Connection, deny: Deny, values: Mapping[str, Sequence[float]] | None, limits: Limits) -> None:
    line.send(True)
    while True:
        try:
            file: File = line.recv()
        except EOFError:
            return
        line.send(scan(file.path, deny, values, name=file.name, budget=Budget(limits)))


def _unread(file: File, deny: Deny) -> Report:
    content = file.path.read_bytes()
    why = "reading it did not come to an end, or ended the program"
    name = WITHHELD if deny.kinds_in(file.name, Place.ID) else file.name
    return failed(name, hashlib.sha256(content).hexdigest(), len(content), Finding("the whole file", Kind.UNREAD, why))
