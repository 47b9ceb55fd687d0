"""What a page draws in marks that a program can read: each could be somebody's, and gives its value back."""

from __future__ import annotations

import re
from typing import Any

_DRAWN = ("svg", "canvas", "script", "iframe", "object", "embed", "math", "video", "template")
_CURVE = re.compile(rb"(?<![^\s])(?:c|v|y|sh)(?![^\s])")
_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>")


def drawn_in_tree(root: Any) -> tuple[str, ...]:
    """Kinds of elements, one for each: drawings, scripts, and pictures that are none in pixels."""
    found = [tag for tag in _DRAWN for _ in root.iter(tag)]
    sources = (image.get("src", "image/png") for image in root.iter("img"))
    return (*found, *("a picture of marks" for source in sources if "image/png" not in source))


def drawn_in_pdf(page: Any) -> tuple[str, ...]:
    """Curves and shadings that a page of pypdf draws: tables and text have none, round marks are made of them.

    A drawing within the page (a form) is counted with what it draws.
    """
    contents = page.get_contents()
    found = 0 if contents is None else _curves(contents.get_data())
    for resource in (page.get("/Resources", {}).get("/XObject") or {}).values():
        drawing = resource.get_object()
        if drawing.get("/Subtype") == "/Form":
            found += 1 + _curves(drawing.get_data())
    return ("curve",) * found


def _curves(operations: bytes) -> int:
    return len(_CURVE.findall(_STRING.sub(b" ", operations)))
