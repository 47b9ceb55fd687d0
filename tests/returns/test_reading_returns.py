"""The format, read: encodings, layouts of file, values, periods, and the complete grid."""

from __future__ import annotations

import math
from datetime import date

import pytest
from return_files import (
    FOLDER,
    HEADER,
    MEASURES,
    PERIOD,
    REGION,
    REGISTRY,
    Return,
    as_csv,
    as_xlsx,
    cell,
    checked,
    file_of,
    files_of,
    rows_of,
    rules_broken,
    rules_of_rows,
    saved,
)

from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.reference.status import Status
from analysis.returns.checked import check_returns
from analysis.returns.files import find_returns
from analysis.returns.schema import CHECKED_SCHEMA


def test_a_clean_region_has_no_findings_and_a_complete_grid(clean):
    outcome = checked(*files_of(clean))
    assert outcome.findings.empty
    assert len(outcome.checked) == len(REGION.members) * len(MEASURES)
    assert (outcome.checked["status"] == Status.GIVEN).all()
    assert outcome.checked.equals(
        outcome.checked.sort_values(["authority", "period", "measure"]).reset_index(drop=True)
    )
    assert [one.state for one in outcome.files] == ["received"] * len(REGION.members)
    CHECKED_SCHEMA.validate(outcome.checked)


def test_every_value_arrives_with_its_line_and_receipt():
    file = file_of(Return("825").csv())
    outcome = checked(file)
    for line, (measure, value) in enumerate(MEASURES.items(), start=2):
        found = cell(outcome, measure)
        assert (found["value"], found["source_line"], found["receipt"]) == (float(value), line, file.sha256)
    assert cell(outcome, "referrals", "886")["receipt"] == ""


@pytest.mark.parametrize("name", ["825.csv", "825.txt", "825.xlsx", "825"])
@pytest.mark.parametrize(
    "encode", [lambda text: text.encode(), lambda text: text.encode("utf-8-sig")], ids=["utf-8", "bom"]
)
def test_a_file_is_read_by_what_it_holds_not_by_its_name(name, encode):
    assert rules_of_rows(file_of(encode(Return("825").csv()), name)) == set()


def test_line_ends_of_windows_and_quoted_line_breaks_keep_the_line_numbers_right():
    text = Return("825", quality='two\nlines, "quoted"').csv().replace("\n", "\r\n")
    found = cell(checked(text), "re_referrals")
    assert found["quality"] == 'two lines, "quoted"'
    assert found["source_line"] == 4  # the first row takes lines 2 and 3


def test_columns_in_another_order_and_case_are_the_same_columns():
    rows = [[name.upper().replace(" ", "_") for name in reversed(HEADER)], *(row[::-1] for row in Return("825").rows())]
    assert rules_of_rows(as_csv(rows)) == set()


@pytest.mark.parametrize(
    "code", ["825", "E06000060", "E10000002", "e06000060", "Buckinghamshire", "BUCKINGHAMSHIRE COUNCIL", "Bucks"]
)
def test_an_authority_is_known_by_any_of_its_codes_and_names(code):
    rows = [[*row[:1], code, *row[2:]] for row in Return("825").rows()]
    assert rules_of_rows(as_csv([HEADER, *rows])) == set()


def test_a_name_that_was_used_twice_goes_with_either_code():
    for code in ("835", "838"):
        authority = authorities()[code]
        row = ["South West", code, "Dorset", "2018-19", "Q1", "referrals", "", "5", ""]
        outcome = checked(as_csv([HEADER, row]))
        assert authority.name.startswith("Dorset")
        assert set(rows_of(outcome, "not_a_member")["authority"]) == {code}
        assert rows_of(outcome, "authority_conflict").empty


@pytest.mark.parametrize(
    ("year", "quarter"),
    [("2025-26", "Q2"), ("2025/26", "Q2"), ("2025-2026", "q2"), ("2025-26", "2"), ("2025-26", "Quarter 2")],
)
def test_periods_are_read_in_their_common_spellings(year, quarter):
    rows = [[*row[:3], year, quarter, *row[5:]] for row in Return("825").rows()]
    assert rules_of_rows(as_csv([HEADER, *rows])) == set()


