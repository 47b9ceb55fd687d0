"""XML: the parts of office documents, SVG, XMP, relations. Entities are refused, since they may stand for anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from analysis.audit.budget import Budget
from analysis.audit.decoders import svg, tree
from analysis.audit.decoders.plain import script
from analysis.audit.found import Found, Place, Said
from analysis.audit.unreadable import DamagedError

_BLOCKS = frozenset({"p", "h", "si", "is", "text", "title", "desc", "rich", "definedname", "comment", "omath"})
_APART = frozenset({"tab", "br", "cr", "line-break", "s"})
_HEADER_CODES = re.compile(r"&([LCRPNDTFAZGBIUESXYO]|\"[^\"]*\"|K[0-9A-F]{6}|\d+)")
_HEADERS = {f"{which}{what}" for which in ("odd", "even", "first") for what in ("header", "footer")}
_FORMULAS = {"f", "formula", "formula1", "formula2"}
_JOINED = re.compile(r'"\s*&\s*"')
_CHARACTER = re.compile(r"(?:UNI)?CHAR\((\d{2,5})\)", re.I)
_LITERAL = re.compile(r'"([^"]*)"')
_NUMBER_AS_TEXT = re.compile(r"\s*\d{3}\s*")


def xml_part(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """Texts, comments, attributes, tables and numbers of an XML document.

    Raises
    ------
    DamagedError
        If it is not well formed, or declares entities.
    """
    root = parsed(content)
    budget.tick()
    office = b"schemas.openxmlformats.org" in content or b"urn:schemas-microsoft-com" in content
    for found in tree.texts(root, where, _BLOCKS, _APART):
        # A number that a workbook keeps as a text is a name for something.
        kept_as_text = (
            isinstance(found, Said) and found.where[-1] in ("si", "is") and _NUMBER_AS_TEXT.fullmatch(found.text)
        )
        yield Said(found.where, found.text, Place.ID) if kept_as_text and isinstance(found, Said) else found
    yield Said((*where, "source"), etree.tostring(root.getroottree(), encoding="unicode"), Place.SOURCE)
    yield from _symbols(root, where)
    yield from _scripts(root, where)
    yield from _page_headers(root, where)
    yield from _formulas(root, where)
    yield from tree.attributes(root, where, office=office)
    yield from tree.called_codes(root, where)
    yield from tree.tables(root, where)
    yield from tree.leaves(root, where)
    if tree.local(root) == "svg":
        yield from svg.coordinates(root, where)
    yield from _around(root, where)


def parsed(content: bytes) -> Any:
    """The root of an XML document.

    Raises
    ------
    DamagedError
        If it is not well formed, or declares entities.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise DamagedError("XML that is not well formed") from None
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise DamagedError("XML that declares entities")
    return root


def _page_headers(root: Any, where: tuple[str, ...]) -> Iterator[Found]:
    """Headers and footers of sheets without the marks of their layout: `&CKent` is a name in the middle."""
    for element in root.iter():
        if tree.local(element) in _HEADERS and element.text:
            yield Said((*where, tree.local(element)), _HEADER_CODES.sub(" ", element.text))


def _symbols(root: Any, where: tuple[str, ...]) -> Iterator[Found]:
    """Letters that Word keeps by their number in a font of signs."""
    numbers = [element.attrib.get(key, "") for element in root.iter() if tree.local(element) == "sym"
               for key in element.attrib if key.endswith("char")]  # fmt: skip
    letters = [chr(int(number, 16) & 0xFF) for number in numbers if re.fullmatch(r"[0-9A-Fa-f]{4}", number)]
    if letters:
        yield Said((*where, "signs"), "".join(letters))


def _scripts(root: Any, where: tuple[str, ...]) -> Iterator[Found]:
    for element in root.iter():
        if tree.local(element) in ("script", "style") and element.text:
            yield from script(element.text, (*where, tree.local(element)))


def _formulas(root: Any, where: tuple[str, ...]) -> Iterator[Found]:
    """Formulas with their strings joined: one that was never calculated has its result nowhere."""
    for element in root.iter():
        if tree.local(element) in _FORMULAS and element.text:
            spelt = _CHARACTER.sub(lambda match: f'"{chr(int(match[1]))}"', element.text)
            yield Said((*where, "formula"), _JOINED.sub("", spelt))
            yield Said((*where, "strings of a formula"), "".join(_LITERAL.findall(spelt)))


def _around(root: Any, where: tuple[str, ...]) -> Iterator[Found]:
    """Comments and instructions before and after the root."""
    for siblings in (root.itersiblings(preceding=True), root.itersiblings()):
        for outside in siblings:
            yield Said((*where, "comment"), outside.text or "")
