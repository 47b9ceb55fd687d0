"""The pack for the DfE from the command line: whole, the same bytes again, and never passed off as approved."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pypdf
import pytest
from kit_run import PERIOD, tartanrug

pytestmark = pytest.mark.acceptance

OF = ("--period", PERIOD)
KEPT = ("825.csv", "921.csv")
PERSON = {"TARTANRUG_PERSON": "0a1b2c3d"}
STAGING = Path("reports", "out", "made-up", "south-east", PERIOD)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two authorities that were asked, and their summaries as they were built for review."""
    home = tmp_path_factory.mktemp("dfe-pack")
    assert tartanrug(home, "synth").returncode == 0
    for path in (home / "data" / "raw" / "made-up" / "south-east" / PERIOD).glob("*.csv"):
        if path.name not in KEPT:
            path.unlink()
    registers = home / "data" / "registers" / "made-up" / "south-east"
    registers.mkdir(parents=True)
    people = "people:\n  0a1b2c3d:\n    name: Test Person\n    post: DBG data lead\n"
    (registers / "people.yml").write_text(people, encoding="utf-8")
    assert tartanrug(home, "release", "confirm", *OF, "--asked", "--on", "2025-11-03", **PERSON).returncode == 0
    assert tartanrug(home, "build", *OF, "--variant", "dfe", "--for-review", **PERSON).returncode == 0
    return home


def test_the_pack_is_whole_the_same_again_and_waits_for_approval_alone(home: Path) -> None:
    done = tartanrug(home, "release", "pack", *OF)
    assert done.returncode == 11, done.stderr
    missing = {line.strip() for line in done.stdout.splitlines() if "missing:" in line}
    names = ("Buckinghamshire", "Isle of Wight")
    assert missing == {f"missing: the summary of {name} is not approved as it is" for name in names}
    [path] = (home / STAGING / "dfe-pack").glob("*.zip")
    content = path.read_bytes()
    tartanrug(home, "release", "pack", *OF)
    assert path.read_bytes() == content
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
    done = tartanrug(home, "release", "pack", *OF)
    page.write_bytes(content)
    assert done.returncode == 4
    assert "Isle of Wight" in done.stderr
    assert "Buckinghamshire" not in done.stderr
