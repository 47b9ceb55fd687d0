"""What is read leniently is still searched whole: titles, footers, other sheets, other encodings and delimiters."""

from __future__ import annotations

import csv
import io

import pytest
from children import CHILDREN, DISGUISES, FIELDS, TABLE
from return_files import HEADER, REGISTRY, Return, as_csv, as_xlsx, file_of, saved

from analysis.returns.reading.mapping import packaged_templates
from analysis.returns.reading.read import read_return
from analysis.returns.rules.file_rules import Refusal

CHILD_LEVEL = {"child_level_columns", "child_level_values", "child_level_shape"}
ROWS = [list(HEADER), *Return("825").rows()]
CLEAN = as_csv(ROWS)
TEXTS = {name: content for name, (content, _) in DISGUISES.items() if isinstance(content, str)}
TABLES = {name: text for name, text in TEXTS.items() if name not in ("a broken table", "JSON", "XML", "spaces")}


def rule_of(content: str | bytes) -> str:
    outcome = read_return(file_of(content), REGISTRY, packaged_templates())
    return outcome.rule.id if isinstance(outcome, Refusal) else ""


def table(text: str) -> list[list[str]]:
    delimiter = next((one for one in "|\t;" if one in text.splitlines()[0]), ",")
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


@pytest.mark.parametrize("name", TEXTS)
def test_every_disguise_is_known_in_every_encoding(name):
    for mark, encoding in (("", "utf-8-sig"), ("", "utf-16"), ("\ufeff", "utf-16-be"), ("", "utf-32")):
        assert rule_of((mark + TEXTS[name]).encode(encoding)) in CHILD_LEVEL, encoding


@pytest.mark.parametrize("name", TABLES)
def test_every_disguise_is_known_with_every_delimiter_under_a_title_and_over_a_footer(name):
    for delimiter in ",;\t|":
        text = as_csv(table(TABLES[name]), delimiter)
        assert rule_of(text) in CHILD_LEVEL, delimiter
        assert rule_of(f"Quarterly return\n{text}") in CHILD_LEVEL, delimiter
        assert rule_of(f"{text}Total{delimiter}4\nSource: case system\n") in CHILD_LEVEL, delimiter


@pytest.mark.parametrize("name", TABLES)
def test_no_disguise_comes_in_beside_a_clean_return(name):
    children = table(TABLES[name])
    assert rule_of(as_csv([*children, *ROWS])), "above"
    assert rule_of(saved(as_xlsx(ROWS, Other=children))), "on another sheet"
    assert rule_of(saved(as_xlsx(children, Return=ROWS))), "on the first sheet"
    book = as_xlsx(ROWS, Other=children)
    book["Other"].sheet_state = "hidden"
    assert rule_of(saved(book)), "on a hidden sheet"


CODED = [["A", "B", "C"], *([f"7{number:03d}", str(number % 18), "MF"[number % 2]] for number in range(12))]
BY_AUTHORITY = [["LA Code", "B", "C"], *(["825", f"7{number:03d}", str(number % 18)] for number in range(12))]


@pytest.mark.parametrize("rows", [CODED, BY_AUTHORITY, TABLE, [child[3:5] for child in CHILDREN]])
def test_a_list_that_only_its_shape_gives_away_is_no_note(rows):
    assert rule_of(as_csv([*rows, *ROWS])) in CHILD_LEVEL | {"unknown_layout"}
    assert rule_of(saved(as_xlsx(ROWS, Notes=rows))) in CHILD_LEVEL | {"several_sheets"}


def test_a_sheet_for_each_child_is_refused():
    sheets = {f"S{number}": [list(HEADER), *Return("825").rows()[:8]] for number in range(3)}
    assert rule_of(saved(as_xlsx(ROWS[:9], **sheets))) == "several_sheets"


@pytest.mark.parametrize(
    "row",
    [
        ["Completed by", CHILDREN[0][1]],
        ["Date submitted", f"DOB {CHILDREN[0][5]}"],
        ["Contact", CHILDREN[1][8]],
        ["Completed by", "Jane Smith", "Amelia Jones", "Mohammed Khan", "Zara Patel"],
        [FIELDS[4], "Smith"],
    ],
)
def test_a_cover_may_name_who_filled_it_in_and_nobody_else(row):
    assert rule_of(as_csv([["Completed by", "Jane Smith"], ["Date submitted", "12/10/2025"], *ROWS])) == ""
    assert rule_of("Completed by: Jane Smith\nApproved by: John Taylor\nDate: 12/10/2025\n" + CLEAN) == ""
    assert rule_of(as_csv([row, *ROWS])) in CHILD_LEVEL
    assert rule_of(saved(as_xlsx(ROWS, Cover=[row]))) in CHILD_LEVEL


def test_a_list_in_one_cell_of_a_sheet_of_notes_is_seen():
    text = "; ".join(f"{child[3]} {child[4]}, {child[5]}" for child in CHILDREN)
    assert rule_of(saved(as_xlsx(ROWS, Notes=[["Quarterly return, Buckinghamshire"], [text]]))) in CHILD_LEVEL


def test_more_officers_than_a_cover_has_are_people():
    rows = [["Completed by", f"{first} Jones"] for first in ("Amelia", "Jane", "John", "Zara", "Adam") * 2]
    assert rule_of(saved(as_xlsx(ROWS, Cover=rows))) in CHILD_LEVEL
