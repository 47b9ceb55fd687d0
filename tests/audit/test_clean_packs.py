"""What names nobody passes: words that are also names, figures that are also codes, a reader's own name."""

from __future__ import annotations

import io
import json
import re
from html import escape
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from office_parts import chart, core, docx, pptx, row, run, shape, xlsx, zipped
from pdf_parts import corrected, pdf
from picture_parts import exif, photo, png, png_info
from PIL import Image
from planted import b64, notebook, page, svg

from analysis.audit.decoders.pdf_stream import literal
from analysis.audit.deny import Deny, deny_list
from analysis.audit.found import Said
from analysis.audit.report import Verdict
from analysis.audit.scan import scan
from analysis.figures.pixels import png_bytes
from analysis.reference.regions import find_region
from analysis.returns.spreadsheet import safe_csv

READING_AS_A_WORD = [
    "Reading the chart",
    "Reading this page: the band is the middle half of the group.",
    "How to approach it. Reading down the column shows the order.",
    "Reading and interpreting intervals",
    "The first step is reading the chart from left to right.",
    "Guided Reading Sessions for Care Leavers",
    "Reading, writing and mathematics at key stage 2",
    "Key stage 2: Writing, Reading and Maths",
    "Reading ages rose.",
    "• Reading across two quarters needs care",
    "1. Reading from the axis",
    "READING THE CHART",
    "Notes\nReading it as a trend would be wrong.",
    "Reading more than one quarter at a time helps.",
    "Reading is not proof.",
    "A second reading follows.",
]
OTHER_WORDS = [
    "Northamptonshire, New Northampton",
    "mk, iow and brbwmx",
    "826 children; a rate of 826.0; 1,826 referrals; 826% more; £826; 0.826; 826 per 10,000",
    "Your authority had 826. In the authority, 826 children were in need.",
    "Local authority: 826 children",
    "local authority 826.3",
    "a sloughed-off hovering kente keynesian surreyed",
    "see https://example.org/home/page and and/or A/B",
    "sha256 826a850f886e0042826a850f886e0042",
    "Bucks, Buckinghamshire Council, bucks.gov.uk, buckscc.gov.uk, 825, E06000060, E10000002",
]


@pytest.mark.parametrize("text", READING_AS_A_WORD)
@pytest.mark.parametrize("form", ["paragraph", "heading", "cell", "csv", "pdf", "docx", "slide", "json", "id"])
def test_reading_as_a_word_is_no_town(text: str, form: str, deny: Deny) -> None:
    forms = {
        "paragraph": ("a.html", page(f"<p>{text}</p>")),
        "heading": ("a.html", page(f"<h2 id='{text.casefold().replace(' ', '-')[:30]}'>{text}</h2>")),
        "cell": ("a.html", page(f"<table><tr><td>{text}</td><td>4</td></tr></table>")),
        "csv": ("a.csv", safe_csv(pd.DataFrame({"note": [text, "x"]})).encode()),
        "pdf": ("a.pdf", pdf(text.replace("•", "-").replace("\n", " - "))),
        "docx": ("a.docx", docx(run(text))),
        "slide": ("a.pptx", pptx(shape(text))),
        "json": ("a.json", json.dumps({"reading": text, "readings": [text]}).encode()),
        "id": ("a.html", page("<div class='reading' id='reading-the-chart' data-reading='new'></div>")),
    }
    name, content = forms[form]
    assert scan(content, deny, name=name).verdict is Verdict.PASS


@pytest.mark.parametrize("text", OTHER_WORDS)
def test_figures_and_words_that_look_like_names_pass(text: str, deny: Deny) -> None:
    assert scan(page(f"<p>{text}</p>"), deny, name="a.html").verdict is Verdict.PASS
    assert scan(docx(run(text)), deny, name="a.docx").verdict is Verdict.PASS


