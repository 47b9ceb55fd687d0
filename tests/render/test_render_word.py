"""Word: what python-docx reads in a finished file, beside the markup of the page."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from made_document import ALT, MARKING, STAMP, made_document

from analysis.errors import BadReferenceError
from analysis.figures.palette import SIXTHS
from analysis.render.embedded import render_embedded
from analysis.render.pandoc import RenderError
from analysis.render.read_tables import read_tables
from analysis.render.word_reference import TEXT_WIDTH
from analysis.render.word_tables import dressed


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return render_embedded(made_document(tmp_path_factory.mktemp("word")), ["docx"], epoch=1_700_000_000)["docx"]


@pytest.fixture(scope="module")
def document(content: bytes) -> Any:
    return Document(io.BytesIO(content))


def shade(cell: Any) -> str | None:
    found = cell._tc.get_or_add_tcPr().find(qn("w:shd"))
    return None if found is None else str(found.get(qn("w:fill")))


def test_words_stand_in_order_under_styles_of_their_own(document: Any) -> None:
    said = [(each.style.name, each.text) for each in document.paragraphs if each.text]
    assert said == [
        ("Title", "Northmoor: Report"),
        ("Subtitle", "July to September 2025"),
        ("TOC Heading", "Contents"),
        ("toc 1", "What this document is"),
        ("toc 1", "The rug"),
        ("toc 1", "Referrals"),
        ("toc 2", "1. Referrals to social care"),
        ("Heading 1", "What this document is"),
        ("Callout", "How far it may go"),
        ("Callout", "It stays here."),
        ("Heading 1", "The rug"),
        ("Table Caption", "The rug's caption."),
        ("Heading 1", "Referrals"),
        ("Heading 2", "1. Referrals to social care"),
        ("Compact", "In the quarter: “high” and ‘low’."),
        ("Image Caption", "Figure\u00a01: The picture's caption."),
        ("Table Caption", "The series' caption."),
        ("Method", "The method."),
    ]


def test_the_contents_are_a_field_whose_entries_lead_to_the_headings(document: Any) -> None:
    body = document.element.body
    marks = [found.get(qn("w:fldCharType")) for found in body.iter(qn("w:fldChar"))]
    assert marks == ["begin", "separate", "end"]
    assert [found.text.split()[0] for found in body.iter(qn("w:instrText"))] == ["TOC"]
    headings = {}
    for found in body.iter(qn("w:bookmarkStart")):
        after = next(found.itersiblings(qn("w:p")))
        headings[found.get(qn("w:name"))] = "".join(each.text or "" for each in after.iter(qn("w:t")))
    links = [
        (headings[link.get(qn("w:anchor"))], "".join(each.text for each in link.iter(qn("w:t"))))
        for link in body.iter(qn("w:hyperlink"))
    ]
    assert len(links) == 4
    assert all(led_to == said for led_to, said in links)


def test_every_page_is_marked_and_numbered(document: Any) -> None:
    section = document.sections[0]
    assert section.header.paragraphs[0].text == f"MADE-UP DATA. {MARKING} {STAMP}"
    fields = [found.text for found in section.footer.paragraphs[0]._p.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_picture_has_its_words(content: bytes, document: Any) -> None:
    described = [found.get("descr") for found in document.element.iter(qn("wp:docPr"))]
    assert described == [ALT]


def test_cells_stand_on_the_page_s_colours(document: Any) -> None:
    rug = document.tables[0]
    first, last = SIXTHS[0], SIXTHS[5]
    assert [shade(row.cells[3]) for row in rug.rows] == [
        "12436D", first.background[1:].upper(), last.background[1:].upper(),
    ]  # fmt: skip
    inks = [str(run.font.color.rgb) for row in rug.rows[1:] for run in row.cells[3].paragraphs[0].runs[:1]]
    assert inks == [first.text[1:], last.text[1:]]
    assert shade(rug.rows[1].cells[1]) is None
    assert shade(rug.rows[2].cells[1]) is not None, "the own row is told apart"


def test_heads_repeat_figures_stand_to_the_right_and_rows_stay_whole(document: Any) -> None:
    for table in document.tables:
        heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads == [True] + [False] * (len(table.rows) - 1)
        assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in table.rows)
    figure, text = (document.tables[0].rows[1].cells[place].paragraphs[0].alignment for place in (1, 3))
    assert (str(figure), text) == ("RIGHT (2)", None)


def test_columns_fill_the_width_and_hold_their_longest_word(document: Any) -> None:
    for table in document.tables:
        widths = [column.width for column in table.columns]
        assert sum(widths) == pytest.approx(TEXT_WIDTH, rel=0.01)
        for width, column in zip(widths, table.columns, strict=True):
            longest = max(len(word) for cell in column.cells for word in cell.text.split())
            assert width.pt > longest * 8 * 0.5


def test_elements_stand_in_the_order_of_the_standard(document: Any) -> None:
    # ECMA-376, 17.4.59 and 17.4.70: Word calls a file broken where they don't.
    properties = ["tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption"]
    cell = ["tcW", "gridSpan", "tcBorders", "shd", "noWrap", "tcMar", "vAlign"]
    for table in document.tables:
        for found, order in [(table._tbl.tblPr, properties), *((each._tc.tcPr, cell) for each in table._cells)]:
            names = [child.tag.split("}")[1] for child in found]
            assert names == [name for name in order if name in names]


def test_a_page_on_its_side_is_wider(tmp_path: Path) -> None:
    made = render_embedded(made_document(tmp_path, landscape=True), ["docx"], epoch=0)["docx"]
    section = Document(io.BytesIO(made)).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert section.page_width > section.page_height


def test_shades_are_never_laid_on_another_table(content: bytes, tmp_path: Path) -> None:
    tables = read_tables(made_document(tmp_path))
    for other in (tables[::-1], tables[:1]):
        with pytest.raises(RenderError, match="not those of the page"):
            dressed(content, other, TEXT_WIDTH)


@pytest.fixture
def own_reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> Any:
    """Lay down a region's own reference document, begun as a report of the kit's as people do."""

    def lay(face: str, header: str) -> None:
        own = Document(io.BytesIO(content))
        own.styles["Normal"].font.name = face
        own.sections[0].header.paragraphs[0].text = header
        own.sections[0].different_first_page_header_footer = True
        own.save(str(tmp_path / "own.docx"))
        monkeypatch.setattr("analysis.render.office.reference_file", lambda: tmp_path / "own.docx")

    return lay


def test_a_region_s_own_reference_document_gives_the_styles(own_reference: Any, tmp_path: Path) -> None:
    own_reference("Gill Sans", "")
    made = Document(io.BytesIO(render_embedded(made_document(tmp_path), ["docx"], epoch=0)["docx"]))
    assert made.styles["Normal"].font.name == "Gill Sans"
    assert made.sections[0].header.paragraphs[0].text == f"MADE-UP DATA. {MARKING} {STAMP}"
    assert not made.sections[0].different_first_page_header_footer
    assert len(made.tables) == 2


def test_a_marking_left_in_the_reference_document_is_refused(own_reference: Any, tmp_path: Path) -> None:
    own_reference("Gill Sans", "Public.")
    with pytest.raises(BadReferenceError, match=r"reference\.docx"):
        render_embedded(made_document(tmp_path), ["docx"], epoch=0)
