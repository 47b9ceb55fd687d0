"""The tables of a Word document as text, in bounded memory; nothing else in it is looked at or kept."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

from analysis.returns.reading.document import Sheet, unreadable
from analysis.returns.reading.workbook import MAX_PARTS, MAX_UNPACKED
from analysis.returns.rules.file_rules import HIDDEN_RECORDS, TOO_LARGE, Refusal

BODY = "word/document.xml"
MAX_BODY = 8 * 1024 * 1024
"""Twenty times the text of a form with a hundred queries."""
MAX_ELEMENTS, MAX_DEPTH = 300_000, 200
_SEALED = re.compile(r"word/(embeddings|activex|vbaproject|vbadata)", re.I)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TABLE, _ROW, _CELL, _PARAGRAPH = f"{_WORD}tbl", f"{_WORD}tr", f"{_WORD}tc", f"{_WORD}p"
_LEFT_OUT = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", f"{_WORD}del", f"{_WORD}moveFrom",
)  # fmt: skip
"""The second copy of a text box, and what tracked changes took away."""


def open_word(content: bytes) -> Sheet | Refusal:
    """The rows of every table of a document, one under the other.

    Parameters
    ----------
    content
        The file's bytes, which begin like a zip archive.

    Returns
    -------
    Sheet or Refusal
        Deleted text of a document with tracked changes and the hints of empty fields are left out. A refusal where
        the archive is no document, unpacks to too much, or holds another file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refusal = _bounds(archive.infolist())
            if refusal is not None:
                return refusal
            body = archive.read(BODY)
            # A UTF-16 document would hide what the next line looks for.
            if b"\0" in body or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
                return unreadable("the document is damaged")
            return Sheet.of(enumerate(_rows(_tree(body)), start=1))
    except _TooManyElementsError:
        return Refusal(TOO_LARGE, "a document with far more in it than a form")
    except Exception:
        # A parser's own message may quote the document.
        return unreadable("the document is damaged, or is protected with a password")


def _bounds(parts: list[zipfile.ZipInfo]) -> Refusal | None:
    names = [part.filename.casefold() for part in parts]
    if len(set(names)) < len(names):
        return unreadable("the document holds two parts of one name")
    sizes = {part.filename: part.file_size for part in parts}
    if len(parts) > MAX_PARTS or sum(sizes.values()) > MAX_UNPACKED or sizes.get(BODY, 0) > MAX_BODY:
        return Refusal(TOO_LARGE, "a document that unpacks to far more than a form")
    if any(_SEALED.match(name) for name in names):
        return Refusal(HIDDEN_RECORDS, "an embedded file, or a macro")
    return None


class _TooManyElementsError(Exception):
    """A document that would take memory without end. It holds no text."""


def _tree(body: bytes) -> ElementTree.Element:
    parser = ElementTree.iterparse(io.BytesIO(body), ("start", "end"))
    depth = count = 0
    for event, _ in parser:
        opens = event == "start"
        depth, count = depth + (1 if opens else -1), count + opens
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise _TooManyElementsError
    root: ElementTree.Element = parser.root  # type: ignore[attr-defined]  # there once all has been read
    return root


def _rows(body: ElementTree.Element) -> list[list[str]]:
    return [
        [_text(cell) for cell in _within(row, _CELL)] for table in _within(body, _TABLE) for row in _within(table, _ROW)
    ]


def _within(element: ElementTree.Element, tag: str) -> list[ElementTree.Element]:
    """The nearest elements of a tag, also where a content control stands around them."""
    found = []
    for child in element:
        if child.tag == tag:
            found.append(child)
        elif child.tag != _TABLE:
            found += _within(child, tag)
    return found


def _text(element: ElementTree.Element) -> str:
    pieces: list[str] = []
    _gather(element, pieces)
    return " ".join("".join(pieces).split())


def _gather(element: ElementTree.Element, pieces: list[str]) -> None:
    if element.tag in _LEFT_OUT or (element.tag == f"{_WORD}sdt" and _untouched(element)):
        return
    if element.tag == f"{_WORD}t":
        pieces.append(element.text or "")
    elif element.tag in (_PARAGRAPH, f"{_WORD}br", f"{_WORD}cr", f"{_WORD}tab"):
        pieces.append(" ")
    for child in element:
        _gather(child, pieces)


def _untouched(field: ElementTree.Element) -> bool:
    """Whether a field still shows its hint."""
    mark = field.find(f"{_WORD}sdtPr/{_WORD}showingPlcHdr")
    return mark is not None and mark.get(f"{_WORD}val", "1") not in ("0", "false", "off")
