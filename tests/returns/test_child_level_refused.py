"""Nothing of a child-level file is seen anywhere, in any disguise, and the other authorities' returns go on."""

from __future__ import annotations

import io
import logging
import tempfile

import pytest
from children import CHILDREN, DISGUISES, FILE_NAME, VALUES, upn
from return_files import FOLDER, PERIOD, REGION, REGISTRY, Return, as_csv, checked, file_of, rows_of
from rich.console import Console

from analysis.returns.checked import check_returns
from analysis.returns.rules.findings import findings_csv, print_findings
from analysis.returns.rules.rule import RULES

CHILD_LEVEL = ("child_level_columns", "child_level_values", "child_level_shape")


@pytest.mark.parametrize("disguise", DISGUISES)
def test_nothing_of_a_child_is_seen_and_the_others_go_on(
    disguise, others, checked_others, tmp_path, monkeypatch, capfd, caplog
):
    content, rule = DISGUISES[disguise]
    inbox, temporary = tmp_path / FOLDER, tmp_path / "temporary"
    inbox.mkdir()
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.chdir(temporary)
    caplog.set_level(logging.DEBUG)
    (inbox / FILE_NAME).write_bytes(content.encode() if isinstance(content, str) else content)
    for other in others[:3]:
        (inbox / other.name).write_bytes(other.content)
    paths = [(FOLDER, path) for path in sorted(inbox.iterdir())]

    outcome = check_returns(paths, REGION, PERIOD, REGISTRY)

    printed = io.StringIO()
    print_findings(outcome.findings, Console(file=printed, width=200, force_terminal=True))
    out = capfd.readouterr()
    seen = "\n".join([
        printed.getvalue(), findings_csv(outcome.findings), outcome.findings.to_csv(), outcome.checked.to_csv(),
        repr(outcome.files), repr(outcome), out.out, out.err, caplog.text,
    ])  # fmt: skip
    found = {value for value in (*VALUES, FILE_NAME, "Amelia", "Quartermain") if value.casefold() in seen.casefold()}
    assert not found
    assert list(temporary.iterdir()) == []

    refused = [one for one in outcome.files if one.state == "refused"]
    assert [one.rule for one in refused] == [rule]
    told = rows_of(outcome, rule)
    assert len(told) == 1
    assert refused[0].name == told["file"].item()
    assert refused[0].sha256[:12] in told["file"].item()
    sent = outcome.checked[outcome.checked["authority"].isin([other.name[:3] for other in others[:3]])]
    alone = checked_others.checked
    assert sent.equals(alone[alone["authority"].isin(sent["authority"])].set_index(sent.index))
    assert set(outcome.checked.loc[outcome.checked["authority"] == "825", "status"]) == {"not_submitted"}


@pytest.mark.parametrize("rule", CHILD_LEVEL)
def test_the_message_says_what_to_do(rule):
    for words in ("delete it", "inbox", "shared folder", "sender", "data-protection officer"):
        assert words in RULES[rule].remedy


@pytest.mark.parametrize("rule", ["unreadable_file", "too_large", "hidden_records", "several_sheets", "unknown_layout"])
def test_a_file_that_nobody_could_look_into_is_treated_with_care(rule):
    assert "single children" in RULES[rule].remedy


def test_only_names_on_the_list_are_repeated():
    content = as_csv([["Surname", "Pet's name", "Smithson"], ["a", "b", "c"]])
    assert rows_of(checked(content), "child_level_columns")["seen"].tolist() == ["surname"]


def test_an_unreadable_file_is_called_by_its_name_only_if_that_is_made_of_known_words():
    broken = b"PK nothing"
    for name in ("825_2025-26_Q2.xlsx", "Buckinghamshire return Q2 v2.xlsx", "South East RIIA data.zip"):
        assert checked(file_of(broken, name)).files[0].name == f"{FOLDER}/{name}"
    for name in ("Amelia Jones.xlsx", "825 Amelia.xlsx", "825_12345678.xlsx"):
        assert checked(file_of(broken, name)).files[0].name.startswith(f"{FOLDER}: file 1 of 1 by name (sha256 ")


def test_a_child_level_file_is_found_by_its_place_among_the_files_of_its_folder(others):
    outcome = checked(*others, file_of(DISGUISES["a plain list"][0], "000.csv"), file_of("x", "a.csv", "2025-26-Q1"))
    assert "2025-26-Q2: file 1 of 19 by name" in rows_of(outcome, "child_level_columns")["file"].item()


def test_a_few_repeated_keys_are_duplicates_and_most_are_child_level():
    rows = Return("825").rows()
    header = as_csv([list(Return("825").csv().splitlines()[0].split(","))])
    few = checked(header + as_csv([*rows, *rows[:10]]))
    assert not rows_of(few, "repeated_row").empty
    assert rows_of(few, "child_level_shape").empty
    most = checked(header + as_csv([*rows, *rows[:12]]))
    assert len(rows_of(most, "child_level_shape")) == 1


def test_one_child_is_enough():
    for index in (1, 2, 8):
        assert set(checked(CHILDREN[0][index]).findings["rule"]) & {"child_level_values"}


def test_the_check_letter_of_the_made_up_upns_is_the_published_one():
    assert upn("801200005001") == "B801200005001"  # the example in python-stdnum


def test_a_received_file_is_not_called_by_a_person_s_name(clean):
    assert checked(file_of(clean["825"].csv(), "Bucks SESLIP upload.csv")).files[0].name.endswith("SESLIP upload.csv")
    for name in ("Amelia.csv", "825 Jones.csv", "825_14032012.csv"):
        assert checked(file_of(clean["825"].csv(), name)).files[0].name.startswith(f"{FOLDER}: file 1 of 1 by name")
