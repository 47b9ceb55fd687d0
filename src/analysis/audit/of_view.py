"""Whether a finished page is what the kit makes of its reader's anonymised view, and not a byte more.

The view can hold nobody but the reader and the fixed bands (`views/anonymised.py`), and the list of what stands on a
page is `render/report_page.py`. A file that is the same as the one that is made of these again holds nothing else: no
list, paragraph, colour, drawing, comment or pixel.
"""

from __future__ import annotations

import html
import io
import os
from collections.abc import Iterator, Sequence

from pypdf import PdfReader

from analysis.audit.decoders.pdf_text import pages_of
from analysis.audit.result import Heading, Result
from analysis.render.again import made_again
from analysis.render.choice import QUARTO, choose_renderer
from analysis.render.quarto_tool import Quarto
from analysis.render.stamp import stamp_in
from analysis.views.anonymised import AnonymisedView


def is_of_view(content: bytes, view: AnonymisedView) -> bool:
    """Whether a file is the report that its reader's view gives. False whatever goes wrong, and for other formats.

    Parameters
    ----------
    content
        The file. What of it can't be known from the view is taken from it: the content id and last day of its stamp,
        in their fixed form, and a PDF's date.
    view
        What it must have been made from.
    """
    try:
        if content.startswith(b"%PDF-"):
            metadata = PdfReader(io.BytesIO(content)).metadata
            made = metadata.creation_date if metadata is not None else None
            if made is None:
                return False
            kind, text, epoch = "pdf", pages_of(content)[0].text, int(made.timestamp())
        else:
            kind, text, epoch = "html", html.unescape(content.decode("utf-8")), 0
        line = stamp_in(" ".join(text.split()), view.heading.variant)
        return any(made_again(view, kind, line, epoch, quarto) == content for quarto in _renderers(kind))
    except Exception:
        # Whatever it is: the file is not known to be the view's.
        return False


def _renderers(kind: str) -> Iterator[Quarto | None]:
    """The embedded renderer, then the Quarto that is at hand where it serves the format."""
    yield None
    choice = choose_renderer(os.environ)
    if choice.serving(kind) == QUARTO:
        yield choice.quarto


def of_view(known: Sequence[bool]) -> Result:
    """The result for the files of one reader, of each of which it is known whether it is its view's page."""
    others = sum(not one for one in known)
    return Result(
        id="of-view",
        heading=Heading.SINGLING_OUT,
        tried="Each file was made again from its reader's view, which holds nobody else, and compared byte for byte.",
        found=f"{others} of {len(known)} files hold something else.",
        statistic=float(others),
        threshold=0,
        passed=bool(known) and not others,
    )
