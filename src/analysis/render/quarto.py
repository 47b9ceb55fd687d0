"""The Quarto renderer: documents of one variant, in a temporary project of their own, one call per format."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.figures.fonts import FONT_FOLDER
from analysis.render.check import check_html
from analysis.render.document import FIGURE_FOLDER, DocumentMeta
from analysis.render.html import TEMPLATE, styles
from analysis.render.ipynb import read_cells, write_document
from analysis.render.pandoc import RenderError
from analysis.render.parsing import Parsed
from analysis.render.prepare import PREPARED, as_text, entries_of, front_matter
from analysis.render.project import PROJECT_FILE, brand, profile_file, project_file
from analysis.render.quarto_tool import Quarto, call_quarto
from analysis.render.typst_margins import check_typst, margins
from analysis.views.model import Variant

_OUTPUT = "out"
_STYLES = "document.css"
_MARGINS = "margins.typ"
_TO = {"html": "html", "pdf": "typst"}


@dataclass(frozen=True)
class Job:
    """One document to render: its prepared notebook, what it says of itself, and its tree to check against."""

    prepared: Path
    meta: DocumentMeta
    parsed: Parsed


def render_quarto(
    quarto: Quarto, jobs: Sequence[Job], formats: Sequence[str], environ: Mapping[str, str], epoch: int
) -> list[dict[str, bytes]]:
    """The documents in each format, in the order of the jobs.

    Parameters
    ----------
    quarto
        The Quarto to use.
    jobs
        Documents of one profile. Those of another go into another call, and so into another project: an anonymised
        batch never shares a folder with a named one.
    formats
        `html`, `pdf`.
    environ
        The environment for Quarto.
    epoch
        Seconds since 1970 that stand for now.

    Raises
    ------
    ValueError
        If the jobs are of more than one profile.
    RenderError
        If Quarto fails or warns, or a document is not what it should be.
    """
    profiles = {job.meta.profile for job in jobs}
    if len(profiles) != 1:
        raise ValueError("a call of Quarto serves one profile")
    profile = profiles.pop()
    made: list[dict[str, bytes]] = [{} for _ in jobs]
    for wanted in formats:
        with tempfile.TemporaryDirectory(prefix="tartanrug-", dir=open_folder(), ignore_cleanup_errors=True) as name:
            project = Path(name).resolve()
            folders = lay_out_project(project, jobs, profile, wanted)
            call_quarto(quarto, quarto_arguments(profile, wanted), project, environ, epoch)
            for job, folder, into in zip(jobs, folders, made, strict=True):
                into[wanted] = _collect(project, folder, job, wanted)
    return made


def open_folder() -> str | None:
    """A folder for temporary projects with nothing hidden in its path: Quarto passes over files in hidden folders.

    Returns
    -------
    str or None
        None where the usual folder for temporary files must do.
    """
    named = (os.environ.get(name, "") for name in ("TEMP", "TMP"))
    for folder in (tempfile.gettempdir(), *named, "/tmp", "/var/tmp"):
        hidden = any(part.startswith((".", "_")) for part in Path(folder).parts)
        if folder and not hidden and os.access(folder, os.W_OK):
            return folder
    return None


def quarto_arguments(profile: Variant, wanted: str) -> list[str]:
    """What follows `quarto` on the command line.

    Quarto falls back to the first profile without a word where a name is unknown (observed in 1.7), so the name comes
    from the enumeration of variants and can't be any other.
    """
    return ["render", ".", "--to", _TO[wanted], "--profile", Variant(profile).value, "--no-execute"]


def lay_out_project(project: Path, jobs: Sequence[Job], profile: Variant, wanted: str) -> list[str]:
    """Fill a folder with the project and the documents, each in a folder with a neutral name; give these names.

    Raises
    ------
    BadReferenceError
        If the project in `reports/` has no file for the profile.
    """
    for file in (project_file(PROJECT_FILE), profile_file(profile)):
        shutil.copyfile(file, project / file.name)
    names = [f"d{number:03d}" for number in range(1, len(jobs) + 1)]
    for name, job in zip(names, jobs, strict=True):
        _lay_out_document(project / name, job, wanted)
    return names


def _lay_out_document(folder: Path, job: Job, wanted: str) -> None:
    folder.mkdir()
    pictures = job.prepared.parent / FIGURE_FOLDER
    if pictures.is_dir():
        shutil.copytree(pictures, folder / FIGURE_FOLDER)
    texts = [cell.source for cell in read_cells(job.prepared) if cell.kind == "markdown"]
    write_document(folder / PREPARED, front_matter(entries_of(job.meta) | _format_entries(job.meta, wanted)), texts)
    if wanted == "html":
        shutil.copyfile(TEMPLATE, folder / TEMPLATE.name)
        (folder / _STYLES).write_text(styles(), encoding="utf-8", newline="\n")
    else:
        (folder / _MARGINS).write_text(margins(job.meta), encoding="utf-8", newline="\n")
        shutil.copytree(FONT_FOLDER, folder / "fonts")
        for font in brand().fonts:
            shutil.copyfile(font, folder / "fonts" / font.name)


def _format_entries(meta: DocumentMeta, wanted: str) -> dict[str, object]:
    # In the document itself: Quarto silently ignores the same keys as `-M` where the document has a `format`.
    if wanted == "html":
        name = {"published-by": as_text(brand().name)} if brand().name else {}
        return {"toc": meta.contents, **name, "format": {"html": {"template": TEMPLATE.name, "css": [_STYLES]}}}
    family = {"mainfont": brand().family} if brand().family else {}
    typst = family | {"include-in-header": [_MARGINS], "font-paths": ["fonts"], "keep-typ": True}
    return {"toc": meta.contents, "format": {"typst": typst}}


def _collect(project: Path, folder: str, job: Job, wanted: str) -> bytes:
    stem = Path(PREPARED).stem
    path = project / _OUTPUT / folder / f"{stem}.{wanted}"
    if not path.is_file():
        raise RenderError(f"quarto ended with 0 but left no {wanted}")
    content = path.read_bytes()
    if wanted == "html":
        check_html(content, job.meta, job.parsed)
    else:
        kept = next(project.glob(f"**/{folder}/{stem}.typ"), None)
        check_typst(kept.read_text(encoding="utf-8") if kept else "", job.meta, job.parsed)
    return content
