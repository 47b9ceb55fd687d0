"""`tartanrug doctor --compare-renderers`: a report of each variant through both renderers, and each difference."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from analysis.batch.documents import execute
from analysis.batch.work import Job
from analysis.cli.build import Order, planned
from analysis.cli.make_up import make_up
from analysis.cli.work_list import jobs_of, views_of
from analysis.config import workspace
from analysis.errors import ExitCode
from analysis.pipeline.collection import MADE_UP
from analysis.reference.regions import find_region
from analysis.render import quarto
from analysis.render.compare import compare_renderers
from analysis.render.parsing import parse
from analysis.render.prepare import prepare
from analysis.render.quarto_tool import NoQuartoError, find_quarto


def compare(console: Console, *, region: str = "south-east", period: str = "2025-26-Q2") -> int:
    """Make up a quarter, and print where the two renderers' documents of one authority differ.

    Returns
    -------
    int
        An exit code: unhealthy where there is any difference.

    Raises
    ------
    NoQuartoError
        If there is no Quarto to compare with, with an exit code of its own.
    """
    if find_quarto(os.environ) is None:
        raise NoQuartoError(
            "there is no Quarto to compare with",
            remedy="install Quarto or set QUARTO_PATH; documents are made by the embedded renderer meanwhile",
        )
    make_up(region, period, console)
    order = Order(region, period, authorities=find_region(region).members[:1], source=MADE_UP)
    plan = planned(order, workspace())
    work = [job for variant, folder in views_of(plan, workspace()).items() for job in jobs_of(plan, variant, folder)]
    with tempfile.TemporaryDirectory(prefix="tartanrug-") as name:
        found = compare_renderers([_prepared(job, Path(name)) for job in work], os.environ, plan.epoch)
    table = Table("document", "kind", "embedded", "Quarto", title=f"{len(found)} differences in {len(work)} documents")
    for difference in found:
        table.add_row(difference.document, difference.kind, difference.embedded, difference.quarto)
    console.print(table)
    return int(ExitCode.UNHEALTHY if found else ExitCode.OK)


def _prepared(job: Job, staging: Path) -> quarto.Job:
    [executed] = execute(job, workspace().notebooks, staging)
    prepared = prepare(executed, job.meta, staging / "prepared" / job.stem)
    return quarto.Job(prepared, job.meta, parse(prepared, job.meta.profile, job.epoch))
