"""JPEG, TIFF and GIF: camera data with all its directories, comments, XMP, and every run of letters besides."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from PIL import ExifTags, Image

from analysis.audit.budget import Budget
from analysis.audit.decoders.strings import strings
from analysis.audit.found import Found, Inside, Picture, Place, Said
from analysis.audit.unreadable import DamagedError
from analysis.audit.wrapped import unwrapped

_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_JPEG, _SCAN = b"\xff\xd8\xff", b"\xda"
_AFTER_PIXELS = re.compile(rb"\xff\xd9")
"""The first after the pixels begin: among them no byte of ones is followed by it."""
_IS_TEXT = re.compile(rb"[\xe0-\xef\xfe]")
"""Segments of programs, and comments."""
_LETTERS = re.compile(r"[A-Za-z][A-Za-z &'._-]{3,}")
_FORMATS = ("JPEG", "TIFF", "GIF")


def photo(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """Every text that a picture of a camera or a scanner keeps.

    Raises
    ------
    DamagedError
        If it can't be opened, or is cut short.
    """
    yield Picture(where)
    try:
        with warnings.catch_warnings():
            # A picture far larger than any screen is refused.
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                frames = getattr(image, "n_frames", 1)
                facts = []
                for frame in range(frames):
                    budget.tick()
                    image.seek(frame)
                    image.load()
                    facts.append((dict(image.info), image.getexif()))
    except Exception:
        raise DamagedError("a picture that can't be opened") from None
    for frame, (info, exif) in enumerate(facts, start=1):
        at = (*where, f"frame {frame}") if frames > 1 else where
        yield from _properties(info, at)
        yield from _directories(exif, at)
    for packet in _XMP.findall(content):
        yield Inside((*where, "XMP"), "part.xml", packet)
    yield from strings(content, where, budget)
    if content.startswith(_JPEG):
        yield from _segments(content, where, budget)
    elif content.startswith(b"GIF8"):
        yield Said((*where, "bytes"), " ".join(_LETTERS.findall(content.decode("latin-1"))), Place.SOURCE)


def _segments(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """The segments of a JPEG before its pixels, and what follows its end."""
    place = 2
    while content[place : place + 1] == b"\xff" and content[place + 1 : place + 2] != _SCAN:
        size = int.from_bytes(content[place + 2 : place + 4], "big")
        segment = content[place + 4 : place + 2 + size]
        if _IS_TEXT.match(content[place + 1 : place + 2]):
            yield Said((*where, "segment"), segment.decode("latin-1"))
            yield Said((*where, "segment"), segment.replace(b"\x00", b"").decode("latin-1"))
        place += 2 + max(size, 2)
    end = _AFTER_PIXELS.search(content, place)
    after = content[end.end() :] if end else b""
    if after.strip(b"\x00"):
        yield Said((*where, "after its end"), after.decode("latin-1"))
        yield from unwrapped(after, len(after), (*where, "after its end"), budget)


def camera(data: bytes, where: tuple[str, ...]) -> Iterator[Found]:
    """The texts of camera data (Exif) that stands by itself."""
    exif = Image.Exif()
    try:
        exif.load(data)
    except Exception:
        raise DamagedError("camera data that can't be read") from None
    yield from _directories(exif, where)


def _directories(exif: Image.Exif, where: tuple[str, ...]) -> Iterator[Found]:
    yield from _properties(exif, (*where, "Exif"))
    for directory in ExifTags.IFD:
        yield from _properties(exif.get_ifd(directory), (*where, f"Exif {directory.name}"))


def _properties(facts: Mapping[Any, Any], where: tuple[str, ...]) -> Iterator[Found]:
    for key, value in facts.items():
        at = (*where, str(key))
        if isinstance(value, bytes):
            # Windows writes titles and authors in UTF-16; a comment begins with the name of its encoding.
            yield Said(at, value.removeprefix(b"ASCII\x00\x00\x00").decode("utf-8", "replace"))
            yield Said(at, value.removeprefix(b"UNICODE\x00").decode("utf-16-le", "replace"))
            yield Said(at, value.removeprefix(b"UNICODE\x00").decode("utf-16-be", "replace"))
        elif isinstance(value, tuple | list):
            yield Said(at, " ".join(map(str, value)))
            if value and all(isinstance(item, int) and 0 <= item < 256 for item in value):
                yield Said(at, bytes(value).decode("utf-16-le", "replace"))
        else:
            yield Said(at, str(value))
