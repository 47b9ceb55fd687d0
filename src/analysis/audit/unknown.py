"""What a file whose structure is not known holds that may be a row of several authorities: for those made elsewhere."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

from analysis.audit.crowds import crowds, in_lines, rows_of_figures
from analysis.audit.decoders.pdf_text import pages_of
from analysis.audit.intruder.drawings import drawn_in_pdf, drawn_in_tree
from analysis.audit.page_tree import is_page, page_tree
from analysis.audit.pdf_boxes import are_marks
from analysis.audit.unreadable import DamagedError
from analysis.audit.word_page import word_page


def rows_of_several(content: bytes) -> tuple[str, ...] | None:
    """Kinds of places that hold figures or marks in a row; None where the structure of the format is not read.

    Parameters
    ----------
    content
        An HTML page, a PDF or a Word file. PowerPoint, workbooks and whatever else has its figures anywhere.

    Raises
    ------
    DamagedError
        If it can't be read.
    """
    if content.startswith(b"%PDF-"):
        return _of_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _of_tree(word_page(content)) if b"word/document.xml" in content else None
    return _of_tree(page_tree(content)) if is_page(content) else None


def _of_tree(root: Any) -> tuple[str, ...]:
    return (*crowds(root), *rows_of_figures(root), *drawn_in_tree(root))


def _of_pdf(content: bytes) -> tuple[str, ...]:
    try:
        lines = [line for page in pages_of(content) for line in page.text.splitlines() if line.strip()]
        pages = PdfReader(io.BytesIO(content)).pages
        streams = [held.get_data() for page in pages if (held := page.get_contents()) is not None]
        boxes = ["boxes of colours" for stream in streams if are_marks(stream)]
        return (*in_lines(lines), *boxes, *(one for page in pages for one in drawn_in_pdf(page)))
    except Exception:
        raise DamagedError("a PDF that can't be read") from None
