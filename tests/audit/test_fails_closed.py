"""What could not be read, or not to its end, never passes."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from office_parts import docx, run, xlsx, zipped
from pdf_parts import pdf
from picture_parts import photo, png
from planted import b64, page, svg
from pypdf import PdfReader, PdfWriter

from analysis.audit import read as reading
from analysis.audit.budget import Budget, Limits
from analysis.audit.deny import Deny, Kind
from analysis.audit.kinds import Kind as Format
from analysis.audit.report import Verdict, overall
from analysis.audit.scan import scan

PLAIN = {
    "a.docx": docx(run("Children")),
    "a.xlsx": xlsx(),
    "a.pdf": pdf(),
    "a.png": png((b"tEXt", b"Title\x00Children in need")),
    "a.jpg": photo(),
    "a.gz": gzip.compress(b"Children in need " * 30),
    "a.zip": zipped({"a.txt": "Children in need"}),
}


def unread(name: str, content: bytes, deny: Deny, budget: Budget | None = None) -> str:
    """Why a file failed; it must have failed for not being read."""
    report = scan(content, deny, name=name, budget=budget)
    assert report.verdict is Verdict.FAIL
    assert {finding.kind for finding in report.findings} == {Kind.UNREAD}
    return "; ".join(finding.why for finding in report.findings)


@pytest.mark.parametrize("name", PLAIN)
def test_a_whole_file_passes(name: str, deny: Deny) -> None:
    assert scan(PLAIN[name], deny, name=name.replace(".gz", ".txt.gz")).verdict is Verdict.PASS


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("name", PLAIN)
def test_a_file_that_is_cut_short_fails(name: str, share: float, deny: Deny) -> None:
    content = PLAIN[name]
    assert scan(content[: int(len(content) * share)], deny, name=name).verdict is Verdict.FAIL


@pytest.mark.parametrize("name", ["a.zip", "a.docx", "a.gz", "a.png"])
def test_one_changed_byte_of_what_is_packed_fails(name: str, deny: Deny) -> None:
    content = bytearray(PLAIN[name])
    place = {"a.png": content.find(b"IDAT") + 8, "a.gz": len(content) // 3, "a.zip": 38, "a.docx": 60}[name]
    content[place] ^= 0xFF
    assert scan(bytes(content), deny, name=name).verdict is Verdict.FAIL


@pytest.mark.parametrize(
    "name",
    ["a.doc", "a.xls", "a.parquet", "a.exe", "a", "a.emf", "a.bin", "a.eml", "a.rtf", "a.tar", "a.kent"],
)
def test_an_unknown_ending_fails_even_with_plain_text(name: str, deny: Deny) -> None:
    assert scan(b"Children in need", deny, name=name).verdict is Verdict.FAIL


@pytest.mark.parametrize("name", ["vbaProject.bin", "oleObject1.bin", "image1.emf", "font1.odttf"])
def test_an_unknown_part_of_a_document_fails(name: str, deny: Deny) -> None:
    assert "no format" in unread("a.docx", docx(more={f"word/{name}": b"\x01\x02\x03"}), deny)


@pytest.mark.parametrize("name", ["a.pdf", "a.png", "a.docx", "a.jpg", "a.gz"])
def test_text_under_another_ending_fails(name: str, deny: Deny) -> None:
    assert scan(b"Children in need", deny, name=name).verdict is Verdict.FAIL


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv", "a.json", "a.xml", "a.pdf"])
@pytest.mark.parametrize("content", [b"", b"\n \n", b"\x00" * 40])
def test_a_file_from_which_nothing_comes_fails(name: str, content: bytes, deny: Deny) -> None:
    assert scan(content, deny, name=name).verdict is Verdict.FAIL


BROKEN = {
    "bad.json": b'{"a": ',
    "bad.xml": b"<a><b></a>",
    "zeros.txt": b"a\x00\x00\x00b\x00c" * 3 + b"\xff",
    "no encoding.txt": b"\x81\x8d\x8f rest",
    "other encoding.html": b"<meta charset='shift_jis'><p>x</p>",
    "entities.svg": b"<!DOCTYPE svg [<!ENTITY k 'K'>]><svg><text>&k;ent</text></svg>",
    "swelling.xml": b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><x>&b;</x>",
    "address.html": page("<img src='data:image/png;base64,!!!!'>"),
    "unknown address.html": page(f"<img src='data:application/x-thing;base64,{b64(bytes(range(100)))}'>"),
    "long data.html": page(f"<p>{b64(bytes(range(256)) * 8)}</p>"),
    "packed array.json": json.dumps({"dtype": "f8", "bdata": "AAA"}).encode(),
    "unknown array.json": json.dumps({"dtype": "c16", "bdata": b64(b"0" * 32)}).encode(),
    "after the end.png": png(after=b"more"),
    "after the end.pdf": pdf() + b"\nPK and more",
    "before the start.zip": b"PK\x03\x04 more " + zipped({"a.txt": "x"}),
    "before the start.pdf": b"MZ" + pdf(),
    "after gzip.gz": gzip.compress(b"x" * 40) + b"more",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_or_padded_file_fails(name: str, deny: Deny) -> None:
    assert scan(BROKEN[name], deny, name=name).verdict is Verdict.FAIL


def test_a_protected_file_fails(deny: Deny) -> None:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf())))
    writer.encrypt("x", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "password" in unread("a.pdf", out.getvalue(), deny)
    locked = bytearray(zipped({"a.txt": "x"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in unread("a.zip", bytes(locked), deny)


def test_a_part_that_the_directory_does_not_list_fails(deny: Deny) -> None:
    whole = zipped({"a.txt": "in Kent", "b.txt": "x"})
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        second = archive.infolist()[1]
    directory = whole.index(b"PK\x01\x02")
    only_second = whole.index(b"PK\x01\x02", directory + 1)
    end = bytearray(whole[whole.index(b"PK\x05\x06") :])
    struct.pack_into("<HHI", end, 8, 1, 1, len(whole[only_second:]) - len(end))
    hidden = whole[:directory] + whole[only_second : whole.index(b"PK\x05\x06")] + bytes(end)
    with zipfile.ZipFile(io.BytesIO(hidden)) as archive:
        assert archive.namelist() == [second.filename]
    assert scan(hidden, deny, name="a.zip").verdict is Verdict.FAIL


def test_what_swells_is_not_unpacked(deny: Deny) -> None:
    bomb = zipped({"a.txt": b" " * 40_000_000})
    assert len(bomb) < 60_000
    assert "far more" in unread("a.zip", bomb, deny)
    assert "far more" in unread("a.txt.gz", gzip.compress(b" " * 40_000_000), deny)
    assert "far more" in unread("a.png", png((b"zTXt", b"k\x00\x00" + zlib.compress(b" " * 40_000_000))), deny)


def test_a_part_that_lies_about_its_size_fails(deny: Deny) -> None:
    lying = bytearray(zipped({"a.txt": b" " * 4_000_000}))
    for start, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", lying, lying.index(start) + place, 10)
    assert scan(bytes(lying), deny, name="a.zip").verdict is Verdict.FAIL


def test_files_within_files_are_opened_so_deep_and_no_deeper(deny: Deny) -> None:
    content = zipped({"a.txt": "Children"})
    for _ in range(6):
        content = zipped({"a.zip": content})
    assert scan(content, deny, name="a.zip").verdict is Verdict.PASS
    for _ in range(3):
        content = zipped({"a.zip": content})
    assert "deep" in unread("a.zip", content, deny)
    coded = b"Children in need " * 4
    for _ in range(10):
        coded = b64(coded).encode()
    assert "deep" in unread("a.txt", coded, deny)
    assert "deep" in unread("a.json", b"[" * 100_000 + b"]" * 100_000, deny)


def test_too_many_parts_fail(deny: Deny) -> None:
    many = zipped({f"{place}.txt": "x" for place in range(30)})
    assert "parts" in unread("a.zip", many, deny, Budget(Limits(parts=20)))


def test_a_slow_file_fails(deny: Deny) -> None:
    seconds = itertools.count()
    budget = Budget(Limits(seconds=3), clock=lambda: float(next(seconds)))
    assert "seconds" in unread("a.zip", zipped({f"{place}.txt": f"x{place}" for place in range(9)}), deny, budget)


@pytest.mark.parametrize("error", [ValueError("Kent"), RecursionError(), MemoryError(), KeyError("Kent")])
def test_a_decoder_that_raises_fails_the_file_and_quotes_nothing(
    error: Exception, deny: Deny, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raising(*_: object) -> object:
        raise error

    monkeypatch.setitem(reading.DECODERS, Format.TEXT, raising)
    why = unread("a.zip", zipped({"a.txt": "x", "b.csv": "a,b\n1,2"}), deny)
    assert type(error).__name__ in why
    assert "Kent" not in why


def test_what_was_found_before_a_part_failed_is_told_too(deny: Deny) -> None:
    report = scan(zipped({"a.txt": "in Kent", "b.xyz": "x"}), deny, name="a.zip")
    assert {finding.kind for finding in report.findings} == {Kind.NAME, Kind.UNREAD}


def test_a_file_that_is_not_there_fails(tmp_path: Path, deny: Deny) -> None:
    assert scan(tmp_path / "a.html", deny).verdict is Verdict.FAIL


def test_no_files_are_no_pass() -> None:
    assert overall([]) is Verdict.FAIL


def test_pixels_are_counted_as_unseen(deny: Deny) -> None:
    report = scan(docx(more={"word/media/image1.png": png(), "word/media/image2.jpg": photo()}), deny, name="a.docx")
    assert len(report.pictures) == 2
    assert scan(svg("<path d='M0 0'/>"), deny, name="a.svg").pictures == ()
