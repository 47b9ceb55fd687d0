"""Word and PowerPoint from a small tree: the marking, the words for a picture, and the same bytes each time."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from pathlib import Path

import pytest
from docx import Document

from analysis.figures.drawing import Drawing
from analysis.figures.markup import Column, Entry, Row, table, words
from analysis.render.document import DocumentMeta
from analysis.render.ipynb import write_document
from analysis.render.office import write_docx, write_pptx
from analysis.render.parsing import Parsed, parse
from analysis.render.prepare import entries_of, front_matter
from analysis.render.show import as_markdown
from analysis.views.model import Variant

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63680000008200816757c0600000"
    "000049454e44ae426082"
)
OFFICE_WRITERS = {"docx": write_docx, "pptx": write_pptx}
COLUMNS = [Column("Period", number=False), *(Column(f"Rate {number}") for number in range(1, 5))]
MARKING = "Unaudited & unpublished: for “whoever” is <asked>."
ALT = "A line that rises from 1 to 9."


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> Parsed:
    folder = tmp_path_factory.mktemp("brief")
    rows = [
        Row(words(f"Quarter {number}"), tuple(Entry((f"{number}.{place}",)) for place in range(5, 9)))
        for number in range(1, 10)
    ]
    drawing = Drawing("fig-a01-trend", PNG, "The caption.", ALT, 3.0, 2.0, ())
    series = table("tbl-a01-series", "series", "The table's caption.", COLUMNS, rows)
    texts = ["Lead.", "- First sentence.\n- Second one."]
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        texts += [as_markdown(drawing), as_markdown(series), "::: {.method}\nThe method.\n\nThe limit.\n:::"]
    meta = DocumentMeta(
        profile=Variant.OWN, title="Northmoor: 1 Referrals", subtitle="2025-26-Q2", marking=MARKING, made_up=True
    )
    prepared = folder / "report.ipynb"
    write_document(prepared, front_matter(entries_of(meta)), texts)
    return parse(prepared, Variant.OWN, 0)


def written(kind: str, parsed: Parsed, scratch: Path, epoch: int = 1_700_000_000) -> zipfile.ZipFile:
    (scratch / "tree.json").write_text(json.dumps(parsed.tree), encoding="utf-8")
    return zipfile.ZipFile(io.BytesIO(OFFICE_WRITERS[kind](parsed, scratch, epoch)))


def bytes_of(archive: zipfile.ZipFile) -> bytes:
    assert archive.fp is not None
    archive.fp.seek(0)
    return archive.fp.read()


@pytest.mark.parametrize("kind", sorted(OFFICE_WRITERS))
def test_the_same_document_has_the_same_bytes_whatever_the_time(kind: str, parsed: Parsed, tmp_path: Path) -> None:
    first = bytes_of(written(kind, parsed, tmp_path))
    time.sleep(2.1)  # a zip counts in steps of two seconds
    assert bytes_of(written(kind, parsed, tmp_path)) == first


def test_each_page_of_word_has_the_marking_and_the_parts_stand_in_order(parsed: Parsed, tmp_path: Path) -> None:
    archive = written("docx", parsed, tmp_path)
    document = Document(io.BytesIO(bytes_of(archive)))
    assert [section.header.paragraphs[0].text for section in document.sections] == [f"MADE-UP DATA. {MARKING}"]
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == [
        "Northmoor: 1 Referrals",
        "2025-26-Q2",
        "Lead.",
        "First sentence.",
        "Second one.",
        "Figure\u00a01: The caption.",
        "The table's caption.",
        "The method.",
        "The limit.",
    ]
    table = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert table[:2] == [["Period", "Rate 1", "Rate 2", "Rate 3", "Rate 4"], ["Quarter 1", "1.5", "1.6", "1.7", "1.8"]]
    assert len(table) == 10
    assert f'descr="{ALT}"' in archive.read("word/document.xml").decode()
    assert document.paragraphs[-1].style is not None
    assert document.paragraphs[-1].style.name == "Method"


def test_the_slide_has_picture_table_and_marking_and_the_newest_quarters(parsed: Parsed, tmp_path: Path) -> None:
    archive = written("pptx", parsed, tmp_path)
    assert [name for name in archive.namelist() if name.startswith("ppt/slides/slide")] == ["ppt/slides/slide1.xml"]
    slide = archive.read("ppt/slides/slide1.xml").decode()
    assert f'descr="{ALT}"' in slide
    for said in (
        "Northmoor: 1 Referrals, 2025-26-Q2",
        "First sentence. Second one.",
        "The caption. Table, last 5 quarters: The table's caption. The method. The limit.",
    ):
        assert said in slide
    assert [f"Quarter {number}<" in slide for number in range(1, 10)] == [False] * 4 + [True] * 5
    # More columns than the first four would stand over the words below them.
    assert ["Rate 3" in slide, "Rate 4" in slide, slide.count("<a:gridCol ")] == [True, False, 4]
    # A program that gives a table's words a size of its own (18 points) would push the rows off the slide.
    table = slide[slide.index("<a:tbl>") : slide.index("</a:tbl>")]
    assert re.findall(r"<a:rPr([^>]*?)/?>", table)
    assert all('sz="800"' in properties for properties in re.findall(r"<a:rPr([^>]*?)/?>", table))
    layouts = [archive.read(name).decode() for name in archive.namelist() if "slideLayouts/slideLayout" in name]
    escaped = MARKING.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert sum(f"MADE-UP DATA. {escaped}" in layout for layout in layouts) == 1


@pytest.mark.parametrize("kind", sorted(OFFICE_WRITERS))
def test_no_file_tells_a_path_or_a_person(kind: str, parsed: Parsed, tmp_path: Path) -> None:
    archive = written(kind, parsed, tmp_path)
    for name in archive.namelist():
        content = archive.read(name)
        assert str(tmp_path).encode() not in content, name
        assert str(parsed.folder).encode() not in content, name
    core = archive.read("docProps/core.xml").decode()
    assert "python-docx" not in core
    assert re.search(r"<dc:creator ?/>|<dc:creator></dc:creator>", core)
    assert "<dc:title>Northmoor: 1 Referrals</dc:title>" in core
