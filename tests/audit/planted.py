"""The corpus: files that each tell, somewhere, who is concealed. The reader is Buckinghamshire."""

from __future__ import annotations

import base64
import bz2
import codecs
import gzip
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import matplotlib as mpl
import pandas as pd
from matplotlib import pyplot as plt
from office_parts import chart, core, docx, pptx, row, run, shape, xlsx, zipped
from pdf_parts import commented, corrected, pdf, with_note, with_object, with_stream
from picture_parts import exif, photo, png, png_info
from planted_beside import NAMES_BESIDE
from planted_cut import NAMES_CUT
from planted_further import further
from planted_layouts import CODES_BY_LAYOUT
from planted_spellings import ADDRESSES, NAMES_BY_SPELLING
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from analysis.audit.deny import Kind


@dataclass(frozen=True)
class Vector:
    """One planted file."""

    id: str
    name: str
    content: bytes
    kind: Kind = Kind.NAME


def page(body: str = "", head: str = "") -> bytes:
    return (
        "<!DOCTYPE html><html lang='en-GB'><head><meta charset='utf-8'><title>Report</title>"
        f"{head}</head><body><h1>Children in need</h1>{body}</body></html>"
    ).encode()


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def notebook(**cell: object) -> bytes:
    filled = {"cell_type": "code", "metadata": {}, "source": [], "outputs": [], "execution_count": None, **cell}
    return json.dumps({"cells": [filled], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def _html() -> Iterator[Vector]:
    def one(name: str, body: str = "", head: str = "", kind: Kind = Kind.NAME) -> Vector:
        return Vector(f"html {name}", "report.html", page(body, head), kind)

    yield one("text", "<p>Higher than in Kent this quarter.</p>")
    yield one("small letters", "<p>higher than in hampshire</p>")
    yield one("capitals", "<h2>SURREY AND OTHERS</h2>")
    yield one("comment", "<!-- medway dropped -->")
    yield one("attribute", "<p title='Isle of Wight'>high</p>")
    yield one("alternative text", "<img src='x.png' alt='Line of Slough above the others'>")
    yield one("class", "<tr class='row-portsmouth'><td>4</td></tr>")
    yield one("id", "<g id='line_WestSussex'></g>")
    yield one("data attribute", "<div data-member='kent_2025'></div>")
    yield one("hidden", "<div style='display:none'>Wokingham</div>")
    yield one("named entity", "<p>Brighton &amp; Hove</p>")
    yield one("numbered entities", "<p>&#75;&#101;&#110;&#116;</p>")
    yield one("entities twice", "<p>&amp;#75;ent</p>")
    yield one("elements in the name", "<p>in K<b>en</b>t</p>")
    yield one("spans by letter", "<p>" + "".join(f"<span>{letter}</span>" for letter in "Oxfordshire") + "</p>")
    yield one("soft hyphen", "<p>Hamp&shy;shire</p>")
    yield one("no-break space", "<p>Milton&nbsp;Keynes</p>")
    yield one("zero width", "<p>Sou​tham‌pton</p>")
    yield one("direction marks", "<p>‮Kent‬</p>")
    yield one("Cyrillic letters", "<p>Ѕurrеу</p>")
    yield one("Greek letters", "<p>ΚεΝt and Ηampshire</p>")
    yield one("full width", "<p>Ｋｅｎｔ</p>")
    yield one("mathematical letters", "<p>\U0001d40a\U0001d41e\U0001d427\U0001d42d</p>")
    yield one("accents", "<p>Kéñt</p>")
    yield one("letters apart", "<p>K e n t</p>")
    yield one("hyphens between", "<p>S-l-o-u-g-h</p>")
    yield one("figures for letters", "<p>S1ough and P0rtsm0uth</p>")
    yield one("two letters for one", "<p>Harnpshire</p>")
    yield one("percent signs", "<a href='/data/Milton%20Keynes'>data</a>")
    yield one("letters by percent signs", "<a href='/data?x=%4B%65nt'>data</a>")
    yield one("joined", "<p>The MiltonKeynesData sheet</p>")
    yield one("joined, and short", "<p>The KentData sheet</p>")
    yield one("marks within the word", "<p>Hamp | shire</p>")
    yield one("broken over lines", "<p>the Isle\nof\nWight</p>")
    yield one("abbreviation", "<p>RBWM and others</p>")
    yield one("two letters", "<p>MK is high</p>")
    yield one("short form", "<p>IoW is low</p>")
    yield one("council's letters", "<p>MKC and B&amp;H</p>")
    yield one("backwards", "<p>erihspmaH</p>")
    yield one("backwards for the eye", "<p style='direction:rtl;unicode-bidi:bidi-override'>tneK</p>")
    yield one("small capitals", "<p>ᴋᴇɴᴛ</p>")
    yield one("flags", "<p>\U0001f1f0\U0001f1ea\U0001f1f3\U0001f1f9</p>")
    yield one("mail's escapes", "<p>=4B=65=6E=74</p>")
    yield one("base32", f"<p>{base64.b32encode(b'Hampshire is').decode()}</p>")
    yield one("elements in a comment", "<!--[if IE]><p>K<b>ent</b></p><![endif]-->")
    yield one("codes in a sentence", "<p>Authorities 826, 886 and 870 were asked.</p>", kind=Kind.CODE)
    yield one("heading of a row", "<table><tr><th scope='row'>826</th><td>4</td></tr></table>", kind=Kind.CODE)
    yield one("half of the name", "<p>Maidenhead asked</p>")
    yield one("other half", "<p>families in Hove</p>")
    yield one("ONS code", "<td>E06000042</td>", kind=Kind.CODE)
    yield one("code in a class", "<tr class='la-826'></tr>", kind=Kind.CODE)
    yield one("code as id", "<section id='826'></section>", kind=Kind.CODE)
    yield one("code with its word", "<p>Local authority code: 886</p>", kind=Kind.CODE)
    yield one("code in an address", "<a href='out/826/report.html'>next</a>", kind=Kind.CODE)
    yield one(
        "column of codes",
        "<table><tr><th>LA code</th><th>Rate</th></tr><tr><td>826<td>4</tr><tr><td>850<td>5</tr></table>",
        kind=Kind.CODE,
    )
    yield one("council's address", "<p>data@surreycc.gov.uk</p>", kind=Kind.ADDRESS)
    yield one("council's site", "<a href='https://www.eastsussex.gov.uk/x'>more</a>")
    yield one("script", "<script>const other = 'Kent';</script>")
    yield one("script in pieces", "<script>const other = 'Ken' + 't';</script>")
    yield one("script escapes", r"<script>let a = '\u004b\x65nt'</script>")
    yield one("script letters by number", "<script>String.fromCharCode(75,101,110,116)</script>")
    yield one("JSON", '<script type="application/json">{"rows": [{"name": "Kent"}]}</script>')
    yield one("JSON escapes", '<script type="application/json">{"a": "\\u004bent"}</script>')
    yield one("JSON key", '<script type="application/json">{"Surrey": 4}</script>')
    yield one("code as JSON key", '<script type="application/json">{"826": 4.5}</script>', kind=Kind.CODE)
    yield one("code under a JSON key", '<script type="application/json">{"la_code": 826}</script>', kind=Kind.CODE)
    yield one("style", head="<style>.x::after { content: 'Kent' }</style>")
    yield one("style escapes", head=r"<style>.x::after { content: '\4b\65nt' }</style>")
    yield one("base64", f"<p data-x='{b64(b'Oxfordshire and others')}'></p>")
    yield one("base64 of one word", f"<p>{b64(b'Hampshire')}</p>")
    yield one("base64 in lines", "<pre>" + base64.encodebytes(b"." * 200 + b" in Kent, for one").decode() + "</pre>")
    yield one("base64 for addresses", f"<p>{base64.urlsafe_b64encode('¿¿>> Surrey'.encode()).decode()}</p>")
    yield one("base64 of UTF-16", f"<p>{b64('Portsmouth'.encode('utf-16'))}</p>")
    yield one("base64 of gzip", f"<script>unpack('{b64(gzip.compress(b'members: Kent, Surrey'))}')</script>")
    yield one("base64 of zlib", f"<script>unpack('{b64(zlib.compress(b'members: Kent, Surrey'))}')</script>")
    yield one("base64 twice", f"<p>{b64(b64(b'Southampton and Slough').encode())}</p>")
    yield one("hexadecimal", f"<p>{b'Wokingham'.hex()}</p>")
    yield one("page in an attribute", "<iframe srcdoc='&lt;p&gt;in Kent&lt;/p&gt;'></iframe>")
    yield one("drawing in an address", f"<img src='data:image/svg+xml;base64,{b64(svg('<desc>Kent</desc>'))}'>")
    yield one(
        "drawing as plain address", "<img src='data:image/svg+xml,%3Csvg%3E%3Ctitle%3EKent%3C/title%3E%3C/svg%3E'>"
    )
    yield one("picture in an address", f"<img src='data:image/png;base64,{b64(png_info('Title', 'Kent'))}'>")
    yield one("declared property", head="<meta name='author' content='Data team, Medway Council'>")
    yield one("person", "<p>Prepared by Jane Smithson</p>", kind=Kind.PERSON)
    yield one("person turned round", "<p>Smithson, Jane</p>", kind=Kind.PERSON)
    yield one("person as a user", "<p>smithsonj</p>", kind=Kind.PERSON)
    yield one("person's address", "<a href='mailto:j.smithson@x.org'>ask</a>", kind=Kind.PERSON)
    yield one("user's name", "<!-- built by jsmithson7 -->", kind=Kind.MACHINE)
    yield one("home folder", "<!-- /home/js/returns/out -->", kind=Kind.PATH)
    yield one("Windows folder", r"<!-- C:\Users\js\rug -->", kind=Kind.PATH)
    yield one("share", r"<p>\\files01\children$\returns</p>", kind=Kind.PATH)
    yield one("Reading inside a sentence", "<p>Lower than in Reading.</p>")
    yield one("Reading in a cell", "<table><tr><th>Area</th><td>Reading</td></tr></table>")
    yield one("Reading with its council", "<p>Reading Borough Council</p>")
    yield one("Reading as subject", "<p>Reading has the highest rate.</p>")
    yield one("Reading in a list", "<p>Above the middle: Slough, Reading and others</p>")
    yield one("Reading's", "<p>We asked about Reading's figure.</p>")
    yield one("Reading with its figure", "<li>Reading: 45.2</li>")
    yield one("Reading's site", "<a href='https://www.reading.gov.uk'>site</a>", kind=Kind.ADDRESS)
    wide = page("<p>in Kent</p>").decode().replace("utf-8", "utf-16")
    yield Vector("html UTF-16", "report.html", wide.encode("utf-16"))
    yield Vector("html file name", "report-kent.html", page())
    yield Vector("html code in file name", "tartan-rug-2025-26-Q2-826-anonymised.html", page(), Kind.CODE)
    yield Vector("html Reading in file name", "reading-2025-26-q2.html", page())


def svg(inner: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="80">{inner}</svg>'.encode()


@cache
def drawn(kind: str) -> bytes:
    """A chart by matplotlib that names an authority in its title and in the name of a line."""
    with mpl.rc_context({"svg.hashsalt": "x"}):
        figure, axes = plt.subplots(figsize=(3, 2))
        axes.plot([1, 2, 3], [3, 1, 2], gid="line of Surrey")
        axes.set_title("Kent above the others")
        out = io.BytesIO()
        figure.savefig(out, format=kind, metadata={"Title": "Slough"} if kind == "png" else None)
        plt.close(figure)
    return out.getvalue()


def _svg() -> Iterator[Vector]:
    def one(name: str, inner: str, kind: Kind = Kind.NAME) -> Vector:
        return Vector(f"svg {name}", "chart.svg", svg(inner), kind)

    yield Vector("svg by matplotlib", "chart.svg", drawn("svg"))
    yield one("text", "<text x='1' y='2'>Kent</text>")
    yield one("text in pieces", "<text>Ke<tspan>nt</tspan></text>")
    yield one("comment", "<!-- Kent -->")
    yield one("title", "<g><title>Kent</title></g>")
    yield one("description", "<desc>The line of Wokingham</desc>")
    yield one("id", "<g id='Kent'/>")
    yield one("instruction", "<?made for Kent?>")
    yield one("metadata", "<metadata><rdf>Hampshire</rdf></metadata>")
    yield one("picture", f"<image href='data:image/png;base64,{b64(png_info('Comment', 'Kent'))}'/>")
    yield one("code in a name", "<g id='series-826'/>", Kind.CODE)
    yield Vector("svg comment before it", "chart.svg", b"<!-- Kent -->" + svg(""))


def _word() -> Iterator[Vector]:
    def one(name: str, body: str = "", more: dict[str, str | bytes] | None = None, kind: Kind = Kind.NAME) -> Vector:
        return Vector(f"docx {name}", "report.docx", docx(body, more), kind)

    book = xlsx(row(1, "Kent", 4.5))
    yield one("text", run("in Kent"))
    yield one("runs", run("in Hamp", "sh", "ire"))
    yield one("hidden text", run("Kent", properties="<w:vanish/>"))
    yield one("deleted text", "<w:p><w:del><w:r><w:delText>Kent</w:delText></w:r></w:del></w:p>")
    yield one("field", "<w:p><w:r><w:instrText>INCLUDETEXT kent.docx</w:instrText></w:r></w:p>")
    yield one("alternative text", "<w:p><wp:docPr xmlns:wp='u' id='1' name='Chart 1' descr='Slough, a line'/></w:p>")
    yield one("header", more={"word/header1.xml": "<h>Surrey County Council</h>"})
    yield one("footnote", more={"word/footnotes.xml": "<f>Kent was late</f>"})
    yield one("comment", more={"word/comments.xml": "<w:comment xmlns:w='u' w:author='x'>Is this Kent?</w:comment>"})
    yield one("author of a comment", more={"word/comments.xml": "<c author='J Smithson'>Why?</c>"}, kind=Kind.PERSON)
    yield one("creator", more={"docProps/core.xml": core(creator="Jane Smithson")}, kind=Kind.PERSON)
    yield one("title property", more={"docProps/core.xml": core(title="Medway")})
    yield one("custom property", more={"docProps/custom.xml": "<p name='Reader'>Isle of Wight</p>"})
    yield one("custom XML", more={"customXml/item1.xml": "<x>Portsmouth</x>"})
    yield one("link", more={"word/_rels/document.xml.rels": "<r Target='https://kent.gov.uk/x'/>"})
    yield one("chart's cache", more={"word/charts/chart1.xml": chart("Kent")})
    yield one("chart's workbook", more={"word/embeddings/Book1.xlsx": book})
    deep = {"word/embeddings/Book1.xlsx": xlsx(more={"xl/comments1.xml": "<comments><t>Kent</t></comments>"})}
    yield one("comment in a chart's workbook", more=deep)
    yield one("name of a part", more={"word/media/kent.png": png()})
    yield one("picture's data", more={"word/media/image1.png": png_info("Author", "Kent")})
    yield one(
        "settings", more={"word/settings.xml": "<s attachedTemplate='file:///C:/Users/js/t.dotx'/>"}, kind=Kind.PATH
    )
    table = "<w:tbl>" + "".join(
        f"<w:tr><w:tc>{run(code)}</w:tc><w:tc>{run('4')}</w:tc></w:tr>" for code in ("Code", "826", "850")
    ) + "</w:tbl>"  # fmt: skip
    yield one("column of codes", table, kind=Kind.CODE)


def _slides() -> Iterator[Vector]:
    def one(name: str, shapes: str = "", more: dict[str, str | bytes] | None = None, kind: Kind = Kind.NAME) -> Vector:
        return Vector(f"pptx {name}", "slides.pptx", pptx(shapes, more), kind)

    yield one("text", shape("Kent is high"))
    yield one("alternative text", shape("", alt="Bars; the highest is Slough"))
    yield one("name of a shape", shape("", name="Surrey bar"))
    yield one("notes", more={"ppt/notesSlides/notesSlide1.xml": "<n>Say nothing of Kent</n>"})
    yield one("hidden slide", more={"ppt/slides/slide2.xml": "<p:sld xmlns:p='u' show='0'>Kent</p:sld>"})
    yield one("chart's cache", more={"ppt/charts/chart1.xml": chart("Milton Keynes")})
    yield one("chart's workbook", more={"ppt/embeddings/Sheet1.xlsx": xlsx(row(1, "Kent", 4.5))})
    yield one("tag", more={"ppt/tags/tag1.xml": "<t name='LA' val='Kent'/>"})
    yield one("comment's author", more={"ppt/commentAuthors.xml": "<a name='Aled ap Rhys'/>"}, kind=Kind.PERSON)
    yield one("section", more={"ppt/presentation.xml": "<s name='Kent and Medway'/>"})
    split = "<a:p xmlns:a='u'><a:r><a:t>West Ber</a:t></a:r><a:r><a:t>kshire</a:t></a:r></a:p>"
    yield one("runs", split)


def _excel() -> Iterator[Vector]:
    def one(name: str, rows: str = "", kind: Kind = Kind.NAME, **keys: object) -> Vector:
        return Vector(f"xlsx {name}", "figures.xlsx", xlsx(rows, **keys), kind)  # type: ignore[arg-type]

    yield one("cell", row(1, "Kent", 4))
    yield one("name of a sheet", row(1, 4), sheet="Kent")
    yield one("very hidden sheet", row(1, "Kent"), state="veryHidden")
    yield one("defined name", row(1, 4), book="<definedNames><definedName name='Kent'>A1</definedName></definedNames>")
    hidden = "<definedNames><definedName name='x'>'[kent.xlsx]Data'!A1</definedName></definedNames>"
    yield one("formula without its result", '<row r="1"><c r="A1"><f>"Ke"&amp;"nt"</f></c></row>')
    yield one("reference to a file", row(1, 4), book=hidden)
    yield one("comment", row(1, 4), more={"xl/comments1.xml": "<comments><t>Kent</t></comments>"})
    yield one(
        "shared text in runs",
        more={"xl/sharedStrings.xml": "<sst><si><r><t>Hamp</t></r><r><t>shire</t></r></si></sst>"},
    )
    yield one("pivot's cache", more={"xl/pivotCache/pivotCacheDefinition1.xml": "<p><s v='Kent'/></p>"})
    yield one("external link", more={"xl/externalLinks/_rels/externalLink1.xml.rels": "<r Target='Kent.xlsx'/>"})
    yield one("query", more={"xl/connections.xml": "<c command='select * from kent'/>"})
    printer = b"\x00\x01" + "on lapt-0417".encode("utf-16-le")
    yield one("printer", kind=Kind.MACHINE, more={"xl/printerSettings/printerSettings1.bin": printer})
    footer = "<worksheet><headerFooter><oddFooter>&amp;CKent&amp;R&amp;P</oddFooter></headerFooter></worksheet>"
    yield one("footer", more={"xl/worksheets/sheet2.xml": footer})
    yield one("number kept as text", kind=Kind.CODE, more={"xl/sharedStrings.xml": "<sst><si><t>826</t></si></sst>"})
    yield one("column of codes", row(1, "LA code", "Rate") + row(2, 826, 4.5) + row(3, 850, 3.2), kind=Kind.CODE)
    yield one("codes without a heading", row(1, 826, 4.5) + row(2, 850, 3.2) + row(3, 886, 3.9), kind=Kind.CODE)


def _pdf() -> Iterator[Vector]:
    def one(name: str, content: bytes, kind: Kind = Kind.NAME) -> Vector:
        return Vector(f"pdf {name}", "report.pdf", content, kind)

    def info(writer: PdfWriter) -> None:
        writer.add_metadata({"/Title": "Kent"})

    def xmp(writer: PdfWriter) -> None:
        writer.xmp_metadata = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><d>Kent</d></x:xmpmeta>"

    def attributed(writer: PdfWriter) -> None:
        writer.add_metadata({"/Author": "Smithson, Jane"})

    def language(writer: PdfWriter) -> None:
        writer._root_object[NameObject("/Kent")] = TextStringObject("x")

    def form(writer: PdfWriter) -> None:
        writer._root_object[NameObject("/PieceInfo")] = TextStringObject("Milton Keynes")

    yield one("text", pdf("Higher than in Kent"))
    yield one("by matplotlib", drawn("pdf"))
    yield one("text in pieces", pdf(raw=b"BT /F1 12 Tf 20 100 Td [(Ham) -10 (psh) 5 (ire)] TJ ET"))
    yield one("unseen text", pdf(raw=b"BT 3 Tr /F1 12 Tf 20 100 Td (Kent) Tj ET"))
    yield one("text off the page", pdf(raw=b"BT /F1 12 Tf 2000 -900 Td (Kent) Tj ET"))
    yield one("properties", pdf(change=info))
    yield one("author", pdf(change=attributed), Kind.PERSON)
    yield one("XMP", pdf(change=xmp))
    yield one("outline", pdf(change=lambda writer: writer.add_outline_item(title="Kent", page_number=0) and None))
    yield one("annotation", pdf(change=with_note("Kent?")))
    yield one(
        "attachment",
        pdf(change=lambda writer: writer.add_attachment(filename="data.csv", data=b"area,rate\nKent,4\n") and None),
    )
    yield one(
        "name of an attachment",
        pdf(change=lambda writer: writer.add_attachment(filename="kent.csv", data=b"a,b\n1,2\n") and None),
    )
    yield one(
        "workbook attached",
        pdf(change=lambda writer: writer.add_attachment(filename="a.xlsx", data=xlsx(row(1, "Kent"))) and None),
    )
    yield one("unused object", pdf(change=with_object("Slough")))
    yield one("unused stream", pdf(change=with_stream(b"BT (Kent) Tj ET")))
    yield one("key", pdf(change=language))
    yield one("private data", pdf(change=form))
    yield one("earlier revision", corrected("Higher than in Kent", "Higher than elsewhere"))
    yield one("comment in the file", commented(b"% Southampton\n"))
    yield one("text in UTF-16", pdf(change=lambda writer: writer.add_metadata({"/Subject": "Kent – ’25"})))


def _pictures() -> Iterator[Vector]:
    def one(name: str, content: bytes, ending: str = "png", kind: Kind = Kind.NAME) -> Vector:
        return Vector(f"{ending} {name}", f"chart.{ending}", content, kind)

    yield one("by matplotlib", drawn("png"))
    yield one("text", png_info("Comment", "Kent"))
    yield one("packed text", png_info("Comment", "Kent " * 40, packed=True))
    yield one("international text", png_info("Comment", "Kent – line", international=True))
    yield one("packed international text", png_info("Comment", "Kent " * 40, packed=True, international=True))
    yield one("key", png_info("Kent", "x"))
    yield one("XMP", png_info("XML:com.adobe.xmp", "<x><y>Kent</y></x>", international=True))
    yield one("private chunk", png((b"prVt", b"Kent")))
    yield one("camera data", png((b"eXIf", exif(0x010E, "Kent").tobytes().removeprefix(b"Exif\x00\x00"))))
    yield one("colour profile", png((b"iCCP", b"Kent\x00\x00" + zlib.compress(b"profile"))))
    yield one("camera data", photo(facts=exif(0x010E, "Kent")), "jpg")
    yield one("Windows title", photo(facts=exif(0x9C9B, "Kent".encode("utf-16-le"))), "jpg")
    yield one("comment", photo(comment=b"Kent"), "jpg")
    yield one("after its end", photo() + b"the line of Hampshire", "jpg")
    yield one("description", photo("TIFF", exif(0x010E, "Kent")), "tif")
    yield one("computer", photo("TIFF", exif(0x013C, "lapt-0417")), "tif", Kind.MACHINE)
    yield one("comment", photo("GIF", comment=b"Kent"), "gif")


def _notebooks() -> Iterator[Vector]:
    def one(name: str, content: bytes, kind: Kind = Kind.NAME) -> Vector:
        return Vector(f"ipynb {name}", "report.ipynb", content, kind)

    def output(**data: object) -> bytes:
        return notebook(outputs=[{"output_type": "display_data", "metadata": {}, "data": data}])

    yield one("source", notebook(source=["show('Kent')"]))
    yield one("source over lines", notebook(source=["show('Milton \\\n", "Keynes')"]))
    yield one("parameters", notebook(metadata={"papermill": {"parameters": {"authority": "826"}}}), Kind.CODE)
    yield one("output path", notebook(metadata={"papermill": {"output_path": "out/kent.ipynb"}}))
    yield one("folder", notebook(metadata={"input_path": "/home/js/report.ipynb"}), Kind.PATH)
    yield one("HTML output", output(**{"text/html": ["<td>K<b>en", "</b>t</td>"]}))
    yield one("picture output", output(**{"image/png": b64(png_info("Comment", "Kent"))}))
    yield one("drawing output", output(**{"image/svg+xml": svg("<!-- Kent -->").decode()}))
    yield one("traceback", notebook(outputs=[{"output_type": "error", "traceback": ["KeyError: 'Kent'"]}]))
    yield one("key that stands twice", b'{"cells": [], "a": "Kent", "a": "x"}')


def _tables_and_text() -> Iterator[Vector]:
    def one(name: str, text: str, kind: Kind = Kind.NAME, encoding: str = "utf-8", ending: str = "csv") -> Vector:
        return Vector(f"{ending} {name}", f"figures.{ending}", text.encode(encoding), kind)

    yield one("cell", "area,rate\nKent,4\n")
    yield one("Reading in a cell", "area,rate\nReading,4\nx,5\n")
    yield one("UTF-16", "area,rate\nKent,4\n", encoding="utf-16")
    yield one("UTF-16 without its mark", "area,rate\nKent,4\n", encoding="utf-16-le")
    yield one("UTF-8 with its mark", "Kent,4\n", encoding="utf-8-sig")
    yield one("Windows' encoding", "Area – name,rate\nBrighton & Hove,£4\n", encoding="cp1252")
    yield one("column of codes", "la_code,rate\n826,4.5\n850,3.2\n", Kind.CODE)
    yield one("semicolons", "LA;rate\n826;4,5\n850;3,2\n", Kind.CODE)
    yield one("codes without a heading", "826,4.5\n850,3.2\n886,7\n", Kind.CODE)
    yield one("codes across", "measure,826,850,886\nrate,1,2,3\n", Kind.CODE)
    yield one("old code", "code\nE10000002x\nE06000046\n", Kind.CODE)
    yield one("comment line", "# without Isle-of-Wight\nrate\n4\n")
    yield one("Markdown", "Rates for _Kent_ and **Medway**", ending="md")
    yield one("file named", "see 826.csv for more", Kind.CODE, ending="txt")
    yield one("rotated quotes", "the ‘Kent’ line", encoding="cp1252", ending="txt")
    yield Vector("gz table", "figures.csv.gz", gzip.compress(b"area,rate\nKent,4\n"))
    named = io.BytesIO()
    with gzip.GzipFile("kent.csv", "wb", fileobj=named) as stream:
        stream.write(b"a,b\n1,2\n")
    yield Vector("gz name inside", "figures.csv.gz", named.getvalue())
    yield Vector("bz2 table", "figures.csv.bz2", bz2.compress(b"area,rate\nKent,4\n"))
    yield Vector("xz table", "figures.csv.xz", lzma.compress(b"area,rate\nKent,4\n"))
    out = io.BytesIO()
    pd.DataFrame({"area": ["Kent", "x"], "rate": [1.0, 2.0]}).to_excel(out, index=False)
    yield Vector("xlsx by pandas", "figures.xlsx", out.getvalue())
    yield Vector("json BOM", "view.json", codecs.BOM_UTF8 + b'{"name": "Kent"}')


def _archives() -> Iterator[Vector]:
    def one(name: str, content: bytes, kind: Kind = Kind.NAME) -> Vector:
        return Vector(f"zip {name}", "pack.zip", content, kind)

    commented = io.BytesIO()
    with zipfile.ZipFile(commented, "w") as archive:
        archive.writestr("a.txt", "x")
        archive.comment = b"for Kent"
    yield one("part", zipped({"a.txt": "in Kent"}))
    yield one("name of a part", zipped({"kent/a.txt": "x"}))
    yield one("name of an empty folder", zipped({"kent/": ""}))
    yield one("code in a name", zipped({"out/826.txt": "x"}), Kind.CODE)
    yield one("comment", commented.getvalue())
    told = zipfile.ZipInfo("a.txt")
    told.extra = b"\x75\x70\x09\x00\x01\x00\x00\x00\x00kent"
    extra = io.BytesIO()
    with zipfile.ZipFile(extra, "w") as archive:
        archive.writestr(told, "x")
    yield one("extra field", extra.getvalue())
    yield one("in a zip in a zip", zipped({"a.zip": zipped({"b.zip": zipped({"c.csv": "area\nKent\n"})})}))
    yield one("document", zipped({"a.docx": docx(run("Hamp", "shire"))}))
    yield one("misnamed", zipped({"a.txt": zipped({"b.txt": "Kent"})}))
    odt = {"mimetype": "application/vnd.oasis.opendocument.text",
           "content.xml": "<o xmlns:text='t'><text:p>Ke<text:span>nt</text:span></text:p></o>"}  # fmt: skip
    yield Vector("odt text", "report.odt", zipped(odt))
    ods = {"content.xml": "<o xmlns:table='t'><table:table table:name='Kent'/></o>"}
    yield Vector("ods name of a sheet", "figures.ods", zipped(ods))
    epub = {"mimetype": "application/epub+zip", "OEBPS/c1.xhtml": "<html><body><p>Kent</p></body></html>"}
    yield Vector("epub chapter", "report.epub", zipped(epub))


def vectors() -> list[Vector]:
    """The whole corpus."""
    makers = (_html, _svg, _word, _slides, _excel, _pdf, _pictures, _notebooks, _tables_and_text, _archives)
    more = [Vector(name, file, content, Kind.CODE if is_code else Kind.NAME)
            for name, file, content, is_code in further()]  # fmt: skip
    named = NAMES_BY_SPELLING | NAMES_BESIDE
    more += [Vector(name, file, content) for name, (file, content) in named.items()]
    more += [Vector(f"html {host}", "a.html", page(f"<p>data@{host}</p>"), Kind.ADDRESS) for host in ADDRESSES]
    more += [Vector(name, file, content, Kind.CODE) for name, (file, content) in CODES_BY_LAYOUT.items()]
    more += [Vector(name, file, content) for name, (file, content) in NAMES_CUT.items()]
    return [vector for make in makers for vector in make()] + more
