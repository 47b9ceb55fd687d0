"""The pack for the DfE from the command line: whole, the same bytes again, and never passed off as approved."""

from __future__ import annotations

import hashlib
import html
import io
import json
import zipfile
from pathlib import Path

import pypdf
import pytest
from kit_run import PERIOD, tartanrug

from analysis.views.words import DFE_RELEASED, DRAFT_MARKING

pytestmark = pytest.mark.acceptance

OF = ("--period", PERIOD)
KEPT = ("825.csv", "921.csv")
POSTS = {"0a1b2c3d": "performance analyst of 825", "0c0c0c0c": "DBG chair", "1e1e1e1e": "DBG data lead"}
APPROVERS = ("0c0c0c0c", "1e1e1e1e")
PERSON = {"TARTANRUG_PERSON": "0a1b2c3d"}
STAGING = Path("reports", "out", "made-up", "south-east", PERIOD)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two authorities, one of which was asked, and their summaries as they were built for review."""
    home = tmp_path_factory.mktemp("dfe-pack")
    assert tartanrug(home, "synth").returncode == 0
    for path in (home / "data" / "raw" / "made-up" / "south-east" / PERIOD).glob("*.csv"):
        if path.name not in KEPT:
            path.unlink()
    registers = home / "data" / "registers" / "made-up" / "south-east"
    registers.mkdir(parents=True)
    people = "".join(f"  {number}:\n    name: Test Person\n    post: {post}\n" for number, post in POSTS.items())
    (registers / "people.yml").write_text(f"people:\n{people}", encoding="utf-8")
    asked = ("release", "confirm", "825", *OF, "--asked", "--on", "2025-11-03")
    assert tartanrug(home, *asked, **PERSON).returncode == 0
    return home


def ask_the_other_and_build(home: Path) -> None:
    assert tartanrug(home, "release", "confirm", "921", *OF, "--asked", **PERSON).returncode == 0
    assert tartanrug(home, "build", *OF, "--variant", "dfe", "--for-review", **PERSON).returncode == 0


def test_a_pack_with_a_gap_is_refused_by_name_and_the_log_notes_it(home: Path) -> None:
    assert tartanrug(home, "build", *OF, "--variant", "dfe", "--for-review", **PERSON).returncode == 0
    refused = tartanrug(home, "release", "pack", *OF, **PERSON)
    assert refused.returncode == 11
    assert "Isle of Wight was not asked whether these figures are right" in refused.stderr
    assert "Buckinghamshire" not in refused.stderr
    for folder in ("dfe-final", "dfe-draft"):
        assert not list((home / STAGING / folder).glob("*.zip"))
    log = home / "data" / "registers" / "made-up" / "south-east" / "log"
    noted = [json.loads(path.read_bytes()) for path in sorted(log.glob("*.json"))]
    [last] = [event["body"] for event in noted if event["kind"] == "release_refused"]
    assert (last["step"], "Isle of Wight was not asked" in last["reason"]) == ("pack", True)


def test_the_pack_is_whole_the_same_again_and_goes_with_its_summaries_after_two_approvals(home: Path) -> None:
    ask_the_other_and_build(home)
    done = tartanrug(home, "release", "pack", *OF, **PERSON)
    assert done.returncode == 0, done.stdout + done.stderr
    path = home / STAGING / "dfe-final" / f"tartan-rug-{PERIOD}-south-east-dfe.zip"
    content = path.read_bytes()
    assert tartanrug(home, "release", "pack", *OF, **PERSON).returncode == 0
    assert path.read_bytes() == content
    _holds_what_is_needed(content)
    _is_marked_as_what_it_is(home, content)
    dfe = (*OF, "--variant", "dfe")
    assert tartanrug(home, "release", "review", *dfe, **PERSON).returncode == 0
    refused = tartanrug(home, "release", "issue", *dfe, **PERSON)
    assert refused.returncode == 11
    assert "has not approved" in refused.stderr
    for number in APPROVERS:
        done = tartanrug(home, "release", "approve", *dfe, TARTANRUG_PERSON=number)
        assert done.returncode == 0, done.stderr
    assert tartanrug(home, "release", "issue", *dfe, **PERSON).returncode == 0
    [sent] = (home / "reports" / "release" / "dfe").iterdir()
    assert (sent / path.name).read_bytes() == content


def _is_marked_as_what_it_is(home: Path, content: bytes) -> None:
    """Nothing that lies open before the release says that it is released: the DBG reads drafts, of the cover too."""
    lying = home / STAGING / "dfe-pack"
    pages = [path for path in lying.rglob("*") if path.suffix in (".pdf", ".html")]
    assert len(pages) == 2 + 2 * len(KEPT)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for path in pages:
            name = path.relative_to(lying).as_posix()
            for said, marking, other in (
                (_pages_of(path.name, path.read_bytes()), DRAFT_MARKING, DFE_RELEASED),
                (_pages_of(path.name, archive.read(name)), DFE_RELEASED, DRAFT_MARKING),
            ):
                assert all(marking in page and other not in page for page in said), name
    draft = next((home / STAGING / "dfe-draft").glob("*.zip")).read_bytes()
    with zipfile.ZipFile(io.BytesIO(draft)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.relative_to(lying).as_posix(): path.read_bytes() for path in lying.rglob("*") if path.is_file()
        }


def _pages_of(name: str, content: bytes) -> list[str]:
    if name.endswith(".html"):
        return [html.unescape(content.decode())]
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def _holds_what_is_needed(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest["documents"] == {name: hashlib.sha256(held).hexdigest() for name, held in files.items()}
    assert len(manifest["members"]) == 19
    summaries = [held for name, held in files.items() if name.startswith("summaries/") and name.endswith(".pdf")]
    assert [len(pypdf.PdfReader(io.BytesIO(held)).pages) for held in summaries] == [1, 1]
    cover = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["cover.pdf"])).pages)
    assert "LA data remains LA data" in " ".join(cover.split())


def test_a_summary_that_was_changed_after_it_was_built_is_refused_by_name(home: Path) -> None:
    page = home / STAGING / "dfe-final" / f"tartan-rug-{PERIOD}-921-dfe.html"
    content = page.read_bytes()
    page.write_bytes(content + b" ")
    done = tartanrug(home, "release", "pack", *OF, **PERSON)
    page.write_bytes(content)
    assert done.returncode == 4
    assert "Isle of Wight" in done.stderr
    assert "Buckinghamshire" not in done.stderr
