"""More of the corpus: names cut in pieces by whatever shows them, and places that few programs show."""

from __future__ import annotations

import base64
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator

from office_parts import docx, pptx, row, run, xlsx, zipped
from pdf_parts import pdf, with_stream
from picture_parts import photo, png, png_info
from pypdf import PdfWriter
from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

KENT_BY_ONE = "".join(f"<td>{letter}</td>" for letter in "KENT")
DEFLATED = zlib.compressobj(9, zlib.DEFLATED, -15)
RAW = DEFLATED.compress(b"members: Kent, Surrey, Slough, Medway") + DEFLATED.flush()


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def page(body: str = "", head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>Report</title>{head}</head><body>{body}</body></html>".encode()


IN_PAGES = {
    "style in pieces": page(head="<style>.a:before { content: 'K' 'ent' }</style>"),
    "letter in each cell": page(f"<table><tr>{KENT_BY_ONE}</tr></table>"),
    "letter in each paragraph": page("".join(f"<p>{letter}</p>" for letter in "Kent")),
    "name over two cells": page("<table><tr><td>Hamp</td><td>shire</td></tr></table>"),
    "spans in a division": page("<div>" + "".join(f"<span>{letter}</span>" for letter in "Kent") + "</div>"),
    "spaces between": page("<p>K    e    n    t</p>"),
    "words of one letter beside the letters": page("<p>As in a K e n t, a team left.</p>"),
    "tags": page("<p>x" + "".join(chr(0xE0000 + ord(letter)) for letter in "Kent") + "</p>"),
    "base64 of four letters": page(f"<p data-k='{b64(b'Kent')}'></p>"),
    "base64 in groups": page("<p>aW4g SGFt cHNo aXJl IHRo ZXJl</p>"),
    "base64 of Windows' text": page(f"<p data-k='{b64('in Kent, £4'.encode('cp1252'))}'></p>"),
    "base64 of packed text": page(f"<script>unpack('{b64(RAW)}')</script>"),
    "hexadecimal numbers": page("<script>x = [0x4b, 0x65, 0x6e, 0x74]</script>"),
    "hexadecimal with hyphens": page("<p>4b-65-6e-74</p>"),
    "octal escapes": page(r"<script>'\113\145\156\164'</script>"),
    "numbers of letters": page("<p>75 101 110 116</p>"),
    "bits": page("<p>01001011 01100101 01101110 01110100</p>"),
    "script's own decoding": page("<script>atob('S2VudA==')</script>"),
    "script's template": page("<script>`Ke${''}nt`</script>"),
    "abbreviation with stops": page("<p>M.K. was high</p>"),
    "point of the compass": page("<p>W Sussex was high</p>"),
    "name of an attribute": page("<p data-kent='1'>x</p>"),
    "name of an element": page("<kent-chart></kent-chart>"),
    "attribute that stands twice": page("<p title='a' title='Kent'>x</p>"),
    "attribute of an end": page("<p>x</p kent='1'>"),
    "several pictures": page("<img srcset='kent-1x.png 1x, b.png 2x'>"),
    "mail's line ends": page("<p>Ke=\nnt</p>"),
}
CODES_IN_PAGES = {
    "ONS code with spaces": page("<p>E06 000 042</p>"),
    "number of a school": page("<p>LAESTAB 8264001</p>"),
}
DRAWINGS = {
    "letters one by one": "".join(f"<text x='{place}' y='3'>{letter}</text>" for place, letter in enumerate("Kent")),
    "style escapes": r"<style>text::after { content: '\4b ent' }</style>",
    "script": "<script>x = 'Ke' + 'nt'</script>",
    "namespace": "<g xmlns:kent='u'/>",
    "page within": "<foreignObject><p>K<b>ent</b></p></foreignObject>",
}
IN_WORD = {
    "deleted between": docx("<w:p><w:r><w:t>Ke</w:t></w:r><w:del><w:r><w:delText>xyz</w:delText></w:r></w:del>"
                            "<w:ins><w:r><w:t>nt</w:t></w:r></w:ins></w:p>"),
    "signs": docx("<w:p><w:r>" + "".join(f"<w:sym w:char='F0{ord(one):02X}'/>" for one in "Kent") + "</w:r></w:p>"),
    "formula": docx("<m:oMath xmlns:m='m'><m:r><m:t>Ke</m:t></m:r><m:r><m:t>nt</m:t></m:r></m:oMath>"),
    "variable": docx(more={"word/settings.xml": "<s><docVar name='la' val='Kent'/></s>"}),
    "glossary": docx(more={"word/glossary/document.xml": "<d><p><t>Ke</t><t>nt</t></p></d>"}),
    "letter in each cell": docx("<w:tbl><w:tr>" + "".join(f"<w:tc>{run(one)}</w:tc>" for one in "KENT")
                                + "</w:tr></w:tbl>"),
    "choice": docx("<w:sdt><w:listItem w:displayText='Kent' w:value='1'/></w:sdt>"),
    "style": docx(more={"word/styles.xml": "<s><style styleId='KentHeading'/></s>"}),
    "UTF-16": docx(more={"word/notes.xml": '<?xml version="1.0" encoding="UTF-16"?><f>Kent</f>'.encode("utf-16")}),
}  # fmt: skip
IN_SLIDES = {
    "master": pptx(more={"ppt/slideMasters/slideMaster1.xml": "<m><p><t>Me</t><t>dway</t></p></m>"}),
    "show of some slides": pptx(more={"ppt/presentation.xml": "<custShow name='for Kent'/>"}),
    "modern comment": pptx(more={"ppt/comments/modernComment_1.xml": "<c><p><t>Ke</t><t>nt</t></p></c>"}),
}
IN_EXCEL = {
    "characters by number": xlsx(
        '<row r="1"><c r="A1"><f>CHAR(75)&amp;CHAR(101)&amp;CHAR(110)&amp;CHAR(116)</f></c></row>'
    ),
    "joined by a function": xlsx('<row r="1"><c r="A1"><f>CONCATENATE("Ke","nt")</f></c></row>'),
    "letters down a column": xlsx("".join(row(place, letter) for place, letter in enumerate("Kent", start=1))),
    "escaped letter": xlsx(more={"xl/sharedStrings.xml": "<sst><si><t>_x004B_ent</t></si></sst>"}),
    "list to choose from": xlsx(
        more={"xl/worksheets/sheet2.xml": '<worksheet><formula1>"Kent,Surrey"</formula1></worksheet>'}
    ),
    "form of numbers": xlsx(more={"xl/styles.xml": "<s><numFmt formatCode='&quot;Kent&quot; 0.0'/></s>"}),
    "slicer": xlsx(more={"xl/slicers/slicer1.xml": "<slicers><slicer caption='Kent'/></slicers>"}),
    "cache of another file": xlsx(more={"xl/externalLinks/externalLink1.xml": "<e><sheetName val='Kent'/></e>"}),
}
CODES_IN_EXCEL = {
    "authority number": xlsx(row(1, "Authority number", "Rate") + row(2, 826, 4.5) + row(3, 850, 3.2)),
    "text with a space": xlsx(row(1, "x", "Rate") + row(2, "826 ", 4.5)),
}


def _photo_in(content: bytes) -> bytes:
    def add(writer: PdfWriter) -> None:
        stream = EncodedStreamObject()
        stream._data = content
        kind = {"/Subtype": "/Image", "/Filter": "/DCTDecode"}
        stream.update({NameObject(key): NameObject(value) for key, value in kind.items()})
        stream.update({NameObject(key): NumberObject(8) for key in ("/Width", "/Height")})
        writer._add_object(stream)

    return pdf(change=add)


def _font_of_words(writer: PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream.set_data(b"in Kent and Surrey and Hampshire")
    file = writer._add_object(stream.flate_encode())
    writer._add_object(DictionaryObject({NameObject("/FontFile2"): file}))


def _action(writer: PdfWriter) -> None:
    script = DictionaryObject({NameObject("/JS"): TextStringObject("app.alert('Ke' + 'nt')")})
    writer._root_object[NameObject("/OpenAction")] = script


def _text(drawn: bytes) -> bytes:
    return pdf(raw=b"BT /F1 12 Tf 20 100 Td " + drawn + b" Tj ET")


IN_PDF = {
    "text for reading aloud": pdf(raw=b"/Span <</ActualText <FEFF004B0065006E0074>>> BDC BT (x) Tj ET EMC"),
    "hexadecimal text": _text(b"<4B 65\n6E 74>"),
    "octal text": _text(rb"(\113\145\156\164)"),
    "letters each by itself": _text(b"(K) Tj 8 0 Td (e) Tj 8 0 Td (n) Tj 8 0 Td (t)"),
    "comment in a stream": pdf(raw=b"% Kent\nBT /F1 12 Tf 20 100 Td (x) Tj ET"),
    "short comment": pdf().replace(b"endobj\n", b"endobj\n% Kent\n", 1),
    "key of a picture": pdf(raw=b"q BI /W 1 /H 1 /CS /G /BPC 8 /Kent 1 ID \x00 EI Q"),
    "script that opens it": pdf(change=_action),
    "script in a stream": pdf(change=with_stream(b"app.alert('Ke' + 'nt')")),
    "words called a picture": pdf(change=with_stream(b"in Kent and Surrey", Subtype="Image")),
    "words called a font": pdf(change=_font_of_words),
    "words called a table": pdf(change=with_stream(b"in Kent and Surrey and Hampshire", Type="XRef")),
    "several letters for one sign": pdf(change=with_stream(b"beginbfchar <01> <004B0065006E0074> endbfchar")),
    "comment of a JPEG": _photo_in(photo(comment=b"Kent")),
}
HEAD = photo()[:2]
REST = photo()[2:]


def _segment(kind: int, data: bytes) -> bytes:
    return bytes([0xFF, kind]) + struct.pack(">H", len(data) + 2) + data


PICTURES = {
    "png chunk of a date": png((b"tIME", b"Kent...")),
    "png chunk of colours": png((b"hIST", b"Kent and Surrey ")),
    "png XMP with a comment": png_info("XML:com.adobe.xmp", "<x><y>Ke<!-- -->nt</y></x>", international=True),
    "png base64 in a text": png((b"zTXt", b"x\x00\x00" + zlib.compress(b64(b"Hampshire and").encode()))),
    "png camera data in a text": png_info("Raw profile type exif", f"\nexif\n 30\n{b'Exif..in Hampshire'.hex()}\n"),
    "jpg segment of a program": HEAD + _segment(0xEF, b"Kent") + REST,
    "jpg first of two comments": HEAD + _segment(0xFE, b"Kent") + _segment(0xFE, b"x") + REST,
    "jpg four letters after its end": photo() + b"Kent",
    "jpg archive after its end": photo() + zipped({"a.txt": "Kent"}),
    "gif block of a program": photo("GIF")[:-1] + b"\x21\xff\x0bXMP DataXMP\x04Kent\x00;",
}


def _cell(data: dict[str, object]) -> bytes:
    output = {"output_type": "display_data", "metadata": {}, "data": data}
    return json.dumps({"cells": [{"cell_type": "code", "outputs": [output]}], "metadata": {}}).encode()


NOTEBOOKS = {
    "TeX": _cell({"text/latex": ["\\textbf{Ke}", "nt"]}),
    "Markdown": _cell({"text/markdown": ["Ke**nt**"]}),
    "script": _cell({"application/javascript": ["x = 'Ke' +", "'nt'"]}),
    "colours of a terminal": _cell({"text/plain": ["\x1b[31mKe\x1b[0mnt"]}),
    "attachment": json.dumps({"cells": [{"attachments": {"kent.png": {"image/png": b64(png())}}}]}).encode(),
    "state of a widget": json.dumps({"cells": [], "metadata": {"widgets": {"state": {"value": "Kent"}}}}).encode(),
}
TABLES = {
    "csv letters down a column": b"a\nK\ne\nn\nt\n",
    "csv name over two lines": b'area,rate\n"Milton\nKeynes",4\n',
    "md marks in the name": b"K**e**nt",
    "md comment in the name": b"Ke<!-- -->nt",
    "tex marks in the name": b"Ke{\\bf nt}",
}
CODES_IN_TABLES = {
    "csv word for the separator": b"sep=;\nLA;rate\n826;4\n850;4\n",
    "csv codes with decimals": b"LA code,rate\n826.0,4\n850.0,5\n",
    "csv codes with a zero before": b"LA code,rate\n0826,4\n0850,5\n",
}


def _archives() -> Iterator[tuple[str, bytes]]:
    told = zipfile.ZipInfo("a.txt")
    told.comment = b"for Kent"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(told, "x")
    yield "comment of a part", out.getvalue()


def further() -> Iterator[tuple[str, str, bytes, bool]]:
    """What it is, what the file is called, its bytes, and whether a code rather than a name stands in it."""
    svgs = {name: f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'.encode() for name, inner in DRAWINGS.items()}
    for files, kind, file, is_code in (
        (IN_PAGES, "html", "report.html", False),
        (CODES_IN_PAGES, "html", "report.html", True),
        (svgs, "svg", "chart.svg", False),
        (IN_WORD, "docx", "report.docx", False),
        (IN_SLIDES, "pptx", "slides.pptx", False),
        (IN_EXCEL, "xlsx", "figures.xlsx", False),
        (CODES_IN_EXCEL, "xlsx", "figures.xlsx", True),
        (IN_PDF, "pdf", "report.pdf", False),
        (NOTEBOOKS, "ipynb", "report.ipynb", False),
        (dict(_archives()), "zip", "pack.zip", False),
    ):
        for name, content in files.items():
            yield f"{kind} {name}", file, content, is_code
    for files, is_code in ((PICTURES, False), (TABLES, False), (CODES_IN_TABLES, True)):
        for name, content in files.items():
            yield name, f"file.{name.split()[0]}", content, is_code