CLEAN_FILES = {
    "826 as a figure.html": page("<table><tr><th>Quarter<th>Children<tr><td>Q1<td>826<tr><td>Q2<td>850</table>"),
    "826 as a width.svg": svg("<rect x='826' y='850' width='886' height='826'/><text>826</text>"),
    "826 in a sheet.xlsx": xlsx(row(1, "Quarter", "Children") + row(2, "Q1", 826) + row(3, "Q2", 850)),
    "826 as a shape.pptx": pptx(shape("Children in need", name="Picture 826")),
    "826 in a table.csv": b"quarter,children\nQ1,826\nQ2,850\n",
    "826 as a rate.csv": b"area value,rate per 10,000\n826,850\n",
    "826.5 in an id.html": page("<path d='M826 850L886.5,826'/><p data-value='826' style='width:826px'>4</p>"),
    "826 in json.json": b'{"values": [826, 850, 886], "children": 826, "width": 826}',
    "826 beside a long title.html": page(
        "<table><tr><th>Indicator<th>Middle half<th>Median<tr><th>17 Days between the court's authority to place a"
        " child and the match with an adoptive family<td>150 to 826<td>230</table>"
    ),
    "826 read aloud.html": page("<img aria-label='Middle half of the group 150 to 826, median 230' src='a.png'>"),
    "own codes.csv": b"la_code,rate\n825,4.5\nE06000060,3\nE10000002,3\n",
    "own name.docx": docx(run("Bucking", "hamshire"), {"docProps/core.xml": core(title="Buckinghamshire")}),
    "chart.docx": docx(more={"word/charts/chart1.xml": chart("Lower fourth")}),
    "properties.png": png_info("Software", "Matplotlib 3.11"),
    "plain.png": png(),
    "camera.jpg": photo(facts=exif(0x0131, "scanner 2")),
    # Three quarters of the numbers from 801 to 896 are codes; these are a small council's figures of a year.
    "a year.csv": b"quarter,children\nQ1,850\nQ2,852\nQ3,867\nQ4,870\n",
    "a year.html": page("<table><tr><th>Q1<th>Q2<th>Q3<th>Q4<tr><td>850<td>852<td>867<td>870</table>"),
    "826 in my authority.html": page(
        "<table><tr><th>Quarter<th>In my authority<tr><td>Q1<td>826<tr><td>Q2<td>850</table>"
    ),
    "826 under a title.csv": b"Children in need\nquarter,children\nQ1,826\nQ2,850\nQ3,886\n",
    "826 and a time.html": page("<p>At 8:26 there were 826: of these 4 left</p>"),
    "saved twice.pdf": corrected("First draft", "Second draft"),
    "notebook.ipynb": notebook(source=["show(view)"], outputs=[]),
    "picture.html": page(f"<img alt='A line' src='data:image/png;base64,{b64(png())}'>"),
    "pack.zip": zipped({"a.csv": "quarter,rate\nQ1,4\n", "b/c.txt": "Reading the chart"}),
}


@pytest.mark.parametrize("name", CLEAN_FILES)
def test_clean_files_pass(name: str, deny: Deny) -> None:
    report = scan(CLEAN_FILES[name], deny, name=f"clean.{name.rpartition('.')[2]}")
    assert report.verdict is Verdict.PASS, report.findings


@pytest.mark.parametrize("reader", find_region("south-east").members)
def test_every_reader_s_own_name_may_be_said(reader: str) -> None:
    from analysis.reference.authorities import authorities

    own = authorities()[reader]
    deny = deny_list(find_region("south-east").everyone, allowed=[reader])
    for said in own.every_name:
        text = f"Report for {said}. In {said} the rate rose; {said}'s own figures. la_code: {reader}"
        for name, content in (
            ("a.html", page(f"<p>{escape(text)}</p>")),
            (f"report-{reader}.docx", docx(run(escape(text)))),
        ):
            assert scan(content, deny, name=name).verdict is Verdict.PASS, said


def test_a_longer_own_name_hides_the_shorter_one_of_another() -> None:
    deny = deny_list(["916"], allowed=["803"])
    assert scan(b"In South Gloucestershire and southglos.gov.uk", deny, name="a.txt").verdict is Verdict.PASS
    assert scan(b"In Gloucestershire", deny, name="a.txt").verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("drawn", "named"),
    [
        (b"\x00B) Tj (\x00') Tj (\x00H", False),
        (b"\x00\x03\x00\x02\x00B\x00\x10\x00'\x00\x11\x00H\x00\x03\x00\x04", False),
        (b"\x00\x03\x00\x02\x00\x10Slough\x00\x04", True),
        ("Slough".encode("utf-16-be"), True),
    ],
    ids=[
        "glyphs one by one",
        "glyphs by number: B, an apostrophe and H among them",
        "letters among glyphs",
        "two bytes a letter",
    ],
)
def test_what_a_pdf_draws_is_read_as_text_and_not_as_the_numbers_of_its_glyphs(
    drawn: bytes, named: bool, deny: Deny
) -> None:
    said = [found for found in literal(b"(" + drawn + b") Tj", ("a.pdf",)) if isinstance(found, Said)]
    assert any(deny.kinds_in(found.text, found.place) for found in said) is named


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (b")BH(", Verdict.PASS),
        (b"Hampshire is", Verdict.FAIL),
        (b"a B&H, as", Verdict.PASS),
        (b"MK\n" * 8, Verdict.PASS),
        (b" Kent\n" * 3, Verdict.FAIL),
    ],
)
@pytest.mark.parametrize("name", ["a.woff2", "a.pdf"])
def test_short_names_among_packed_bytes_are_accidents_in_base64_too(
    name: str, said: bytes, verdict: Verdict, deny: Deny
) -> None:
    written = b64(said).rstrip("=").encode()
    assert written.isalpha(), "or the run of letters among the bytes is another"
    packed = b"\x00\x97" + written + b"\x00\x97"
    content = {
        "a.woff2": b"wOF2" + packed,
        "a.pdf": pdf("Own figures").replace(b"\nendstream", packed + b"\nendstream"),
    }
    assert scan(content[name], deny, name=name).verdict is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("45, 77, 75, 33 plans", Verdict.PASS),
        ("ages 12, 42, 26, 48", Verdict.PASS),
        ("75 101 110 116", Verdict.FAIL),
        ("4b 65 6e 74", Verdict.FAIL),
        ("32 77 75 32 105 115 32 104 105 103 104 32 104 101 114 101", Verdict.FAIL),
    ],
)
def test_figures_spell_abbreviations_by_accident_and_names_by_intent(text: str, verdict: Verdict, deny: Deny) -> None:
    assert scan(page(f"<p>{text}</p>"), deny, name="a.html").verdict is verdict


