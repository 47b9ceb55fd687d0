"""The reference document of a Word file: A4, the region's styles, and the marking in the header of every page."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from analysis.errors import BadReferenceError
from analysis.render.project import brand

_QUIET = RGBColor(0x59, 0x59, 0x59)
_SIZES = {"Title": 18, "Subtitle": 11, "Heading 1": 15, "Heading 2": 12, "Heading 3": 10.5, "Normal": 9.5,
          "Body Text": 9.5, "First Paragraph": 9.5, "Compact": 8, "Image Caption": 8, "Table Caption": 8}  # fmt: skip
_COLOURED = ("Title", "Heading 1", "Heading 2", "Heading 3")
TEXT_WIDTH, TEXT_HEIGHT = Mm(178), Mm(265)
"""Between the left and right margins of an upright page, and of one that lies on its side."""


def marked_pages(reference: bytes, marking: str, *, landscape: bool) -> bytes:
    """A reference document whose pages carry the marking, and their number.

    Parameters
    ----------
    reference
        Pandoc's own, or the region's (`reports/reference.docx`).
    marking
        The limit of use, on one line.
    landscape
        Whether the pages lie on their side.

    Raises
    ------
    BadReferenceError
        If words stand in the header of the region's own: they could be the marking of another document.
    """
    document = Document(io.BytesIO(reference))
    section = document.sections[-1]
    if any(paragraph.text.strip() for paragraph in section.header.paragraphs):
        raise BadReferenceError(
            "words stand in its header, where each document gets its own marking",
            where="reports/reference.docx",
            remedy="leave a logo there at most",
        )
    # One header for all pages: no page of a book without its marking.
    section.different_first_page_header_footer = document.settings.odd_and_even_pages_header_footer = False
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin, section.bottom_margin = Mm(20), Mm(14)
    run = section.header.paragraphs[0].add_run(marking)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(8), True, _QUIET
    _number(section.footer.paragraphs[0])
    ours = brand()
    colour = RGBColor.from_string(ours.primary.removeprefix("#").upper())
    for name, size in _SIZES.items():
        style = document.styles[name]
        style.font.size = Pt(size)
        if ours.family:
            _face(style, ours.family)
        above = 12 if name.startswith("Heading") else 3 if size > 8 else 1
        style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(3), Pt(above)
        if name in _COLOURED:
            style.font.color.rgb = colour
    for name in ("Table Caption", "Image Caption"):
        document.styles[name].font.color.rgb = _QUIET
    # A caption stays with its table, a picture with its caption.
    document.styles["Table Caption"].paragraph_format.keep_with_next = True
    method, note = (_style(document, name) for name in ("Method", "Callout"))
    method.font.size, method.font.color.rgb = Pt(7), _QUIET
    note.base_style = document.styles["Body Text"]
    note.paragraph_format.left_indent = Mm(4)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _face(style: ParagraphStyle, family: str) -> None:
    """The style's font, also where Word would take the theme's."""
    style.font.name = family
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)
        fonts.set(qn(f"w:{script}"), family)


def _style(document: DocxDocument, name: str) -> ParagraphStyle:
    """A style of the kit's own, which a region's reference document may have from a report of the kit."""
    if name not in document.styles:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _number(paragraph: Paragraph) -> None:
    """`Page 1 of 3`, as fields that Word fills in, behind the region's name where it has one."""
    name = f"{brand().name}, page " if brand().name else "Page "
    for words, field in ((name, "PAGE"), (" of ", "NUMPAGES")):
        run = paragraph.add_run(words)
        run.font.size, run.font.color.rgb = Pt(8), _QUIET
        for kind, instruction in (("begin", ""), ("", field), ("end", "")):
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = instruction
            run._r.append(element)
