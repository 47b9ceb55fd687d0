"""Zip archives: Word, PowerPoint, Excel, OpenDocument, EPUB and plain ones. Every part, and no byte left out."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator

from analysis.audit.budget import Budget
from analysis.audit.decoders.workbook import sheets
from analysis.audit.found import Found, Inside, Place, Said
from analysis.audit.unreadable import DamagedError, TooLargeError

_HEADER = 30
_DESCRIPTOR = 24
"""Bytes of the longest record that may follow a part's data."""
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1


def archive(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """Everything in a zip archive: its parts, their names, its comments, and the tables of a workbook.

    Raises
    ------
    DamagedError
        If it can't be opened, is encrypted, or holds bytes that belong to no part that it lists.
    TooLargeError
        If a part unpacks to far more than it was.
    """
    try:
        opened = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, struct.error):
        raise DamagedError("an archive that can't be opened") from None
    with opened:
        parts = opened.infolist()
        yield from _beside(content, parts, opened.start_dir, where)
        if opened.comment:
            yield Said((*where, "comment"), opened.comment.decode("utf-8", "replace"))
        for part in parts:
            yield Said((*where, "name of a part"), part.filename, Place.ID)
            yield Said((*where, part.filename, "extra field"), part.extra.decode("utf-8", "replace"))
            if part.comment:
                yield Said((*where, part.filename, "comment"), part.comment.decode("utf-8", "replace"))
            if not part.is_dir():
                yield Inside((*where, part.filename), part.filename, _unpacked(opened, part, budget))
        if "xl/workbook.xml" in opened.namelist():
            yield from sheets(content, where, budget)


def _unpacked(opened: zipfile.ZipFile, part: zipfile.ZipInfo, budget: Budget) -> bytes:
    if part.flag_bits & _ENCRYPTED:
        raise DamagedError("a part with a password")
    if part.compress_type not in _PACKINGS:
        raise DamagedError("a part that is packed in a way that is not read here")
    most = budget.most(part.compress_size)
    try:
        # Not `read`: what a header says of a part's size is the word of whoever wrote it.
        with opened.open(part) as stream:
            unpacked = stream.read(most + 1)
    except Exception:
        raise DamagedError("a part that can't be unpacked") from None
    if len(unpacked) > most:
        raise TooLargeError("a part that unpacks to far more than it was")
    return unpacked


def _beside(content: bytes, parts: list[zipfile.ZipInfo], directory: int, where: tuple[str, ...]) -> Iterator[Found]:
    """What stands between the parts: extra fields and short records. An unlisted part no program shows.

    Raises
    ------
    DamagedError
        If there is more than a record between two parts, or anything before the first.
    """
    end = 0
    for part in sorted(parts, key=lambda one: one.header_offset):
        yield from _record(content, end, part.header_offset, where)
        header = content[part.header_offset : part.header_offset + _HEADER]
        if len(header) < _HEADER:
            raise DamagedError("an archive that is cut short")
        name, extra = struct.unpack("<HH", header[26:30])
        data = part.header_offset + _HEADER + name + extra
        yield Said((*where, "name and extra field"), content[data - name - extra : data].decode("utf-8", "replace"))
        end = data + part.compress_size
    yield from _record(content, end, directory, where)


def _record(content: bytes, start: int, end: int, where: tuple[str, ...]) -> Iterator[Found]:
    if not 0 <= end - start <= (_DESCRIPTOR if start else 0):
        raise DamagedError("an archive with bytes that belong to no listed part")
    if end > start:
        yield Said((*where, "between parts"), content[start:end].decode("utf-8", "replace"))
