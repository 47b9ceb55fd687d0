"""An HTML document read back: what a reader is told, and what the file calls for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT = frozenset({"script", "style", "template"})
_FETCHING = frozenset({"src", "href", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href"})
_CSS_FETCH = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", re.IGNORECASE)
_COLLECTED = _HEADINGS | {"title", "caption", "figcaption", "th", "td"}


@dataclass
class Outline:
    """What stands in an HTML document, in its order; white space runs are one space.

    Parameters
    ----------
    lang, title
        Of the whole document.
    headings
        As (`h2`, text).
    captions
        Of tables and pictures.
    tables
        Each as rows of cells.
    alternatives
        Of each picture; empty text where it has none.
    text
        Everything that a reader can see, and some that only a screen reader says.
    addresses
        Everything that the file would fetch or lead to.
    landmarks
        Number of `main` elements.
    attributes
        All attribute values, pictures' own bytes excepted.
    """

    lang: str = ""
    title: str = ""
    headings: list[tuple[str, str]] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    text: str = ""
    addresses: list[str] = field(default_factory=list)
    landmarks: int = 0
    attributes: list[str] = field(default_factory=list)


def read_outline(html: bytes) -> Outline:
    """The outline of an HTML document in UTF-8."""
    reader = _Reader()
    reader.feed(html.decode("utf-8"))
    reader.close()
    reader.outline.text = _squeezed("".join(reader.pieces))
    return reader.outline


def _squeezed(text: str) -> str:
    return " ".join(text.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.outline = Outline()
        self.pieces: list[str] = []
        self.open: list[tuple[str, list[str]]] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.outline.addresses += [value.strip() for name, value in given.items() if name in _FETCHING]
        self.outline.addresses += _css_addresses(given.get("style", ""))
        self.outline.attributes += [value for value in given.values() if not value.startswith("data:")]
        if tag in _SILENT:
            self.silent = tag
        if tag == "html":
            self.outline.lang = given.get("lang", "")
        elif tag == "main":
            self.outline.landmarks += 1
        elif tag == "img":
            # Quarto has been seen to write it as an ARIA label.
            self.outline.alternatives.append(_squeezed(given.get("alt") or given.get("aria-label", "")))
        elif tag == "table":
            self.outline.tables.append([])
        elif tag == "tr" and self.outline.tables:
            self.outline.tables[-1].append([])
        if tag in _COLLECTED:
            self.open.append((tag, []))
        self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""
        if self.open and self.open[-1][0] == tag:
            self._keep(tag, _squeezed("".join(self.open.pop()[1])))
        self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if self.silent == "style":
            self.outline.addresses += _css_addresses(data)
        if self.silent:
            return
        self.pieces.append(data)
        for _, words in self.open:
            words.append(data)

    def _keep(self, tag: str, words: str) -> None:
        if tag == "title":
            self.outline.title = words
        elif tag in _HEADINGS:
            self.outline.headings.append((tag, words))
        elif tag in {"caption", "figcaption"}:
            self.outline.captions.append(words)
        elif self.outline.tables and self.outline.tables[-1]:
            self.outline.tables[-1][-1].append(words)


def _css_addresses(css: str) -> list[str]:
    return [found[0] or found[1] for found in _CSS_FETCH.findall(css)]
