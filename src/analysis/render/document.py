"""What a document is called and how it is marked: passed beside the notebook, never held in it."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from analysis.reference.model import Record
from analysis.views.model import Variant

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\r\n]+$")]

FIGURE_FOLDER = "figures"
"""Where a notebook's pictures are, beside it."""

MADE_UP_WORDS = "MADE-UP DATA"
"""On every page and in every picture of a document that holds any made-up figure."""


class DocumentMeta(Record):
    """A document's metadata. No code, parameter or path may enter: these words reach the file's properties.

    Parameters
    ----------
    profile
        Whose wording is shown (`content-visible when-profile`). Has no default: a forgotten profile is an error.
    title, subtitle
        Plain text, one line each; the subtitle may be empty.
    marking
        The limit of use, printed on every page.
    stamp
        What the document was made from and until when it may be used (`render/stamp.py`), printed under the marking on
        every page; empty where nobody asked for it.
    made_up
        Whether any figure comes from made-up returns; every page then says so.
    landscape
        Whether the pages lie on their side.
    contents
        Whether a list of sections stands under the title.
    lang
        Language of the text (BCP 47).
    """

    profile: Variant
    title: Line
    subtitle: str = ""
    marking: Line
    stamp: str = ""
    made_up: bool
    landscape: bool = False
    contents: bool = True
    lang: str = "en-GB"
