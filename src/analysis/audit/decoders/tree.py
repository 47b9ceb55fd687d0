"""What XML and HTML share: texts that run over several elements, comments, attributes, tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from analysis.audit.decoders.grid import number, promises_codes, table
from analysis.audit.found import Found, Numbers, Place, Said
from analysis.audit.undressed import beside_each_other, spelt_in_pieces

_TABLES = {"table": ("tr", "table-row"), "tbl": ("tr",)}
_CELLS = {"td", "th", "tc", "table-cell"}
_ID_ATTRIBUTES = re.compile(
    r"(xml:?)?id|idref|gid|class|name|for|headers|href|src|srcset|key|target|ref|codename|(data|aria)-.*"
)
_READ_ALOUD = re.compile(r"aria-(label|description|roledescription|valuetext|placeholder)")
"""Sentences for a reader who hears the page: figures in them are figures."""
_FIGURES = re.compile(r"(data|aria)-.*(value|count|number|rate|level|pos|size|index|width|height|max|min|x|y)[^a-z]*.*")
_GIVEN_BY_PROGRAM = re.compile(r"[A-Za-z][A-Za-z .]*\d+")
_VALUES = ("v", "val", "value", "content")
_NUMBER_OF_THREE = re.compile(r"\s*0?\d{3}(\.0+)?\s*")
_ENOUGH = 3
_TAKEN_OUT = frozenset({"deltext", "delinstrtext", "rt", "rp"})
"""What was deleted under review, and what stands small above a word."""


def local(element: Any) -> str:
    """The name of an element without its namespace, in small letters; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def texts(root: Any, where: tuple[str, ...], blocks: frozenset[str], apart: frozenset[str]) -> Iterator[Found]:
    """The texts of a tree, each block as one.

    Parameters
    ----------
    root
        An lxml element.
    blocks
        Elements whose text is one, whatever stands around its pieces: a name that is split over several runs is read.
    apart
        Elements within them that part two words: tabs and line breaks.
    """
    yield from _across(root, where)
    for element in root.iter():
        if not isinstance(element.tag, str):
            kind = "comment" if element.__class__.__name__ == "_Comment" else "instruction"
            yield Said((*where, kind), element.text or "")
        elif local(element) in blocks:
            pieces = list(_pieces(element, apart))
            yield Said((*where, local(element)), "".join(pieces))
            if len(pieces) > 1:
                # And the other reading: each piece a word of its own.
                yield Said((*where, local(element)), " ".join(pieces))
            kept = "".join(_pieces(element, apart, _TAKEN_OUT))
            if kept != "".join(pieces):
                yield Said((*where, local(element), "without what was deleted"), kept)
        elif len(element) and not any(isinstance(child.tag, str) for child in element):
            # Comments alone stand in the text.
            yield Said((*where, local(element)), "".join(_pieces(element, apart)))
        elif element.text and not element.text.isspace():
            yield Said((*where, local(element)), element.text)
        if element.tail and not element.tail.isspace():
            yield Said((*where, local(element.getparent()) if element.getparent() is not None else ""), element.tail)


def _across(root: Any, where: tuple[str, ...]) -> Iterator[Found]:
    """The texts of all elements joined: a name may be cut over cells, paragraphs, or marks of its own."""
    pieces = [piece for piece in root.itertext() if not piece.isspace()]
    yield Said((*where, "all texts joined"), "".join(pieces), Place.PIECES)
    for word in spelt_in_pieces(pieces):
        yield Said((*where, "letters by themselves"), word)
    for word in beside_each_other(pieces):
        yield Said((*where, "texts joined"), word, Place.BESIDE)


def _pieces(element: Any, apart: frozenset[str], without: frozenset[str] = frozenset()) -> Iterator[str]:
    if isinstance(element.tag, str) and element.text:
        yield element.text
    for child in element:
        if local(child) in apart:
            yield " "
        if isinstance(child.tag, str) and local(child) not in without:
            yield from _pieces(child, apart, without)
        if child.tail:
            yield child.tail


