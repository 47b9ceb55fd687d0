"""What a text carries in another writing: base64, hexadecimal, data addresses; and what is packed in it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

import numpy as np

from analysis.audit.budget import Budget
from analysis.audit.decoders.encoding import as_text
from analysis.audit.decoders.packed import inflated
from analysis.audit.decoders.strings import printable
from analysis.audit.found import Found, Inside, Numbers, Said
from analysis.audit.kinds import beginning
from analysis.audit.unreadable import DamagedError, UnknownKindError

_ADDRESS = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w=.-]+)*?)(;base64)?,([^\"')<>\s]+)", re.I)
_SIXTY_FOUR = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{6,}={0,2}(?![A-Za-z0-9+/_=-])")
_THIRTY_TWO = re.compile(r"(?<![A-Z0-9])[A-Z2-7]{8,}={0,6}(?![A-Z0-9=])")
_BROKEN_LINES = re.compile(r"(?<=[A-Za-z0-9+/]{48})[\r\n]+[ \t]*(?=[A-Za-z0-9+/=]{4})")
_GROUPS = re.compile(r"(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{4}\s+){3,}[A-Za-z0-9+/]{2,4}={0,2}(?![A-Za-z0-9+/=])")
"""Base64 in groups of four."""
_HEX = re.compile(r"(?<![0-9A-Fa-f])(?:(?:0x|\\x|%)?[0-9A-Fa-f]{2}[\s:,;-]{0,2}){4,}(?![0-9A-Fa-f])")
_NOT_HEX = re.compile(r"0x|[^0-9A-Fa-f]")
_DECIMAL = re.compile(r"(?<![\d.,])(?:\d{2,6}[\s,;]{1,3}){2,}\d{2,6}(?![\d.,])")
_BINARY = re.compile(r"(?<!\d)(?:[01]{8}[\s,;]{0,2}){4,}(?!\d)")
_ENDINGS = {
    "image/svg+xml": ".svg", "text/html": ".html", "application/json": ".json", "text/css": ".css", "text/csv": ".csv",
    "text/plain": ".txt", "text/javascript": ".js", "application/javascript": ".js", "text/xml": ".xml",
}  # fmt: skip
_TOO_LONG_TO_BE_A_WORD = 2_000
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_ZIP, _ZIP_END, _ZIP_END_SIZE = b"PK\x03\x04", b"PK\x05\x06", 22
_LEAST_DEFLATED = 24
_MOSTLY_PLAIN = 0.85
_PLAUSIBLE = (1e-6, 1e12)


def wrapped(text: str, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """Everything that stands in a text in another writing.

    Raises
    ------
    UnknownKindError
        For data that are long, and neither text nor a known format nor numbers.
    DamagedError
        For a data address that can't be read.
    """
    if len(text) < 8:
        return
    for kind, _, coded, data in _ADDRESS.findall(text):
        budget.tick()
        yield from _address(kind.casefold(), bool(coded), data, where)
    text = _BROKEN_LINES.sub("", _ADDRESS.sub(" ", text))
    for word in dict.fromkeys(_SIXTY_FOUR.findall(text)):
        budget.tick()
        yield from unwrapped(_from_64(word), len(word), (*where, "base64"), budget)
    for word in dict.fromkeys(_THIRTY_TWO.findall(text)):
        yield from unwrapped(_from_32(word), len(word), (*where, "base32"), budget)
    for groups in dict.fromkeys(_GROUPS.findall(text)):
        word = "".join(groups.split())
        yield from unwrapped(_from_64(word), len(word), (*where, "base64"), budget)
    for digits in dict.fromkeys(_HEX.findall(text)):
        bare = _NOT_HEX.sub("", digits)
        if len(bare) % 2 == 0:
            yield from unwrapped(bytes.fromhex(bare), len(bare), (*where, "hex"), budget)
    yield from _numbered(text, where)


def _numbered(text: str, where: tuple[str, ...]) -> Iterator[Found]:
    """Letters by their numbers, in tens or in twos."""
    for run in _DECIMAL.findall(text):
        letters = [int(part) for part in re.findall(r"\d+", run)]
        if all(32 <= letter < 0x110000 for letter in letters):
            yield Said((*where, "numbers as letters"), "".join(map(chr, letters)))
    for run in _BINARY.findall(text):
        yield Said((*where, "bits"), "".join(chr(int(byte, 2)) for byte in re.findall(r"[01]{8}", run)))


def _address(kind: str, coded: bool, data: str, where: tuple[str, ...]) -> Iterator[Found]:
    try:
        content = base64.b64decode(unquote_to_bytes(data), validate=True) if coded else unquote_to_bytes(data)
    except (binascii.Error, ValueError):
        raise DamagedError("a data address that can't be read") from None
    yield Inside((*where, f"data {kind}"), f"data{_ENDINGS.get(kind, '')}", content)


def _from_64(word: str) -> bytes | None:
    bare = word.rstrip("=").replace("-", "+").replace("_", "/")
    if len(bare) % 4 == 1:
        return None
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _from_32(word: str) -> bytes | None:
    bare = word.rstrip("=")
    try:
        return base64.b32decode(bare + "=" * (-len(bare) % 8))
    except binascii.Error:
        return None


def unwrapped(content: bytes | None, written: int, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """What some bytes are, if they are anything: most words of eight letters are base64 of nothing.

    Parameters
    ----------
    written
        Letters that they were written in: long ones must be something.
    """
    if content is None or len(content) < 4:
        return
    if beginning(content) is not None:
        yield Inside(where, "part", content)
        return
    if content.startswith(_ZLIB):
        try:
            yield Inside((*where, "packed"), "part.txt", inflated(content, budget))
        except DamagedError:
            if written >= _TOO_LONG_TO_BE_A_WORD:
                raise
        else:
            return
    start, end = content.find(_ZIP), content.rfind(_ZIP_END)
    if 0 < start < end:
        # What Excel keeps of its queries: a zip after four bytes.
        yield Inside((*where, "zip within"), "part.zip", content[start : end + _ZIP_END_SIZE])
    text = _words(content)
    if text is None and written >= _LEAST_DEFLATED:
        text = _deflated(content, budget)
    if text is not None:
        yield Said(where, text)
        if text.lstrip().startswith(("<", "{", "[")):
            ending = ".json" if text.lstrip()[0] in "{[" else ".html"
            if ending == ".html" or _looks_like_json(text):
                yield Inside(where, f"part{ending}", text.encode("utf-8"))
        return
    numbers = _numbers(content)
    if numbers:
        yield Numbers((*where, "numbers"), numbers)
    yield from printable(content, where)
    if numbers:
        return
    if written >= _TOO_LONG_TO_BE_A_WORD:
        raise UnknownKindError("long data in no format that is read here")


def _words(content: bytes) -> str | None:
    """The text that some bytes are, if every letter of it can be printed."""
    try:
        text = as_text(content)
    except DamagedError:
        return None
    if content.isascii() or b"\x00" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return text if all(letter.isprintable() or letter in "\r\n\t" for letter in text) else None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        # In the Windows encoding most letters of English are plain ones.
        if sum(0x20 <= byte < 0x7F for byte in content) < _MOSTLY_PLAIN * len(content):
            return None
    return text if all(letter.isprintable() or letter in "\r\n\t" for letter in text) else None


def _deflated(content: bytes, budget: Budget) -> str | None:
    """The text that some bytes are when unpacked, if they are one."""
    try:
        return _words(inflated(content, budget, -15))
    except DamagedError:
        return None


def _looks_like_json(text: str) -> bool:
    return text.rstrip().endswith(("}", "]")) and '"' in text


def _numbers(content: bytes) -> tuple[float, ...]:
    """Numbers of eight or four bytes each, if the bytes are plausible ones from first to last."""
    for kind, size in (("<f8", 8), ("<f4", 4)):
        if len(content) >= 3 * size and len(content) % size == 0:
            with np.errstate(all="ignore"):
                values = np.frombuffer(content, dtype=kind).astype(float)
                sizes = np.abs(values[np.isfinite(values)])
            fine = (sizes == 0) | ((sizes > _PLAUSIBLE[0]) & (sizes < _PLAUSIBLE[1]))
            if len(sizes) and fine.all():
                return tuple(values[np.isfinite(values)].tolist())
    return ()
