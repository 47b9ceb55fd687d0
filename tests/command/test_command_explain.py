"""A build leaves what is up to date as it is, makes what is not, and `explain` tells which and why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from command_line import DOCUMENTS, Command, Result

from analysis.config import Workspace

# They share the workspace and its views with the tests that read built reports.
pytestmark = pytest.mark.xdist_group("built")

BUILD = ("build", "--period", "2025-26-Q2", "--variant", "dfe", "--authority", "825", "--json-lines")
EXPLAIN = ("explain", "Buckinghamshire", "2025-26-Q2")
STEM = "tartan-rug-2025-26-Q2-825-dfe"


def begun(done: Result) -> int:
    """How many notebooks were run."""
    assert done.code == 0, done.err
    events = [json.loads(line) for line in done.out.splitlines()]
    # Whoever reads the events is told of all that is there, made now or before.
    assert all(Path(path).is_file() for path in events[-1]["documents"])
    assert events[-1]["documents"]
    return int(events[0]["total"])


def told(tartanrug: Command) -> str:
    """What is said of the DfE's summary."""
    done = tartanrug(*EXPLAIN)
    assert done.code == 0, done.err
    [line] = [line for line in done.out.splitlines() if ", dfe: " in line]
    return line.partition(", dfe: ")[2]


def made_at(page: Path) -> int:
    return page.stat().st_mtime_ns


def test_only_what_is_not_up_to_date_is_made(
    tartanrug: Command, fresh: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = fresh / DOCUMENTS / "dfe" / f"{STEM}.html"
    assert told(tartanrug) == "not made yet, or changed since"
    assert begun(tartanrug(*BUILD, "--format", "html")) == 1
    first, when = page.read_bytes(), made_at(page)
    assert told(tartanrug) == "would be made as pdf: not there, or changed since"

    again = tartanrug(*BUILD, "--format", "html")
    assert begun(again) == 0
    assert "Up to date, and left as they are: 1 of the documents" in again.err
    assert begun(tartanrug(*BUILD)) == 1
    assert (page.read_bytes(), made_at(page)) == (first, when), "the page was made again beside its PDF"
    assert told(tartanrug) == "up to date"

    page.write_bytes(first + b"<!-- and more -->")
    assert begun(tartanrug(*BUILD)) == 1
    assert page.read_bytes() == first
    (fresh / "data/processed/made/made-up/south-east/2025-26-Q2/dfe" / f"{STEM}.json").write_text("{", encoding="utf-8")
    assert told(tartanrug) == "not made yet, or changed since"

    when = made_at(page)
    assert begun(tartanrug(*BUILD, "--force")) == 1
    assert made_at(page) > when
    assert page.read_bytes() == first

    notebooks = Workspace(fresh).notebooks
    changed = tmp_path / "notebooks"
    shutil.copytree(notebooks, changed)
    source = nbformat.read(notebooks / "dfe_summary.ipynb", as_version=4)
    source.cells.append(nbformat.v4.new_markdown_cell("One more sentence."))
    nbformat.write(source, changed / "dfe_summary.ipynb")
    monkeypatch.setattr(Workspace, "notebooks", property(lambda place: changed))
    assert told(tartanrug).startswith("would be made again, since ")
    assert "its notebook" in told(tartanrug)
    assert begun(tartanrug(*BUILD)) == 1
    assert "its notebook" in told(tartanrug).partition("up to date; last made again since ")[2]


def test_a_name_that_does_not_exist_is_told_before_anything_is_read(tartanrug: Command, empty: Path) -> None:
    done = tartanrug("explain", "Buckinghamshyre", "2025-26-Q2")
    assert (done.code, done.out) == (2, "")
    assert "Buckinghamshire" in done.err
    assert not list(empty.iterdir())
