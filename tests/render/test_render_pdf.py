"""The PDF document, read with a library of its own."""

import io

import pikepdf
import pypdf
import pytest

from analysis.render.document import DocumentMeta
from analysis.render.embedded import render_embedded
from analysis.render.pandoc import RenderError
from analysis.render.parsing import parse
from analysis.render.pdf import compile_typst
from analysis.render.prepare import prepare
from analysis.views.model import Variant


@pytest.fixture(scope="module")
def content(parsed):
    return render_embedded(parsed, ["pdf"], epoch=1_700_000_000)["pdf"]


@pytest.fixture(scope="module")
def pages(content):
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def elements(node):
    """Every element of the structure tree, as (type, element)."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S), node
        if "/K" in node:
            yield from elements(node.K)


@pytest.fixture(scope="module")
def tagged(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield list(elements(pdf.Root.StructTreeRoot.K)), pdf


def test_each_page_has_marking_made_up_and_its_number(pages, meta):
    assert len(pages) > 1
    for number, text in enumerate(pages, start=1):
        assert meta.marking in text
        assert "MADE-UP DATA" in text
        assert f"Page {number} of {len(pages)}" in text


def test_headings_captions_and_tables_are_there(pages, meta):
    text = " ".join(pages)
    for words in (
        meta.title,
        "July to September 2025",
        "1. Referrals in the quarter",
        "Figure 1: Referrals, 12 quarters [c = 1 to 5]",
        "Referrals & re-referrals",
        "Quarter Number Rate Q1 April to June 1,234 56.7 Q2 c x",
        "see Figure 1 and Figure 2",
        "Data is a question, not an answer A callout with its title as a heading.",
        "Tip Text from a cell, in the callout.",
        "<b>*From* [outside](http://elsewhere.example)</b> {{< meta x >}} $5 & \\ 1. @fig-a01-trend",
        "Mark Meaning c 1 to 5",
        "on paper only",
        "for the reader of the own variant only",
    ):
        assert words in text, words


def test_hidden_words_are_nowhere(pages, content):
    assert "internal reader" not in " ".join(pages)
    assert "on the web page" not in " ".join(pages)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert b"internal reader" not in pdf.Root.Metadata.read_bytes()


def test_it_is_tagged_as_pdf_ua(tagged, meta):
    found, pdf = tagged
    assert b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()
    assert str(pdf.Root.Lang).lower().startswith("en")
    assert bool(pdf.Root.MarkInfo.Marked)
    assert str(pdf.docinfo["/Title"]) == f"{meta.title} – MADE-UP DATA"
    kinds = [kind for kind, _ in found]
    assert [kinds.count(kind) for kind in ("/Figure", "/Table")] == [2, 2]
    assert kinds.count("/TH") == 5
    assert "/H1" in kinds
    assert "/H2" in kinds


def test_alternative_texts_are_the_pictures_own(tagged):
    found, _ = tagged
    assert [str(element.Alt) for kind, element in found if kind == "/Figure"] == [
        'Rose from 5 to "7" & fell',
        "Level throughout",
    ]


def test_it_tells_its_time_from_the_epoch_and_no_path_name_or_person(tagged):
    _, pdf = tagged
    assert {str(key) for key in pdf.docinfo} <= {"/Title", "/Creator", "/CreationDate", "/ModDate"}
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20231114")
    assert b"tartanrug" not in pdf.Root.Metadata.read_bytes()


def test_the_same_inputs_give_the_same_bytes(parsed, content):
    assert render_embedded(parsed, ["pdf"], epoch=1_700_000_000)["pdf"] == content


def test_a_document_can_lie_on_its_side_and_do_without_contents(executed, tmp_path):
    meta = DocumentMeta(
        profile=Variant.DFE, title="Summary", marking="For the DfE", made_up=False, landscape=True, contents=False
    )
    parsed = parse(prepare(executed, meta, tmp_path), meta.profile, epoch=0)
    reader = pypdf.PdfReader(io.BytesIO(render_embedded(parsed, ["pdf"], epoch=0)["pdf"]))
    assert all(page.mediabox.width > page.mediabox.height for page in reader.pages)
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Contents" not in text
    assert "MADE-UP" not in text


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('#set document(title: [T])\n#image("x.png")', "alt"),
        ('#image("x.png", alt: "x")', "title"),
        ('#set document(title: [T])\n#set text(font: "No Such Font")\n= A', "unknown font family"),
        ("#set document(title: [T])\n= A\n=== C", "heading"),
    ],
    ids=["no alternative text", "no title", "no font", "a level left out"],
)
def test_typst_fails_on_what_is_not_accessible(tmp_path, executed, body, told):
    (tmp_path / "x.png").write_bytes((executed.parent / "figures" / "fig-a01-trend.png").read_bytes())
    source = tmp_path / "report.typ"
    source.write_text(body, encoding="utf-8")
    with pytest.raises(RenderError, match=told):
        compile_typst(source, epoch=0)
