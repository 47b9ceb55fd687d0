"""The reference document of a PowerPoint file: where things stand on the one slide, and the marking under them."""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple

from lxml import etree

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_LAYOUT = "ppt/slideLayouts/slideLayout5.xml"
"""Pandoc's layout for two columns of which one holds words and something else."""
_TABLE_POINTS = 8
_FILE_NAME = re.compile(r"\s*\bfigures/[\w-]+\.png$")


class _Place(NamedTuple):
    left: int
    top: int
    width: int
    height: int
    points: float


# In thousandths of an inch of the slide of 10 by 5.625 inches.
_PLACES = {
    "title": _Place(350, 150, 9300, 550, 13),
    "1": _Place(350, 700, 4900, 1250, 10),
    "2": _Place(350, 1950, 4900, 3150, 10),
    "3": _Place(5350, 3450, 4300, 1700, 6.5),
    "4": _Place(5350, 750, 4300, 2650, 8),
    "ftr": _Place(350, 5200, 9300, 300, 8),
}
_EMU = 914


def marked_slides(reference: bytes, marking: str) -> bytes:
    """A reference document whose slides of words, picture and table carry the marking.

    Parameters
    ----------
    reference
        Pandoc's own.
    marking
        The limit of use, on one line.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(reference)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == _LAYOUT:
                content = _laid_out(content, marking)
            new.writestr(name, content)
    return out.getvalue()


def described(slides: bytes, title: str) -> bytes:
    """What pandoc wrote, with its title, pictures described by their words alone, and a table that fits.

    Pandoc puts the name of the file under the words, which a screen reader would read out; a title only where it may
    make a slide of it; and no size to the words of a table, which LibreOffice then shows at 18 points.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(slides)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("ppt/slides/slide"):
                content = _finished(content)
            elif name == "docProps/core.xml":
                content = _titled(content, title)
            new.writestr(name, content)
    return out.getvalue()


def _finished(slide: bytes) -> bytes:
    tree = etree.fromstring(slide)
    for table in tree.iter(f"{_A}tbl"):
        for words in table.iter(f"{_A}rPr"):
            words.set("sz", str(_TABLE_POINTS * 100))
    for properties in tree.iter(f"{_P}cNvPr"):
        if "descr" in properties.attrib:
            properties.set("descr", _FILE_NAME.sub("", properties.get("descr")))
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _titled(core: bytes, title: str) -> bytes:
    tree = etree.fromstring(core)
    for element in tree.iter("{http://purl.org/dc/elements/1.1/}title"):
        element.text = title
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _laid_out(layout: bytes, marking: str) -> bytes:
    tree = etree.fromstring(layout)
    for shape in list(tree.iter(f"{_P}sp")):
        holder = shape.find(f".//{_P}ph")
        kind = holder.get("type", "")
        key = kind if kind in _PLACES else holder.get("idx", "")
        if key not in _PLACES:
            shape.getparent().remove(shape)  # date and number: one slide needs neither
            continue
        _put(shape, _PLACES[key])
        if key == "ftr":
            # Of the layout itself and no longer a place to type in: nobody deletes it by mistake.
            holder.getparent().remove(holder)
            _write(shape, marking, _PLACES[key].points)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _put(shape: etree._Element, place: _Place) -> None:
    properties = shape.find(f"{_P}spPr")
    for old in properties.findall(f"{_A}xfrm"):
        properties.remove(old)
    frame = etree.Element(f"{_A}xfrm")
    etree.SubElement(frame, f"{_A}off", x=str(place.left * _EMU), y=str(place.top * _EMU))
    etree.SubElement(frame, f"{_A}ext", cx=str(place.width * _EMU), cy=str(place.height * _EMU))
    properties.insert(0, frame)
    if properties.find(f"{_A}prstGeom") is None:
        properties.insert(1, etree.Element(f"{_A}prstGeom", prst="rect"))
    body = shape.find(f"{_P}txBody/{_A}bodyPr")
    body.set("anchor", "t")
    for size in shape.iter(f"{_A}defRPr"):
        size.set("sz", str(int(place.points * 100)))
        size.set("b", "0")


def _write(shape: etree._Element, words: str, points: float) -> None:
    text = shape.find(f"{_P}txBody")
    for paragraph in text.findall(f"{_A}p"):
        text.remove(paragraph)
    run = etree.SubElement(etree.SubElement(text, f"{_A}p"), f"{_A}r")
    etree.SubElement(run, f"{_A}rPr", lang="en-GB", sz=str(int(points * 100)), b="1")
    etree.SubElement(run, f"{_A}t").text = words