def attributes(root: Any, where: tuple[str, ...], *, office: bool) -> Iterator[Found]:
    """Every attribute, as an id or a text; a row of numbers where it holds one.

    Parameters
    ----------
    office
        Whether the tree is an office document's: programs number shapes there, and `id="826"` says nothing.
    """
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        for prefix, address in element.nsmap.items() if element.getparent() is None else ():
            yield Said((*where, "namespace"), f"{prefix or ''} {address}", Place.ID)
        for raw, value in element.attrib.items():
            name = raw.rpartition("}")[2].casefold()
            at = (*where, f"{local(element)} {name}")
            numbered = office and (value.isdigit() or _GIVEN_BY_PROGRAM.fullmatch(value))
            aloud = _READ_ALOUD.fullmatch(name) and " " in value.strip()
            is_id = _ID_ATTRIBUTES.fullmatch(name) and not _FIGURES.fullmatch(name) and not numbered and not aloud
            yield Said(at, value, Place.ID if is_id else Place.TEXT)
            yield from row_of_numbers(value, at)


def called_codes(root: Any, where: tuple[str, ...]) -> Iterator[Found]:
    """Values of what has the name of a code: properties, tags, fields of a pivot table, choices of a form."""
    for element in root.iter():
        name = element.get("name", "") if isinstance(element.tag, str) else ""
        if not promises_codes(name):
            continue
        said = [element.text, *(child.text for child in element if isinstance(child.tag, str))]
        said += [one.get(key) for one in element.iter() if isinstance(one.tag, str) for key in _VALUES]
        for text in said:
            if text and _NUMBER_OF_THREE.fullmatch(text):
                yield Said((*where, f"{local(element)} name"), text, Place.ID)
    for option in root.iter():
        if local(option) == "option" and option.get("value"):
            yield Said((*where, "option"), option.get("value"), Place.ID)


def row_of_numbers(text: str, where: tuple[str, ...]) -> Iterator[Found]:
    """The numbers of a text that is little else: `54.3, 61.2, 48.0`."""
    parts = re.split(r"[\s,;|\[\]()]+", text.strip()) if any(mark.isdigit() for mark in text) else []
    values = tuple(value for part in parts if (value := number(part)) is not None)
    if len(values) >= _ENOUGH:
        yield Numbers(where, values)


def tables(root: Any, where: tuple[str, ...]) -> Iterator[Found]:
    """Every table's cells, with their columns and rows."""
    for place, element in enumerate((one for one in root.iter() if local(one) in _TABLES), start=1):
        rows = [
            [_plain(cell) for cell in row if local(cell) in _CELLS]
            for row in element.iter()
            if local(row) in _TABLES[local(element)]
        ]
        yield from table(rows, (*where, f"table {place}"))
        for cell in element.iter():
            if local(cell) == "th" and cell.get("scope") == "row":
                # What a row is called by.
                yield Said((*where, f"table {place}", "heading of a row"), _plain(cell), Place.ID)


def _plain(cell: Any) -> str:
    # Its lines stay: a word that begins one begins a sentence.
    lines = "".join(_pieces(cell, frozenset({"br", "p"}))).strip().splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)


def leaves(root: Any, where: tuple[str, ...]) -> Iterator[Found]:
    """The numbers that elements of one name hold, in the order of the document: the cached values of a chart, say."""
    found: dict[tuple[int, str], list[float]] = defaultdict(list)
    for element in root.iter():
        if isinstance(element.tag, str) and element.text and len(element) == 0:
            value = number(element.text)
            if value is not None:
                series = element.getparent().getparent() if element.getparent() is not None else None
                found[id(series), local(element)].append(value)
    for (_, name), values in found.items():
        if len(values) >= _ENOUGH:
            yield Numbers((*where, name), tuple(values))
