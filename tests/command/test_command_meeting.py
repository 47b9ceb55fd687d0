"""`tartanrug meeting` and `tartanrug brief`: from a made-up quarter to documents, as a person runs them."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from command_line import PERIOD
from docx import Document
from pypdf import PdfReader

from analysis.config import Workspace
from analysis.pipeline import load
from analysis.pipeline.briefs import Brief, BriefRefusedError, refuse_unless_concealing
from analysis.pipeline.collection import Collection
from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.registers.log.chain import log_folder, read_chain
from analysis.registers.log.event import NOT_ENROLLED
from analysis.registers.people import Person, enrol, people_path
from analysis.views.model import Variant

PLACE = Path("reports", "out", "made-up", "south-east", PERIOD)
WIGHT = "921"
REGION = find_region("south-east")


@pytest.fixture
def quarter(made_up_workspace, tmp_path, monkeypatch):
    """A workspace with views; documents go to a folder of the test's own."""
    load.views_folder(Workspace(made_up_workspace), REGION, PERIOD, Variant.OWN, "made-up")
    root = tmp_path / "workspace"
    root.mkdir()
    (root / "data").mkdir()
    for folder in ("raw", "processed"):
        (root / "data" / folder).symlink_to(made_up_workspace / "data" / folder, target_is_directory=True)
    monkeypatch.setenv("TARTANRUG_HOME", str(root))
    monkeypatch.setenv("TARTANRUG_RENDERER", "embedded")
    return root


def pdf_text(path):
    return [page.extract_text() for page in PdfReader(path).pages]


def stamps_in(text: str, audience: str) -> list[str]:
    """Content ids of the stamps for an audience; by the policy that is shipped, 18 months from 30 September 2025."""
    until = r"For use until 31 March 2027\."
    return re.findall(rf"{audience}\. Content id ([0-9a-f]{{16}})\. {until}", " ".join(text.split()))


def test_a_meeting_s_document_for_somebody_outside_needs_the_word_of_all_but_the_one_that_names_nobody(
    tartanrug, quarter, monkeypatch
):
    for kind in ("book", "pack", "trajectory"):
        done = tartanrug("meeting", kind, "--period", PERIOD, "--for", "Department for Education")
        assert done.code == 11, kind
        assert all(authorities()[code].name in done.words for code in REGION.everyone)
    done = tartanrug("brief", "--authority", "IoW", "--indicator", "A06", "--period", PERIOD, "--variant", "anonymised",
                     "--on", "2024-02-01")  # fmt: skip
    assert (done.code, "begins on 2025-04-01" in done.words) == (11, True)
    assert not (quarter / PLACE).exists()
    registers = quarter / "data" / "registers" / "made-up" / "south-east"
    assert {event.by for event in read_chain(log_folder(registers)).events} == {NOT_ENROLLED}
    enrol(people_path(registers), "a11a11a1", Person(name="Jane Smith", post="DBG data lead"))
    monkeypatch.setenv("TARTANRUG_PERSON", "a11a11a1")
    done = tartanrug("meeting", "protocol", "--period", PERIOD, "--format", "html", "--for", "the directors")
    assert done.code == 0, done.err
    *_, last = read_chain(log_folder(registers)).events
    assert (last.kind, last.by.post) == ("reading_copies_built", "DBG data lead")
    assert (last.body["what"], last.body["audience"]) == ("meetings", "the directors")
    page = (quarter / PLACE / "meetings" / f"protocol-report-{PERIOD}-south-east.html").read_text(encoding="utf-8")
    assert len(set(stamps_in(page, "For the directors"))) == 1


def test_the_protocol_report_is_one_page_that_names_no_authority(tartanrug, quarter):
    done = tartanrug("meeting", "protocol", "--period", PERIOD, "--format", "pdf")
    assert done.code == 0, done.err
    pages = pdf_text(quarter / PLACE / "meetings" / f"protocol-report-{PERIOD}-south-east.pdf")
    assert len(pages) == 1
    assert "Internal and limited use only" in pages[0]
    assert len(stamps_in(pages[0], "For key staff of the members")) == 1
    assert not [authorities()[code].name for code in REGION.members if authorities()[code].name in pages[0]]
    assert "MADE-UP DATA" in done.out


