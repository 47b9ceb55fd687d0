"""The commit guard: no return is committed, by its folder or by what stands in it; tried in a real repository.

Every return here is made up.
"""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook

ROOT = Path(__file__).resolve().parents[2]
HOOKS = ROOT / ".githooks"
LONG = "Region,LA Code,LA Name,Financial Year,Quarter,Measure ID,Measure Name,Measure Value,Measure Quality\n"
ROW = "South East,825,Buckinghamshire,2025-26,Q2,referrals,Referrals,400,\n"
WIDE = "Authority code,Authority,Year,Qtr,Referrals received\n825,Buckinghamshire,2025/26,Q2,400\n"
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


def guard():
    spec = importlib.util.spec_from_file_location("look_at_staged", HOOKS / "look_at_staged.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone's folder as a new user has it: the hooks switched on by the documented line."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    shutil.copytree(HOOKS, tmp_path / ".githooks", ignore=shutil.ignore_patterns("__pycache__"))
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.name", "A Tester")
    git(tmp_path, "config", "user.email", "tester@example.org")
    git(tmp_path, "config", "core.hooksPath", ".githooks")
    return tmp_path


def git(folder: Path, *words: str, code: int = 0) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def commit(folder: Path, path: str, content: str | bytes, *, taken: bool) -> str:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    git(folder, "add", "--force", "--", path)
    said = git(folder, "commit", "-q", "-m", "A file", code=0 if taken else 1)
    assert git(folder, "ls-files", "--", path).strip()  # staged, or taken
    names = subprocess.run(["git", "ls-tree", "-r", "-z", "--name-only", "HEAD"], cwd=folder, capture_output=True)
    assert (path.encode() in names.stdout.split(b"\0")) == taken
    return said


def refused(path: str, content: str | bytes) -> dict[str, str]:
    """What the guard says of one file, without git."""
    held = {path: content.encode() if isinstance(content, str) else content}
    return guard().refused([path], held.get)


def test_a_return_is_not_taken_and_it_is_said_how_to_go_on(repository: Path) -> None:
    for path, content in (
        ("data/raw/returns/south-east/2025-26-Q2/825.csv", "whatever\n"),
        ("notes/bucks q2.txt", LONG + ROW),
        ("report.xlsx", workbook(tuple(LONG.strip().split(",")), tuple(ROW.strip().split(",")))),
    ):
        said = commit(repository, path, content, taken=False)
        assert path in said
        assert "git restore --staged" in said
        git(repository, "rm", "-q", "-r", "--cached", ".")


@pytest.mark.parametrize(
    "path",
    [
        "data/raw/returns/south-east/2025-26-Q2/825.csv",
        "data/raw/returns/south-east/2025-26-Q2/receipts/ab.yml",
        "data/registers/south-east/corrections.yml",
        "data/processed/checked/south-east.parquet",
        "reports/out/returns/report.html",
        "reports/release/note.md",
        "Data/Raw/anything.txt",
    ],
)
def test_nothing_from_the_folders_of_data_is_taken(path: str) -> None:
    assert list(refused(path, "whatever\n")) == [path]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("825.csv", LONG + ROW),
        ("notes/bucks q2.txt", LONG + ROW),
        ("no-ending", LONG + ROW),
        ("bom.csv", "\ufeff" + LONG + ROW),
        ("quoted.csv", LONG.replace("LA Code", '"LA CODE"') + ROW),
        ("semicolons.csv", LONG.replace(",", ";") + ROW.replace(",", ";")),
        ("tabs.tsv", LONG.replace(",", "\t") + ROW.replace(",", "\t")),
        ("utf16.csv", (LONG + ROW).encode("utf-16")),
        ("utf16-without-mark.csv", (LONG + ROW).encode("utf-16-le")),
        ("windows.csv", ("Région\n" + LONG + ROW).encode("cp1252")),
        ("titled.csv", "Quarterly return\n\n" + LONG + ROW),
        ("wide.csv", WIDE),
        ("report.xlsx", workbook(tuple(LONG.strip().split(",")), tuple(ROW.strip().split(",")))),
        ("wide.xlsm", workbook(*(tuple(line.split(",")) for line in WIDE.splitlines()))),
        ("findings.csv", "rule,severity,authority,period,measure,file\nrevised,note,825,2025-26-Q2,referrals,a\n"),
        ("old.xls", b"\xd0\xcf\x11\xe0 anything"),
        ("src/analysis/reference/data/825.csv", LONG + ROW),
        ("tests/returns/real.csv", LONG + ROW),
        ("elsewhere/made-up.csv", LONG + ROW.replace(",\n", ",MADE-UP\n")),
    ],
)
def test_what_looks_like_a_return_is_not_taken_wherever_it_stands(path: str, content: str | bytes) -> None:
    assert list(refused(path, content)) == [path]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("tests/returns/one.csv", LONG + ROW.replace(",\n", ",MADE-UP\n")),
        ("tests/returns/made-up/one.csv", LONG + ROW),
        ("tests/one.xlsx", workbook(tuple(LONG.strip().split(",")), ("made up",))),
        ("docs/returns.md", f"# The format\n\n```csv\n{LONG}{ROW}```\n"),
        ("populations.csv", "authority,year,age,children\n825,2024,0,5900\n"),
        ("data/raw/.gitkeep", ""),
        ("notes.txt", "The period that the authority meant\n"),
        ("broken.xlsx", b"PK\x03\x04 no archive"),
    ],
)
def test_everything_else_is_taken(path: str, content: str | bytes) -> None:
    assert refused(path, content) == {}


