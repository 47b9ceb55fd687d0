"""`build` as another program or a quiet person runs it, beside another run, and with one document that fails."""

import hashlib
import json
import re

import nbformat
import pytest
from command_line import DOCUMENTS, PERIOD, left_over
from filelock import FileLock

from analysis.cli.build import Order, planned
from analysis.cli.work_list import jobs_of, views_of
from analysis.config import Workspace
from analysis.registers.log.chain import log_folder, read_chain
from analysis.registers.people import Person, enrol, people_path
from analysis.release.events import ReadingCopiesBuilt

BUILD = ("build", "--period", "2025-26-Q2", "--variant", "dfe", "--format", "html")
STEM = "tartan-rug-2025-26-Q2-{}-dfe.{}"
# They share the workspace and its views with the tests that read built reports.
pytestmark = pytest.mark.xdist_group("built")


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["documents"]


def broken_sources(fresh):
    """The notebooks, with a fault that shows for one authority alone."""
    folder = fresh / "notebooks"
    folder.mkdir()
    notebook = nbformat.read(Workspace(fresh).notebooks / "dfe_summary.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("if view.heading.authority == '868':\n    1 / 0"))
    nbformat.write(notebook, folder / "dfe_summary.ipynb")
    return folder


def test_a_quarter_without_any_return_makes_nothing_and_names_the_newest_that_has_some(tartanrug, received):
    before = sorted(path for path in received.rglob("*") if path.is_file())
    done = tartanrug("build", "--period", "2026-27-Q2")
    assert (done.code, done.out) == (4, "")
    assert "no authority of South East has a figure for 2026-27-Q2" in done.err
    assert f"--period {PERIOD}" in done.err
    new = {path for path in received.rglob("*") if path.is_file()} - {*before}
    assert all(path.name.endswith(".lock") for path in new)
    assert not left_over(received / "reports")


def test_what_fails_does_not_stop_the_others_and_the_printed_command_makes_it(tartanrug, fresh, monkeypatch):
    folder = fresh / DOCUMENTS / "dfe"
    # Something else stands where the document goes, as a file that somebody has open does on Windows.
    (folder / STEM.format(921, "html")).mkdir(parents=True)
    sources = broken_sources(fresh)
    with monkeypatch.context() as patched:
        patched.setattr(Workspace, "notebooks", property(lambda place: sources))
        done = tartanrug(*BUILD, "pdf", "--authority", "RBWM", "IoW", "825", "--json-lines")

    assert done.code == 5
    events = [json.loads(line) for line in done.out.splitlines()]
    assert events[0] == {"event": "begin", "total": 3}
    ended = {event["subject"]: event for event in events[1:-1] if event["step"] in {"done", "failed"}}
    assert [event["finished"] for event in ended.values()] == [1, 2, 3]
    assert list(ended.values())[-1]["seconds_left"] == 0
    made = [str(folder / STEM.format(825, ending)) for ending in ("html", "pdf")]
    assert events[-1] == {"event": "end", "failed": 2, "documents": made}
    assert {subject: event["step"] for subject, event in ended.items()} == {
        "868 Windsor and Maidenhead": "failed",
        "921 Isle of Wight": "failed",
        "825 Buckinghamshire": "done",
    }
    assert "ZeroDivisionError" in ended["868 Windsor and Maidenhead"]["message"]
    assert "could not be put in its place" in ended["921 Isle of Wight"]["message"]
    assert "MADE-UP DATA" in done.err
    assert "failed 868 Windsor and Maidenhead, dfe: dfe_summary.ipynb, cell" in done.words
    assert "close it where it is open" in done.words
    assert manifest(folder).keys() == {STEM.format(825, ending) for ending in ("html", "pdf")}
    assert not left_over(fresh / "reports")

    other = (folder / STEM.format(825, "html")).read_bytes()
    commands = dict(re.findall(r"again: tartanrug (build .*--authority (\d{3}).*)", done.err)[::-1])
    [command] = [command for command, code in commands.items() if code == "868"]
    again = tartanrug(*command.split(), "--quiet")
    assert (again.code, again.out, again.err) == (0, "", "")
    assert manifest(folder).keys() == {STEM.format(code, ending) for code in (825, 868) for ending in ("html", "pdf")}
    for name, entry in manifest(folder).items():
        assert entry["sha256"] == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    assert (folder / STEM.format(825, "html")).read_bytes() == other
    assert not left_over(fresh / "reports")


def test_another_run_is_waited_for_and_never_run_into(tartanrug, fresh):
    out = fresh / "reports" / "out"
    out.mkdir(parents=True)
    with FileLock(out / ".lock"):
        done = tartanrug(*BUILD, "--authority", "825")
    assert (done.code, done.out) == (8, "")
    assert "another run is writing" in done.err
    assert [path.name for path in out.iterdir()] == [".lock"]


def test_quiet_says_nothing(tartanrug, empty):
    done = tartanrug("synth", "--period", "2025-26-Q2", "--quarters", "5", "--quiet")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert len(list((empty / "data/raw/made-up/south-east/2025-26-Q2").glob("*.csv"))) == 19


def test_without_quarto_whoever_asks_for_it_is_told_so(tartanrug, fresh, monkeypatch):
    monkeypatch.setenv("PATH", str(fresh))
    monkeypatch.delenv("QUARTO_PATH", raising=False)
    monkeypatch.setenv("TARTANRUG_RENDERER", "quarto")
    for words in (("doctor", "--compare-renderers"), (*BUILD, "--authority", "825")):
        done = tartanrug(*words)
        assert done.code == 7
        assert "install Quarto" in done.words


def test_public_reports_lie_under_published_whatever_they_were_made_beside(fresh):
    order = Order("south-east", PERIOD, authorities=("921",), variants=("public", "own"), source="made-up")
    plan = planned(order, Workspace(fresh))
    folders = {
        variant: [job.folder.as_posix() for job in jobs_of(plan, variant, folder)]
        for variant, folder in views_of(plan, Workspace(fresh)).items()
    }
    assert folders == {
        "public": ["published/south-east/2024-25/public"],
        "own": [f"made-up/south-east/{PERIOD}/own"],
    }


def test_a_variant_comes_in_the_formats_that_its_readers_may_have(tartanrug, fresh, monkeypatch):
    wanted = ("build", "--period", PERIOD, "--authority", "825", "--format", "xlsx")
    registers = fresh / "data" / "registers" / "made-up" / "south-east"
    enrol(people_path(registers), "a11a11a1", Person(name="Jane Smith", post="performance analyst of 825"))
    monkeypatch.setenv("TARTANRUG_PERSON", "a11a11a1")
    assert tartanrug(*wanted).code == 0
    noted = list(read_chain(log_folder(registers)).of_kind(ReadingCopiesBuilt))
    assert [(event.by.person, str(body.what), len(body.documents)) for event, body in noted] == [
        ("a11a11a1", "dfe", 1),
        ("a11a11a1", "internal", 1),
    ]
    made = sorted(path.parent.name for path in (fresh / DOCUMENTS).rglob("*825*.xlsx"))
    assert made == ["dfe", "internal"]
    for variant in ("own", "anonymised"):
        refused = tartanrug(*wanted, "--variant", variant)
        assert refused.code == 2
        assert f"the {variant} variant is not made as xlsx" in refused.words
        assert "choose from html, pdf, docx" in refused.words


def test_what_can_be_written_in_is_never_made_for_release(tartanrug, fresh):
    refused = tartanrug("build", "--period", PERIOD, "--for-review", "--format", "html", "docx")
    assert refused.code == 2
    assert "docx is never released" in refused.words
