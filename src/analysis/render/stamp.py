"""What is printed under the marking of every page: for whom, made from what, and until when it may be used.

A page can't hold a hash of itself. Its content id is a hash of everything that it is made from, known before it is
rendered: two pages with one content id say the same, whatever format they are in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from analysis import store
from analysis.views.model import Variant

LENGTH = 16
"""Hexadecimal signs of a content id: enough that no two of a region's documents ever share one."""
_AUDIENCE = {
    Variant.INTERNAL: "For key staff of the members.",
    Variant.OWN: "For whomever the authority chooses.",
    Variant.ANONYMISED: "For the authority's partners and inspectors.",
    Variant.DFE: "For the Department for Education.",
    Variant.PUBLIC: "For anyone.",
}


def content_id(view: bytes, template: Iterable[Path], policies: Iterable[str], kit: str) -> str:
    """The content id of a document.

    Parameters
    ----------
    view
        The stored view.
    template
        The notebook and the files of the Quarto project; what else makes a page is in the kit.
    policies
        Their SHA-256.
    kit
        `store.kit_fingerprint()`.
    """
    parts = [
        ("view", hashlib.sha256(view).hexdigest()),
        ("kit", kit),
        *((f"template {path.name}", store.sha256_of(path)) for path in template),
        *((f"policy {number}", sha256) for number, sha256 in enumerate(policies)),
    ]
    return store.fingerprint(parts)[:LENGTH]


def stamp(variant: Variant, content: str, use_until: date | None, audience: str = "") -> str:
    """The line under the marking.

    Parameters
    ----------
    content
        The content id.
    use_until
        The last day on which it may be used; None where there is none.
    audience
        Whom a document that was registered is for; the variant says it of the kit's own.
    """
    until = f" For use until {use_until.day} {use_until:%B %Y}." if use_until is not None else ""
    whom = f"For {audience}." if audience else _AUDIENCE[variant]
    return f"{whom} Content id {content}.{until}"


def stamp_in(text: str, variant: Variant) -> str:
    """The stamp of a variant's own readers that stands in a text; empty where there is none.

    Parameters
    ----------
    text
        Of a page, its lines parted by single blanks.
    """
    whom = re.escape(_AUDIENCE[variant])
    found = re.search(
        rf"{whom} Content id [0-9a-f]{{{LENGTH}}}\.(?: For use until \d{{1,2}} [A-Z][a-z]+ \d{{4}}\.)?", text
    )
    return found[0] if found else ""
