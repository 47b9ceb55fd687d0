"""A query round played through the commands: sheets out, a form back, a correction agreed and outlived."""

import io
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from query_forms import answered, fill_word, fill_yaml
from rich.console import Console

from analysis.cli.returns.accept import accept
from analysis.cli.returns.answer import answer
from analysis.cli.returns.correct import NewCorrection, correct
from analysis.cli.returns.query import query, sent_sheet
from analysis.errors import UserError
from analysis.reference.authorities import authorities

REGION, PERIOD, DAY = "south-east", "2025-26-Q2", date(2025, 11, 20)
RAW = Path("data", "raw", "made-up", REGION)
SHEETS = Path("data", "processed", "queries", "made-up", REGION, PERIOD)
REGISTERS = Path("data", "registers", "made-up", REGION)


@pytest.fixture(scope="module")
def spoilt(made_up_workspace, tmp_path_factory):
    """The made-up returns, with a conference figure of Buckinghamshire's that is far above its base."""
    root = tmp_path_factory.mktemp("query-round")
    shutil.copytree(made_up_workspace / RAW, root / RAW)
    path = root / RAW / PERIOD / "825.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    spoilt = [spoil(line) if ",Q2,icpc_15_days," in line and ",2025-26," in line else line for line in lines]
    assert spoilt != lines
    path.write_text("\n".join(spoilt) + "\n", encoding="utf-8", newline="\n")
    return root


def spoil(line):
    cells = line.rsplit(",", 2)
    return ",".join([cells[0], "999", cells[2]])


@pytest.fixture
def home(spoilt, tmp_path, monkeypatch):
    root = tmp_path / "workspace"
    shutil.copytree(spoilt, root)
    monkeypatch.setenv("TARTANRUG_HOME", str(root))
    return root


@pytest.fixture
def console():
    return Console(file=io.StringIO(), width=400)


def said(console):
    return console.file.getvalue()


def test_a_round_from_the_sheet_to_the_ledger(home, console, tmp_path):
    assert query(REGION, PERIOD, [], ["docx", "html", "xlsx", "yml"], "made-up", console) == 0
    folder = home / SHEETS
    assert {path.suffix for path in folder.glob("825.*")} == {".docx", ".html", ".xlsx", ".yml"}
    assert "MADE-UP DATA" in said(console)
    sheet = sent_sheet(folder, "825")
    page = (folder / "825.html").read_text(encoding="utf-8")
    assert not [code for code in ("886", "887", "921") if authorities()[code].name in page]
    first = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert query(REGION, PERIOD, ["Buckinghamshire"], ["docx", "html", "xlsx", "yml"], "made-up", console) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == first

    asked = next(one for one in sheet.queries if "icpc_15_days" in one.measures)
    filled = {"icpc_15_days": answered("corrected figure", "99", "A nine was typed twice", "Data manager")}
    form = tmp_path / "a person's name.docx"
    form.write_bytes(fill_word((folder / "825.docx").read_bytes(), sheet, filled))
    assert answer([form], REGION, PERIOD, "made-up", console, on=DAY) == 0
    assert "a person's name" not in said(console)
    kept = yaml.safe_load((home / REGISTERS / "answers" / PERIOD / "825.yml").read_text(encoding="utf-8"))
    assert [(one["query"], one["sent"], one["corrected"]) for one in kept["answers"]] == [(asked.id, "999", "99")]
    ledger = home / REGISTERS / "corrections.yml"
    (entry,) = yaml.safe_load(ledger.read_text(encoding="utf-8"))
    assert (entry["status"], entry["expect"], entry["value"]) == ("open", "999", "99")
    before = ledger.read_bytes()
    assert answer([form], REGION, PERIOD, "made-up", console, on=DAY) == 0
    assert ledger.read_bytes() == before

    assert correct("check", REGION, PERIOD, "made-up", console, on=DAY) == 0
    text = ledger.read_text(encoding="utf-8")
    ledger.write_text(
        text.replace("status: open", "status: agreed").replace("decided_by: ''", "decided_by: DBG"), encoding="utf-8"
    )
    assert correct("check", REGION, PERIOD, "made-up", console, on=DAY) == 0
    assert "999 becomes 99" in said(console)
    assert query(REGION, PERIOD, ["825"], ["html"], "made-up", console) == 0
    page = folder / "825.html"
    assert not page.exists() or asked.id not in page.read_text(encoding="utf-8")
    assert answer([form], REGION, PERIOD, "made-up", console, on=DAY) == 0
    assert "answer_stands" in said(console)
    raw = home / RAW / PERIOD / "825.csv"
    raw.write_text(raw.read_text(encoding="utf-8").replace(",999,", ",99,"), encoding="utf-8", newline="\n")
    assert correct("check", REGION, PERIOD, "made-up", console, on=DAY) == 4
    assert "correction_mended_at_source" in said(console)


