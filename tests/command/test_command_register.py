"""A peer review report from its file to its reader, and back: as the people of a region type it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import yaml
from pypdf import PdfReader

from analysis.registers.log.chain import read_chain

PERIOD = "2025-26-Q2"
TITLE = "Peer review of Medway"
NAMES = {"analyst": "performance analyst", "chair": "DBG chair", "lead": "DBG data lead"}
CONTENT = b"<html><body><p>What the team saw in Medway</p></body></html>"
HOME = Path("reports", "out", "returns", "south-east", PERIOD)


@pytest.fixture
def as_one(empty, tartanrug, monkeypatch):
    """Run a command as one of three people; whoever is not named is the analyst."""
    monkeypatch.setattr("getpass.getuser", lambda: "analyst")
    for account, post in NAMES.items():
        done = tartanrug("log", "enrol", "--name", f"Jane {account.title()}", "--post", post, "--account", account)
        assert done.code == 0
    people = yaml.safe_load((empty / "data/registers/south-east/people.yml").read_text(encoding="utf-8"))["people"]
    numbers = {person["accounts"][0]: number for number, person in people.items()}

    def run(who: str, *words: object):
        monkeypatch.setenv("TARTANRUG_PERSON", numbers[who])
        return tartanrug(*words)

    return run


@pytest.fixture
def register(as_one, tmp_path, today):
    """Register a file on 5 November 2025; the code that it ended with, and the id of its release."""
    today("2025-11-05")

    def take_in(content: bytes = CONTENT, title: str = TITLE, about: str = "887", **options: str):
        file = tmp_path / "Final v3 (Jane).html"
        file.write_bytes(content)
        words = [part for name, value in options.items() for part in (f"--{name.replace('_', '-')}", value)]
        return as_one("analyst", "release", "register", file, "--title", title, "--about", about, "--period", PERIOD,
                      "--made-by", "peer review team", *words)  # fmt: skip

    return take_in


def reviews(home: Path) -> set[str]:
    return {path.name for path in (home / HOME / "review").iterdir()}


def kinds(home: Path) -> list[str]:
    return [event.kind for event in read_chain(home / "data/registers/south-east/log").events]


def test_a_document_from_elsewhere_goes_the_whole_way_and_is_known_everywhere(register, as_one, empty, today):
    done = register(audience="Ofsted", until="2026-09-30")
    assert done.code == 0, done.err
    assert "no permission of Medway (887) for Ofsted" in done.words
    assert kinds(empty) == ["document_registered", "release_checked", "review_opened"]
    (release,) = reviews(empty)
    file, cover = sorted((empty / HOME / "registered").iterdir(), key=lambda path: path.suffix)
    assert file.read_bytes() == CONTENT
    assert file.name == f"peer-review-of-medway-{hashlib.sha256(CONTENT).hexdigest()[:12]}.html"
    assert (file.stat().st_mode & 0o222, cover.stat().st_mode & 0o222) == (0, 0)
    for page in PdfReader(cover).pages:
        text = " ".join(page.extract_text().split())
        for words in ("Unaudited and unpublished", "For Ofsted. Content id", "For use until 30 September 2026"):
            assert words in text
    assert hashlib.sha256(CONTENT).hexdigest() in text

    # It is approved by its own id, never among others.
    among = as_one("chair", "release", "approve", "--period", PERIOD, "--variant", "internal")
    assert (among.code, "no release is open" in among.words) == (11, True)
    assert as_one("analyst", "release", "approve", release).code == 11
    today("2025-11-07")
    for who in ("chair", "lead"):
        assert as_one(who, "release", "approve", release, "--on", "2025-11-06").code == 0
    refused = as_one("analyst", "release", "issue", release)
    assert (refused.code, "no permission of Medway (887) for Ofsted" in refused.words) == (11, True)
    assert kinds(empty)[-1] == "release_refused"
    assert not (empty / "reports/release").exists()
    granted = as_one("chair", "permit", "grant", "--authority", "887", "--audience", "Ofsted", "--document", TITLE,
                     "--purpose", "an inspection", "--evidence", "letter 12", "--on", "2025-11-07")  # fmt: skip
    assert granted.code == 0, granted.err
    today("2025-11-08")
    issued = as_one("analyst", "release", "issue", release)
    assert issued.code == 0, issued.err
    folder = empty / "reports/release/internal" / release
    assert (folder / file.name).read_bytes() == CONTENT
    assert (folder / cover.name).read_bytes() == cover.read_bytes()
    assert as_one("analyst", "log", "verify").code == 0
    status = as_one("analyst", "release", "status", "--on", "2025-11-09")
    assert TITLE in status.words
    assert "released for limited use" in status.words

    # Whoever gets it later is recalled too.
    today("2025-11-12")
    assert as_one("analyst", "release", "issue", release, "--to", "DBG", "--on", "2025-11-10").code == 0
    lost = as_one("chair", "incident", "open", "a report was sent outside", "--document", TITLE, "--to", "a charity",
                  "--at", "2025-11-11T10:00")  # fmt: skip
    assert lost.code == 0, lost.err
    assert "to be told without delay: Medway (887)" in lost.words
    assert release[:12] in lost.words
    withdrawn = as_one("chair", "permit", "withdraw", "p0001", "--evidence", "letter 31", "--on", "2025-11-12")
    assert TITLE in withdrawn.words
    assert as_one("analyst", "release", "withdraw", release, "--reason", "a mistake in it").code == 0
    notice = as_one("analyst", "release", "recall", release)
    for words in (TITLE, file.name, cover.name, "Ofsted", "DBG"):
        assert words in notice.words


def test_another_version_takes_the_place_of_the_first(register, as_one, empty):
    assert register().code == 0
    (first,) = reviews(empty)
    assert register(CONTENT + b"<!-- corrected -->").code == 0
    (second,) = reviews(empty) - {first}
    assert "superseded" in as_one("analyst", "release", "status").words
    assert len(list((empty / HOME / "registered").iterdir())) == 4
    for who in ("chair", "lead"):
        assert as_one(who, "release", "approve", second).code == 0
    assert as_one("analyst", "release", "issue", second).code == 0


def test_what_may_not_be_taken_in_leaves_nothing(register, empty):
    for options, code in (
        ({"title": "What Jane Smith said"}, 2),
        ({"about": "Birmingham"}, 2),
        ({"variant": "dfe"}, 2),
        ({"variant": "public"}, 2),
        ({"until": "2031-01-01"}, 11),
        ({"until": "2025-11-04"}, 11),
        ({"content": b""}, 11),
        # Nothing was received for the quarter: there is nothing to look for in it.
        ({"variant": "anonymised"}, 4),
    ):
        done = register(**options)
        assert done.code == code, (options, done.words)
    assert not (empty / "reports").exists()
    # What was refused is noted; what was typed wrongly is not.
    assert kinds(empty) == ["release_refused"] * 3
    for path in (empty / "data/registers/south-east/log").iterdir():
        assert "Jane" not in path.read_text(encoding="utf-8"), "a file's name stays out of the log"


def test_an_erasure_takes_what_is_about_the_authority_and_leaves_another_s(register, as_one, empty):
    ids: list[str] = []
    everybody, other = b"<p>About all of the region</p>", b"<p>About Kent, beside Medway</p>"
    for content, title, about in (
        (CONTENT, TITLE, "887"),
        (everybody, "A thematic review", "region"),
        (other, "Peer review of Kent", "886"),
    ):
        before = reviews(empty) if (empty / HOME).exists() else set()
        assert register(content, title, about).code == 0
        (release,) = reviews(empty) - before
        ids.append(release)
        for who in ("chair", "lead"):
            assert as_one(who, "release", "approve", release).code == 0
        assert as_one("analyst", "release", "issue", release).code == 0
    order = ("--instructed-by", "DCS of 887", "--why", "it left", "--evidence", "letter 12")
    listed = as_one("chair", "leave", "erase", "--authority", "887", "--dry-run")
    assert "peer-review-of-kent" in listed.words.partition("to look at by hand")[2]
    done = as_one("chair", "leave", "erase", "--authority", "887", *order)
    assert done.code == 0, done.err
    left = {path.name.rsplit("-", 1)[0] for path in empty.rglob("*.html")}
    assert left == {"peer-review-of-kent"}
    assert len(list(empty.rglob("peer-review-of-kent*.html"))) == 2
    for title in (TITLE, "A thematic review"):
        assert title in done.words, "its recipients are asked for it back"
    assert "Peer review of Kent" not in done.out.partition("Subject:")[2]
    gone = next(one for one in ids if one != release)
    assert as_one("chair", "release", "withdraw", gone, "--reason", "its data were erased").code == 0
    notice = as_one("chair", "release", "recall", gone)
    assert notice.code == 0, notice.err
    assert "own copies were erased on" in notice.words
    assert f"{TITLE} (internal {PERIOD}, 887), for key staff of the members" in notice.words
    # Status and every later manifest say so; those of before stay as they were, to the byte.
    ends_here = "Reproducibility of older releases ends here"
    assert ends_here in as_one("analyst", "release", "status").words
    assert ends_here not in (empty / "reports/release/internal" / release / "manifest.json").read_text(encoding="utf-8")
    before = reviews(empty)
    assert register(other, "Another review of Kent", "886").code == 0
    (later,) = reviews(empty) - before
    kept = json.loads((empty / HOME / "review" / later / "manifest.json").read_bytes())
    assert [ends_here in note for note in kept["notes"]] == [True]
    # What stays can still go to others, and the log is whole.
    assert as_one("analyst", "log", "verify").code == 0
    assert as_one("analyst", "release", "issue", release, "--to", "DBG").code == 0


def test_where_others_are_concealed_a_name_picture_or_row_of_several_keeps_it_out(
    received, tartanrug, monkeypatch, tmp_path
):
    monkeypatch.setattr("getpass.getuser", lambda: "analyst")
    words = ("--source", "made-up")
    assert (
        tartanrug("log", "enrol", "--name", "Jane Lee", "--post", "analyst", "--account", "analyst", *words).code == 0
    )
    pixel = b'<img alt="" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">'
    folder = received / "reports/out/made-up/south-east" / PERIOD
    several = "".join(f"<li>Service {letter}: 17 visits</li>" for letter in "ABCDE")
    for content, code in (
        (CONTENT + b"<p>unlike Kent</p>", 9),
        (CONTENT + pixel, 9),
        (CONTENT + f"<ul>{several}</ul>".encode(), 9),
        (CONTENT, 0),
    ):
        file = tmp_path / "review.html"
        file.write_bytes(content)
        told = ("--title", TITLE, "--about", "887", "--period", PERIOD, "--made-by", "peer review team", *words)
        done = tartanrug("release", "register", file, *told, "--variant", "anonymised", "--on", "2025-11-05")
        assert done.code == code, done.words
        assert (folder / "registered").exists() == (code == 0)
    assert len(list((folder / "audit").glob("*.certificate.json"))) == 2
