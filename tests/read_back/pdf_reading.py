"""A PDF report read back: its numbers in the order in which they are read, without what stands on every page."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdf
from page_reading import plain

_CONTENTS_LINE = re.compile(r"(?P<title>\S.*?)(?: \.){3,} (?P<page>\d+)")
_FOOT = re.compile(r".* Page (?P<page>\d+) of (?P<pages>\d+)")
_STAMP = re.compile(r"For .*\. Content id [0-9a-f]{16}\.")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass
class PdfDocument:
    """What is in a PDF file."""

    pages: list[str] = field(default_factory=list)
    """Each page's text, without the lines at its head and its foot."""
    numbered: list[tuple[int, int]] = field(default_factory=list)
    """What each page says of itself: its number, and of how many."""
    contents: list[tuple[str, int]] = field(default_factory=list)
    """Headings and the page that each is said to be on."""
    alternatives: list[str] = field(default_factory=list)
    """Of the pictures, in order."""


def read_pdf(path: Path) -> PdfDocument:
    """The document in a PDF file.

    Raises
    ------
    ValueError
        If a page has no number at its foot.
    """
    reader = pypdf.PdfReader(path)
    document = PdfDocument()
    for page in reader.pages:
        _, *lines = page.extract_text().splitlines()
        if lines and _STAMP.match(lines[0]):
            lines.pop(0)
        foot = _FOOT.fullmatch(lines.pop()) if lines else None
        if foot is None:
            raise ValueError(f"{path.name}: a page without its number")
        document.numbered.append((int(foot["page"]), int(foot["pages"])))
        entries = [_CONTENTS_LINE.fullmatch(line) for line in lines]
        document.contents += [(plain(entry["title"]), int(entry["page"])) for entry in entries if entry]
        document.pages.append(
            plain("\n".join(line for line, entry in zip(lines, entries, strict=True) if entry is None))
        )
    root: Any = reader.trailer["/Root"]
    _alternatives(root["/StructTreeRoot"], document.alternatives)
    return document


def _alternatives(node: Any, found: list[str]) -> None:
    """The pictures of the structure tree, in the order of the page."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            _alternatives(child, found)
    elif isinstance(node, dict):
        if "/Alt" in node:
            found.append(plain(str(node["/Alt"])))
        if "/K" in node:
            _alternatives(node["/K"], found)


def numbers(text: str) -> list[str]:
    """Every number in a text."""
    return _DIGITS.findall(text)


def without_repeated_headings(pages: list[str], headings: list[str]) -> list[str]:
    """The pages' texts without the column headings that are said again where a table goes on."""
    kept = []
    for page in pages:
        again = next((heading for heading in headings if page.startswith(heading)), "")
        kept.append(page.removeprefix(again))
    return kept
