"""What the command says of itself."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from command_line import program

from analysis.errors import ExitCode

COMMANDS = ["demo", "synth", "validate", "build", "reference", "audit", "brief", "sbom", "doctor"]
README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")


def test_version_is_the_distribution_s(tartanrug):
    assert tartanrug("--version").out == f"tartanrug {version('tartan-rug')}\n"


def test_the_installed_program_answers():
    done = subprocess.run([program("tartanrug"), "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["tartanrug", version("tartan-rug")]


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_help_lists_every_command_and_exit_code(tartanrug, words):
    said = tartanrug(*words).words
    for command in COMMANDS:
        assert f" {command} " in said
    for code in ExitCode:
        assert f" {int(code)} " in said.partition("Exit codes:")[2], code


def test_the_readme_lists_every_exit_code():
    for code in ExitCode:
        assert f"\n| {int(code)} | " in README, code


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_gives_an_example_that_works_as_written(tartanrug, command):
    done = tartanrug(command, "--help")
    assert done.code == 0
    examples = done.words.partition("Example")[2]
    assert f" tartanrug {command}" in examples
    for example in examples.split("tartanrug ")[1:]:
        for option in (word for word in example.split() if word.startswith("--")):
            assert f" {option} " in done.words.partition("Example")[0], option


def test_help_needs_no_heavy_stage():
    code = (
        "import sys, analysis.cli.app; print(sorted({'pandas', 'numpy', 'matplotlib', 'papermill'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_run_of_notebooks_builds_no_grammar_of_addresses():
    code = "import sys, analysis.batch.run, nbformat; print('lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
