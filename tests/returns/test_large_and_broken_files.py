"""Bounds: nothing that is sent takes more memory than a return is worth, and nothing makes the reader fail."""

from __future__ import annotations

import io
import random
import re
import tracemalloc
import zipfile

import pytest
from children import with_part
from hypothesis import given, settings
from hypothesis import strategies as st
from messy_books import SHEET, replaced
from openpyxl import Workbook
from return_files import (
    FOLDER,
    HEADER,
    PERIOD,
    REGION,
    REGISTRY,
    Return,
    as_csv,
    as_xlsx,
    file_of,
    rules_of_rows,
    saved,
)

from analysis.returns.checked import check_returns
from analysis.returns.files import MAX_BYTES, ReturnFile, load_file
from analysis.returns.reading.mapping import packaged_templates
from analysis.returns.reading.read import read_return
from analysis.returns.reading.workbook import MAX_COLUMNS

CLEAN = Return("825").csv()
NOTED = as_xlsx([HEADER, *Return("825", quality="the note").rows()[:1]])
NOISE = random.Random(1).randbytes(1_000_000)
"""It packs to little less than itself: the archive is no bomb."""


def peak_of(content: bytes) -> tuple[set[str], float]:
    """The rules broken, and how much more memory than the file itself the reading took, in megabytes."""
    file = file_of(content)
    tracemalloc.start()
    rules = rules_of_rows(file)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return rules, peak


def test_a_file_above_the_bound_is_hashed_and_not_kept(tmp_path):
    path = tmp_path / "825.csv"
    path.write_bytes(b"a" * (MAX_BYTES + 1))
    file = load_file(FOLDER, path)
    assert file.content is None
    assert file.sha256 == ReturnFile.of(FOLDER, "a", b"a" * (MAX_BYTES + 1)).sha256
    outcome = check_returns([(FOLDER, path)], REGION, PERIOD, REGISTRY)
    assert outcome.findings.loc[outcome.findings["rule"] == "too_large", "seen"].tolist() == ["the file is too large"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = with_part(saved(as_xlsx([HEADER])), "xl/worksheets/sheet9.xml", b" " * 70_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bomb)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, old.read(part))
    assert len(out.getvalue()) < 200_000
    rules, peak = peak_of(out.getvalue())
    assert rules == {"too_large"}
    assert peak < 5


def test_a_workbook_of_many_parts_or_one_that_hides_a_second_part_of_a_name_is_refused():
    book = saved(as_xlsx([HEADER]))
    many = book
    out = io.BytesIO(book)
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(500):
            archive.writestr(f"xl/worksheets/sheet{number + 5}.xml", b"<a/>")
    many = out.getvalue()
    assert rules_of_rows(file_of(many)) == {"too_large"}
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = with_part(book, "xl/workbook.xml", b"<a/>")
    assert rules_of_rows(file_of(twice)) == {"unreadable_file"}


@pytest.mark.parametrize(
    "part",
    [
        "xl/pivotCache/pivotCacheRecords1.xml",
        "xl/embeddings/oleObject1.bin",
        "xl/model/item.data",
        "xl/vbaProject.bin",
        "xl/externalLinks/externalLink1.xml",
        "XL/PivotCache/x.xml",
    ],
)
def test_records_that_no_sheet_shows_are_refused(part):
    assert rules_of_rows(file_of(with_part(saved(as_xlsx([HEADER, *Return("825").rows()])), part, b"<a/>"))) == {
        "hidden_records"
    }


def test_a_cell_far_to_the_right_is_refused_in_little_memory():
    book = Workbook()
    book.active.cell(row=1, column=1, value="a")
    book.active.cell(row=900_000, column=MAX_COLUMNS + 1, value="b")
    assert rules_of_rows(file_of(saved(book))) == {"too_large"}


def test_a_formula_without_its_result_is_not_read_as_blank():
    rows = Return("825").rows()
    rows[0][7] = "=200+200"
    assert rules_of_rows(file_of(saved(as_xlsx([HEADER, *rows])))) == {"unreadable_file"}


def test_one_long_row_does_not_fill_up_all_the_others():
    content = ("," * 30_000 + "a\n" + "b\n" * 400).encode()
    rules, peak = peak_of(content)
    assert rules == {"too_large"}
    assert peak < 60


def test_many_short_rows_are_refused_in_bounded_memory():
    rules, peak = peak_of(b"a\n" * 300_000)
    assert rules == {"too_large"}
    assert peak < 100


def test_a_workbook_that_lies_about_what_it_unpacks_to_is_refused_in_little_memory():
    book = bytearray(replaced(NOTED, SHEET, b"the note", NOISE.hex().encode()))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        for found in re.finditer(re.escape(mark), bytes(book)):
            at = found.start() + place
            if int.from_bytes(book[at : at + 4], "little") > len(NOISE):
                book[at : at + 4] = (9000).to_bytes(4, "little")
    rules, peak = peak_of(bytes(book))
    assert rules == {"unreadable_file"}
    assert peak < 20


def test_a_cell_of_a_workbook_that_no_return_has_is_refused_in_little_memory():
    rules, peak = peak_of(replaced(NOTED, SHEET, b"the note", NOISE.hex().encode()))
    assert rules == {"too_large"}
    assert peak < 40


def test_a_cell_of_a_text_that_no_return_has_is_refused_in_little_memory():
    rules, peak = peak_of(CLEAN.replace("Referrals,400", f'"{"word, " * 30_000}",400').encode())
    assert rules == {"unreadable_file"}
    assert peak < 60


def test_a_cell_of_a_megabyte_is_refused():
    assert rules_of_rows(CLEAN.replace("Referrals,400", f"{'x' * 1_000_000},400")) == {"unreadable_file"}


@given(st.binary(max_size=300))
@settings(max_examples=80, deadline=None)
def test_any_bytes_are_a_return_or_a_refusal(content):
    read_return(file_of(content), REGISTRY, packaged_templates())


@given(st.lists(st.lists(st.text(max_size=8), max_size=12), max_size=6), st.sampled_from([",", ";", "\t"]))
@settings(max_examples=80, deadline=None)
def test_any_table_is_a_return_or_a_refusal(rows, delimiter):
    read_return(file_of(as_csv([list(HEADER), *rows], delimiter)), REGISTRY, packaged_templates())


@given(st.integers(0, 4000), st.binary(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_damaged_workbook_is_a_return_or_a_refusal(place, noise):
    book = bytearray(BOOK)
    at = place * len(book) // 4001
    book[at : at + len(noise)] = noise
    read_return(file_of(bytes(book)), REGISTRY, packaged_templates())


BOOK = saved(as_xlsx([HEADER, *Return("825").rows()]))
