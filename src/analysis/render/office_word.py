"""The reference document of a Word file: A4, the kit's styles, and the marking in the header of every page."""

from __future__ import annotations

import io

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt, RGBColor

from analysis.render.project import brand_colour

_QUIET = RGBColor(0x59, 0x59, 0x59)
_SIZES = {"Title": 18, "Subtitle": 11, "Normal": 9.5, "Body Text": 9.5, "First Paragraph": 9.5, "Compact": 8,
          "Image Caption": 8, "Table Caption": 8}  # fmt: skip


def marked_pages(reference: bytes, marking: str) -> bytes:
    """A reference document whose pages carry the marking.

    Parameters
    ----------
    reference
        Pandoc's own.
    marking
        The limit of use, on one line.
    """
    document = Document(io.BytesIO(reference))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(16)
    section.top_margin, section.bottom_margin = Mm(20), Mm(14)
    run = section.header.paragraphs[0].add_run(marking)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(8), True, _QUIET
    for name, size in _SIZES.items():
        document.styles[name].font.size = Pt(size)
        document.styles[name].paragraph_format.space_after = Pt(3)
        document.styles[name].paragraph_format.space_before = Pt(3 if size > 8 else 1)
    document.styles["Title"].font.color.rgb = RGBColor.from_string(brand_colour().removeprefix("#").upper())
    method = document.styles.add_style("Method", WD_STYLE_TYPE.PARAGRAPH)
    method.font.size, method.font.color.rgb = Pt(7), _QUIET
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
