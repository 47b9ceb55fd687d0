"""Word and PowerPoint: pandoc's writers, with a reference document in which the marking stands on every page.

The reference document is pandoc's own, or for Word the region's, dressed anew for each document, so that a marking can
be neither forgotten nor left over from another one.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from analysis.config import workspace
from analysis.render.archive import timeless
from analysis.render.office_slide import described, marked_slides
from analysis.render.pandoc import ASSETS, PANDOC, run_pandoc
from analysis.render.parsing import Parsed
from analysis.render.read_tables import read_tables
from analysis.render.word_contents import with_contents
from analysis.render.word_reference import TEXT_HEIGHT, TEXT_WIDTH, marked_pages
from analysis.render.word_tables import dressed

FILTER = ASSETS / "office.lua"
_SECONDS = 60


def reference_file() -> Path:
    """A region's own reference document, where it has one: its fonts, and a logo in the header."""
    return workspace().quarto_project / "reference.docx"


def write_docx(parsed: Parsed, scratch: Path, epoch: int) -> bytes:
    """A document as Word, the marking in the header of each page; the same bytes for the same document.

    Raises
    ------
    RenderError
        If pandoc fails or warns.
    """
    landscape, own = parsed.flag("landscape"), reference_file()
    reference = own.read_bytes() if own.is_file() else _reference("docx")
    written = _written("docx", marked_pages(reference, parsed.marking, landscape=landscape), parsed, scratch, epoch)
    shaded = dressed(written, read_tables(parsed), TEXT_HEIGHT if landscape else TEXT_WIDTH)
    return timeless(with_contents(shaded) if parsed.flag("contents") else shaded)


def write_pptx(parsed: Parsed, scratch: Path, epoch: int) -> bytes:
    """A brief as one PowerPoint slide: sentences over the picture, the last quarters and the method beside it.

    Parameters
    ----------
    parsed
        The tree of a brief: it has one picture and one table.

    Raises
    ------
    RenderError
        If pandoc fails or warns.
    """
    written = _written("pptx", marked_slides(_reference("pptx"), parsed.marking), parsed, scratch, epoch)
    return timeless(described(written, parsed.words("title")))


def _written(kind: str, reference: bytes, parsed: Parsed, scratch: Path, epoch: int) -> bytes:
    dressed, target = scratch / f"reference.{kind}", scratch / f"report.{kind}"
    # Parts that pandoc takes over keep their times.
    dressed.write_bytes(timeless(reference))
    run_pandoc(
        {
            "from": "json",
            "to": kind,
            "standalone": True,
            "reference-doc": str(dressed),
            "input-files": [str(scratch / "tree.json")],
            "output-file": str(target),
            # Sections are of level two on the page, whose title is of level one; here the title has a style of its own.
            **({"shift-heading-level-by": -1} if kind == "docx" else {}),
            "filters": [{"type": "lua", "path": str(FILTER)}],
            "resource-path": [str(parsed.folder)],
        },
        scratch,
        epoch,
    )
    return target.read_bytes()


def _reference(kind: str) -> bytes:
    """Pandoc's own reference document."""
    command = [str(PANDOC), "--print-default-data-file", f"reference.{kind}"]
    return subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True).stdout
