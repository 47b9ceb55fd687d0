"""Whether a draft and the document that will go out say the same, but for the marking."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from io import BytesIO
from pathlib import PurePosixPath

from pypdf import PdfReader

from analysis.release.dfe_pack import PackManifest, opened
from analysis.release.refused import RefusedError


def refuse_if_different(name: str, final: bytes, draft: bytes, markings: tuple[str, str]) -> None:
    """Refuse a document whose draft says anything else: the DBG would approve what it has not read.

    Parameters
    ----------
    name
        Of the file. HTML is compared byte for byte, of PDF the text of each page, and of a pack each file in it.
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
    if kind == ".zip":
        _refuse_other_pack(name, final, draft, markings)
        return
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


def _refuse_other_pack(name: str, final: bytes, draft: bytes, markings: tuple[str, str]) -> None:
    """Pages as anywhere; tables to the byte; and what the manifests say but for the hashes of the pages."""
    (said, files), (drafted, drafts) = opened(final), opened(draft)
    if files.keys() != drafts.keys() or _but_for_hashes(said) != _but_for_hashes(drafted):
        what = "the draft of the pack and the pack are not of the same files, members or inputs"
        raise RefusedError(what, where=name, remedy="make them again, together: tartanrug release pack")
    for part, content in files.items():
        if PurePosixPath(part).suffix.lower() in (".html", ".pdf"):
            refuse_if_different(part, content, drafts[part], markings)
        elif content != drafts[part]:
            what = "the draft and the document differ, and it bears no marking"
            raise RefusedError(what, where=part, remedy="make them again, together: tartanrug release pack")


def _but_for_hashes(manifest: PackManifest) -> PackManifest:
    return manifest.model_copy(update={"documents": dict.fromkeys(manifest.documents, "")})


def _html(content: bytes, marking: str) -> list[bytes]:
    # Pandoc writes an apostrophe as a number.
    words = escape(marking, quote=False).replace("'", "&#39;")
    parts = content.split(words.encode())
    return parts if len(parts) > 1 else []


def _pdf(content: bytes, marking: str) -> list[str]:
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]
    return [page.replace(marking, "") for page in pages] if all(marking in page for page in pages) else []
