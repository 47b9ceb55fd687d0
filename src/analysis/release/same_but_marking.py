"""Whether a draft and the document that will go out say the same, but for the marking."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from io import BytesIO
from pathlib import PurePosixPath

from pypdf import PdfReader

from analysis.release.refused import RefusedError


def refuse_if_different(name: str, final: bytes, draft: bytes, markings: tuple[str, str]) -> None:
    """Refuse a document whose draft says anything else: the DBG would approve what it has not read.

    Parameters
    ----------
    name
        Of the file. HTML is compared byte for byte, of PDF the text of each page.
    final, draft
        The two files.
    markings
        The final's and the draft's.

    Raises
    ------
    RefusedError
        If they differ, the marking of either is not where it belongs, or the file is of another kind.
    """
    kind = PurePosixPath(name).suffix.lower()
    texts: tuple[Sequence[bytes | str], Sequence[bytes | str]]
    if kind == ".html":
        texts = (_html(final, markings[0]), _html(draft, markings[1]))
    elif kind == ".pdf":
        texts = (_pdf(final, markings[0]), _pdf(draft, markings[1]))
    else:
        raise RefusedError("drafts of this kind can't be compared", where=name, remedy="build HTML or PDF")
    if not all(texts):
        raise RefusedError("a page lacks its marking", where=name, remedy="build it again with --for-review")
    if texts[0] != texts[1]:
        what = "the draft and the document differ in more than the marking"
        raise RefusedError(what, where=name, remedy="build them again, together, with --for-review")


def _html(content: bytes, marking: str) -> list[bytes]:
    # Pandoc writes an apostrophe as a number.
    words = escape(marking, quote=False).replace("'", "&#39;")
    parts = content.split(words.encode())
    return parts if len(parts) > 1 else []


def _pdf(content: bytes, marking: str) -> list[str]:
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]
    return [page.replace(marking, "") for page in pages] if all(marking in page for page in pages) else []
