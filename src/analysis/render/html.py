"""The HTML writer: one file that holds everything it needs, and calls out to nothing."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from pathlib import Path

from PIL import Image

from analysis.render.pandoc import ASSETS, FILTER, run_pandoc
from analysis.render.parsing import Parsed
from analysis.render.project import brand

TEMPLATE = ASSETS / "document.html"
_LOGO_HEIGHT, _LOGO_SHAPE = 2.5, 5
"""Of a logo: rem, and how many times as wide as high it is shown at most."""


def styles() -> str:
    """The style sheet, in the brand's colours, font and logo."""
    ours, sheet = brand(), (ASSETS / "document.css").read_text(encoding="utf-8")
    rules = [f":root {{ --primary: {ours.primary}; }}"]
    if ours.link:
        rules.append(f"@media print, (prefers-color-scheme: light) {{ a {{ color: {ours.link}; }} }}")
    if ours.family:
        rules.append(f'body {{ font-family: "{ours.family}", "Open Sans", "Segoe UI", Arial, sans-serif; }}')
    if ours.name:
        rules.append(".brand { color: var(--primary); font-weight: 600; margin: 0 0 0.5rem; }")
    if ours.logo:
        # Ornament, beside the name in words: no picture that anybody would have to be told of.
        with Image.open(ours.logo) as logo:
            across = _LOGO_HEIGHT * min(logo.width / logo.height, _LOGO_SHAPE)
        data = b64encode(ours.logo.read_bytes()).decode("ascii")
        rules.append(
            f".brand::before {{ content: ''; display: inline-block; width: {across:.2f}rem; height: {_LOGO_HEIGHT}rem;"
            " margin-right: 0.75rem; vertical-align: middle; background: left center / contain no-repeat"
            f" url(data:image/png;base64,{data}); }}"
        )
    return "\n".join([sheet, *rules, ""])


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
            "variables": {"styles": styles(), **({"published-by": escape(brand().name)} if brand().name else {})},
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
