"""Scans in processes of their own: one that hangs is ended, one that dies fails its file, and the others go on."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import groupby
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue

from analysis.audit.budget import Budget, Limits
from analysis.audit.deny import Deny, Kind
from analysis.audit.found import Place
from analysis.audit.intruder.page import Page, read_page
from analysis.audit.of_view import is_of_view
from analysis.audit.places import WITHHELD
from analysis.audit.report import Finding, Report, failed
from analysis.audit.scan import scan
from analysis.audit.unknown import rows_of_several
from analysis.audit.unreadable import UnreadableError
from analysis.views.anonymised import AnonymisedView

_GRACE = 600.0
"""Seconds beyond the budget, which counts work alone: on a busy machine a scan waits longer than it works."""
_BEGINS_WITHIN = 300.0
"""Seconds for an interpreter to begin."""
_MADE_AGAIN = 8
"""PDFs that one process makes again: typst keeps what it has set, some 30 MB for each."""


@dataclass(frozen=True)
class File:
    """A file to look through, and what it is called in the report."""

    path: Path
    name: str


@dataclass(frozen=True)
class Order:
    """A file, and what must not be in it."""

    file: File
    deny: Deny
    values: Mapping[str, Sequence[float]] | None = None
    read_back: bool = False
    """Whether the page is wanted as the intruder reads it."""
    view: AnonymisedView | None = None
    """What the page must have been made from; None where that is not known."""


@dataclass(frozen=True)
class Looked:
    """What came of one file."""

    report: Report
    page: Page | None = None
    """As the intruder reads it; None where that can't be done, or was not asked for."""
    of_view: bool = False
    """Whether it is the page that its view gives; False where no view was given."""


def scan_apart(
    files: Iterable[File],
    deny: Deny,
    values: Mapping[str, Sequence[float]] | None = None,
    *,
    jobs: int = 1,
    limits: Limits | None = None,
    grace: float = _GRACE,
) -> list[Report]:
    """The reports of some files in which the same is concealed, in their order; the rest as `look_apart`."""
    orders = [Order(file, deny, values) for file in files]
    return [looked.report for looked in look_apart(orders, jobs=jobs, limits=limits, grace=grace)]


def look_apart(
    orders: Iterable[Order], *, jobs: int = 1, limits: Limits | None = None, grace: float = _GRACE
) -> list[Looked]:
    """What comes of some files, in their order.

    Parameters
    ----------
    orders
        What is looked through, and for whom.
    jobs
        Processes at a time.
    limits
        What may be spent on each file.
    grace
        Seconds beyond the limit after which a process is ended.
    """
    limits = limits or Limits()
    free: SimpleQueue[_Worker] = SimpleQueue()
    workers = [_Worker(limits) for _ in range(jobs)]
    for worker in workers:
        free.put(worker)

    def one_after_another(group: Sequence[Order]) -> list[Looked]:
        worker = free.get()
        try:
            return [
                worker.ask(order, limits.seconds + grace) or Looked(_unread(order.file, order.deny)) for order in group
            ]
        finally:
            free.put(worker)

    # What a reader's files share is made again once, where one process has them one after another.
    groups = (
        list(group) for _, group in groupby(orders, lambda order: id(order if order.view is None else order.view))
    )
    try:
        with ThreadPoolExecutor(jobs) as pool:
            return [looked for group in pool.map(one_after_another, groups) for looked in group]
    finally:
        for worker in workers:
            worker.end()


class _Worker:
    """A process that scans one file after another; begun anew after one that it did not come back from."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: BaseProcess | None = None
        self._ready = False
        self._made = 0
        self._line: Connection

    def ask(self, order: Order, seconds: float) -> Looked | None:
        """What comes of a file; None where the process hung or died."""
        if self._made >= _MADE_AGAIN:
            self.end()
        self._made += order.view is not None and order.file.path.suffix == ".pdf"
        if self._process is None:
            # A fresh interpreter: a fork of a program with threads may hang of itself.
            context = multiprocessing.get_context("spawn")
            self._line, other = context.Pipe()
            self._process = context.Process(target=_serve, args=(other, self._limits), daemon=True)
            self._process.start()
            other.close()
        try:
            # A busy machine may take long to begin: that is not the file's time.
            begun = self._ready or (self._line.poll(_BEGINS_WITHIN) and self._line.recv())
            self._ready = bool(begun)
            if begun:
                self._line.send(order)
                if self._line.poll(seconds):
                    looked: Looked = self._line.recv()
                    return looked
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
            self._process, self._ready, self._made = None, False, 0


def _serve(line: Connection, limits: Limits) -> None:
    line.send(True)
    while True:
        try:
            order: Order = line.recv()
        except EOFError:
            return
        line.send(_looked(order, limits))


def _looked(order: Order, limits: Limits) -> Looked:
    path, name = order.file.path, order.file.name
    report = scan(path, order.deny, order.values, name=name, budget=Budget(limits))
    try:
        content = path.read_bytes()
        # The page must be of the bytes that the report is of.
        if hashlib.sha256(content).hexdigest() != report.sha256:
            return Looked(report)
        if not order.read_back:
            several = rows_of_several(content)
            return Looked(replace(report, rows_of_several=None if several is None else len(several)))
        of_view = order.view is not None and is_of_view(content, order.view)
        return Looked(report, read_page(name, content), of_view)
    except (UnreadableError, OSError):
        return Looked(report)


def _unread(file: File, deny: Deny) -> Report:
    content = file.path.read_bytes()
    why = "reading it did not come to an end, or ended the program"
    name = WITHHELD if deny.kinds_in(file.name, Place.ID) else file.name
    return failed(name, hashlib.sha256(content).hexdigest(), len(content), Finding("the whole file", Kind.UNREAD, why))
