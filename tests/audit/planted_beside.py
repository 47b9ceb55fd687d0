"""What stands beside what programs show: packed chunks, bytes after an end, streams that no table of a PDF lists."""

from __future__ import annotations

import gzip
import io
import zlib

from fontTools.ttLib import TTFont, newTable
from office_parts import zipped
from pdf_parts import commented, corrected, pdf, with_stream
from picture_parts import photo, png
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

WORDS = b"the lines of Kent and Surrey"


def _font_of_wide_letters(writer: PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream.set_data(b"\x00\x01\x00\x00\xff" + "Kent County Sans".encode("utf-16-be"))
    writer._add_object(DictionaryObject({NameObject("/FontFile2"): writer._add_object(stream.flate_encode())}))


def _font_with_a_name(writer: PdfWriter) -> None:
    """Its table of names has it in one byte a letter, among others that a cut-down font needs not have."""
    font, kept = TTFont(), io.BytesIO()
    font["name"] = newTable("name")
    font["name"].names = []
    font["name"].setName("Kent County Sans", 1, 1, 0, 0)
    font.save(kept)
    stream = DecodedStreamObject()
    stream.set_data(kept.getvalue())
    writer._add_object(DictionaryObject({NameObject("/FontFile2"): writer._add_object(stream.flate_encode())}))


def _without_its_first_end() -> bytes:
    return corrected("Higher than in Kent", "Higher than elsewhere").replace(b"%%EOF", b"%%EOX", 1)


def _unlisted() -> bytes:
    packed = zlib.compress(b"BT (" + WORDS + b") Tj ET")
    return commented(b"99 0 obj\n<</Length %d>>\nstream\n%b\nendstream\nendobj\n" % (len(packed), packed))


NAMES_BESIDE = {
    "png private chunk that is packed": ("a.png", png((b"prVt", zlib.compress(WORDS)))),
    "png private chunk that is a gzip": ("a.png", png((b"prVt", gzip.compress(WORDS)))),
    "png private chunk that is a zip": ("a.png", png((b"prVt", zipped({"a.txt": WORDS})))),
    "jpg packed after its end": ("a.jpg", photo() + zlib.compress(WORDS)),
    "jpg words after its end, with another end": ("a.jpg", photo() + b"as in Kent \xff\xd9"),
    "pdf earlier revision with an altered end": ("a.pdf", _without_its_first_end()),
    "pdf stream that no table lists": ("a.pdf", _unlisted()),
    "pdf font of wide letters": ("a.pdf", pdf(change=_font_of_wide_letters)),
    "pdf font with a name": ("a.pdf", pdf(change=_font_with_a_name)),
    "pdf words among a picture's bytes": ("a.pdf", pdf(change=with_stream(b"\xff\xfe" + WORDS, Subtype="Image"))),
}
