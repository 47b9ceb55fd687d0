"""Everything that can be read in some bytes: each part by its decoder, what it holds by the next, to the bottom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from analysis.audit.budget import Budget
from analysis.audit.decoders.archive import archive
from analysis.audit.decoders.html import html
from analysis.audit.decoders.json_part import json_part
from analysis.audit.decoders.packed import packed
from analysis.audit.decoders.pdf import pdf
from analysis.audit.decoders.photo import photo
from analysis.audit.decoders.plain import plain, values
from analysis.audit.decoders.png import png
from analysis.audit.decoders.strings import strings
from analysis.audit.decoders.xml_part import xml_part
from analysis.audit.found import Decoder, Inside, Numbers, Picture, Place, Said
from analysis.audit.kinds import Kind, kind_of
from analysis.audit.unreadable import UnreadableError
from analysis.audit.wrapped import wrapped

DECODERS: dict[Kind, Decoder] = {
    Kind.ARCHIVE: archive,
    Kind.PDF: pdf,
    Kind.PNG: png,
    Kind.PHOTO: photo,
    Kind.HTML: html,
    Kind.XML: xml_part,
    Kind.JSON: json_part,
    Kind.TEXT: plain,
    Kind.TABLE: values,
    Kind.PACKED: packed,
    Kind.STRINGS: strings,
}

_LEAST_MEANT = 16
"""Letters: a shorter text stands in another writing by accident, as `12, 42, 26, 48` are some in hexadecimal."""


class Failed:
    """A part that was not read to its end, and why, in words that quote nothing of it."""

    def __init__(self, where: tuple[str, ...], why: str) -> None:
        self.where = where
        self.why = why


Read = Said | Numbers | Picture | Failed


def read(name: str, content: bytes, budget: Budget) -> Iterator[Read]:
    """Everything found in a file. What could not be read is among it, and nothing is raised.

    Parameters
    ----------
    name
        What the file is called.
    content
        Its bytes.
    budget
        What may be spent on it.
    """
    yield from _part(Inside((name,), name, content), 1, budget, set())


def _part(part: Inside, depth: int, budget: Budget, done: set[tuple[str, bytes]]) -> Iterator[Read]:
    try:
        budget.part(len(part.content), depth)
        # A picture that stands in an attribute stands in the page's source too.
        key = (f"part{PurePosixPath(part.name).suffix}", hashlib.sha256(part.content).digest())
        if key in done:
            return
        done.add(key)
        if not part.content.strip(b"\x00 \r\n\t"):
            # Nothing is in it; what has a name has had that looked at.
            return
        kind = kind_of(part.name, part.content)
        for found in DECODERS[kind](part.content, part.where, budget):
            if isinstance(found, Inside):
                yield from _part(found, depth + 1, budget, done)
            else:
                yield found
                # What neighbours say as one is pieces of texts that are looked at whole.
                if isinstance(found, Said) and found.place is not Place.BESIDE:
                    yield from _carried(found, depth, budget, done)
    except UnreadableError as error:
        yield Failed(part.where, error.why)
    except Exception as error:
        # A decoder's own fault, or a file made to cause one: either way nobody has read the part. The message is
        # left out, since it may quote the part.
        yield Failed(part.where, f"a decoder failed ({type(error).__name__})")


def _carried(said: Said, depth: int, budget: Budget, done: set[tuple[str, bytes]]) -> Iterator[Read]:
    """What a text carries in another writing, and what that carries; the same text carries the same."""
    key = ("text", hashlib.sha256(said.text.encode("utf-8", "surrogatepass")).digest())
    if key in done:
        return
    done.add(key)
    for found in wrapped(said.text, said.where, budget):
        if isinstance(found, Inside):
            yield from _part(found, depth + 1, budget, done)
        else:
            if isinstance(found, Said):
                found = replace(found, place=_place_of(found, said))
            yield found
            if isinstance(found, Said):
                budget.part(len(found.text), depth + 1)
                yield from _carried(found, depth + 1, budget, done)


def _place_of(found: Said, carrier: Said) -> Place:
    """What may be looked for in a text that another carries: the less, the likelier it says anything by accident."""
    is_short = len(found.text) < _LEAST_MEANT
    if carrier.place is Place.BYTES:
        # Pixels of one colour repeat, and so does what they say: long is not meant either.
        return Place.BYTES if is_short else Place.SOURCE
    return Place.FEW if is_short and found.place is Place.TEXT else found.place
