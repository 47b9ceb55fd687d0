"""What stands in a stream of a PDF: strings as they are written, and where it draws."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.audit.decoders.pdf_drawn import drawn_places
from analysis.audit.decoders.strings import printable
from analysis.audit.found import Found, Place, Said

_CONCATENATED = re.compile(r"""["'`]\s*\+\s*["'`]""")
_HEXED = re.compile(rb"(?<!<)<([0-9A-Fa-f\s]{6,})>")
_STRING = re.compile(rb"\(((?:\\.|[^\\()])*)\)")
_ARRAY = re.compile(rb"\[((?:\\.|[^\]\\])*)\]\s*TJ", re.DOTALL)


def literal(data: bytes, where: tuple[str, ...]) -> Iterator[Found]:
    """The strings of a stream as they stand, those of a line joined; and the coordinates of what it draws."""
    yield from printable(data, where)
    lines = [b"".join(_STRING.findall(line)) for line in _ARRAY.findall(data)]
    lines += _STRING.findall(data)
    text = "\n".join(_unescaped(line) for line in lines)
    if text:
        yield Said((*where, "strings"), text)
    if data.isascii():
        yield Said((*where, "source"), data.decode("ascii"), Place.SOURCE)
        joined = _CONCATENATED.sub("", data.decode("ascii"))
        if len(joined) < len(data):
            yield Said((*where, "strings joined"), joined)
    hexed = "\n".join(_from_hex(digits) for digits in _HEXED.findall(data))
    if hexed:
        yield Said((*where, "hexadecimal strings"), hexed)
    yield from drawn_places(data, where)


def _from_hex(digits: bytes) -> str:
    bare = re.sub(rb"\s", b"", digits)
    content = bytes.fromhex((bare + b"0" * (len(bare) % 2)).decode("ascii"))
    return content.removeprefix(b"\xfe\xff").decode("utf-16-be" if b"\x00" in content else "latin-1", "replace")


def _unescaped(line: bytes) -> str:
    def letter(match: re.Match[bytes]) -> bytes:
        octal = match[1]
        return bytes([int(octal, 8) & 0xFF]) if octal.isdigit() else octal

    return re.sub(rb"\\([0-7]{1,3}|.)", letter, line, flags=re.DOTALL).decode("latin-1")
