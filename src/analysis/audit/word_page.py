"""A Word file as a tree of HTML, read for its structure as a page is: paragraphs, tables, colours, drawings."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from lxml import etree

from analysis.audit.decoders.tree import local
from analysis.audit.decoders.xml_part import parsed
from analysis.audit.unreadable import DamagedError

_READ = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_DRAWN = re.compile(r"word/(charts|embeddings|diagrams|drawings|ink|activeX)/")
_SPACES = ("tab", "br", "cr", "nobreakhyphen")
_SHAPES = ("drawing", "pict", "object")
_NO_COLOUR = ("", "auto", "FFFFFF", "ffffff")
_MOST = 100_000_000


def word_page(content: bytes) -> Any:
    """The body of a Word file as lxml HTML: `p`, `table`, `tr` and `td`, `img` for pictures, `svg` for other drawings.

    Raises
    ------
    DamagedError
        If it is no Word file, or a part of it can't be read.
    """
    body = etree.Element("body")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "word/document.xml" not in names or sum(one.file_size for one in archive.infolist()) > _MOST:
                raise DamagedError("no Word file")
            for name in sorted(filter(_READ.fullmatch, names)):
                _take(parsed(archive.read(name)), etree.SubElement(body, "section"))
            for _ in filter(_DRAWN.match, names):
                # A chart's own figures, a workbook, a diagram.
                etree.SubElement(body, "svg")
    except DamagedError:
        raise
    except Exception:
        raise DamagedError("a Word file that can't be read") from None
    return body


def _take(element: Any, into: Any) -> None:
    """What an element holds, as elements of HTML in another."""
    for child in element:
        name = local(child)
        if name == "p":
            _paragraph(child, etree.SubElement(into, "p"))
        elif name == "tbl":
            _take(child, etree.SubElement(into, "table"))
        elif name == "tr":
            _take(child, etree.SubElement(into, "tr"))
        elif name == "tc":
            cell = etree.SubElement(into, "td")
            colour = _colour(child)
            if colour:
                cell.set("style", f"background-color: #{colour}")
            _take(child, cell)
        elif isinstance(child.tag, str):
            _take(child, into)


def _paragraph(element: Any, into: Any) -> None:
    pieces: list[str] = []
    for part in element.iter():
        name = local(part)
        if name in ("t", "deltext", "instrtext"):
            pieces.append(part.text or "")
        elif name in _SPACES:
            pieces.append(" ")
        elif name in _SHAPES:
            etree.SubElement(into, "img" if any(local(one) == "blip" for one in part.iter()) else "svg")
    into.text = "".join(pieces)


def _colour(cell: Any) -> str:
    """What a cell is shaded with; empty where it is not."""
    for properties in (one for one in cell if local(one) == "tcpr"):
        for shade in (one for one in properties if local(one) == "shd"):
            found = next((value for key, value in shade.attrib.items() if key.endswith("}fill")), "")
            return "" if found in _NO_COLOUR else found
    return ""
