"""What stands in a stream of a PDF: strings as they are written, and where it draws."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.audit.decoders.pdf_drawn import drawn_places
from analysis.audit.decoders.strings import printable
from analysis.audit.found import Found, Place, Said

_CONCATENATED = re.compile(r"""["'`]\s*\+\s*["'`]""")
_HEXED = re.compile(rb"(?<!<)<([0-9A-Fa-f\s]{6,})>")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_RUN = re.compile(rb"[\x20-\x7e]{3,}")
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


def _letters(content: bytes) -> str:
    """What a string says: text of one or two bytes a letter, or of numbers of glyphs its runs of letters.

    The page gives glyphs as letters, by its fonts. As they are, those among them that happen to be letters would be
    read as spelt apart.
    """
    if not _CONTROL.search(content):
        return content.decode("latin-1")
    wide = content.removeprefix(b"\xfe\xff").decode("utf-16-be", "replace")
    # One or two letters by themselves are glyphs by their numbers.
    return wide if len(wide) > 2 and wide.isprintable() else b"\n".join(_RUN.findall(content)).decode("ascii")


def _unescaped(line: bytes) -> str:
    def letter(match: re.Match[bytes]) -> bytes:
        octal = match[1]
        return bytes([int(octal, 8) & 0xFF]) if octal.isdigit() else octal

    return _letters(re.sub(rb"\\([0-7]{1,3}|.)", letter, line, flags=re.DOTALL))
