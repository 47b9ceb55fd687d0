"""From an executed notebook to the clean one that both renderers read.

What reaches a renderer is prose and nothing else: a raw cell with the document's metadata, then Markdown. No code, no
parameter, no path, no time, no stream; so nothing of them can leak, whatever a renderer does with its input.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from analysis.render.document import FIGURE_FOLDER, DocumentMeta
from analysis.render.ipynb import Cell, Output, read_cells, write_document

PREPARED = "report.ipynb"
"""A neutral stem: Quarto writes the stem of its input into its output."""

_MARKDOWN = "text/markdown"
_METADATA_LINE = re.compile(r"^(---|\.\.\.)\s*$", re.MULTILINE)
_MARKUP = re.compile(r"""[\\`*_\[\]<>@$^~#{}|'"]|&(?=#?\w+;)|--|\.\.\.""")


class UnfitNotebookError(Exception):
    """A notebook that must not become a document: not executed, failed, or showing what a renderer can't carry."""


def prepare(executed: Path, meta: DocumentMeta, folder: Path) -> Path:
    """The notebook that both renderers read, with its pictures beside it.

    Parameters
    ----------
    executed
        The executed notebook; its pictures are in `figures/` beside it.
    meta
        Title, marking and the rest, which become the front matter.
    folder
        Where to write; made if absent.

    Returns
    -------
    Path
        `report.ipynb` in `folder`.

    Raises
    ------
    UnfitNotebookError
        If a code cell was not executed or failed (Quarto renders such notebooks with return code 0), or shows
        anything but `text/markdown`.
    """
    texts = [text for number, cell in enumerate(read_cells(executed), start=1) for text in _texts(cell, number)]
    folder.mkdir(parents=True, exist_ok=True)
    _copy_figures(executed.parent / FIGURE_FOLDER, folder / FIGURE_FOLDER)
    path = folder / PREPARED
    write_document(path, front_matter(entries_of(meta)), texts)
    return path


def entries_of(meta: DocumentMeta) -> dict[str, object]:
    """The metadata as front matter has it; text stays plain text, whatever stands in it."""
    return {
        "title": as_text(meta.title),
        **({"subtitle": as_text(meta.subtitle)} if meta.subtitle else {}),
        "lang": meta.lang,
        "marking": as_text(meta.marking),
        **({"stamp": as_text(meta.stamp)} if meta.stamp else {}),
        "made-up": meta.made_up,
        "landscape": meta.landscape,
        "contents": meta.contents,
    }


def front_matter(entries: Mapping[str, object]) -> str:
    """A YAML block of these entries, each as JSON, which YAML reads too."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entries.items()]
    return "\n".join(["---", *lines, "---"])


def prepared_markdown(prepared: Path) -> str:
    """The text of a prepared notebook as one Markdown document, as Quarto too puts the cells together."""
    return "\n\n".join(cell.source for cell in read_cells(prepared)) + "\n"


def _texts(cell: Cell, number: int) -> Iterator[str]:
    if cell.kind == "markdown":
        yield _checked(cell.source, number)
    elif cell.kind == "code" and cell.source.strip():
        if not cell.executed:
            raise UnfitNotebookError(f"cell {number} was not executed")
        for output in cell.outputs:
            if output.kind != "stream":
                yield _checked(_shown(output, number), number)


def _shown(output: Output, number: int) -> str:
    if output.kind == "error":
        raise UnfitNotebookError(f"cell {number} failed: {output.error}")
    if _MARKDOWN not in output.shown:
        raise UnfitNotebookError(f"cell {number} shows {', '.join(output.shown)}; a report shows things by `show`")
    return output.shown[_MARKDOWN]


def _checked(text: str, number: int) -> str:
    if _METADATA_LINE.search(text):
        raise UnfitNotebookError(f"cell {number} holds a line that renderers read as the edge of a metadata block")
    return text


def as_text(line: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", line)


def _copy_figures(source: Path, target: Path) -> None:
    if target.exists():
        shutil.rmtree(target)
    for picture in sorted(source.glob("*.png")):
        target.mkdir(exist_ok=True)
        shutil.copyfile(picture, target / picture.name)
