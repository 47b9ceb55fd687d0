"""An HTML report read back: every text that a person can see or hear, in order, none left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import html

_BLOCKS = {"title", "h1", "h2", "h3", "h4", "p", "li", "figcaption", "caption", "th", "td", "a", "span", "b"}
_UNREAD = {"style", "script"}
_NO_WORDS = {"id", "href", "class", "style", "src", "width", "height", "scope", "role", "tabindex", "lang", "charset"}
_NO_WORDS |= {"name", "aria-hidden", "type", "checked"}
"""Attributes that nobody is told."""
_VIEWPORT = "width=device-width, initial-scale=1"
_CELLS = {"th", "td"}


@dataclass(eq=False)
class Words:
    """A text, and which of its numbers are accounted for."""

    place: str
    text: str
    left: str = ""
    """The text with the numbers that are accounted for struck out."""

    def __post_init__(self) -> None:
        self.left = self.text

    def take(self, pattern: str) -> Iterator[re.Match[str]]:
        """Each place where a pattern is; the numbers in its groups (in all of it, if it has none) are struck out."""
        for found in list(re.finditer(pattern, self.left)):
            for group in range(1, found.re.groups + 1) if found.re.groups else (0,):
                start, end = found.span(group)
                self.left = self.left[:start] + re.sub(r"\d", "·", self.left[start:end]) + self.left[end:]
            yield found

    def strike(self, pattern: str) -> None:
        """Account for a phrase whose numbers are no figures."""
        for _ in self.take(pattern):
            pass

    @property
    def unaccounted(self) -> list[str]:
        return re.findall(r"\d[\d,.]*", self.left)


@dataclass
class Piece:
    """A text outside a table's cells: what it is, which indicator it is about, and its figure's or table's label."""

    kind: str
    words: Words
    number: int
    label: str


@dataclass
class TableRow:
    """The lines of the row's heading, and of each cell."""

    head: list[Words]
    cells: list[list[Words]]


@dataclass
class Table:
    """A table's cells by its label; its caption is a piece."""

    label: str
    number: int
    heads: list[Words]
    rows: list[TableRow]


@dataclass
class Page:
    """All that stands in a document."""

    pieces: list[Piece] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    everything: list[Words] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    """Where each picture comes from, by its label."""
    stream: list[str] = field(default_factory=list)
    """Header and main text in the order in which they are read: without contents, and what stands on every page."""

    def words(self, place: str, text: str) -> Words:
        """A text of the page, to be accounted for."""
        made = Words(place, plain(text))
        self.everything.append(made)
        return made


def plain(text: str) -> str:
    """White space and signs as one kind each: the PDF has a minus where the HTML has a hyphen."""
    return " ".join(text.replace("\N{MINUS SIGN}", "-").split())


def read_page(path: Path) -> Page:
    """The page in an HTML file."""
    page = Page()
    root = html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot()
    for image in root.iter("img"):
        page.pictures[_label(image)] = image.get("src")
    for element in root.iter("*"):
        _told(page, element)
    number, tables = 0, set()
    for block, text in _blocks(root).items():
        if not _beside_the_text(block):
            page.stream.append(plain(text))
        if block.tag in _CELLS:
            table = next(block.iterancestors("table"))
            if table not in tables:
                tables.add(table)
                page.tables.append(_table(page, table))
            continue
        if block.tag == "h3":
            number = int((re.match(r"\d+", text.strip()) or ["0"])[0])
        words = page.words(f"{_label(block) or block.tag}, {block.tag}", text)
        page.pieces.append(Piece(block.tag, words, _number(_label(block)) or number, _label(block)))
    return page


def _beside_the_text(block: Any) -> bool:
    around = (block, *block.iterancestors())
    return block.get("class") == "stamp" or any(
        near.tag in ("title", "nav", "footer") or near.get("aria-hidden") == "true" for near in around
    )


def _blocks(root: Any) -> dict[Any, str]:
    """Each text under the nearest element that stands for itself, in order."""
    found: dict[Any, str] = {}
    for text in root.xpath("//text()"):
        owner = text.getparent().getparent() if text.is_tail else text.getparent()
        if owner.tag in _UNREAD or not text.strip():
            continue
        around = (owner, *owner.iterancestors())
        block = next((near for near in around if near.tag in _BLOCKS), owner)
        cell = next((near for near in around if near.tag in _CELLS), block)
        between = " " if cell.tag in _CELLS else ""
        found[cell] = f"{found[cell]}{between}{text}" if cell in found else str(text)
    return found


def _told(page: Page, element: Any) -> None:
    """Attributes with words in them: alternative texts, and names that a screen reader says."""
    for name, value in element.attrib.items():
        if name not in _NO_WORDS and value != _VIEWPORT:
            label = _label(element)
            page.pieces.append(Piece(name, page.words(f"{label}, {name}", value), _number(label), label))


def _table(page: Page, table: Any) -> Table:
    label = _label(table)
    heads = [page.words(f"{label}, heading", cell.text_content()) for cell in table.iterfind(".//thead//th")]
    rows = [
        TableRow(*_row([_lines(page, label, cell) for cell in row if cell.tag in _CELLS]))
        for row in table.iterfind(".//tbody//tr")
    ]
    return Table(label, _number(label), heads, rows)


def _row(cells: list[list[Words]]) -> tuple[list[Words], list[list[Words]]]:
    return cells[0], cells[1:]


def _lines(page: Page, label: str, cell: Any) -> list[Words]:
    texts = [""]
    for text in cell.xpath(".//text() | .//br"):
        if isinstance(text, str):
            texts[-1] += text
        else:
            texts.append("")
    return [page.words(f"{label}, {cell.tag}", text) for text in texts]


def _label(element: Any) -> str:
    """The label of the figure or table that an element stands in; empty outside of both."""
    for near in (element, *element.iterancestors()):
        if re.match(r"(fig|tbl)-", near.get("id", "")):
            return str(near.get("id"))
    return ""


def _number(label: str) -> int:
    """The indicator of a label such as `tbl-a07-series`; 0 where it is about several."""
    found = re.match(r"(?:fig|tbl)-a(\d\d)-", label)
    return int(found[1]) if found else 0