WRITTEN = {
    "referrals": ("0", 0.0, Status.GIVEN),
    "assessments": ("412", 412.0, Status.GIVEN),
    "cin_at_end": ("412.0", 412.0, Status.GIVEN),
    "cpp_ceasing": ("-0", 0.0, Status.GIVEN),
    "a1_days": ("95.5", 95.5, Status.GIVEN),
    "adopted": ("", math.nan, Status.NOT_SUBMITTED),
    "cla_starting": ("..", math.nan, Status.NOT_SUBMITTED),
    "cla_ceasing": ("c", math.nan, Status.SUPPRESSED),
    "cpp_second_ever": ("C", math.nan, Status.SUPPRESSED),
    "cpp_second_2_years": ("*", math.nan, Status.SUPPRESSED),
    "s47_enquiries": ("x", math.nan, Status.NOT_AVAILABLE),
    "icpc_15_days": ("N/A", math.nan, Status.NOT_AVAILABLE),
    "a2_days": ("z", math.nan, Status.NOT_APPLICABLE),
    "re_referrals": ("u", math.nan, Status.UNRELIABLE),
}


def test_missing_is_never_zero_and_one_kind_is_never_another():
    outcome = checked(Return("825").with_values(**{key: written for key, (written, _, _) in WRITTEN.items()}).csv())
    for measure, (_, value, status) in WRITTEN.items():
        found = cell(outcome, measure)
        assert found["status"] == status, measure
        assert repr(float(found["value"])) == repr(value), measure  # repr: a minus before the zero would show


def test_several_quarters_and_authorities_in_one_file():
    quarters = [Quarter(2024, 3), PERIOD]
    rows = [row for code in ("825", "886") for quarter in quarters for row in Return(code, quarter).rows()]
    outcome = checked(as_csv([HEADER, *rows]))
    assert rules_broken(outcome) - {"missing_return", "copied_return"} == set()
    assert sorted(outcome.checked["period"].unique()) == ["2024-25-Q3", "2024-25-Q4", "2025-26-Q1", "2025-26-Q2"]
    assert cell(outcome, "referrals", "886", "2024-25-Q3")["value"] == 400
    assert cell(outcome, "referrals", "886", "2024-25-Q4")["status"] == Status.NOT_SUBMITTED
    assert len(outcome.checked) == 19 * 4 * 22


def test_a_workbook_with_one_sheet_is_read_as_the_same_return_in_csv():
    rows = [[*row[:1], int(row[1]), *row[2:7], float(row[7]), row[8] or None] for row in Return("825").rows()]
    book = as_xlsx([HEADER, *rows], Empty=[])
    outcome = checked(file_of(saved(book), "825.xlsx"))
    assert rules_broken(outcome) == set()
    plain = checked(Return("825").csv()).checked
    assert outcome.checked.drop(columns="receipt").equals(plain.drop(columns="receipt"))


