"""Word, PowerPoint, Excel and OpenDocument files written part by part: no library leaves out what is to be hidden."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def docx(body: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word document with this in its body, and other parts beside."""
    text = "<w:p><w:r><w:t>Children in need, second quarter.</w:t></w:r></w:p>"
    document = f"{_HEAD}<w:document {W} {A} {R}><w:body>{text}{body}</w:body></w:document>"
    return zipped({"[Content_Types].xml": _HEAD + _TYPES, "word/document.xml": document, **_headed(more)})


def run(*texts: str, properties: str = "") -> str:
    """A paragraph of several runs."""
    inner = "".join(f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>" for text in texts)
    return f"<w:p>{inner}</w:p>"


def pptx(shapes: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A presentation with this on its slide."""
    slide = f"{_HEAD}<p:sld {P} {A} {R}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
    return zipped({"[Content_Types].xml": _HEAD + _TYPES, "ppt/slides/slide1.xml": slide, **_headed(more)})


def shape(text: str, alt: str = "", name: str = "TextBox 826") -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="826" name="{name}" descr="{alt}"/></p:nvSpPr>'
        f"<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def xlsx(rows: str = "", more: Mapping[str, str | bytes] | None = None, *, sheet: str = "Figures", book: str = "",
         state: str = "visible") -> bytes:  # fmt: skip
    """A workbook with these rows on its only sheet."""
    workbook = (
        f'{_HEAD}<workbook {S} {R}><sheets><sheet name="{sheet}" sheetId="1" state="{state}" r:id="rId1"/></sheets>'
        f"{book}</workbook>"
    )
    relations = (
        f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
    )
    first = relations.replace("worksheets/sheet1.xml", "xl/workbook.xml").replace("/worksheet", "/officeDocument")
    return zipped(
        {
            "[Content_Types].xml": _HEAD + _TYPES,
            "_rels/.rels": first,
            "xl/workbook.xml": workbook,
            "xl/_rels/workbook.xml.rels": relations,
            "xl/worksheets/sheet1.xml": f"{_HEAD}<worksheet {S}><sheetData>{rows}</sheetData></worksheet>",
            **_headed(more),
        }
    )


def row(place: int, *cells: str | float) -> str:
    """A row of a sheet: texts as inline strings, numbers as numbers."""
    written = "".join(
        f'<c r="{"ABCDEFG"[column]}{place}"><v>{cell}</v></c>'
        if isinstance(cell, int | float)
        else f'<c r="{"ABCDEFG"[column]}{place}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for column, cell in enumerate(cells)
    )
    return f'<row r="{place}">{written}</row>'


def chart(series: str, values: tuple[float, ...] = (1, 2, 4)) -> str:
    """A chart part with the cached name and figures of a series."""
    points = "".join(f'<c:pt idx="{place}"><c:v>{value}</c:v></c:pt>' for place, value in enumerate(values))
    return (
        f"{_HEAD}<c:chartSpace {C}><c:chart><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:strCache>"
        f'<c:pt idx="0"><c:v>{series}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:val><c:numRef><c:numCache>{points}'
        "</c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
    )


def core(**properties: str) -> str:
    inner = "".join(f"<dc:{key}>{value}</dc:{key}>" for key, value in properties.items())
    return (
        f'<cp:coreProperties xmlns:cp="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/">{inner}</cp:coreProperties>'
    )


def _headed(parts: Mapping[str, str | bytes] | None) -> dict[str, str | bytes]:
    return dict(parts or {})
