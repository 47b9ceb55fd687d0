"""Whether everything in a release bears its marking: on its own pages, or on the cover sheet that goes with it.

The kit marks each page that it makes. A document from elsewhere it can't mark; a sheet that names it by its hash does,
and without one it goes nowhere.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import PurePosixPath

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from analysis.release.manifest import Manifest
from analysis.release.refused import RefusedError

KINDS = frozenset({".pdf", ".docx", ".pptx", ".xlsx", ".html", ".csv"})
"""What is taken in. Archives are not: what is in them would be marked and looked through by nobody."""
_AGAIN = "register the document again: tartanrug release register"


def until_words(day: date) -> str:
    """A last day of use, as it is printed."""
    return f"{day.day} {day:%B %Y}"


def refuse_unmarked(manifest: Manifest, files: dict[str, bytes]) -> None:
    """Refuse a document from elsewhere that no cover sheet marks, and a cover sheet for a document of the kit's.

    Parameters
    ----------
    files
        The documents by name, each as the manifest says.

    Raises
    ------
    RefusedError
        With the file: no sheet, or one that says nothing of its hash, its readers, its last day or its limit of use.
    """
    covers = {one.marked_by for one in manifest.documents.values() if one.marked_by}
    if not manifest.scope.document:
        if covers:
            what = "a document of the kit's marks its own pages, and has no cover sheet"
            raise RefusedError(what, where=min(covers), remedy="build and review it again")
        return
    for name, document in manifest.documents.items():
        if PurePosixPath(name).suffix.lower() not in KINDS:
            raise RefusedError("a document of this kind is never released", where=name, remedy=_AGAIN)
        if document.marked_by is None and name not in covers:
            raise RefusedError("it bears no marking, and no cover sheet goes with it", where=name, remedy=_AGAIN)
        if document.marked_by is not None:
            _refuse_silent(document.marked_by, files[document.marked_by], _needed(manifest, document.sha256))


def _needed(manifest: Manifest, sha256: str) -> dict[str, str]:
    """What the sheet has to say, by what it is called in a refusal."""
    # The words of pages load for seconds, and every step of a release asks here for documents from elsewhere alone.
    from analysis.views.words import REGISTERED_MARKINGS

    scope = manifest.scope
    if manifest.use_until is None or scope.variant not in REGISTERED_MARKINGS:
        raise RefusedError("this kind of document is not registered", where=scope.words, remedy=_AGAIN)
    return {
        "its document's SHA-256": sha256,
        "whom it is for": f"For {scope.audience}.",
        "its last day": f"For use until {until_words(manifest.use_until)}",
        "a content id": "Content id ",
        "its marking": REGISTERED_MARKINGS[scope.variant],
        **({"that it is made up": "MADE-UP DATA"} if manifest.made_up else {}),
    }


def _refuse_silent(name: str, content: bytes, needed: dict[str, str]) -> None:
    try:
        # Lines break anywhere: a hash has no spaces, and what has some may be parted between them.
        text = _tight("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))
    except PyPdfError:
        raise RefusedError("this is no cover sheet of the kit's", where=name, remedy=_AGAIN) from None
    for what, words in needed.items():
        if _tight(words) not in text:
            raise RefusedError(f"the cover sheet does not say {what}", where=name, remedy=_AGAIN)


def _tight(text: str) -> str:
    return "".join(text.split())