def test_the_checking_book_has_a_page_for_each_authority_by_name(tartanrug, quarter):
    done = tartanrug("meeting", "book", "--period", PERIOD, "--format", "html")
    assert done.code == 0, done.err
    page = (quarter / PLACE / "meetings" / f"checking-book-{PERIOD}-south-east.html").read_text(encoding="utf-8")
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    assert headings == ["What this document is", *sorted(authorities()[code].name for code in REGION.members)]
    # On screen at both ends, and on each page that is printed.
    ids = stamps_in(page, "For key staff of the members")
    assert (len(ids) >= 3, len(set(ids))) == (True, 1)
    assert page.count("the authority was not asked about these figures") == len(REGION.members)
    again = tartanrug("meeting", "book", "--period", PERIOD, "--format", "html")
    assert again.code == 0
    assert (quarter / PLACE / "meetings" / f"checking-book-{PERIOD}-south-east.html").read_text(
        encoding="utf-8"
    ) == page


def test_an_anonymised_brief_is_one_page_and_one_slide_with_the_marking(tartanrug, quarter):
    words = ("--authority", "IoW", "--indicator", "a17", "--period", PERIOD, "--variant", "anonymised")
    done = tartanrug("brief", *words, "--format", "docx", "pptx", "pdf")
    assert done.code == 0, done.err
    folder = quarter / PLACE / "briefs"
    stem = f"brief-{PERIOD}-{WIGHT}-A17-anonymised"
    assert sorted(path.name for path in folder.iterdir()) == [f"{stem}.{kind}" for kind in ("docx", "pdf", "pptx")]
    marking = "Other authorities concealed."
    pages = pdf_text(folder / f"{stem}.pdf")
    assert len(pages) == 1
    assert marking in pages[0]
    whom = "For the authority's partners and inspectors".replace("'", ".")
    (stamped,) = stamps_in(pages[0], whom)
    word = Document(str(folder / f"{stem}.docx"))
    assert marking in word.sections[0].header.paragraphs[0].text
    assert "MADE-UP DATA" in word.sections[0].header.paragraphs[0].text
    assert stamps_in(word.sections[0].header.paragraphs[0].text, whom) == [stamped]
    assert len(word.tables) == 1
    assert len(word.inline_shapes) == 1
    slides = zipfile.ZipFile(io.BytesIO((folder / f"{stem}.pptx").read_bytes()))
    assert [name for name in slides.namelist() if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)] == [
        "ppt/slides/slide1.xml"
    ]
    slide = slides.read("ppt/slides/slide1.xml").decode()
    assert slide.count("<a:tbl>") == 1
    assert slide.count("<p:pic>") == 1
    used = re.search(r"slideLayouts/(slideLayout\d+\.xml)", slides.read("ppt/slides/_rels/slide1.xml.rels").decode())
    assert used is not None
    layout = slides.read(f"ppt/slideLayouts/{used[1]}").decode()
    assert f"MADE-UP DATA. Unaudited management data. {marking}" in layout
    assert stamps_in(layout, whom) == [stamped]


def test_a_brief_that_names_another_is_refused(quarter):
    collection = Collection(Workspace(quarter), "made-up", REGION, Quarter.parse(PERIOD))
    page = "<!DOCTYPE html><html><body><p>As in {}.</p></body></html>"
    clean, telling = (Brief("brief", {"html": page.format(name).encode()}) for name in ("the region", "Slough"))
    refuse_unless_concealing(clean, collection, WIGHT)
    with pytest.raises(BriefRefusedError) as refused:
        refuse_unless_concealing(telling, collection, WIGHT)
    assert "Slough" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("--variant", "internal"), "choose from own, anonymised"),
        (("--indicator", "Z99"), "choose from A01"),
        (("--indicator", "section 47"), "choose from A01"),
        (("--authority", "Birmingham"), "gets no report in South East"),
        (("--format", "odt"), "choose from docx, pptx, html, pdf"),
    ],
)
def test_a_brief_that_cannot_be_made_says_why(tartanrug, quarter, change, told):
    words = {"--authority": "IoW", "--indicator": "A06", "--period": PERIOD} | dict([change])
    done = tartanrug("brief", *(word for pair in words.items() for word in pair))
    assert done.code == 2
    assert told in done.words
    assert "Traceback" not in done.err
    assert not (quarter / PLACE).exists()
