"""Rows of figures or marks in a page or document, each of which might stand for somebody.

For files whose structure is not known: what they hold can't be told from a list, and so whatever looks like one row,
line, item, cell or mark for each of several authorities is counted. Dates, and the numbers of sections, are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from analysis.audit.decoders.tree import local

ENOUGH = 5
"""Figures in a text, items of a list, rows of a table: fewer are a comparison of an own figure with some before it."""
_ENOUGH_MARKS = 3
"""Coloured cells without words, and signs that are marks: they have no other use."""
_GAP = 12
"""Letters and signs between two figures of one run."""
_LONGEST_ITEM = 60
"""Letters besides the figures, in an item that is a label and a figure."""
_TEXTS = ("p", "li", "dd", "dt", "td", "th", "pre", "figcaption", "caption", "blockquote", "h1", "h2", "h3", "h4")
_HOLDERS = ("ul", "ol", "dl", "div", "section", "body", "main", "article", "td", "figure")
_DIGITS_OF_A_LINE = 2
_NO_ITEMS = ("tr", "table", "col", "option")
_CELLS = ("td", "th")
_COLOURED = re.compile(r"background|fill\s*:", re.I)
_DATES = re.compile(
    r"\b(?:Q[1-4]\s+)?\d{4}-\d\d(?:-Q[1-4])?\b|\bQ[1-4]\b"
    r"|\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?(?: \d{4})?\b|\b(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
)
_FIGURE = re.compile(r"(?<![\w.])[-+−]?\d+(?:,\d{3})*(?:\.\d+)?(?!\w)")
_MARKS = re.compile(
    "[\u25a0-\u25ff\u2605\u2606\u2b1b\u2b1c\u2b24\u26aa\u26ab\U0001f534-\U0001f535\U0001f7e0-\U0001f7eb]"
)
_NUMBER_OF_SECTION = re.compile(r"\A\s*\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[^\W\d_])")


def crowds(root: Any) -> tuple[str, ...]:
    """What in a tree of HTML may be a row of several: kinds of places, and never what stands there.

    Parameters
    ----------
    root
        An lxml element; of a Word file as `word_page` gives it. Rows of tables are left to `rows_of_figures`, and to
        whoever knows what the rows of a page are called.
    """
    return (
        *("a text of many figures" for block in root.iter(*_TEXTS) if _is_run(_text(block)) and not _holds(block)),
        *("a text of many marks" for block in root.iter(*_TEXTS) if _marks(_text(block)) and not _holds(block)),
        *("a list of figures" for holder in root.iter(*_HOLDERS) for _ in _lists(holder)),
        *("cells of colours" for table in root.iter("table") if _coloured(table)),
        *("boxes of colours" for holder in root.iter() if _boxes(holder)),
    )


def rows_of_figures(root: Any) -> tuple[str, ...]:
    """Tables with a figure in many rows, or many columns, that are no dates: as `crowds`."""
    return tuple("rows of figures" for table in root.iter("table") if _rows(table))


def in_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """The same for lines of text without any markup: pages of a PDF."""
    found = ["a text of many figures" for line in lines if _is_run(line)]
    found += ["a text of many marks" for line in lines if _marks(line)]
    return (*found, *("lines of figures" for _ in (*_alike(lines), *_bare(lines))))


def _is_run(text: str) -> bool:
    """Whether many figures follow each other with little between them."""
    run: list[str] = []
    end = 0
    for found in _FIGURE.finditer(_DATES.sub(" ", text)):
        run = [*run, found[0]] if found.start() - end <= _GAP else [found[0]]
        end = found.end()
        if len(run) >= ENOUGH and not _are_numbers_of_lines(run):
            return True
    return False


def _are_numbers_of_lines(run: Sequence[str]) -> bool:
    """`indicators 1, 2, 5, 7 and 12`: small whole numbers, each larger than the one before."""
    if not all(figure.isdecimal() and len(figure) <= _DIGITS_OF_A_LINE for figure in run):
        return False
    return all(int(one) < int(other) for one, other in pairwise(run))


def _marks(text: str) -> bool:
    return len(_MARKS.findall(text)) >= _ENOUGH_MARKS


def _lists(holder: Any) -> Iterator[int]:
    """Items that follow each other in a holder, each a short label with a figure."""
    children = [child for child in holder if isinstance(child.tag, str) and local(child) not in _NO_ITEMS]
    for _, same in groupby(children, key=local):
        yield from _alike([_text(child) for child in same])
    yield from _bare([_text(child) for child in children])


def _alike(texts: Sequence[str]) -> Iterator[int]:
    """The lengths of runs of texts that are a label and a figure or two."""
    for is_item, same in groupby(texts, key=_is_item):
        run = list(same)
        if is_item and len(run) >= ENOUGH:
            yield len(run)


def _bare(texts: Sequence[str]) -> Iterator[int]:
    """How many texts are a figure and nothing else, whatever stands between them: its label, say."""
    bare = sum(_FIGURE.fullmatch(text.rstrip("% ")) is not None for text in texts)
    if bare >= ENOUGH:
        yield bare


def _is_item(text: str) -> bool:
    bare = _NUMBER_OF_SECTION.sub("", _DATES.sub(" ", text))
    letters = len(_FIGURE.sub("", bare).strip())
    return _FIGURE.search(bare) is not None and letters <= _LONGEST_ITEM


def _rows(table: Any) -> bool:
    """Whether many rows of a table, or many columns, that are no dates have a figure."""
    rows = [[_text(cell) for cell in row if local(cell) in _CELLS] for row in table.iter("tr")]
    width = max((len(row) for row in rows), default=0)
    columns = [[row[place] for row in rows if place < len(row)] for place in range(width)]
    return any(sum(map(_is_somebodys, lines)) >= ENOUGH for lines in (rows, columns))


def _is_somebodys(line: Sequence[str]) -> bool:
    """Whether a row is called by something else than a date, and has a figure."""
    if not line or not _DATES.sub("", line[0]).strip(" .,:;–-to"):
        return False
    return any(_FIGURE.fullmatch(cell.strip().rstrip("%").strip()) for cell in line[1:])


def _coloured(table: Any) -> bool:
    return sum(_is_mark(cell) for cell in table.iter(*_CELLS)) >= _ENOUGH_MARKS


def _boxes(holder: Any) -> bool:
    """Whether elements beside each other say nothing and have a colour of their own."""
    return sum(_is_mark(child) for child in holder if local(child) in ("div", "span", "li", "i", "b")) >= _ENOUGH_MARKS


def _is_mark(element: Any) -> bool:
    """An element without a word that is there to be seen: by its colour, by a class where it is blank, or a sign."""
    said = _text(element)
    if any(letter.isalnum() for letter in said) or element.find(".//img") is not None:
        return False
    coloured = _COLOURED.search(element.get("style", "")) or element.get("bgcolor")
    return bool(coloured or _MARKS.search(said) or (not said and element.get("class")))


def _holds(block: Any) -> bool:
    """Whether a block holds others, each of which is looked at by itself."""
    return any(local(child) in _TEXTS for child in block.iter() if child is not block)


def _text(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())
