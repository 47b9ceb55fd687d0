"""`build` as another program or a quiet person runs it, beside another run, and with one document that fails."""

import hashlib
import json
import shutil

import nbformat
import pytest
from conftest import DOCUMENTS, left_over
from filelock import FileLock

from analysis.config import Workspace

BUILD = ("build", "--period", "2025-26-Q2", "--variant", "dfe", "--format", "html")
STEM = "tartan-rug-2025-26-Q2-{}-dfe.html"


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["documents"]


def spoil(root, code):
    """Something else stands where the document goes, as a file that is open does on Windows."""
    (root / DOCUMENTS / "dfe" / STEM.format(code)).mkdir(parents=True)
    return root / DOCUMENTS / "dfe"


def test_json_lines_are_one_object_a_line_and_nothing_else(tartanrug, fresh):
    done = tartanrug(*BUILD, "--authority", "RBWM", "--authority", "IoW", "--json-lines")
    assert done.code == 0, done.err
    events = [json.loads(line) for line in done.out.splitlines()]
    assert events[0] == {"event": "begin", "total": 2}
    finished = [event for event in events if event["event"] == "step" and event["step"] == "done"]
    assert {event["subject"] for event in finished} == {"868 Windsor and Maidenhead", "921 Isle of Wight"}
    assert [event["finished"] for event in finished] == [1, 2]
    assert "MADE-UP DATA" in done.err

    folder = fresh / DOCUMENTS / "dfe"
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", STEM.format(868), STEM.format(921)]
    for name, entry in manifest(folder).items():
        assert entry["sha256"] == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    assert not left_over(fresh / "reports")


def test_one_that_fails_does_not_stop_the_others_and_the_printed_command_makes_it(tartanrug, fresh, monkeypatch):
    sources = Workspace(fresh).notebooks
    broken = fresh / "notebooks"
    shutil.copytree(sources, broken, ignore=shutil.ignore_patterns("e*", "t*", ".*"))
    path = broken / "dfe_summary.ipynb"
    notebook = nbformat.read(path, as_version=4)
    planted = "raise RuntimeError('planted failure') if view.heading.authority == '868' else None"
    notebook.cells.append(nbformat.v4.new_code_cell(f"if view.heading.authority == '868':\n    1 / 0  # {planted}"))
    nbformat.write(notebook, path)
    with monkeypatch.context() as patched:
        patched.setattr(Workspace, "notebooks", property(lambda place: broken))
        done = tartanrug(*BUILD, "--authority", "868", "--authority", "921", "--quiet")

    assert done.code == 5
    assert done.out == ""
    assert "failed 868 Windsor and Maidenhead, dfe: dfe_summary.ipynb, cell" in done.words
    assert "ZeroDivisionError" in done.words
    folder = fresh / DOCUMENTS / "dfe"
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", STEM.format(921)]
    assert not left_over(fresh / "reports")

    other = (folder / STEM.format(921)).read_bytes()
    command = done.words.partition("again: tartanrug ")[2].split()
    assert tartanrug(*command).code == 0
    assert manifest(folder).keys() == {STEM.format(868), STEM.format(921)}
    assert (folder / STEM.format(921)).read_bytes() == other


def test_a_document_that_cannot_be_replaced_is_told_in_words(tartanrug, fresh):
    folder = spoil(fresh, 868)
    done = tartanrug(*BUILD, "--authority", "868", "--json-lines")
    assert done.code == 5
    *_, last = [json.loads(line) for line in done.out.splitlines()]
    assert (last["step"], last["finished"]) == ("failed", 1)
    assert "could not be put in its place" in last["message"]
    assert "close it where it is open" in done.words
    assert "Traceback" not in done.err
    assert not (folder / "manifest.json").exists()
    assert not left_over(fresh / "reports")


def test_another_run_is_waited_for_and_never_run_into(tartanrug, fresh):
    out = fresh / "reports" / "out"
    out.mkdir(parents=True)
    with FileLock(out / ".lock"):
        done = tartanrug(*BUILD, "--authority", "825")
    assert (done.code, done.out) == (8, "")
    assert "another run is writing" in done.err
    assert [path.name for path in out.iterdir()] == [".lock"]


@pytest.mark.parametrize("command", ["synth", "validate"])
def test_quiet_says_nothing(tartanrug, fresh, command):
    done = tartanrug(command, "--period", "2025-26-Q2", "--quiet")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_without_quarto_whoever_asks_for_it_is_told_so(tartanrug, fresh, monkeypatch):
    monkeypatch.setenv("PATH", str(fresh))
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    monkeypatch.setenv("TARTANRUG_RENDERER", "quarto")
    for words in (("doctor", "--compare-renderers"), (*BUILD, "--authority", "825")):
        done = tartanrug(*words)
        assert done.code == 7
        assert "install Quarto" in done.words
