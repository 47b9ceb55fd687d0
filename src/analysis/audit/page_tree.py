"""An HTML page as a tree, with whatever stands after its end: browsers show it."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from analysis.audit.unreadable import DamagedError

_END = re.compile(r"</\s*(?:body|html)\b[^>]*>", re.I)
"""libxml2 leaves out what follows."""


def without_end(text: str) -> str:
    """A page's source without the marks of its end."""
    return _END.sub("", text)


def is_page(content: bytes) -> bool:
    """Whether some bytes are an HTML page."""
    return b"<html" in content[:2000].lower()


def page_tree(content: bytes) -> Any:
    """The page's root, an lxml element.

    Raises
    ------
    DamagedError
        If it is no UTF-8, or there is nothing in it.
    """
    try:
        return lxml_html.document_fromstring(without_end(content.decode("utf-8")))
    except (ValueError, etree.ParserError):
        raise DamagedError("a page that can't be read") from None
