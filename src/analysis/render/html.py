"""The HTML writer: one file that holds everything it needs, and calls out to nothing."""

from __future__ import annotations

from pathlib import Path

from analysis.render.pandoc import ASSETS, FILTER, run_pandoc
from analysis.render.parsing import Parsed
from analysis.render.project import brand_colour

TEMPLATE = ASSETS / "document.html"


def styles() -> str:
    """The style sheet, in the brand's colour."""
    sheet = (ASSETS / "document.css").read_text(encoding="utf-8")
    return f"{sheet}\n:root {{ --primary: {brand_colour()}; }}\n"


def write_html(parsed: Parsed, scratch: Path, epoch: int) -> bytes:
    """The document as one HTML file, pictures inside."""
    target = scratch / "report.html"
    run_pandoc(
        {
            "from": "json",
            "to": "html5",
            "standalone": True,
            "template": str(TEMPLATE),
            "input-files": [str(scratch / "tree.json")],
            "output-file": str(target),
            "filters": [{"type": "lua", "path": str(FILTER)}],
            "variables": {"styles": styles()},
            "table-of-contents": parsed.flag("contents"),
            "toc-depth": 3,
            "embed-resources": True,
            "resource-path": [str(parsed.folder)],
            "wrap": "none",
            "eol": "lf",
        },
        scratch,
        epoch,
    )
    return target.read_bytes()
