"""PDFs with something where few look: each made by pypdf, or appended to one by hand."""

from __future__ import annotations

import io
from collections.abc import Callable

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject


def page_of(writer: PdfWriter, content: bytes) -> None:
    """A page whose stream is this, with one plain font."""
    page = writer.add_blank_page(300, 200)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())


def pdf(text: str = "Children in need", change: Callable[[PdfWriter], None] | None = None, raw: bytes = b"") -> bytes:
    """A PDF of one page that says a text, changed as asked."""
    writer = PdfWriter()
    page_of(writer, raw or b"BT /F1 12 Tf 20 100 Td (" + text.encode("latin-1") + b") Tj ET")
    if change:
        change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def corrected(before: str, after: str) -> bytes:
    """A PDF that said one thing and was saved again, by an incremental update, with another."""
    first = pdf(before)
    writer = PdfWriter(io.BytesIO(first), incremental=True)
    stream = DecodedStreamObject()
    stream.set_data(b"BT /F1 12 Tf 20 100 Td (" + after.encode("latin-1") + b") Tj ET")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    out = io.BytesIO()
    writer.write(out)
    saved = out.getvalue()
    assert saved.count(b"%%EOF") == 2
    assert after in PdfReader(io.BytesIO(saved)).pages[0].extract_text()
    return saved


def with_note(text: str) -> Callable[[PdfWriter], None]:
    return lambda writer: (
        writer.add_annotation(page_number=0, annotation=FreeText(text=text, rect=(10, 10, 90, 40))) and None
    )


def with_object(text: str) -> Callable[[PdfWriter], None]:
    """A string in an object that nothing refers to."""
    thing = DictionaryObject({NameObject("/Alt"): TextStringObject(text)})
    return lambda writer: writer._add_object(thing) and None


def with_stream(content: bytes, **keys: str) -> Callable[[PdfWriter], None]:
    """A packed stream that nothing refers to."""

    def add(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(content)
        packed = stream.flate_encode()
        packed.update({NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in keys.items()})
        writer._add_object(packed)

    return add


def commented(comment: bytes) -> bytes:
    """A PDF with a line between its objects and their table, which no program shows."""
    content = pdf()
    table = content.rindex(b"\nxref") + 1
    return (
        content[:table]
        + comment
        + content[table:].replace(b"startxref\n%d" % table, b"startxref\n%d" % (table + len(comment)))
    )
