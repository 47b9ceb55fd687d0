"""Word and PowerPoint: pandoc's writers, with a reference document in which the marking stands on every page.

The reference document is pandoc's own, dressed anew for each document, so that a marking can be neither forgotten nor
left over from another one.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from analysis.render.archive import timeless
from analysis.render.document import MADE_UP_WORDS
from analysis.render.embedded import Writer
from analysis.render.office_slide import described, marked_slides
from analysis.render.office_word import marked_pages
from analysis.render.pandoc import ASSETS, PANDOC, run_pandoc
from analysis.render.parsing import Parsed

FILTER = ASSETS / "office.lua"
_SECONDS = 60


def write_docx(parsed: Parsed, scratch: Path, epoch: int) -> bytes:
    """A document as Word, the marking in the header of each page; the same bytes for the same document.

    Raises
    ------
    RenderError
        If pandoc fails or warns.
    """
    return _written("docx", marked_pages(_reference("docx"), _marking(parsed)), parsed, scratch, epoch)


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
    written = _written("pptx", marked_slides(_reference("pptx"), _marking(parsed)), parsed, scratch, epoch)
    return timeless(described(written, "".join(_words(parsed.tree["meta"]["title"]))))


OFFICE_WRITERS: Mapping[str, Writer] = MappingProxyType({"docx": write_docx, "pptx": write_pptx})


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


def _marking(parsed: Parsed) -> str:
    """The marking, with whom it is for, its content id and its last day where there are any."""
    held = parsed.tree["meta"]
    marking = " ".join("".join(_words(held[key])) for key in ("marking", "stamp") if key in held)
    return f"{MADE_UP_WORDS}. {marking}" if parsed.flag("made-up") else marking


def _words(node: object) -> list[str]:
    """The text of a piece of the tree."""
    if isinstance(node, list):
        return [word for child in node for word in _words(child)]
    if not isinstance(node, dict):
        return []
    if node.get("t") in ("Str", "MetaString"):
        return [str(node["c"])]
    return [" "] if node.get("t") in ("Space", "SoftBreak") else _words(node.get("c"))
