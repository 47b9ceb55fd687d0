"""PNG, chunk by chunk: texts packed or plain, camera data, colour profiles, private chunks, what follows the end."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from analysis.audit.budget import Budget
from analysis.audit.decoders.packed import inflated
from analysis.audit.decoders.photo import camera
from analysis.audit.decoders.strings import strings
from analysis.audit.found import Found, Inside, Picture, Place, Said
from analysis.audit.unreadable import DamagedError
from analysis.audit.wrapped import unwrapped

_SIGNATURE = 8
_SILENT = frozenset(b"IHDR IDAT IEND".split())
_COLOURS = frozenset(b"PLTE tRNS".split())
"""Packed as the pixels are: a drawing has hundreds of colours, and two of them are letters of an abbreviation."""
_MOVING = frozenset(b"acTL fcTL fdAT".split())


def png(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """Every chunk of a PNG that can hold words.

    Raises
    ------
    DamagedError
        If it is cut short, a chunk's sum is wrong, or bytes follow its end.
    """
    yield Picture(where)
    chunks = list(_chunks(content))
    # Whatever follows the pixels among their own chunks is no picture.
    inflated(b"".join(data for kind, data in chunks if kind == b"IDAT"), budget)
    for kind, data in chunks:
        budget.tick()
        at = (*where, "".join(chr(byte) for byte in kind))
        if kind == b"tEXt":
            key, _, text = data.partition(b"\x00")
            yield from _entry(key, text.decode("latin-1"), at)
        elif kind == b"zTXt":
            key, _, rest = data.partition(b"\x00")
            yield from _entry(key, inflated(rest[1:], budget).decode("latin-1"), at)
        elif kind == b"iTXt":
            yield from _international(data, at, budget)
        elif kind == b"eXIf":
            yield from camera(data, at)
        elif kind == b"iCCP":
            name, _, rest = data.partition(b"\x00")
            yield Said(at, name.decode("latin-1"))
            yield from strings(inflated(rest[1:], budget), at, budget)
        elif kind in _MOVING:
            raise DamagedError("a picture that moves")
        elif kind in _COLOURS:
            yield from unwrapped(data, len(data), at, budget)
        elif kind not in _SILENT:
            yield Said(at, data.decode("utf-8", "replace"))
            yield from strings(data, at, budget)
            yield from unwrapped(data, len(data), at, budget)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = _SIGNATURE
    while place < len(content):
        if place + 12 > len(content):
            raise DamagedError("a PNG that is cut short")
        size, kind = struct.unpack(">I4s", content[place : place + 8])
        data, check = content[place + 8 : place + 8 + size], content[place + 8 + size : place + 12 + size]
        if len(data) < size or check != struct.pack(">I", zlib.crc32(kind + data)):
            raise DamagedError("a PNG that is cut short or damaged")
        yield kind, data
        place += 12 + size
        if kind == b"IEND":
            if place < len(content):
                raise DamagedError("a PNG with bytes after its end")
            return
    raise DamagedError("a PNG that is cut short")


def _international(data: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    key, _, rest = data.partition(b"\x00")
    is_packed, rest = rest[:1] == b"\x01", rest[2:]
    language, _, rest = rest.partition(b"\x00")
    translated, _, text = rest.partition(b"\x00")
    yield Said((*where, "translated key"), f"{language.decode('latin-1')} {translated.decode('utf-8', 'replace')}")
    yield from _entry(key, (inflated(text, budget) if is_packed else text).decode("utf-8", "replace"), where)


def _entry(key: bytes, text: str, where: tuple[str, ...]) -> Iterator[Found]:
    yield Said((*where, "key"), key.decode("latin-1"), Place.ID)
    yield Said(where, text)
    if text.lstrip().startswith("<"):
        yield Inside((*where, "XML"), "part.xml", text.strip().encode("utf-8"))
