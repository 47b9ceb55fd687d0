"""From finished packs to the release folder: what passes goes as it is; a planted name or another band does not."""

from __future__ import annotations

import getpass
import json
import re
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from kit_run import PERIOD, tartanrug

pytestmark = pytest.mark.acceptance

CODES = ("825", "921")
OUT = Path("reports", "out", "made-up", "south-east", PERIOD)
RELEASE = "reports/release"
TEXT = "A second duty team works since July."
READ = sha256("\n".join(("825", PERIOD, "A01", TEXT)).encode()).hexdigest()
COMMENTARY = f"""- authority: "825"
  indicator: A01
  text: {TEXT}
  written_by: Head of quality
  date: 2025-11-03
  check:
    name: J. Smith
    date: 2025-11-05
    sha256: {READ}
"""
PEOPLE = {"performance analyst": getpass.getuser(), "DBG chair": "chair", "DBG data lead": "lead"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two readers' packs, built after their bands were frozen."""
    home = tmp_path_factory.mktemp("packs")
    build = ("build", "--period", PERIOD, "--variant", "anonymised")
    build += ("--for-review", *(word for code in CODES for word in ("--authority", code)))
    assert tartanrug(home, "synth").returncode == 0
    for post, account in PEOPLE.items():
        enrolled = tartanrug(home, "log", "enrol", "--name", post, "--post", post, "--account", account)
        assert enrolled.returncode == 0, enrolled.stderr
    words = home / "data/registers/made-up/south-east/commentary" / f"{PERIOD}.yml"
    words.parent.mkdir(parents=True)
    words.write_text(COMMENTARY, encoding="utf-8")
    assert tartanrug(home, *build).returncode == 0
    early = tartanrug(home, "release", "packs", "--period", PERIOD)
    assert early.returncode == 4
    assert "not frozen" in early.stderr
    assert not (home / RELEASE).exists()
    assert tartanrug(home, "bands", "freeze", "--period", PERIOD, "--by", "DBG chair").returncode == 0
    assert tartanrug(home, *build).returncode == 0
    return home


@pytest.fixture
def own(home: Path, tmp_path: Path) -> Path:
    """A copy of the workspace, so that what one test approves is not approved in another's log."""
    return Path(shutil.copytree(home, tmp_path / "home"))


@pytest.fixture
def tampered(own: Path) -> Callable[[str, str, str], Path]:
    """The copy, in which one page says something else."""

    def change(code: str, old: str, new: str) -> Path:
        page = own / OUT / "anonymised" / f"tartan-rug-{PERIOD}-{code}-anonymised.html"
        text = page.read_text(encoding="utf-8")
        assert old in text
        page.write_text(text.replace(old, new, 1), encoding="utf-8")
        return own

    return change


def released(home: Path) -> dict[str, str]:
    """File name to hash of all that lies in the release folder for readers."""
    found = (home / RELEASE / "anonymised").rglob("tartan-rug-*")
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in found}


def approve_and_issue(home: Path) -> None:
    """By both posts, each known by its number, and then through the gate."""
    people = yaml.safe_load((home / "data/registers/made-up/south-east/people.yml").read_text(encoding="utf-8"))
    numbers = {person["post"]: number for number, person in people["people"].items()}
    which = ("--period", PERIOD, "--variant", "anonymised")
    assert tartanrug(home, "release", "issue", *which).returncode == 11
    assert not (home / RELEASE / "anonymised").exists()
    for post in ("DBG chair", "DBG data lead"):
        done = tartanrug(home, "release", "approve", *which, TARTANRUG_PERSON=numbers[post])
        assert done.returncode == 0, done.stdout + done.stderr
    done = tartanrug(home, "release", "issue", *which)
    assert done.returncode == 0, done.stdout + done.stderr


def test_packs_that_pass_are_released_byte_for_byte_with_their_certificates(own: Path) -> None:
    done = tartanrug(own, "release", "packs", "--period", PERIOD)
    assert done.returncode == 0, done.stdout + done.stderr
    approve_and_issue(own)
    staged = {
        path.name: sha256(path.read_bytes()).hexdigest() for path in (own / OUT / "anonymised").glob("tartan-rug-*")
    }
    assert len(staged) == 2 * len(CODES)
    assert released(own) == staged
    certificates = {
        path.name: json.loads(path.read_bytes()) for path in (own / RELEASE / "certificates").rglob("*.json")
    }
    assert {name: one["sha256"] for name, one in certificates.items()} == {
        f"{name}.certificate.json": digest for name, digest in staged.items()
    }
    assert all(one["verdict"] == "PASS" and len(one["tests"]) >= 9 for one in certificates.values())
    read = {"indicator": "A01", "sha256": READ, "read_by": "J. Smith", "read_on": "2025-11-05"}
    assert {one["file"].split("-")[5]: one["commentary"] for one in certificates.values()} == {"825": [read], "921": []}
    pages = {path.name.split("-")[5]: path.read_text("utf-8") for path in (own / RELEASE).rglob("tartan-rug-*.html")}
    assert [TEXT in pages["825"], TEXT in pages["921"], "J. Smith" in pages["825"]] == [True, False, False]


def test_a_concealed_name_holds_back_its_pack_and_no_other(tampered: Callable[[str, str, str], Path]) -> None:
    home = tampered("825", "</body>", "<!-- as in Sur&#114;ey --></body>")
    done = tartanrug(home, "release", "packs", "--period", PERIOD)
    assert done.returncode == 9
    approve_and_issue(home)
    assert {name.split("-")[5] for name in released(home)} == {"921"}
    assert "Surrey" not in done.stdout + done.stderr
    assert not any("Surrey" in path.read_text(encoding="utf-8") for path in (home / OUT / "audit").iterdir())


def test_a_band_that_differs_in_one_pack_holds_back_all(home: Path, tampered: Callable[[str, str, str], Path]) -> None:
    page = (home / OUT / "anonymised" / f"tartan-rug-{PERIOD}-921-anonymised.html").read_text(encoding="utf-8")
    said = re.search(r"middle half of the group [\d,.]+ to ", page)
    assert said is not None
    other = tampered("921", said[0], "middle half of the group 1 to ")
    done = tartanrug(other, "release", "packs", "--period", PERIOD)
    assert done.returncode == 9
    assert "review open" not in done.stdout
    assert not released(other)
