"""Bytes as text: UTF-8, UTF-16 with or without its mark, else the Windows encoding of western Europe."""

from __future__ import annotations

import codecs

from analysis.audit.unreadable import DamagedError


def as_text(content: bytes) -> str:
    """The text that some bytes are.

    Raises
    ------
    DamagedError
        If they are none: bytes that no encoding has, or zeros among them.
    """
    text = _decoded(content)
    if "\x00" in text:
        raise DamagedError("zeros within a text")
    return text


def _decoded(content: bytes) -> str:
    for mark, name in ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
                       (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):  # fmt: skip
        if content.startswith(mark):
            return _strict(content, name)
    if b"\x00" in content:
        # Latin letters in UTF-16 are every second byte; the others are zeros.
        return _strict(content, "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _strict(content, "cp1252")


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise DamagedError("a text in no encoding that is read here") from None
