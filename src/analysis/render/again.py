"""A report made again from its view alone: whatever a finished file holds beyond that was never in the view."""

from __future__ import annotations

import os
import pickle
import tempfile
from functools import lru_cache
from pathlib import Path

from analysis.figures.variants import View
from analysis.render.document import DocumentMeta
from analysis.render.embedded import render_embedded
from analysis.render.ipynb import write_document
from analysis.render.page import Part
from analysis.render.parsing import parse
from analysis.render.prepare import PREPARED, entries_of, front_matter
from analysis.render.quarto import Job, render_quarto
from analysis.render.quarto_tool import Quarto
from analysis.render.report_page import report
from analysis.render.show import as_markdown


def made_again(view: View, kind: str, stamp: str, epoch: int, quarto: Quarto | None = None) -> bytes:
    """The finished report, without its notebook: the same bytes as the build's.

    Parameters
    ----------
    view
        Of one reader.
    kind
        `html` or `pdf`.
    stamp
        The line under the marking; empty for none.
    epoch
        Seconds since 1970 that stand for now; in a PDF alone.
    quarto
        The Quarto that made it; the embedded renderer if None.

    Raises
    ------
    RenderError
        If a writer or Quarto fails or warns.
    """
    heading = view.heading
    meta = DocumentMeta(
        profile=heading.variant,
        title=heading.title,
        subtitle=heading.subtitle,
        marking=heading.marking,
        stamp=stamp,
        made_up=heading.made_up,
    )
    with tempfile.TemporaryDirectory(prefix="tartanrug-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        texts = [as_markdown(part, folder) for part in _parts(pickle.dumps(view))]
        write_document(folder / PREPARED, front_matter(entries_of(meta)), texts)
        parsed = parse(folder / PREPARED, heading.variant, epoch)
        if quarto is None:
            return render_embedded(parsed, (kind,), epoch)[kind]
        (made,) = render_quarto(quarto, [Job(folder / PREPARED, meta, parsed)], (kind,), os.environ, epoch)
        return made[kind]


@lru_cache(maxsize=1)
def _parts(pickled: bytes) -> tuple[Part, ...]:
    """The parts of the report of a view, which a view can't be the key of: a reader's HTML and PDF show the same."""
    return tuple(report(pickle.loads(pickled)))
