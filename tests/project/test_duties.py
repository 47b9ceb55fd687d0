"""docs/duties.md has a line for every numbered paragraph of the memoranda, and each line says what is true."""

import re
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from analysis.cli.app import app
from analysis.views.model import Variant
from analysis.views.words import CONTEXT

ROOT = Path(__file__).resolve().parents[2]
PARAGRAPHS = yaml.safe_load((ROOT / "docs" / "memoranda.yml").read_text(encoding="utf-8"))
LINE = re.compile(r"^\| (S\d) (.+?) \| (.+?) \.\.\. \| \*\*(enforced|supported|not software|not yet)\*\*: (.+) \|$")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
COMMAND = re.compile(r"`tartanrug ([^`]+)`")
TEXT = (ROOT / "docs" / "duties.md").read_text(encoding="utf-8")
LINES = [match.groups() for line in TEXT.splitlines() if (match := LINE.match(line))]


def test_every_paragraph_has_one_line_and_every_line_a_paragraph():
    expected = [(memo, str(number), words) for memo, held in PARAGRAPHS.items() for number, words in held.items()]
    assert [(memo, number, words) for memo, number, words, _, _ in LINES] == expected
    # A row that does not fit the pattern would be passed over.
    assert len([line for line in TEXT.splitlines() if line.startswith("| S")]) == len(expected)


@pytest.mark.parametrize(
    ("memo", "count"),
    # Counted by hand in the memoranda: paragraphs with a number, a letter or a roman number; and the lists of 2019, 14
    # (7) and London 2.1 (17), with Annex A and the two appendices.
    [("S0", 74), ("S1", 26), ("S2", 20), ("S3", 3), ("S4", 34)],
)
def test_no_paragraph_is_left_out_of_the_list(memo, count):
    assert len(PARAGRAPHS[memo]) == count


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line[0]} {line[1]}")
def test_what_a_line_names_is_there(line):
    kind, how = line[3], line[4]
    tests, commands = TEST.findall(how), COMMAND.findall(how)
    for path, name in tests:
        assert re.search(rf"^def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.M), f"{path}::{name}"
    for command in commands:
        assert_known(command)
    assert "`tests/" not in TEST.sub("", how), "a test is named by file and function"
    if kind == "enforced":
        assert tests
    if kind == "supported":
        assert commands or tests
    # A duty of which a part is not there yet is not held, whatever is there of it.
    assert ("not there yet" in how) == (kind == "not yet")


@pytest.mark.parametrize("page", ["how-to/meetings.md", "data-protection.md"])
def test_the_commands_of_a_page_are_there(page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    commands = re.findall(r"^tartanrug (.+)$", text, re.M) + COMMAND.findall(text)
    assert commands
    for command in commands:
        assert_known(command)


def assert_known(words):
    """A command of the line exists with each of its options."""
    found = get_command(app)
    for word in words.split():
        if word.startswith("--"):
            options = {name for parameter in found.params for name in parameter.opts}
            assert word in options, f"{words}: {word}"
        elif hasattr(found, "commands"):
            assert word in found.commands, f"{words}: {word}"
            found = found.commands[word]


@pytest.mark.parametrize("variant", list(Variant))
def test_every_reader_of_unpublished_figures_is_told_that_data_is_a_question(variant):
    """S1 7: "used to inform a conversation - it does not tell the story or give answers on its own"."""
    assert "inform a conversation" in " ".join(CONTEXT[variant])


def test_the_dfe_is_told_what_data_may_be_used_for():
    """S1 8 and 11, in the memorandum's own words."""
    told = " ".join(CONTEXT[Variant.DFE])
    assert "cannot provide a basis to issue a statutory direction, put an authority into intervention" in told
    assert "for nothing else without the authority's explicit permission" in told