def test_blank_rows_in_a_workbook_keep_the_line_numbers_right():
    rows = Return("825").rows()
    outcome = checked(file_of(saved(as_xlsx([HEADER, rows[0], [], [], *rows[1:]])), "825.xlsx"))
    assert cell(outcome, "re_referrals")["source_line"] == 5


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "unreadable_file"),
        (b"  \n ", "unreadable_file"),
        (Return("825").csv().encode("utf-16")[:-1], "unreadable_file"),
        (Return("825", quality="caf\u00e9\u201d").csv().encode("cp1252").replace(b"\xe9", b"\x81"), "unreadable_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "unreadable_file"),
        (b"PK\x05\x06" + b"\x00" * 18, "unreadable_file"),
        (b"PK and then nothing of an archive", "unreadable_file"),
        (b"%PDF-1.7\n\x93\x8c\x8b\x9e\x00\x01\x02\x00\x00\x07", "unreadable_file"),
        (b'Region,"LA Code\n', "unreadable_file"),
        (as_csv([HEADER, *Return("825").rows()], "~").encode(), "unknown_layout"),
        (as_csv(Return("825").rows()).encode(), "unknown_layout"),
        (as_csv([["A title", "B", "C"]] * 21 + [HEADER, *Return("825").rows()]).encode(), "unknown_layout"),
        (b"<html><table><tr><td>Region</td></tr></table></html>", "unknown_layout"),
        (as_csv([[*HEADER, "Measure Value"]]).encode(), "repeated_column"),
        (as_csv([HEADER]).encode(), "no_rows"),
    ],
    ids=[
        "empty",
        "blank",
        "half a utf-16",
        "broken cp1252",
        "xls",
        "zip",
        "broken zip",
        "pdf",
        "broken csv",
        "tildes",
        "no header",
        "table above",
        "html",
        "column twice",
        "no rows",
    ],
)
def test_a_file_that_is_not_a_return_is_one_finding_and_stops_nobody(content, rule, others, checked_others):
    outcome = checked(*others, file_of(content, "825_2025-26-Q2.csv"))
    found = outcome.findings[outcome.findings["rule"] != "missing_return"]
    assert list(found["rule"]) == [rule]
    assert list(found["file"]) == ["2025-26-Q2/825_2025-26-Q2.csv"]
    assert outcome.checked.equals(checked_others.checked)
    assert [one.rule for one in outcome.files if one.state == "refused"] == ([] if rule == "no_rows" else [rule])


def test_every_row_of_every_sheet_is_read_and_a_sheet_of_notes_is_not():
    rows = Return("886").rows()
    book = as_xlsx([HEADER, *Return("825").rows()], Notes=[["something else"]], Kent=[["Kent"], HEADER, *rows])
    outcome = checked(file_of(saved(book)))
    assert set(outcome.checked.loc[outcome.checked["authority"].isin(["825", "886"]), "status"]) == {Status.GIVEN}
    assert cell(outcome, "referrals", "886")["source_line"] == 3
    assert outcome.files[0].choices == ("1 sheet of notes left out", "2 sheets read", "1 title row left out")


def test_folders_on_disk_are_read_in_order_and_a_later_one_wins(tmp_path):
    for folder, value in (("2025-26-Q1", "100"), ("2025-26-Q2", "107")):
        (tmp_path / folder).mkdir()
        text = Return("825", Quarter(2025, 1)).with_values(referrals=value).csv()
        (tmp_path / folder / "825.csv").write_text(text, encoding="utf-8", newline="\n")
        (tmp_path / folder / "~$825.xlsx").write_bytes(b"lock")
        (tmp_path / folder / ".keep").write_bytes(b"")
    (tmp_path / "inbox").mkdir()
    paths = find_returns(tmp_path)
    assert [(folder, path.name) for folder, path in paths] == [("2025-26-Q1", "825.csv"), ("2025-26-Q2", "825.csv")]
    outcome = check_returns(paths, REGION, PERIOD, REGISTRY)
    assert cell(outcome, "referrals", period="2025-26-Q1")["value"] == 107
    revised = rows_of(outcome, "revised")
    assert list(revised["seen"]) == ["100 in 2025-26-Q1, 107 in 2025-26-Q2"]
    assert find_returns(tmp_path / "nowhere") == []


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path):
    outcome = check_returns([(FOLDER, tmp_path / "825.csv")], REGION, PERIOD, REGISTRY)
    assert list(rows_of(outcome, "unreadable_file")["seen"]) == ["the file cannot be opened"]


def test_a_date_in_a_cell_of_a_workbook_reads_as_a_date():
    rows = [[*row[:3], date(2025, 7, 1), *row[4:]] for row in Return("825").rows()]
    outcome = checked(file_of(saved(as_xlsx([HEADER, *rows]))))
    assert rules_broken(outcome) == {"bad_period", "missing_return"}
