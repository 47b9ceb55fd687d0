"""HTML: what is shown and what is not; comments, attributes, scripts, styles, drawings, pages within the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from analysis.audit.budget import Budget
from analysis.audit.decoders import svg, tree
from analysis.audit.decoders.encoding import as_text
from analysis.audit.decoders.plain import script
from analysis.audit.found import Found, Inside, Place, Said
from analysis.audit.page_tree import without_end
from analysis.audit.unreadable import DamagedError

_BLOCKS = frozenset(
    {
        "p",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "caption",
        "figcaption",
        "title",
        "option",
        "label",
        "summary",
        "pre",
        "address",
    }
    | {"text", "desc", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_APART = frozenset({"br", "p", "li", "td", "th", "div"})
_JSON = re.compile(r"\s*[{\[]")
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_READ_ENCODINGS = {"utf-8", "utf8", "utf-16", "windows-1252", "iso-8859-1", "latin-1", "ascii", "us-ascii"}


def html(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """Everything in a page, and the page's source as it stands, in case the parser drops what a browser would not.

    Raises
    ------
    DamagedError
        If the bytes are no text, or there is no page in them.
    """
    declared = _DECLARED.search(content[:4096])
    if declared and declared[1].decode("ascii").casefold() not in _READ_ENCODINGS:
        raise DamagedError("a page in an encoding that is not read here")
    text = as_text(content)
    yield Said((*where, "source"), text, Place.SOURCE)
    yield from _page(text, where, budget)


def _page(text: str, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = lxml_html.document_fromstring(without_end(text).encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise DamagedError("a page that can't be read") from None
    for comment in root.getroottree().xpath("/comment()"):
        yield Said((*where, "comment"), comment.text or "")
    for comment in root.xpath("//comment()"):
        if "<" in (comment.text or ""):
            # What is only for some browsers, or was taken out: its elements may part a name.
            yield Inside((*where, "comment"), "part.html", comment.text.encode("utf-8"))
    for number, element in enumerate(root.xpath("//script | //style"), start=1):
        budget.tick()
        yield from _inert(element, (*where, f"{element.tag} {number}"))
    for element in root.xpath("//*[@srcdoc]"):
        yield Inside((*where, "srcdoc"), "part.html", element.get("srcdoc").encode("utf-8"))
    for element in root.xpath("//*[@style]"):
        yield from script(element.get("style"), (*where, "style"))
    for number, drawing in enumerate((one for one in root.iter() if tree.local(one) == "svg"), start=1):
        yield from svg.coordinates(drawing, (*where, f"drawing {number}"))
    yield from tree.attributes(root, where, office=False)
    yield from tree.called_codes(root, where)
    yield from tree.tables(root, where)
    for element in root.xpath("//script | //style"):
        element.drop_tree()
    for found in tree.texts(root, where, _BLOCKS, _APART):
        budget.tick()
        yield found


def _inert(element: Any, where: tuple[str, ...]) -> Iterator[Found]:
    """A script or style: JSON as JSON, anything else as the text that it is."""
    text = element.text or ""
    kind = element.get("type", "")
    if "json" in kind or (_JSON.match(text) and kind):
        yield Inside(where, "part.json", text.encode("utf-8"))
    elif "html" in kind or "template" in kind:
        yield Inside(where, "part.html", text.encode("utf-8"))
    yield Said(where, text)
    yield from script(text, where)
