"""Nothing of a child-level file survives anywhere on disk, in any of ten disguises (S1 14; S0 5.3)."""

import io
import re
import shutil
import sys
from pathlib import Path

import pandas as pd
import pypdf
import pytest
from kit_run import PERIOD, tartanrug

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "returns"))  # for the disguises

from children import DISGUISES, FILE_NAME, VALUES
from return_files import Return

pytestmark = pytest.mark.acceptance

TEN = (
    "a plain list",
    "no line of column names",
    "the Standard Safeguarding Dataset",
    "Windows-1252",
    "UTF-16",
    "a workbook",
    "a hidden sheet",
    "a comment",
    "the format, a child in each name",
    "the format, one row for each child",
)
RETURNS = Path("data", "raw", "returns", "south-east", PERIOD)
PICTURE = re.compile(rb"base64,[A-Za-z0-9+/=]+")
OTHERS = ("826", "846", "868")


@pytest.fixture
def place(tmp_path):
    """A workspace with three good returns, and folders of the test's own for everything else that a run may write."""
    home = tmp_path / "workspace"
    (home / RETURNS).mkdir(parents=True)
    for code in OTHERS:
        (home / RETURNS / f"{code}.csv").write_text(Return(code).csv(), encoding="utf-8")
    for name in ("home", "temporary"):
        (tmp_path / name).mkdir()
    return home


def run(place, *words):
    elsewhere = place.parent
    temporary = str(elsewhere / "temporary")
    return tartanrug(place, *words, HOME=str(elsewhere / "home"), TMPDIR=temporary, TEMP=temporary, TMP=temporary)


def laid(folder, disguise):
    content, _ = DISGUISES[disguise]
    path = folder / FILE_NAME
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def held_by(path):
    """A file's name and content in every reading, each with the length from which a find is no chance."""
    content = path.read_bytes()
    yield path.name, 1
    if path.suffix == ".html":
        content = PICTURE.sub(b"", content)
    packed = path.suffix in {".pdf", ".parquet"}
    for encoding in ("utf-8", "cp1252", "utf-16-le"):
        yield content.decode(encoding, errors="ignore"), 8 if packed else 1
    if path.suffix == ".parquet":
        yield pd.read_parquet(path).to_csv(), 1
    if path.suffix == ".pdf":
        for page in pypdf.PdfReader(io.BytesIO(content)).pages:
            yield page.extract_text(), 1


def traces(place, *said):
    """Which of the children's values are found, and where."""
    texts = [("what was said", text, 1) for text in said]
    files = [path for path in place.parent.rglob("*") if path.is_file()]
    texts += [(path.name, text, shortest) for path in files for text, shortest in held_by(path)]
    values = {value.casefold() for value in (*VALUES, FILE_NAME)}
    return {
        (where, value)
        for where, text, shortest in texts
        for value in values
        if len(value) >= shortest and value in text.casefold()
    }


@pytest.mark.parametrize("disguise", TEN)
def test_a_file_named_is_refused_and_left_to_be_deleted(place, disguise, tmp_path):
    sent = laid(tmp_path, disguise)
    before = sent.read_bytes()
    done = run(place, "validate", str(sent), "--period", PERIOD, "--csv", str(place / "found.csv"))
    assert done.returncode == 4, done.stdout + done.stderr
    assert "delete it from the inbox and from the shared folder" in done.stdout
    assert DISGUISES[disguise][1] in done.stdout
    assert sent.read_bytes() == before
    sent.unlink()
    assert traces(place, done.stdout, done.stderr) == set()


def test_files_among_the_returns_leave_nothing_behind(place):
    good = {path.name: path.read_bytes() for path in (place / RETURNS).iterdir()}
    for disguise in TEN:
        sent = laid(place / RETURNS, disguise)
        done = run(place, "validate", "--period", PERIOD)
        assert done.returncode == 4, f"{disguise}\n{done.stdout}{done.stderr}"
        assert "delete it from the inbox" in done.stdout
        assert not sent.exists(), disguise
        assert traces(place, done.stdout, done.stderr) == set(), disguise
    assert {path.name: path.read_bytes() for path in (place / RETURNS).glob("*.csv")} == good


def test_a_build_goes_on_with_the_others_and_leaves_nothing_behind(place):
    for disguise in TEN:
        laid(place / RETURNS, disguise).rename(place / RETURNS / f"{TEN.index(disguise)} {FILE_NAME}")
    done = run(place, "build", "--period", PERIOD, "--variant", "internal", "own", "--authority", "846")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "delete it from the inbox" in done.stdout
    folder = place / "reports" / "out" / "returns" / "south-east" / PERIOD
    assert len(list(folder.glob("*/*.html"))) == len(list(folder.glob("*/*.pdf"))) == 2
    assert sorted(path.name for path in (place / RETURNS).glob("*.*") if not path.name.startswith(".")) == [
        f"{code}.csv" for code in OTHERS
    ]
    assert traces(place, done.stdout, done.stderr) == set()


def test_the_search_would_find_what_is_there(place):
    kept = place / "data" / "processed"
    kept.mkdir()
    values = sorted(VALUES)
    pd.DataFrame({"name": values[:1]}).to_parquet(kept / "a.parquet")
    (kept / "b.bin").write_bytes(values[1].encode("utf-16-le"))
    shutil.copyfile(laid(place, "a comment"), kept / "c.xlsx")
    (place / FILE_NAME).rename(kept / "d.csv")
    assert {where for where, _ in traces(place, values[2])} >= {"what was said", "a.parquet", "b.bin"}