@pytest.mark.parametrize("chunk", ["PLTE", "tRNS"])
def test_colours_of_a_drawing_are_letters_by_accident(chunk: str, deny: Deny) -> None:
    colours = {b"\x00MK\xff\xff\xff": Verdict.PASS, b"as in MK": Verdict.FAIL, b"\x00Slough\x00\xff": Verdict.FAIL}
    for data, verdict in colours.items():
        assert scan(png((chunk.encode(), data)), deny, name="a.png").verdict is verdict


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("sLoUGh", Verdict.PASS), ("Slough", Verdict.FAIL), ("SLOUGH", Verdict.FAIL), ("iWight", Verdict.FAIL)],
)
def test_letters_among_packed_bytes_are_a_name_in_a_case_that_is_written(
    said: str, verdict: Verdict, deny: Deny
) -> None:
    content = b"wOF2\x00\x97" + said.encode() + b"\x97\x00"
    assert scan(content, deny, name="a.woff2").verdict is verdict


@pytest.mark.parametrize("digest", ["uBaMKCaSvACmY8q05Ez4Az==", "uBaMKCaSvACmY8q05Ez4AbMAa1Z=", "4" * 37 + "aMKCa4="])
def test_the_capitals_of_a_digest_begin_no_words(digest: str, deny: Deny) -> None:
    for text, verdict in ((digest, Verdict.PASS), (digest.rstrip("="), Verdict.FAIL)):
        assert scan(page(f"<p>{text}</p>"), deny, name="a.html").verdict is verdict


def noise(seed: int) -> bytes:
    """A small picture of chance."""
    drawn = io.BytesIO()
    pixels = np.random.default_rng(seed).integers(0, 256, (20, 30), dtype=np.uint8)
    Image.fromarray(pixels).save(drawn, "png")
    return drawn.getvalue()


def test_the_letters_of_a_picture_s_data_address_are_no_abbreviation(deny: Deny) -> None:
    seed = next(seed for seed in range(10_000) if re.search("[a-z]MK[A-Z][a-z]", b64(noise(seed))))
    assert len(b64(noise(seed))) < 2000
    content = page(f"<img alt='A line' src='data:image/png;base64,{b64(noise(seed))}'>")
    assert scan(content, deny, name="a.html").verdict is Verdict.PASS
    for concealed in (png_info("Title", "Kent"), b"HampshireCouncil"):
        content = page(f"<img alt='A line' src='data:image/png;base64,{b64(concealed)}'>")
        assert scan(content, deny, name="a.html").verdict is Verdict.FAIL
    # What no data address holds is unpacked by nobody, and is read as it stands.
    for plain in ("<img alt='A line' src='data:image/png;base64,HampshireCouncil'>", "<p>as ;base64,Hampshire</p>"):
        assert scan(page(plain), deny, name="a.html").verdict is Verdict.FAIL


def test_words_that_were_drawn_are_read_though_pixels_are_not(deny: Deny) -> None:
    blank = Image.new("RGB", (40, 20), "white")
    for words, verdict in (("Own figure 12.5", Verdict.PASS), ("Own figure 12.5\nSlough", Verdict.FAIL)):
        assert scan(png_bytes(blank, 96, words), deny, name="a.png").verdict is verdict


def test_a_permission_makes_a_name_known(deny: Deny) -> None:
    permitted = deny_list(find_region("south-east").everyone, allowed=["825", "886"])
    assert scan(b"Kent and Buckinghamshire", deny, name="a.txt").verdict is Verdict.FAIL
    assert scan(b"Kent and Buckinghamshire", permitted, name="a.txt").verdict is Verdict.PASS
    assert scan(b"Kent and Slough", permitted, name="a.txt").verdict is Verdict.FAIL


@pytest.mark.acceptance
def test_the_kit_s_own_anonymised_pages_pass_and_its_internal_ones_do_not(built: Path) -> None:
    documents = sorted((built / "anonymised").glob("*.*"))
    assert documents
    for document in documents:
        if document.suffix in (".html", ".pdf"):
            reader = document.stem.split("-")[5]
            deny = deny_list(find_region("south-east").everyone, allowed=[reader])
            assert scan(document, deny).verdict is Verdict.PASS, document.name
            named = built / "internal" / document.name.replace("anonymised", "internal")
            assert scan(named, deny).verdict is Verdict.FAIL


def test_pages_of_a_plain_workbook_writer_pass(deny: Deny) -> None:
    out = io.BytesIO()
    pd.DataFrame({"quarter": ["Q1", "Q2"], "children": [826, 850]}).to_excel(out, index=False)
    assert scan(out.getvalue(), deny, name="a.xlsx").verdict is Verdict.PASS