def test_other_files_are_taken(repository: Path) -> None:
    commit(repository, "populations.csv", "authority,year,age,children\n825,2024,0,5900\n", taken=True)


def test_a_readme_above_marks_a_corpus_as_made_up(repository: Path) -> None:
    commit(repository, "tests/corpus/README.md", "Made-up returns, one fault each.\n", taken=True)
    commit(repository, "tests/corpus/utf16/one.csv", (LONG + ROW).encode("utf-16"), taken=True)


def test_what_is_staged_counts_and_not_what_lies_there_now(repository: Path) -> None:
    (repository / "a.csv").write_text(LONG + ROW, encoding="utf-8")
    git(repository, "add", "a.csv")
    (repository / "a.csv").write_text("harmless\n", encoding="utf-8")
    assert "a.csv" in git(repository, "commit", "-q", "-m", "x", code=1)


def test_a_return_can_be_taken_out_again(repository: Path) -> None:
    (repository / "a.csv").write_text(LONG + ROW, encoding="utf-8")
    git(repository, "add", "a.csv")
    git(repository, "commit", "-q", "--no-verify", "-m", "before the hook was switched on")
    git(repository, "rm", "-q", "a.csv")
    git(repository, "commit", "-q", "-m", "out again")
    assert not git(repository, "ls-files", "a.csv")


def test_a_strange_file_name_cannot_write_on_the_screen(repository: Path) -> None:
    said = commit(repository, "a\x1b[31m.csv", LONG + ROW, taken=False)
    assert "\x1b" not in said


def test_no_tracked_file_of_this_repository_is_a_return() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    tracked = [name.decode() for name in listed.split(b"\0") if name]
    assert len(tracked) > 100

    def read(path: str) -> bytes | None:
        return (ROOT / path).read_bytes() if (ROOT / path).is_file() else None

    assert guard().refused(tracked, read) == {}


@pytest.mark.parametrize("place", ["data/registers/south-east/calendar.yml", "data/raw/returns/x/y.csv"])
def test_registers_and_returns_are_ignored(place: str) -> None:
    assert subprocess.run(["git", "check-ignore", "-q", place], cwd=ROOT, check=False).returncode == 0


def test_the_hook_can_be_run_and_the_line_that_switches_it_on_is_documented() -> None:
    assert os.access(HOOKS / "pre-commit", os.X_OK)
    assert b"\r" not in (HOOKS / "pre-commit").read_bytes()
    line = "git config core.hooksPath .githooks"
    assert line in (ROOT / "docs" / "how-to" / "collect-a-quarter.md").read_text(encoding="utf-8")
