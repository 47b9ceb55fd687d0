"""`tartanrug audit`: look through finished files for whoever is concealed in them."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from analysis import store
from analysis.audit.apart import File, scan_apart
from analysis.audit.canaries import check
from analysis.audit.concealed import concealed_from
from analysis.audit.deny import Deny
from analysis.audit.report import Verdict, as_json, in_words, overall
from analysis.cli.this_machine import this_machine
from analysis.config import shown
from analysis.errors import ExitCode, UserError
from analysis.reference.authorities import find_authority
from analysis.reference.csv_file import read_rows, refuse
from analysis.reference.regions import find_region

_COLUMNS = ("authority", "indicator", "value")


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
    jobs: int | None = None


def audit(order: Order, console: Console) -> int:
    """Look through a file, or all files of a folder, say what was found, and write it beside as JSON.

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
    values = _values(order.values, deny) if order.values else None
    jobs = min(order.jobs or os.cpu_count() or 1, len(files))
    reports = scan_apart(files, deny, values, jobs=jobs)
    beside = order.path.with_name(f"{order.path.resolve().name}.audit.json")
    store.write_text(beside, as_json(reports) + "\n")
    for report in reports:
        console.print(escape(in_words(report)), style="red" if report.verdict is Verdict.FAIL else None)
    failed = sum(report.verdict is Verdict.FAIL for report in reports)
    console.print(
        f"{overall(reports)}: {len(reports) - failed} of {len(reports)} files passed. {escape(shown(beside))}"
    )
    return int(ExitCode.OK if overall(reports) is Verdict.PASS else ExitCode.LEAK)


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


def _values(path: Path, deny: Deny) -> Mapping[str, list[float]]:
    """The concealed figures by indicator, and by period where the file has one.

    Raises
    ------
    BadReferenceError
        By line, for a value that is no number.
    """
    found: dict[str, list[float]] = defaultdict(list)
    with path.open(encoding="utf-8-sig") as file:
        columns = (*_COLUMNS, "period") if "period" in file.readline() else _COLUMNS
    for line, row in read_rows(path, columns):
        if row["authority"] in deny.concealed and row["value"]:
            try:
                value = float(row["value"])
            except ValueError:
                raise refuse(path, line, f"value is {row['value']!r}, which is no number") from None
            found[f"{row['indicator']} {row.get('period', '')}"].append(value)
    return found
