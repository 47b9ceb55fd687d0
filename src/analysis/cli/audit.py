"""`tartanrug audit`: look through finished files for whoever is concealed in them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.audit.apart import File, scan_apart
from analysis.audit.canaries import check
from analysis.audit.concealed import concealed_from
from analysis.audit.deny import Deny
from analysis.audit.found import Place
from analysis.audit.report import Verdict, as_json, in_words, overall, verdict_in_words
from analysis.cli.figures_sought import LEAST_COUNT, Sought, of_file, of_quarter, published
from analysis.cli.this_machine import this_machine
from analysis.config import shown
from analysis.errors import ExitCode, UserError
from analysis.reference.authorities import find_authority
from analysis.reference.regions import find_region


@dataclass(frozen=True)
class Order:
    """What is to be looked through, and for whom."""

    path: Path
    reader: str
    region: str = ""
    known: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    values: Path | None = None
    period: str = ""
    jobs: int | None = None


def audit(order: Order, console: Console) -> int:
    """Look through a file, or all files of a folder, say what was found, and write it beside, in words and as JSON.

    Returns
    -------
    int
        An exit code: `LEAK` where a file failed.

    Raises
    ------
    UserError
        If the folder holds no file, or the figures can't be read.
    UsageError
        If there is no such authority or region.
    VoidError
        If a planted file passed.
    """
    deny = _deny(order)
    check(deny)
    files = list(_files(order.path))
    if not files:
        raise UserError("there is no file in it", where=str(order.path), remedy="name a folder with what is to be sent")
    sought, untried = _sought(order, deny)
    jobs = min(order.jobs or os.cpu_count() or 1, len(files))
    reports = [replace(one, untried=untried) for one in scan_apart(files, deny, sought, jobs=jobs)]
    words = [in_words(report) for report in reports]
    beside = _beside(order.path, deny)
    store.write_text(beside.with_name(f"{beside.name}.json"), as_json(reports) + "\n")
    store.write_text(beside.with_name(f"{beside.name}.txt"), "\n\n".join(words) + "\n")
    for report, said in zip(reports, words, strict=True):
        console.print(escape(said), style="red" if report.verdict is Verdict.FAIL else None)
    failed = sum(report.verdict is Verdict.FAIL for report in reports)
    verdict = verdict_in_words(overall(reports), (part for report in reports for part in report.not_tried))
    folder = shown(beside.parent)
    told = beside.name if deny.kinds_in(folder, Place.ID) else f"{folder}/{beside.name}"
    console.print(
        f"{escape(verdict)}: {len(reports) - failed} of {len(reports)} files passed. {escape(told)}.txt, .json"
    )
    return int(ExitCode.OK if overall(reports) is Verdict.PASS else ExitCode.LEAK)


def _sought(order: Order, deny: Deny) -> tuple[Sought, tuple[str, ...]]:
    """The concealed figures to look for, and in words which could not be had."""
    reader = find_authority(order.reader)
    known = [find_authority(name).code for name in order.known]
    given = of_file(order.values, deny) if order.values else {}
    received, quarter = of_quarter(find_region(order.region or reader.region), reader.code, known, order.period)
    missing = () if given or quarter else ("unpublished figures of the region, of which none are at hand",)
    small = f"published counts under {LEAST_COUNT:,}, which other numbers agree with by chance"
    return {**published(deny), **received, **given}, (*missing, small)


def _beside(path: Path, deny: Deny) -> Path:
    """Where the report is written; its name does not say again what the file's own name says of somebody."""
    name = path.resolve().name
    return path.with_name(f"{'withheld-name' if deny.kinds_in(name, Place.ID) else name}.audit")


def _deny(order: Order) -> Deny:
    reader = find_authority(order.reader)
    return concealed_from(
        reader.code,
        find_region(order.region or reader.region),
        known=[find_authority(name).code for name in order.known],
        people=order.people,
        # Whoever audits is often who made the file, on the machine where it was made.
        machines=(*order.words, *this_machine()),
    )


def _files(path: Path) -> Iterator[File]:
    if not path.is_dir():
        yield File(path, path.name)
        return
    for file in sorted(path.rglob("*")):
        if not file.is_dir() or file.is_symlink():
            yield File(file, file.relative_to(path).as_posix())
