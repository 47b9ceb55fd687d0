"""The forms that go out: what is in them, that nothing in them is run, and that the same sheet gives the same bytes."""

import io
import json
import re
import zipfile

import docx
import lxml.html
import openpyxl
import pypandoc
import pytest
from docx.oxml.ns import qn
from query_forms import OWN, finding, sheet_of, three_queries

from analysis.queries.excel import write_excel
from analysis.queries.form import CHOICES, MARKING, Column
from analysis.queries.page import write_page
from analysis.queries.word import write_word
from analysis.queries.yaml_form import write_yaml
from analysis.render.archive import timeless

COLUMNS = [str(column) for column in Column]
INJECTIONS = ("=HYPERLINK(1)", "+1+1", "-3", "@SUM(A1)", "\t=1+1", "\r=1")


@pytest.fixture(scope="module")
def sheet():
    return three_queries()


def word(sheet):
    return docx.Document(io.BytesIO(write_word(sheet)))


def excel(sheet):
    return openpyxl.load_workbook(io.BytesIO(write_excel(sheet))).worksheets[0]


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {part.filename: archive.read(part).decode("utf-8", "replace") for part in archive.infolist()}


def test_the_word_form_is_a_table_with_a_heading_row(sheet):
    table = word(sheet).tables[1]
    assert [cell.text for cell in table.rows[0].cells] == COLUMNS
    assert len(table.rows) == 1 + len(sheet.queries)
    assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert table._tbl.tblPr.find(qn("w:tblDescription")) is not None


def test_pandoc_reads_the_same_table_from_the_word_form(sheet, tmp_path):
    """Another reader of Word documents than the one that wrote it."""
    path = tmp_path / "form.docx"
    path.write_bytes(write_word(sheet))
    tree = json.loads(pypandoc.convert_file(str(path), "json"))
    tables = [block["c"] for block in tree["blocks"] if block["t"] == "Table"]
    assert len(tables) == 2
    text = pypandoc.convert_file(str(path), "html")
    page = lxml.html.fromstring(text)
    head = page.xpath("//table[2]/thead//th | //table[2]/thead//td") or page.xpath(
        "(//table)[2]//thead//*[self::th or self::td]"
    )
    assert [" ".join(cell.text_content().split()) for cell in head] == COLUMNS
    assert "Buckinghamshire (825)" in text


def test_the_word_form_has_a_field_for_each_answer_and_the_four_choices(sheet):
    fields = list(word(sheet).element.iter(qn("w:sdt")))
    assert len(fields) == 5 * len(sheet.queries)
    ids = [field.find(f"{qn('w:sdtPr')}/{qn('w:id')}").get(qn("w:val")) for field in fields]
    assert len(set(ids)) == len(ids)
    lists = [field.findall(f".//{qn('w:listItem')}") for field in fields]
    assert [[item.get(qn("w:value")) for item in items] for items in lists if items] == [list(CHOICES)] * len(
        sheet.queries
    )


def test_the_excel_form_locks_what_was_sent_and_opens_the_answers(sheet):
    page = excel(sheet)
    heading = next(row for row in range(1, 40) if page.cell(row, 1).value == "No.")
    assert [cell.value for cell in page[heading]] == COLUMNS
    for row in page.iter_rows(min_row=heading + 1):
        assert [cell.protection.locked for cell in row] == [True] * 7 + [False] * 5
    assert page.protection.sheet
    assert not page.protection.password
    (choices,) = page.data_validations.dataValidation
    assert choices.formula1 == '"' + ",".join(CHOICES) + '"'
    assert page.freeze_panes == f"A{heading + 1}"


