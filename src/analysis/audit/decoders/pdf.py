"""PDF: every revision, every object in it, every stream; pages as a reader sees them and strings as they stand."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    EncodedStreamObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from analysis.audit.budget import Budget
from analysis.audit.decoders.grid import number, table
from analysis.audit.decoders.packed import inflated
from analysis.audit.decoders.pdf_stream import literal
from analysis.audit.decoders.pdf_text import pages_of, tables
from analysis.audit.decoders.pdf_unlisted import unlisted
from analysis.audit.decoders.plain import script
from analysis.audit.decoders.strings import FONTS, font_names, printable
from analysis.audit.found import Found, Inside, Numbers, Picture, Place, Said
from analysis.audit.undressed import beside_each_other
from analysis.audit.unreadable import DamagedError, TooLargeError, UnknownKindError, UnreadableError

# pypdf tells of each oddity, with words of the file in it: they must not reach a log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)

_END = re.compile(rb"startxref\s+\d+\s*?(?:[\r\n]+%%EOF[\r\n]*|(?=[\r\n]))|%%EOF[\r\n]*")
"""Where a table of objects is told of, which ends a state; its last line may have been altered."""
_LAST_LINE = b"%%EOF"
_FEW_WORDS = 4
_MOST_REVISIONS = 20
_STREAM = re.compile(rb"(?<=stream)\r?\n.*?(?=endstream)", re.DOTALL)
_WORDLESS = {"/XRef", "/ObjStm"}
_SILENT = ("/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/CIDToGIDMap", "/Length1")
_WORD = re.compile(rb"[A-Za-z]{4,}")
_LONGEST_WORD = 40
"""Longer rows of letters among pixels are pixels of one colour."""
_WIDE = re.compile(rb"(?:\x00[\x20-\x7e]){5,}")
_ENOUGH = 3


def pdf(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """Everything in a PDF, in each state that it was saved in.

    Raises
    ------
    DamagedError
        If it can't be opened, is encrypted, or is cut short.
    TooLargeError
        If it was saved more often than a document is.
    """
    ends = [match.end() for match in _END.finditer(content)]
    if not ends or _LAST_LINE not in content:
        raise DamagedError("a PDF that is cut short")
    if content[ends[-1] :].strip():
        raise DamagedError("a PDF with bytes after its end")
    if b"/Linearized" in content[:1024]:
        # Its first end is that of the first page, which the whole has too.
        ends = ends[1:] or ends
    if len(ends) > _MOST_REVISIONS:
        raise TooLargeError(f"a PDF that was saved more than {_MOST_REVISIONS} times")
    yield from printable(content, where)
    yield Said((*where, "between streams"), _STREAM.sub(b" ", content).decode("latin-1"), Place.SOURCE)
    seen: set[str] = set()
    listed: set[bytes] = set()
    for place, end in enumerate(ends, start=1):
        at = (*where, f"revision {place} of {len(ends)}") if len(ends) > 1 else where
        for found in _revision(_ended(content[:end]), at, budget, listed):
            # An earlier state is mostly what the last one is.
            if isinstance(found, Said) and len(ends) > 1:
                if found.text in seen:
                    continue
                seen.add(found.text)
            yield found
    yield from unlisted(content, listed, where, budget)


def _ended(content: bytes) -> bytes:
    return content if content.rstrip().endswith(_LAST_LINE) else content + b"\n" + _LAST_LINE


def _revision(content: bytes, where: tuple[str, ...], budget: Budget, listed: set[bytes]) -> Iterator[Found]:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        encrypted = reader.is_encrypted
        pages = 0 if encrypted else len(reader.pages)
    except Exception:
        raise DamagedError("a PDF that can't be opened") from None
    if encrypted:
        raise DamagedError("a PDF with a password")
    if not pages:
        raise DamagedError("a PDF without a page")
    yield from _strings_of(reader.trailer, (*where, "trailer"))
    yield from _pages(content, where, budget)
    yield from _objects(reader, where, budget, listed)


def _pages(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """The pages as a reader sees them; all numbers of a page, and those of each column and row that stands apart."""
    for place, page in enumerate(_careful(lambda: pages_of(content)), start=1):
        budget.tick()
        at = (*where, f"page {place}")
        yield Said(at, page.text)
        # Without its lines: a name may be broken over two.
        values = tuple(value for word in page.text.split() if (value := number(word.strip("(),;:"))) is not None)
        if len(values) >= _ENOUGH:
            yield Numbers(at, values)
        lines = [line.split() for line in page.text.splitlines()]
        # Cells of one line come with a blank between them, as words do: a line of few may be cells.
        for beside in ([" ".join(line) for line in lines], *(line for line in lines if len(line) <= _FEW_WORDS)):
            for word in beside_each_other(beside):
                yield Said((*at, "texts joined"), word, Place.BESIDE)
        for count, rows in enumerate(tables(page), start=1):
            yield from table(rows, (*at, f"table {count}"))


def _objects(reader: PdfReader, where: tuple[str, ...], budget: Budget, listed: set[bytes]) -> Iterator[Found]:
    """Every object, whether or not a page leads to it."""
    names: dict[int, str] = {}
    streams: list[tuple[int, StreamObject]] = []
    for index in _indices(reader):
        budget.tick()
        found = _careful(lambda index=index: reader.get_object(IndirectObject(index, 0, reader)))
        if isinstance(found, DictionaryObject) and isinstance(found.get("/EF"), DictionaryObject):
            called = str(found.get("/UF") or found.get("/F") or "")
            for file in found["/EF"].values():  # type: ignore[attr-defined]
                if isinstance(file, IndirectObject):
                    names[file.idnum] = called
        yield from _strings_of(found, (*where, f"object {index}"))
        if isinstance(found, StreamObject):
            streams.append((index, found))
            listed.add(bytes(found._data))
    fonts = set(_font_files(reader, streams))
    for index, stream in streams:
        budget.tick()
        # What is all plain letters is no font, whatever refers to it as one.
        data = bytes(_careful(stream.get_data)) if index in fonts else b""
        if data.startswith(FONTS):
            yield from _font(data, (*where, f"object {index}"))
        if data.isascii():
            yield from _stream(reader, stream, (*where, f"object {index}"), names.get(index), budget)


def _font(data: bytes, where: tuple[str, ...]) -> Iterator[Found]:
    """A font's texts, as it lists them where it does, and two bytes a letter wherever they stand."""
    with suppress(Exception):
        # A font may be cut down to its glyphs.
        yield from font_names(data, where)
    for run in _WIDE.findall(data):
        yield Said(where, run.decode("utf-16-be"), Place.SOURCE)


