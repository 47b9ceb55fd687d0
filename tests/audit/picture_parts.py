"""Pictures with words beside their pixels."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, PngImagePlugin


def png(*chunks: tuple[bytes, bytes], after: bytes = b"") -> bytes:
    """A small PNG with these chunks before its end."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    content = out.getvalue()
    end = content.index(b"IEND") - 4
    added = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return content[:end] + added + content[end:] + after


def png_info(key: str, text: str, *, packed: bool = False, international: bool = False) -> bytes:
    """A PNG with a text as Pillow writes it."""
    info = PngImagePlugin.PngInfo()
    if international:
        info.add_itxt(key, text, zip=packed)
    else:
        info.add_text(key, text, zip=packed)
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def exif(tag: int, value: str | bytes) -> Image.Exif:
    facts = Image.Exif()
    facts[tag] = value
    return facts


def photo(kind: str = "JPEG", facts: Image.Exif | None = None, comment: bytes = b"") -> bytes:
    """A small JPEG, TIFF or GIF."""
    out = io.BytesIO()
    image = Image.new("RGB", (8, 8), "white")
    more = {"exif": facts} if facts is not None else {}
    if comment:
        more["comment"] = comment
    image.save(out, kind, **more)
    return out.getvalue()