def test_a_form_is_put_to_its_own_authority_alone(home, console, tmp_path):
    query(REGION, PERIOD, [], ["xlsx"], "made-up", console)
    form = home / SHEETS / "825.xlsx"
    other = next(path.stem for path in sorted((home / SHEETS).glob("*.xlsx")) if path.stem != "825")
    assert answer([form], REGION, PERIOD, "made-up", console, on=DAY, authority=other) == 4
    assert "form_of_another" in said(console)
    assert not (home / REGISTERS).exists()


def test_a_form_that_nobody_was_sent_does_not_stop_the_others(home, console, tmp_path):
    query(REGION, PERIOD, ["825"], ["yml"], "made-up", console)
    form = home / SHEETS / "825.yml"
    text = form.read_text(encoding="utf-8")
    stranger = tmp_path / "stranger.yml"
    stranger.write_text(text.replace("Buckinghamshire (825)", "Leeds (383)"), encoding="utf-8")
    form.write_text(text.replace("Answer: ''", "Answer: will resend"), encoding="utf-8")
    assert answer([stranger, form], REGION, PERIOD, "made-up", console, on=DAY) == 4
    assert "Leeds (383): asked nothing" in said(console)
    assert (home / REGISTERS / "answers" / PERIOD / "825.yml").is_file()


def test_a_second_answer_does_not_overrule_the_ledger(home, console):
    query(REGION, PERIOD, ["825"], ["yml"], "made-up", console)
    form = home / SHEETS / "825.yml"
    sheet = sent_sheet(home / SHEETS, "825")
    content = form.read_bytes()
    for figure in ("99", "98"):
        filled = {"icpc_15_days": answered("corrected figure", figure, "A nine was typed twice", "Data manager")}
        form.write_bytes(fill_yaml(content, sheet, filled))
        assert answer([form], REGION, PERIOD, "made-up", console, on=DAY) == 0
    (entry,) = yaml.safe_load((home / REGISTERS / "corrections.yml").read_text(encoding="utf-8"))
    assert entry["value"] == "99"
    assert "98 is not entered" in said(console)


def test_whoever_was_asked_nothing_has_no_sheet(home, console):
    with pytest.raises(UserError, match="not in the collection"):
        query(REGION, PERIOD, ["Leeds"], [], "made-up", console)
    with pytest.raises(UserError, match="no format"):
        query(REGION, PERIOD, [], ["pdf"], "made-up", console)
    query(REGION, PERIOD, ["825"], [], "made-up", console)
    assert {path.name for path in (home / SHEETS).iterdir()} == {"825.docx", "825.html", "sent"}


def test_a_correction_is_added_with_what_the_return_says(home, console):
    new = NewCorrection("Buckinghamshire", "icpc_15_days", "99", "A nine was typed twice", "Data manager", "DBG")
    assert correct("add", REGION, PERIOD, "made-up", console, on=DAY, new=new) == 0
    (entry,) = yaml.safe_load((home / REGISTERS / "corrections.yml").read_text(encoding="utf-8"))
    assert (entry["id"], entry["expect"], entry["status"]) == ("825-2025-26-q2-icpc_15_days", "999", "agreed")
    assert correct("list", REGION, PERIOD, "made-up", console, on=DAY) == 0
    assert "A nine was typed twice" in said(console)
    assert correct("check", REGION, PERIOD, "made-up", console, on=DAY) == 0
    with pytest.raises(UserError, match="same figure"):
        correct("add", REGION, PERIOD, "made-up", console, on=DAY, new=new)
    bad = NewCorrection("825", "referrals", "9", "Sarah Smith said so", "Data manager")
    with pytest.raises(UserError, match="name or identify") as raised:
        correct("add", REGION, PERIOD, "made-up", console, on=DAY, new=bad)
    assert "Sarah" not in str(raised.value)
    with pytest.raises(UserError, match="did you mean list"):
        correct("lst", REGION, PERIOD, "made-up", console, on=DAY)


