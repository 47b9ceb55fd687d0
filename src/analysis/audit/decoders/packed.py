"""One file packed by itself: gzip, bzip2, xz."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Iterator

from analysis.audit.budget import Budget
from analysis.audit.found import Found, Inside, Place, Said
from analysis.audit.unreadable import DamagedError, TooLargeError

_HAS_NAME = 0x08
_ENDINGS = (".gz", ".bz2", ".xz")


def packed(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """What was packed, under its name without the ending; and the name and comment that gzip keeps.

    Raises
    ------
    DamagedError
        If it can't be unpacked to its end.
    TooLargeError
        If it unpacks to far more than it was.
    """
    if content.startswith(b"\x1f\x8b"):
        header = content[10:1000].split(b"\x00")
        if content[3] & _HAS_NAME:
            yield Said((*where, "name kept by gzip"), header[0].decode("latin-1"), Place.ID)
        unpacked = inflated(content, budget, 31)
    elif content.startswith(b"BZh"):
        unpacked = _whole(bz2.BZ2Decompressor(), content, budget)
    else:
        unpacked = _whole(lzma.LZMADecompressor(lzma.FORMAT_XZ), content, budget)
    name = where[-1]
    ending = next((one for one in _ENDINGS if name.casefold().endswith(one)), "")
    yield Inside((*where, "unpacked"), name[: len(name) - len(ending)] if ending else ".txt", unpacked)


def inflated(content: bytes, budget: Budget, window: int = 15) -> bytes:
    """What zlib unpacks.

    Parameters
    ----------
    window
        As in zlib: 15 for its own frame, 31 for gzip's.

    Raises
    ------
    DamagedError
        If it can't be unpacked to its end, or something follows.
    TooLargeError
        If it unpacks to far more than it was.
    """
    stream = zlib.decompressobj(window)
    most = budget.most(len(content))
    try:
        unpacked = stream.decompress(content, most + 1)
    except zlib.error:
        raise DamagedError("packed, and can't be unpacked") from None
    _bounded(unpacked, most)
    if not stream.eof or stream.unused_data:
        raise DamagedError("packed, and cut short or followed by other bytes")
    return unpacked


def _whole(stream: bz2.BZ2Decompressor | lzma.LZMADecompressor, content: bytes, budget: Budget) -> bytes:
    most = budget.most(len(content))
    try:
        unpacked = stream.decompress(content, most + 1)
    except (OSError, lzma.LZMAError, EOFError):
        raise DamagedError("packed, and can't be unpacked") from None
    _bounded(unpacked, most)
    if not stream.eof or stream.unused_data:
        raise DamagedError("packed, and cut short or followed by other bytes")
    return unpacked


def _bounded(unpacked: bytes, most: int) -> None:
    if len(unpacked) > most:
        raise TooLargeError("unpacks to far more than it was")
