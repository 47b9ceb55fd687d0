"""Commentary that carries over: until a quarter, until somebody says that it is resolved, or not at all."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from analysis.errors import BadReferenceError
from analysis.reference.periods import Quarter
from analysis.reference.registry import registry
from analysis.registers.carried_commentary import in_force
from analysis.registers.commentary import commentary_path, load_commentary
from analysis.registers.commentary_sheet import UnreadableSheetError, read_sheet
from analysis.registers.register_file import add_commentary

TEXT = "Enquiries are counted when they end."
DAY = date(2025, 11, 3)
MEMBERS = ("825", "921")


def write(registers: Path, period: str, *more: str, text: str = TEXT, indicator: str = "A06") -> None:
    path = commentary_path(registers, period)
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    lines = ['- authority: "825"', f"  indicator: {indicator}", f"  text: {text}", "  written_by: Head of quality"]
    path.write_text(before + "\n".join([*lines, "  date: 2025-08-03", *(f"  {one}" for one in more), ""]), "utf-8")


def texts(registers: Path, period: str) -> list[tuple[str, str]]:
    found = in_force(registers, Quarter.parse(period), registry())
    return [(one.entry.text, str(one.written_for)) for one in found]


@pytest.mark.parametrize(
    ("more", "holds_in"),
    [
        ((), {"2025-26-Q1"}),
        (("until: 2025-26-Q3",), {"2025-26-Q1", "2025-26-Q2", "2025-26-Q3"}),
        (("until: resolved",), {"2025-26-Q1", "2025-26-Q2", "2025-26-Q3", "2025-26-Q4", "2026-27-Q1"}),
        (
            ("until: resolved", "resolved: {from: 2025-26-Q4, date: 2026-02-01}"),
            {"2025-26-Q1", "2025-26-Q2", "2025-26-Q3"},
        ),
    ],
    ids=["its own quarter", "until a quarter", "until resolved", "resolved"],
)
def test_a_text_stands_in_the_quarters_that_it_says(tmp_path: Path, more: tuple[str, ...], holds_in: set[str]) -> None:
    write(tmp_path, "2025-26-Q1", *more)
    quarters = [str(quarter) for quarter in Quarter.parse("2026-27-Q1").back(6)]
    assert {one for one in quarters if texts(tmp_path, one)} == holds_in


def test_a_newer_text_takes_the_place_of_the_older_and_ends_it(tmp_path: Path) -> None:
    write(tmp_path, "2025-26-Q1", "until: resolved")
    write(tmp_path, "2025-26-Q2", text="Enquiries are counted when they begin now.")
    assert texts(tmp_path, "2025-26-Q2") == [("Enquiries are counted when they begin now.", "2025-26-Q2")]
    assert texts(tmp_path, "2025-26-Q3") == []


def test_how_it_is_recorded_stands_beside_what_lies_behind(tmp_path: Path) -> None:
    write(tmp_path, "2025-26-Q1", "kind: recording", "until: resolved")
    write(tmp_path, "2025-26-Q2", text="More enquiries came from schools.")
    assert [one for one, _ in texts(tmp_path, "2025-26-Q2")] == ["More enquiries came from schools.", TEXT]


def test_a_build_as_known_before_it_was_resolved_still_has_it(tmp_path: Path) -> None:
    write(tmp_path, "2025-26-Q1", "until: resolved", "resolved: {from: 2025-26-Q4, date: 2026-02-01}")
    held = load_commentary(commentary_path(tmp_path, "2025-26-Q1"), registry())
    (before,), (after,) = (held.known_on(day).entries for day in (date(2026, 1, 31), date(2026, 2, 1)))
    assert before.resolved is None
    assert after == held.entries[0]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("until: 2024-25-Q4",), "before its own quarter"),
        (("until: never",), "not a quarter"),
        (("resolved: {from: 2025-26-Q4, date: 2026-02-01}",), "give `until`"),
        (("kind: rumour",), "kind"),
    ],
)
def test_an_end_that_cannot_be_is_refused(tmp_path: Path, more: tuple[str, ...], told: str) -> None:
    write(tmp_path, "2025-26-Q1", *more)
    with pytest.raises(BadReferenceError, match=told):
        in_force(tmp_path, Quarter.parse("2025-26-Q2"), registry())


HEADER = "Authority,Indicator,Text,Until"
ROWS = (
    "Buckinghamshire,a06,Enquiries are counted when they end.,resolved",
    "921,,The quarter was a quiet one on the island.,",
)


def read(content: bytes, held: tuple = ()):  # type: ignore[no-untyped-def, type-arg]
    return read_sheet(
        content, held, registry(), MEMBERS, period="2025-26-Q2", on=DAY, written_by="performance lead"
    )  # fmt: skip


def csv_of(*rows: str) -> bytes:
    return "\n".join((HEADER, *rows)).encode()


def xlsx_of(*rows: str) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in (HEADER, *rows):
        book.active.append(row.split(","))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("make", [csv_of, xlsx_of])
def test_a_spreadsheet_becomes_entries_of_the_register(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    found = read(make(*ROWS))
    assert found.findings == ()
    assert [(one.authority, one.indicator, one.until, one.date, one.written_by) for one in found.entries] == [
        ("825", "A06", "resolved", DAY, "performance lead"),
        ("921", "", None, DAY, "performance lead"),
    ]
    path = commentary_path(tmp_path, "2025-26-Q2")
    add_commentary(path, found.entries, registry())
    held = load_commentary(path, registry()).entries
    assert held == found.entries
    again = read(make(*ROWS), held)
    assert (again.entries, again.findings) == ((), ())
    other = read(make(ROWS[0].replace("end", "begin")), held)
    assert (other.entries, [one.line for one in other.findings]) == ((), [2])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Atlantis,A06,Something that is long enough.,", "no authority"),
        ("Kent,A06,Something that is long enough.,", "takes no part"),
        ("825,A99,Something that is long enough.,", "no indicator"),
        ("825,A06,short,", "text"),
        ("825,A06,Mary Jones says that it is right.,", "name or identify a person"),
        ("825,A06,Something that is long enough.,2024,", "until"),
    ],
)
def test_a_row_that_does_not_fit_is_told_by_its_line_and_not_quoted(row: str, told: str) -> None:
    found = read(csv_of(ROWS[1], row))
    assert len(found.entries) == 1
    (finding,) = found.findings
    assert finding.line == 3
    assert told in finding.seen
    assert not any(word in finding.seen for word in ("Atlantis", "Mary", "Jones", "long enough"))


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04 no archive", b"\x00\x01\x02" * 50])
def test_what_is_no_table_of_commentary_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSheetError):
        read(content)


def test_markup_links_and_formulas_come_in_as_plain_words() -> None:
    found = read(csv_of('825,A06,"<b>More</b> referrals, see [this](http://x.example) =1+1",'))
    (entry,) = found.entries
    assert "<b>" not in entry.text
    assert "http" not in entry.text