def test_without_corrections_there_is_nothing_to_list(home, console):
    assert correct("list", REGION, PERIOD, "made-up", console, on=DAY) == 0
    assert "No corrections." in said(console)


def test_an_answer_is_accepted_by_the_dbg_once_and_from_that_day_on(home, console):
    query(REGION, PERIOD, ["825"], ["yml"], "made-up", console)
    form, sheet = home / SHEETS / "825.yml", sent_sheet(home / SHEETS, "825")
    filled = answered("correct as sent", "", "Conferences of last year were held late", "Data manager", "2026-27-Q1")
    form.write_bytes(fill_yaml(form.read_bytes(), sheet, {"icpc_15_days": filled}))
    assert answer([form], REGION, PERIOD, "made-up", console, on=DAY) == 0
    register = home / REGISTERS / "accepted.yml"
    accept(REGION, PERIOD, [], "", "made-up", console, on=DAY)
    assert "Buckinghamshire (825)" in said(console)
    assert not register.exists()

    before = (
        "# What the DBG wrote itself stays.\n- {authority: '921', rule: jump, measure: referrals, from: 2025-26-Q1,\n"
    )
    before += (
        "   until: 2025-26-Q4, reason: a new front door since April, answered_by: Head of data, date: 2025-07-01}\n"
    )
    register.write_text(before, encoding="utf-8")
    accept(REGION, PERIOD, ["Buckinghamshire"], "icpc_15_days", "made-up", console, on=date(2025, 11, 25))
    text = register.read_text(encoding="utf-8")
    assert text.startswith(before)
    entries = yaml.safe_load(text)[1:]
    (asked,) = (one for one in sheet.queries if "icpc_15_days" in one.measures)
    assert {entry["rule"] for entry in entries} == set(asked.rules)
    assert {(str(entry["date"]), entry["until"], entry["measure"]) for entry in entries} == {
        ("2025-11-25", "2026-27-Q1", "icpc_15_days")
    }
    with pytest.raises(UserError, match="no answer of theirs waits"):
        accept(REGION, PERIOD, ["825"], "", "made-up", console, on=date(2025, 11, 26))
    assert register.read_text(encoding="utf-8") == text
    query(REGION, PERIOD, ["825"], ["html"], "made-up", console)
    page = (home / SHEETS / "825.html").read_text(encoding="utf-8") if "nothing to ask" not in said(console) else ""
    assert asked.id not in page


def test_the_ledger_is_listed_whole_in_eighty_columns(home):
    new = NewCorrection("Windsor and Maidenhead", "icpc_15_days", "9", "A nine was typed twice", "Data manager", "DBG")
    assert correct("add", REGION, PERIOD, "made-up", Console(quiet=True), on=DAY, new=new) == 0
    narrow = Console(file=io.StringIO(), width=80, soft_wrap=True)
    assert correct("list", REGION, PERIOD, "made-up", narrow, on=DAY) == 0
    # After the title, which is the file's path.
    rows = [line for line in said(narrow).splitlines() if line.strip()][1:]
    assert max(map(len, rows)) <= 80
    assert "…" not in said(narrow)
    heads = next(line for line in rows if "author" in line)
    start = next(place for place, line in enumerate(rows) if set(line.strip()) == {"─"}) + 1
    first = heads.index("author"), heads.index("measur")
    names = "".join(line[first[0] : first[1]].strip() for line in rows[start:])
    assert names == "WindsorandMaidenhead"
    whole = "".join(line[: first[0]].strip() for line in rows[start:])
    assert whole == "868-2025-26-q2-icpc_15_days"
