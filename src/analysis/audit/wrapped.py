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
from analysis.audit.found import Found, Inside, Numbers, Said
from analysis.audit.kinds import beginning
from analysis.audit.unreadable import DamagedError, UnknownKindError

_ADDRESS = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w=.-]+)*?)(;base64)?,([^\"')<>\s]+)", re.I)
_SIXTY_FOUR = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{8,}={0,2}(?![A-Za-z0-9+/_=-])")
_THIRTY_TWO = re.compile(r"(?<![A-Z0-9])[A-Z2-7]{8,}={0,6}(?![A-Z0-9=])")
_BROKEN_LINES = re.compile(r"(?<=[A-Za-z0-9+/]{48})[\r\n]+[ \t]*(?=[A-Za-z0-9+/=]{4})")
_HEX = re.compile(r"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{2}[ :]?){4,}(?![0-9A-Fa-f])")
_ENDINGS = {
    "image/svg+xml": ".svg", "text/html": ".html", "application/json": ".json", "text/css": ".css", "text/csv": ".csv",
    "text/plain": ".txt", "text/javascript": ".js", "application/javascript": ".js", "text/xml": ".xml",
}  # fmt: skip
_TOO_LONG_TO_BE_A_WORD = 2_000
_ZLIB = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
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
        yield from _unwrapped(_from_64(word), len(word), (*where, "base64"), budget)
    for word in dict.fromkeys(_THIRTY_TWO.findall(text)):
        yield from _unwrapped(_from_32(word), len(word), (*where, "base32"), budget)
    for digits in dict.fromkeys(_HEX.findall(text)):
        yield from _unwrapped(bytes.fromhex(re.sub("[ :]", "", digits)), len(digits), (*where, "hex"), budget)


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


def _unwrapped(content: bytes | None, written: int, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """What some bytes are, if they are anything: most words of eight letters are base64 of nothing."""
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
    text = _words(content)
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
    elif written >= _TOO_LONG_TO_BE_A_WORD:
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
        return None
    return text if all(letter.isprintable() or letter in "\r\n\t" for letter in text) else None


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
