"""From executed notebooks to documents on disk, by whichever renderer serves."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import UsageError
from analysis.render.check import check_html
from analysis.render.choice import QUARTO, Choice
from analysis.render.document import DocumentMeta
from analysis.render.embedded import WRITERS, render_embedded
from analysis.render.pandoc import RenderError
from analysis.render.parsing import parse
from analysis.render.prepare import prepare
from analysis.render.quarto import Job, render_quarto
from analysis.render.quarto_tool import Quarto
from analysis.views.model import Variant

_log = logging.getLogger(__name__)

STEM = "report"
"""A neutral stem: a file's name must say nothing that its reader may not know."""


@dataclass(frozen=True)
class Request:
    """One document that is wanted: its executed notebook, what it says of itself, and the folder for its files."""

    notebook: Path
    meta: DocumentMeta
    folder: Path


def render(
    notebook: Path, meta: DocumentMeta, formats: Sequence[str], folder: Path, renderer: Choice, epoch: int
) -> dict[str, Path]:
    """One document's files by format: `report.html`, `report.pdf` in `folder`.

    Parameters
    ----------
    notebook
        The executed notebook, with its pictures in `figures/` beside it.
    meta
        Title, marking, profile and the rest.
    formats
        Names in `embedded.WRITERS`.
    folder
        Where the files go; made if absent. Each file is written whole or not at all.
    renderer
        From `choose_renderer`.
    epoch
        Seconds since 1970 that stand for now in files that carry a time.

    Raises
    ------
    UsageError
        If a format is unknown.
    UnfitNotebookError, UnservedFeatureError, RenderError
        If the notebook can't become a document, or a renderer fails, or its document isn't what it should be.
    """
    return render_batch([Request(notebook, meta, folder)], formats, renderer, epoch)[0]


def render_batch(
    requests: Sequence[Request], formats: Sequence[str], renderer: Choice, epoch: int
) -> list[dict[str, Path]]:
    """Many documents' files, in the order of the requests: Quarto is called once per variant and format.

    Raises
    ------
    UsageError, UnfitNotebookError, UnservedFeatureError, RenderError
        As `render`. One unfit document stops the batch; `render` each where the others must go on.
    """
    unknown = [wanted for wanted in formats if wanted not in WRITERS]
    if unknown:
        raise UsageError(f"no format {', '.join(unknown)}", remedy=f"choose from {', '.join(WRITERS)}")
    with tempfile.TemporaryDirectory(prefix="tartanrug-", ignore_cleanup_errors=True) as name:
        jobs = [_job(request, Path(name, str(number)), epoch) for number, request in enumerate(requests)]
        made = _render_jobs(jobs, formats, renderer, epoch)
    return [_write(request.folder, contents) for request, contents in zip(requests, made, strict=True)]


def _job(request: Request, scratch: Path, epoch: int) -> Job:
    prepared = prepare(request.notebook, request.meta, scratch)
    return Job(prepared, request.meta, parse(prepared, request.meta.profile, epoch))


def _render_jobs(jobs: Sequence[Job], formats: Sequence[str], renderer: Choice, epoch: int) -> list[dict[str, bytes]]:
    by_quarto = [wanted for wanted in formats if renderer.serving(wanted) == QUARTO]
    embedded = [wanted for wanted in formats if wanted not in by_quarto]
    made = [_embedded(job, embedded, epoch) for job in jobs]
    if renderer.quarto and by_quarto:
        for profile in Variant:
            batch = {index: job for index, job in enumerate(jobs) if job.meta.profile is profile}
            if batch:
                contents = _by_quarto(renderer.quarto, list(batch.values()), by_quarto, epoch, strict=renderer.strict)
                for index, content in zip(batch, contents, strict=True):
                    made[index] |= content
    return made


def _by_quarto(
    quarto: Quarto, jobs: Sequence[Job], formats: Sequence[str], epoch: int, *, strict: bool
) -> list[dict[str, bytes]]:
    try:
        return render_quarto(quarto, jobs, formats, os.environ, epoch)
    except RenderError as error:
        if strict:
            raise
        # A Quarto that only happened to be there must not cost anybody the reports; but it is said.
        _log.warning(
            "Quarto %s made no fit %s for the %s documents, so the embedded renderer made them: %s",
            quarto.version, ", ".join(formats), jobs[0].meta.profile.value, error,
        )  # fmt: skip
        return [_embedded(job, formats, epoch) for job in jobs]


def _embedded(job: Job, formats: Sequence[str], epoch: int) -> dict[str, bytes]:
    made = render_embedded(job.parsed, formats, epoch)
    if "html" in made:
        check_html(made["html"], job.meta, job.parsed)
    return made


def _write(folder: Path, contents: dict[str, bytes]) -> dict[str, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for wanted, content in contents.items():
        path = folder / f"{STEM}.{wanted}"
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(content)
        part.replace(path)
        written[wanted] = path
    return written
