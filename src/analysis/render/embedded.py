"""The embedded renderer: pandoc and typst from PyPI wheels, for networks where nothing else can be installed."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from analysis.render.html import write_html
from analysis.render.office import write_docx
from analysis.render.parsing import Parsed, Writer
from analysis.render.pdf import write_pdf
from analysis.render.workbook import write_xlsx

WRITERS: Mapping[str, Writer] = MappingProxyType(
    {"html": write_html, "pdf": write_pdf, "docx": write_docx, "xlsx": write_xlsx}
)
"""One writer per format; another format is another line here."""


def render_embedded(
    parsed: Parsed, formats: Sequence[str], epoch: int, writers: Mapping[str, Writer] = WRITERS
) -> dict[str, bytes]:
    """The document in each format, from the one tree.

    Parameters
    ----------
    parsed
        The tree from `parse`.
    formats
        Names in `writers`.
    epoch
        Seconds since 1970 that stand for now in files that carry a time.
    writers
        Those of reports; briefs have more.

    Raises
    ------
    RenderError
        If pandoc or typst fails or warns; typst fails on what is not accessible.
    """
    with tempfile.TemporaryDirectory(prefix="tartanrug-", ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        (scratch / "tree.json").write_text(json.dumps(parsed.tree), encoding="utf-8", newline="\n")
        return {wanted: writers[wanted](parsed, scratch, epoch) for wanted in formats}
