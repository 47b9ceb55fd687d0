"""What a worker process does: run a notebook, render it, move the finished files into place."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from analysis.batch.work import Job
from analysis.errors import UserError
from analysis.render.choice import Choice
from analysis.render.formats import NOTEBOOK
from analysis.render.nbhtml import notebook_html
from analysis.render.notebook import EXECUTED, run_notebook
from analysis.render.render import Request, render_batch

FORKED = "tartanrug-forked"
"""The kit's engine (`batch/forked.py`), as papermill knows it by the entry point in `pyproject.toml`."""


def make(job: Job, notebooks: Path, staging: Path, out: Path, renderer: Choice) -> list[Path]:
    """One job from notebook to documents: their paths below `out`."""
    execute(job, notebooks, staging)
    return write([job], staging, out, renderer)


def execute(job: Job, notebooks: Path, staging: Path) -> list[Path]:
    """Run the job's notebook in a folder of its own in `staging`."""
    folder = notebook_folder(job, staging)
    return [run_notebook(notebooks / f"{job.notebook}.ipynb", job.parameters, folder, engine())]


def engine() -> str | None:
    """The papermill engine for report notebooks: forked children where forking is safe, else a kernel for each."""
    return FORKED if sys.platform == "linux" else None


def write(jobs: Sequence[Job], staging: Path, out: Path, renderer: Choice) -> list[Path]:
    """Render executed jobs of one variant, and move each document into place when it is whole.

    Returns
    -------
    list of Path
        The documents, below `out`.
    """
    rendered = [name for name in jobs[0].formats if name != NOTEBOOK]
    wanted = [(job, request) for job in jobs for request in _requests(job, staging)]
    requests = [request for _, request in wanted]
    made = render_batch(requests, rendered, renderer, jobs[0].epoch) if rendered else [{} for _ in requests]
    documents = []
    for (job, request), files in zip(wanted, made, strict=True):
        if NOTEBOOK in job.formats:
            page = request.folder / "notebook.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_bytes(notebook_html(request.notebook, job.meta.profile))
            files = {**files, page.name: page}
        for ending, path in files.items():
            target = out / _folder(job, request) / f"{job.stem}.{ending}"
            target.parent.mkdir(parents=True, exist_ok=True)
            documents.append(_lay(path, target))
    return documents


def _requests(job: Job, staging: Path) -> Iterator[Request]:
    """The document, and its draft from the same executed notebook."""
    executed, beside = notebook_folder(job, staging) / EXECUTED, staging / job.folder / job.stem
    yield Request(executed, job.meta, beside / "documents")
    if job.draft is not None:
        yield Request(executed, job.meta.model_copy(update={"marking": job.draft.marking}), beside / "drafts")


def _folder(job: Job, request: Request) -> PurePosixPath:
    return job.folder if job.draft is None or request.meta.marking != job.draft.marking else job.draft.folder


def _lay(document: Path, target: Path) -> Path:
    try:
        return document.replace(target)
    except OSError as error:
        # Windows keeps a file that somebody has open.
        raise UserError(
            f"the document could not be put in its place: {error.strerror}",
            where=f"{target.parent.name}/{target.name}",
            remedy="close it where it is open, and run the command below",
        ) from None


def notebook_folder(job: Job, staging: Path) -> Path:
    """Where the job's notebook runs."""
    return staging / job.folder / job.stem / NOTEBOOK
