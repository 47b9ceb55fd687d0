"""What kind of file some bytes are: by how they begin, else by the ending of their name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePosixPath

from analysis.audit.unreadable import DamagedError, UnknownKindError


class Kind(StrEnum):
    """The families that can be read."""

    ARCHIVE = "zip archive"
    PDF = "PDF"
    PNG = "PNG"
    PHOTO = "picture"
    HTML = "HTML"
    XML = "XML"
    JSON = "JSON"
    TEXT = "text"
    TABLE = "table"
    PACKED = "packed"
    STRINGS = "font or settings"


_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"PK\x03\x04", Kind.ARCHIVE),
    (b"PK\x05\x06", Kind.ARCHIVE),
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.PHOTO),
    (b"II*\x00", Kind.PHOTO),
    (b"MM\x00*", Kind.PHOTO),
    (b"GIF87a", Kind.PHOTO),
    (b"GIF89a", Kind.PHOTO),
    (b"\x1f\x8b\x08", Kind.PACKED),
    (b"BZh", Kind.PACKED),
    (b"\xfd7zXZ\x00", Kind.PACKED),
    (b"wOFF", Kind.STRINGS),
    (b"wOF2", Kind.STRINGS),
    (b"OTTO", Kind.STRINGS),
    (b"\x00\x01\x00\x00\x00", Kind.STRINGS),
)
_ENDINGS = {
    Kind.ARCHIVE: "zip docx docm dotx pptx pptm potx xlsx xlsm xltx odt ods odp epub",
    Kind.PDF: "pdf",
    Kind.PNG: "png",
    Kind.PHOTO: "jpg jpeg tif tiff gif",
    Kind.HTML: "html htm",
    Kind.XML: "xml rels vml svg xhtml opf ncx rdf xmp",
    Kind.JSON: "json ipynb geojson",
    Kind.TEXT: "txt md qmd css js mjs yml yaml typ tex py r lua log",
    Kind.TABLE: "csv tsv tab",
    Kind.PACKED: "gz bz2 xz",
    Kind.STRINGS: "ttf otf woff woff2",
}
_BY_ENDING = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings.split()}
_BY_NAME = {"mimetype": Kind.TEXT}
_WITHOUT_BEGINNING = (Kind.HTML, Kind.XML, Kind.JSON, Kind.TEXT, Kind.TABLE)
_FONTS_AND_SETTINGS = ("printersettings", "colorprofile")


def kind_of(name: str, content: bytes) -> Kind:
    """The kind of some bytes.

    Parameters
    ----------
    name
        What they are called, with or without folders; the ending of it.
    content
        The bytes. Their beginning goes before the name: a spreadsheet that is called `.txt` is read as a spreadsheet.

    Raises
    ------
    UnknownKindError
        If neither says anything.
    DamagedError
        If the name promises a format that its bytes do not begin like.
    """
    seen = beginning(content)
    if seen is not None:
        return seen
    path = PurePosixPath(name.replace("\\", "/").casefold())
    if path.suffix == ".bin" and path.stem.rstrip("0123456789") in _FONTS_AND_SETTINGS:
        return Kind.STRINGS
    kind = _BY_NAME.get(path.name) or _BY_ENDING.get((path.suffix or path.name).lstrip("."))
    if kind is None:
        raise UnknownKindError("in no format that is read here")
    if kind not in _WITHOUT_BEGINNING:
        raise DamagedError(f"called {kind}, and does not begin like one")
    return kind


def beginning(content: bytes) -> Kind | None:
    """The kind that the first bytes give away; None where they give away none."""
    return next((kind for start, kind in _BEGINNINGS if content.startswith(start)), None)
