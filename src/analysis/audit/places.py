"""Where something was found, in words of the audit's own: what a file calls its parts may be what is concealed."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.html import defs

from analysis.audit.deny import Deny
from analysis.audit.found import Place

WITHHELD = "(name withheld)"
_OWN = """
after all alone and apart array as attachment base32 base64 between bits bytes cells columns comment data deleted
deleted, drawing each element end escapes every extra field file font formula frame gzip heading hex hexadecimal
instruction its joined kept key letters name namespace number numbers object octal of off part picture pieces
properties read resolved revision row, segment signs source srcdoc streams string strings table text texts the
themselves trailer translated unpacked values was what whole within without xml xmp zip
"""
"""Words that decoders say of places themselves."""
_OF_FORMATS = """
circle cx cy d desc ellipse fill g height line path points polygon polyline rect rx ry svg text tspan use viewbox x x1
x2 y y1 y2 author c cell comment definedname deltext descr f formula1 formula2 instrtext is keywords lastmodifiedby
lpwstr pt ptcount r rich si t tc tr v val w alt contents creator dest exif headers itxt producer subject ztxt actualtext
data-value aria-label
"""
"""Elements, attributes and properties of SVG, office documents, PDF and pictures; those of HTML are lxml's."""
_WORDS = frozenset((*_OWN.split(), *_OF_FORMATS.split(), *map(str.casefold, defs.tags | defs.safe_attrs)))
_COUNTS = "column|drawing|frame|label|object|page|row|script|sheet|style|table"
_COUNTED = re.compile(rf"(?:row \d+, column \d+|revision \d+ of \d+|(?:{_COUNTS}) \d+)")
_OFFICE = (
    (re.compile(r"word/document\.xml"), "the document"),
    (re.compile(r"ppt/slides/slide\d+\.xml"), "a slide"),
    (re.compile(r"ppt/notesslides/\w+\.xml"), "a slide's notes"),
    (re.compile(r"xl/worksheets/sheet\d+\.xml"), "a sheet"),
    (re.compile(r"xl/sharedstrings\.xml"), "the texts of cells"),
    (re.compile(r"(?:word|ppt|xl)/(?:\w+/)?(?:header|footer)\d*\.xml"), "a header or footer"),
    (re.compile(r"(?:word|ppt|xl)/(?:\w+/)?comments?\w*\.xml"), "comments"),
    (re.compile(r"(?:word|ppt|xl)/charts/chart\d+\.xml"), "a chart"),
    (re.compile(r"(?:word|ppt|xl)/embeddings/.+"), "an embedded file"),
    (re.compile(r"(?:word|ppt|xl)/media/.+"), "a picture"),
    (re.compile(r"docprops/.+"), "properties"),
)
"""What the usual parts of office documents are; their names are not said, since anybody may choose them."""


class Places:
    """The places of one file. Parts that the file itself gives a name are numbered as they come in what holds them."""

    def __init__(self, deny: Deny) -> None:
        self._deny = deny
        self._numbers: dict[tuple[str, ...], dict[str, int]] = {}

    def met(self, where: tuple[str, ...]) -> None:
        """Count the parts of a place, whether or not anything is found there."""
        for depth, part in enumerate(where[1:], start=1):
            if not _structural(part):
                within = self._numbers.setdefault(where[:depth], {})
                within.setdefault(part, len(within) + 1)

    def words(self, where: tuple[str, ...]) -> str:
        """A place in words, from the outermost part to the innermost; the file's own name is left to the report."""
        self.met(where)
        inner = [self._part(where[:depth], part) for depth, part in enumerate(where[1:], start=1)]
        return " > ".join(inner or ["the whole file"])

    def _part(self, holder: tuple[str, ...], part: str) -> str:
        if not _structural(part):
            number = self._numbers[holder][part]
            usual = next((words for names, words in _OFFICE if names.fullmatch(part.casefold())), "")
            return f"part {number} ({usual})" if usual else f"part {number}"
        # Those who are concealed may be called by a word that is also a mark's.
        return WITHHELD if self._deny.kinds_in(part, Place.ID) else part


@lru_cache(maxsize=10_000)
def _structural(part: str) -> bool:
    """Whether a word for a place is the audit's or the format's own."""
    return bool(_COUNTED.fullmatch(part)) or all(word in _WORDS for word in part.casefold().split())
