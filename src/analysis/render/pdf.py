"""The PDF writer: typst, as PDF/UA-1, which fails where an alternative text or the title is missing."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import typst

from analysis.figures.fonts import FONT_FOLDER
from analysis.render.document import FIGURE_FOLDER
from analysis.render.pandoc import ASSETS, FILTER, RenderError, run_pandoc
from analysis.render.parsing import Parsed
from analysis.render.project import brand

TEMPLATE = ASSETS / "document.typ"
_LOGO = "logo.png"


def write_pdf(parsed: Parsed, scratch: Path, epoch: int) -> bytes:
    """The document as tagged PDF/UA-1.

    Raises
    ------
    RenderError
        If typst finds the document not accessible (a picture without alternative text, a heading level left out),
        or warns of anything.
    """
    source = scratch / "report.typ"
    run_pandoc(
        {
            "from": "json",
            "to": "typst",
            "standalone": True,
            "template": str(TEMPLATE),
            "input-files": [str(scratch / "tree.json")],
            "output-file": str(source),
            "filters": [{"type": "lua", "path": str(FILTER)}],
            "shift-heading-level-by": -1,
            "variables": _variables(),
            "wrap": "none",
            "eol": "lf",
        },
        scratch,
        epoch,
    )
    logo = brand().logo
    if logo:
        shutil.copyfile(logo, scratch / _LOGO)
    pictures = parsed.folder / FIGURE_FOLDER
    if pictures.is_dir():
        shutil.copytree(pictures, scratch / FIGURE_FOLDER, dirs_exist_ok=True)
    return compile_typst(source, epoch)


def _variables() -> dict[str, str]:
    """What the brand says to the template."""
    ours = brand()
    said = {"published-by": ours.name, "family": ours.family, "logo": _LOGO if ours.logo else ""}
    return {"primary": ours.primary, **{key: words for key, words in said.items() if words}}


def compile_typst(source: Path, epoch: int) -> bytes:
    """A typst file as PDF/UA-1, with the kit's own fonts."""
    try:
        pdf, warnings = typst.compile_with_warnings(
            source,
            root=source.parent,
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=epoch,
        )
    except typst.TypstError as error:
        raise RenderError(f"typst: {error.message} {' '.join(error.hints)}".strip()) from None
    if warnings:
        raise RenderError("typst: " + "; ".join(str(warning) for warning in warnings))
    return bytes(pdf)


@cache
def _fonts() -> typst.Fonts:
    # Not the machine's own fonts: the same inputs would give other pages there.
    folders = [FONT_FOLDER, *sorted({path.parent for path in brand().fonts})]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)
