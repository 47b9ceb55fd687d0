"""The list of contents of a Word file: a real field, with its entries in it.

Pandoc writes the field empty, to be filled when somebody opens the file in Word and says yes to a question; in any
other program there is nothing. Here the entries stand in it as links. They have no page numbers, which nobody knows
before the pages are set: Word gives them when it is told to update the list.
"""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

_TITLE = "TOC Heading"
_LEVELS = {"Heading 1": "toc 1", "Heading 2": "toc 2"}
_FIELD = r' TOC \o "1-2" \h \z \u '


def with_contents(content: bytes) -> bytes:
    """A Word file with its sections listed before the first of them; unchanged if it has none."""
    document = Document(io.BytesIO(content))
    headings = [paragraph for paragraph in document.paragraphs if _style_of(paragraph) in _LEVELS]
    if not headings:
        return content
    _styles(document)
    bookmarks = [_bookmark(heading) for heading in headings]
    styles = [_TITLE, *(_LEVELS[_style_of(heading)] for heading in headings)]
    lines = [headings[0].insert_paragraph_before(style=style) for style in styles]
    for line in lines:
        # Out of the bookmark of the first section, which begins right before its heading.
        bookmarks[0].addprevious(line._p)
    lines[0].add_run("Contents")
    for line, heading, bookmark in zip(lines[1:], headings, bookmarks, strict=True):
        line._p.append(_link(heading.text, bookmark))
    lines[1]._p.insert(1, _run(_mark("begin"), _words("w:instrText", _FIELD), _mark("separate")))
    lines[-1]._p.append(_run(_mark("end")))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _style_of(paragraph: Paragraph) -> str:
    return "" if paragraph.style is None else str(paragraph.style.name)


def _styles(document: DocxDocument) -> None:
    for place, name in enumerate((_TITLE, *_LEVELS.values())):
        if name not in document.styles:
            document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        if name == _TITLE:
            heading = document.styles["Heading 1"]
            assert isinstance(heading, ParagraphStyle)
            style.font.size, style.font.color.rgb = heading.font.size, heading.font.color.rgb
            style.font.name = heading.font.name
        else:
            style.base_style = document.styles["Normal"]
            style.paragraph_format.left_indent = Mm(5 * (place - 1))
            style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(1)


def _bookmark(heading: Paragraph) -> BaseOxmlElement:
    """The bookmark that begins right before a heading.

    Raises
    ------
    ValueError
        If there is none: pandoc writes one for each.
    """
    found: BaseOxmlElement | None = heading._p.getprevious()
    while found is not None and found.tag == qn("w:bookmarkEnd"):
        found = found.getprevious()
    if found is None or found.tag != qn("w:bookmarkStart"):
        raise ValueError(f"the heading {heading.text!r} has no bookmark before it")
    return found


def _link(words: str, bookmark: BaseOxmlElement) -> BaseOxmlElement:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), str(bookmark.get(qn("w:name"))))
    link.append(_run(_words("w:t", words)))
    return link


def _run(*parts: BaseOxmlElement) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    for part in parts:
        run.append(part)
    return run


def _mark(kind: str) -> BaseOxmlElement:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    return element


def _words(tag: str, words: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    element.text = words
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element