def test_the_page_is_an_accessible_table(sheet):
    page = lxml.html.fromstring(write_page(sheet))
    assert page.get("lang") == "en-GB"
    assert [cell.text_content() for cell in page.xpath("//thead//th[@scope='col']")] == COLUMNS
    assert len(page.xpath("//tbody/tr")) == len(sheet.queries)
    assert all(len(row.xpath("./th[@scope='row']")) == 1 for row in page.xpath("//tbody/tr"))
    assert all(len(row.xpath("./*")) == len(COLUMNS) for row in page.xpath("//tbody/tr"))
    assert len(page.xpath("//main")) == len(page.xpath("//caption")) == len(page.xpath("//h1")) == 1
    (region,) = page.xpath("//*[@role='region']")
    assert region.get("tabindex") == "0"
    assert page.xpath(f"//*[@id='{region.get('aria-labelledby')}']")
    assert not page.xpath("//script | //link | //img | //@src | //@onclick")


@pytest.mark.parametrize("made_up", [True, False], ids=["made up", "real"])
def test_every_form_says_whether_it_is_made_up_and_how_far_it_may_go(made_up):
    sheet = sheet_of(finding("duplicate", "referrals", "a"), made_up=made_up)
    forms = [
        write_page(sheet),
        write_yaml(sheet),
        " ".join(parts(write_word(sheet)).values()),
        " ".join(parts(write_excel(sheet)).values()),
    ]
    for text in forms:
        assert ("MADE-UP DATA" in text) == made_up
        assert "Internal and limited use only" in text
        assert "go to the director, from person to person" in text
        assert "safeguarding procedures at once" in text
    document = word(sheet)
    for edge in (document.sections[0].header, document.sections[0].footer):
        assert MARKING in edge.paragraphs[0].text
        assert ("MADE-UP DATA" in edge.paragraphs[0].text) == made_up


@pytest.mark.parametrize("seen", INJECTIONS)
def test_no_cell_starts_like_a_formula(seen):
    sheet = sheet_of(finding("duplicate", "referrals", seen))
    page = excel(sheet)
    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]
    texts += [cell.text for table in word(sheet).tables for row in table.rows for cell in row.cells]
    texts += [cell.text_content() for cell in lxml.html.fromstring(write_page(sheet)).xpath("//td | //th | //dd")]
    assert not [text for text in texts if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_what_was_seen_is_text_on_the_page_and_never_markup():
    text = write_page(sheet_of(finding("duplicate", "referrals", "<script>alert(1)</script>{{ 7 * 7 }}")))
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in text


def test_the_same_sheet_gives_the_same_bytes(sheet, monkeypatch):
    import datetime as clock
    import time

    before = write_word(sheet), write_excel(sheet), write_page(sheet), write_yaml(sheet)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))
    assert (write_word(sheet), write_excel(sheet), write_page(sheet), write_yaml(sheet)) == before
    for content in before[:2]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts(content)["docProps/core.xml"]
        # The quarter's last day, and neither this one nor that of a template.
        assert set(re.findall(r"\d{4}-\d{2}-\d{2}(?=T)", core)) == {"2025-09-30"}
        assert str(clock.date.today().year) not in core.replace("2025-09-30", "").replace("2025-26", "").replace(
            "2025", ""
        )


def test_nobody_is_named_as_author(sheet):
    for content in (write_word(sheet), write_excel(sheet)):
        core = parts(content)["docProps/core.xml"]
        assert "openpyxl" not in core
        assert "python-docx" not in core
        assert not re.search(r"<dc:creator>[^<]+<", core)
        assert "docProps/thumbnail.jpeg" not in parts(content)


def test_a_sheet_without_queries_says_so():
    sheet = sheet_of()
    assert "nothing to ask" in write_page(sheet)
    assert "nothing to ask" in write_yaml(sheet)
    assert "nothing to ask" in "\n".join(one.text for one in word(sheet).paragraphs)
    assert any("nothing to ask" in str(cell.value) for row in excel(sheet).iter_rows() for cell in row)


def test_packing_again_keeps_every_part(sheet):
    content = write_word(sheet)
    assert parts(timeless(content)) == parts(content)
    assert OWN in write_yaml(sheet)
