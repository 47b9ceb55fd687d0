"""The executed notebook itself as one HTML file, code and all: for an analyst, internal only."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

from analysis.errors import UsageError
from analysis.views.model import Variant

_RAW_HTML = re.compile(r"^(```+)\{=html\}\n(.*?)\n\1$", re.MULTILINE | re.DOTALL)
_PICTURE = re.compile(r'!\[(?P<caption>.*?)\](?P<source>\(figures/[^)]*\))\{#\S+ fig-alt="(?P<alt>.*?)" width=\S+\}')
_FENCE = re.compile(r"^:::.*$", re.MULTILINE)
_ONLY_IN_REPORTS = re.compile(
    r'<fieldset class="choice">.*?</fieldset>|(?<=\S) \{#indicator-\d+\}$', re.MULTILINE | re.DOTALL
)
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)


def notebook_html(executed: Path, variant: Variant) -> bytes:
    """The executed notebook as HTML with its pictures inside, which calls out to nothing.

    Parameters
    ----------
    executed
        The executed notebook; its pictures are in `figures/` beside it.
    variant
        Whose view the notebook shows.

    Raises
    ------
    UsageError
        If the variant is any but internal: the file holds parameters, code, and the text that profiles hide.
    """
    if variant is not Variant.INTERNAL:
        raise UsageError(
            f"a notebook of the {variant.value} variant is not given away as it is",
            remedy="ask for its documents instead; the notebook itself is for the internal variant",
        )
    notebook = nbformat.read(executed, as_version=4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            if "text/markdown" in output.get("data", {}):
                output.data = {"text/markdown": _for_jupyter(output.data["text/markdown"])}
    exporter = HTMLExporter(embed_images=True)  # type: ignore[no-untyped-call]
    html, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": "report", "path": str(executed.parent)}})
    # Its scripts come from content networks (mathematics, diagrams, widgets); nothing in these notebooks needs one.
    return _SCRIPT.sub("", str(html)).encode("utf-8")


def _for_jupyter(markdown: str) -> str:
    # What `show` writes for pandoc, in the Markdown that Jupyter knows; else its marks would stand on the page.
    pictures = _PICTURE.sub(r"![\g<alt>]\g<source>\n\n*\g<caption>*", markdown)
    return _FENCE.sub("", _RAW_HTML.sub(r"\2", _ONLY_IN_REPORTS.sub("", pictures)))