def _indices(reader: PdfReader) -> list[int]:
    direct = {index for generation in reader.xref.values() for index in generation}
    return sorted(direct | set(reader.xref_objStm))


def _font_files(reader: PdfReader, streams: list[tuple[int, StreamObject]]) -> Iterator[int]:
    """The streams that are glyphs and tables of glyphs, by what refers to them."""
    for index in _indices(reader):
        holder = _careful(lambda index=index: reader.get_object(IndirectObject(index, 0, reader)))
        if isinstance(holder, DictionaryObject):
            for key in _SILENT:
                value = holder.raw_get(key) if key in holder else None
                if isinstance(value, IndirectObject):
                    yield value.idnum


def _stream(
    reader: PdfReader, stream: StreamObject, where: tuple[str, ...], name: str | None, budget: Budget
) -> Iterator[Found]:
    if stream.get("/Subtype") == "/Image":
        yield Picture(where)
        yield from _image(stream, where, budget)
        return
    data = bytes(_careful(stream.get_data))
    if stream.get("/Type") in _WORDLESS:
        yield from printable(data, where)
        return
    if len(data) > budget.most(max(len(stream._data), 1)):
        raise TooLargeError("a stream that unpacks to far more than it was")
    if name is not None or stream.get("/Type") == "/EmbeddedFile":
        yield Said((*where, "attachment"), name or "", Place.ID)
        yield Inside((*where, "attachment"), name or "", data)
        return
    if stream.get("/Type") == "/Metadata" or data.lstrip().startswith(b"<"):
        yield Inside((*where, "XMP"), "part.xml", data.strip())
        return
    if stream.get("/Subtype") == "/Form" and isinstance(stream, EncodedStreamObject):
        yield Said(where, _careful(lambda: reader.pages[0].extract_xform_text(stream)))
    yield from literal(data, where)


def _image(stream: StreamObject, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """A picture in a format of its own; and words that only call themselves one."""
    filters = stream.get("/Filter")
    last = filters[-1] if isinstance(filters, list) and filters else filters
    if last == "/DCTDecode":
        before = bytes(stream._data)
        packed = isinstance(filters, list) and len(filters) > 1
        yield Inside((*where, "picture"), "picture.jpg", inflated(before, budget) if packed else before)
    elif last in ("/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"):
        raise UnknownKindError("a picture in a PDF in a format that is not read here")
    else:
        data = bytes(_careful(stream.get_data))
        if data.isascii():
            yield Said(where, data.decode("ascii"), Place.SOURCE)
        words = b"\n".join(word for word in _WORD.findall(data) if len(word) <= _LONGEST_WORD).decode("ascii")
        if words:
            yield Said(where, words, Place.BYTES)


def _strings_of(thing: Any, where: tuple[str, ...], depth: int = 0) -> Iterator[Found]:
    """The strings and names in an object; what it refers to comes by itself."""
    if depth > 100:
        raise DamagedError("a PDF object that is nested too deep")
    if isinstance(thing, TextStringObject):
        yield Said(where, str(thing))
        yield from script(str(thing), where)
    elif isinstance(thing, ByteStringObject):
        yield Said(where, bytes(thing).decode("latin-1"))
    elif isinstance(thing, NameObject):
        yield Said(where, str(thing).lstrip("/"), Place.ID)
    elif isinstance(thing, ArrayObject):
        for item in thing.data if hasattr(thing, "data") else list(thing):
            yield from _strings_of(item, where, depth + 1)
    elif isinstance(thing, DictionaryObject):
        for key in thing:
            yield Said((*where, "key"), str(key).lstrip("/"), Place.ID)
            yield from _strings_of(thing.raw_get(key), (*where, str(key).lstrip("/")), depth + 1)


def _careful(read: Any) -> Any:
    """What a reading of pypdf gives; whatever it raises is told in our own words."""
    try:
        return read()
    except UnreadableError:
        raise
    except Exception:
        raise DamagedError("a part of a PDF that can't be read") from None
