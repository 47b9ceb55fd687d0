"""Streams of a PDF that no table of it lists: programs show none of them, and anybody can unpack them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from analysis.audit.budget import Budget
from analysis.audit.decoders.packed import inflated
from analysis.audit.decoders.pdf_stream import literal
from analysis.audit.found import Found
from analysis.audit.unreadable import DamagedError
from analysis.audit.wrapped import unwrapped

_STREAM = re.compile(rb"(?<=[^d]stream)\r?\n(.*?)(?=endstream)", re.DOTALL)
_LINE_END = b"\r\n"


def unlisted(content: bytes, listed: Collection[bytes], where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """What stands in the streams of a file that were not read as objects of it.

    Parameters
    ----------
    content
        The whole file.
    listed
        The streams that were read, as they stand in it.

    Raises
    ------
    TooLargeError
        If one unpacks to far more than it was.
    UnknownKindError
        If one is long, and neither plain nor packed nor in a format that is read.
    """
    known = {data.rstrip(_LINE_END) for data in listed}
    for match in _STREAM.finditer(content):
        data = match[1].rstrip(_LINE_END)
        if data in known or any(data in whole for whole in known):
            # What is within another stream is read with it: a PDF that is attached to this one.
            continue
        budget.tick()
        at = (*where, "a stream that no table lists")
        try:
            drawn = inflated(data, budget)
        except DamagedError:
            drawn = data
            yield from unwrapped(data, len(data), at, budget)
        yield from literal(drawn, at)
