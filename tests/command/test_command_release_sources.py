"""A return, a correction or commentary that comes after the build is not passed over: each step looks, and names it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from command_line import PERIOD

from analysis.config import Workspace
from analysis.pipeline.collection import Collection
from analysis.pipeline.made_from import FOLDER, changed_since, keep_made_from, made_from
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions
from analysis.registers.log.chain import append, log_folder, read_chain
from analysis.registers.log.event import NOT_ENROLLED, Actor
from analysis.registers.people import Person, enrol, people_path
from analysis.release.events import DocumentsBuilt, ReleaseChecked, ReleaseRefused
from analysis.views.model import Variant
from analysis.views.words import DRAFT_MARKING, MARKINGS

KEPT = ("825", "886", "921")
ANALYST, CHAIR, LEAD = "0a1b2c3d", "0c0c0c0c", "1e1e1e1e"
POSTS = {ANALYST: "performance analyst", CHAIR: "DBG chair", LEAD: "DBG data lead"}
REGISTERS = Path("data", "registers", "made-up", "south-east")
RAW = Path("data", "raw", "made-up", "south-east", PERIOD)
WHICH = ("--period", PERIOD, "--variant", "internal")
CORRECTION = ("returns", "correct", "add", "--period", PERIOD, "--authority", "825", "--measure", "icpc_15_days",
              "--value", "94", "--reason", "Ten conferences were entered late", "--reported-by", "Data manager",
              "--decided-by", "DBG", "--source", "made-up")  # fmt: skip


def quarter(home: Path, period: str = PERIOD) -> Collection:
    return Collection(Workspace(home), "made-up", regions()["south-east"], Quarter.parse(period))


@pytest.fixture
def built(received: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three authorities' returns, and an internal document as `build --for-review` lays and notes it."""
    for path in (received / RAW).glob("*.csv"):
        if path.stem not in KEPT:
            path.unlink()
    for number, post in POSTS.items():
        enrol(people_path(received / REGISTERS), number, Person(name=f"Test {post}", post=post))
    monkeypatch.setenv("TARTANRUG_PERSON", ANALYST)
    inputs = {"kit": "a" * 64, "returns": "b" * 64, "sources": keep_made_from(quarter(received))}
    name, hashes = f"tartan-rug-{PERIOD}-825-internal.html", []
    for ending, marking in (("-final", MARKINGS[Variant.INTERNAL]), ("-draft", DRAFT_MARKING.replace("'", "&#39;"))):
        folder = received / "reports/out/made-up/south-east" / PERIOD / f"internal{ending}"
        folder.mkdir(parents=True)
        content = f"<p>{marking}</p><p>Figures</p><p>{marking}</p>".encode()
        (folder / name).write_bytes(content)
        hashes.append({name: hashlib.sha256(content).hexdigest()})
        entries = {name: {"sha256": hashes[-1][name], "inputs": inputs}}
        (folder / "manifest.json").write_text(json.dumps({"documents": entries}), encoding="utf-8")
    body = DocumentsBuilt(
        variant=Variant.INTERNAL, period=PERIOD, source="made-up", documents=hashes[0], drafts=hashes[1]
    )
    by = Actor(post=POSTS[ANALYST], person=ANALYST, known_by="settings")
    append(log_folder(received / REGISTERS), lambda _: body, by=by, at=datetime(2026, 1, 5, tzinfo=UTC))
    return received


@pytest.fixture
def step(tartanrug, monkeypatch):
    """Take a step as one of three people."""

    def take(who: str, *words: str):
        monkeypatch.setenv("TARTANRUG_PERSON", who)
        return tartanrug("release", *words)

    return take


def last_refusal(home: Path) -> ReleaseRefused:
    return [body for _, body in read_chain(home / REGISTERS / "log").of_kind(ReleaseRefused)][-1]


def test_a_correction_or_a_return_sent_again_keeps_it_in_at_each_step_and_is_named(built, step, tartanrug) -> None:
    assert step(ANALYST, "review", *WHICH).code == 0
    assert tartanrug(*CORRECTION).code == 0
    ledger = built / REGISTERS / "corrections.yml"
    told = "the figures of Buckinghamshire (825) have changed since it was built"
    refused = step(CHAIR, "approve", *WHICH)
    assert (refused.code, told in refused.words) == (11, True), refused.words
    assert "data/registers/made-up/south-east/corrections.yml" in refused.words
    assert "build --period 2025-26-Q2 --variant internal --for-review" in refused.words
    assert (last_refusal(built).step, last_refusal(built).reason) == ("approve", told)
    assert f"approvals void, data/registers/made-up/south-east/corrections.yml: {told}" in step(CHAIR, "status").words
    # What comes after the first approval and before the second, too; and nothing else was in the way.
    ledger.unlink()
    assert step(CHAIR, "approve", *WHICH).code == 0
    wight = built / RAW / "921.csv"
    sent, again = wight.read_bytes(), _other_figure(wight)
    wight.write_bytes(again)
    assert step(LEAD, "approve", *WHICH).code == 11
    wight.write_bytes(sent)
    assert step(LEAD, "approve", *WHICH).code == 0
    # Another file beside the first, as a resubmission comes.
    (built / RAW / "Jane Smith 921 v2.csv").write_bytes(again)
    wight.unlink()
    refused = step(ANALYST, "issue", *WHICH)
    assert (refused.code, "the figures of Isle of Wight (921) have changed" in refused.words) == (11, True), (
        refused.words
    )
    assert "Jane Smith 921 v2.csv" in refused.words
    assert "Jane" not in last_refusal(built).reason
    assert not (built / "reports/release").exists()
    (built / RAW / "Jane Smith 921 v2.csv").unlink()
    wight.write_bytes(sent)
    assert step(ANALYST, "issue", *WHICH).code == 0
    # Released, and then corrected: nobody else gets it, and the way on is told.
    assert tartanrug(*CORRECTION).code == 0
    refused = step(ANALYST, "issue", _release(built), "--to", "DBG")
    assert (refused.code, "release supersede" in refused.words) == (11, True)
    page = built / "status.html"
    assert step(CHAIR, "status", "--html", str(page)).code == 0
    seen = page.read_text(encoding="utf-8")
    assert f"supersede it, data/registers/made-up/south-east/corrections.yml: {told}" in seen
    # Of three councils with a figure: nobody else has anything of theirs in it.
    (checked,) = read_chain(built / REGISTERS / "log").of_kind(ReleaseChecked)
    assert checked[1].shows == KEPT
    # Given again without anybody else it only finishes what is released.
    assert step(ANALYST, "issue", _release(built)).code == 0


def _release(home: Path) -> str:
    return next((home / "reports/release/internal").iterdir()).name


def _other_figure(path: Path) -> bytes:
    """The same return with one child more in its newest quarter, which stands last."""
    lines = path.read_text(encoding="utf-8").splitlines()
    names = lines[0].split(",")
    place = names.index("Measure Value")
    for number in reversed(range(1, len(lines))):
        cells = lines[number].split(",")
        if len(cells) == len(names) and cells[place].isdigit():
            cells[place] = str(int(cells[place]) + 1)
            lines[number] = ",".join(cells)
            break
    return ("\n".join(lines) + "\n").encode()


def test_what_was_built_from_other_returns_is_not_even_put_before_the_dbg(built, step) -> None:
    kent = built / RAW / "886.csv"
    kent.write_bytes(_other_figure(kent))
    refused = step(ANALYST, "review", *WHICH)
    assert (refused.code, "the figures of Kent (886) have changed" in refused.words) == (11, True)


def test_an_authoritys_answer_that_comes_while_the_dbg_reads_voids_nothing(built, step) -> None:
    assert step(ANALYST, "review", *WHICH).code == 0
    said = ("--confirmed", "--said-by", "head of data", "--evidence", "letter 4")
    assert step(ANALYST, "confirm", "825", "--period", PERIOD, "--asked").code == 0
    assert step(ANALYST, "confirm", "825", "--period", PERIOD, *said).code == 0
    assert step(CHAIR, "approve", *WHICH).code == 0


def test_what_changes_no_figure_or_word_of_the_quarter_voids_nothing_and_what_does_is_told(built, tartanrug) -> None:
    mark = made_from(quarter(built))
    assert changed_since(quarter(built), mark) is None
    ledger = built / REGISTERS / "corrections.yml"
    assert tartanrug(*CORRECTION).code == 0
    (entry,) = yaml.safe_load(ledger.read_text(encoding="utf-8"))
    for change in ({"status": "open", "decided_by": ""}, {"period": "2025-26-Q3"}):
        ledger.write_text(yaml.safe_dump([{**entry, **change}]), encoding="utf-8")
        assert changed_since(quarter(built), mark) is None, change
    ledger.write_text(yaml.safe_dump([entry]), encoding="utf-8")
    found = changed_since(quarter(built), mark)
    assert found is not None
    assert (found.authorities, found.files) == (("825",), ((REGISTERS / "corrections.yml").as_posix(),))
    ledger.unlink()
    words = built / REGISTERS / "commentary" / f"{PERIOD}.yml"
    words.parent.mkdir()
    said = {"authority": "886", "text": "More families asked.", "written_by": "analyst", "date": "2025-11-01"}
    words.write_text(yaml.safe_dump([said]), encoding="utf-8")
    found = changed_since(quarter(built), mark)
    assert found is not None
    assert (found.authorities, found.files) == ((), (words.relative_to(built).as_posix(),))
    words.unlink()
    leaving = ("leave", "record", "--authority", "886", "--evidence", "letter 12", "--source", "made-up", "--period")
    assert tartanrug(*leaving, "2025-26-Q3").code == 0
    assert changed_since(quarter(built), mark) is None
    assert changed_since(quarter(built, "2025-26-Q3"), mark) is not None
    (left,) = (built / REGISTERS / "changes").glob("*.yml")
    left.write_text(left.read_text(encoding="utf-8").replace("2025-26-Q3", PERIOD), encoding="utf-8")
    found = changed_since(quarter(built), mark)
    assert found is not None
    assert found.files == (left.relative_to(built).as_posix(),)
    # Without what it stood for nobody is named, and it is refused all the same.
    for kept in (built / "data/processed" / FOLDER).rglob(f"{mark}.json"):
        kept.unlink()
    assert changed_since(quarter(built), mark) is not None


def test_a_document_for_somebody_outside_that_is_refused_is_noted_and_who_asked_if_that_is_known(
    built, tartanrug, monkeypatch
) -> None:
    outside = ("--for", "Department for Education's contractor")
    words = ("--period", PERIOD, "--authority", "825", "--indicator", "A06", "--variant", "anonymised")
    for command, step, told in (
        (("meeting", "book", "--period", PERIOD, *outside), "meeting", "no permission of"),
        (("brief", *words, "--on", "2024-02-01"), "brief", "begins on 2025-04-01"),
    ):
        assert tartanrug(*command).code == 11
        last = last_refusal(built)
        assert (last.step, last.release, told in last.reason) == (step, None, True)
    monkeypatch.setenv("TARTANRUG_PERSON", "ffffffff")
    assert tartanrug("meeting", "book", "--period", PERIOD, *outside).code == 11
    *_, (known, _), (stranger, last) = read_chain(built / REGISTERS / "log").of_kind(ReleaseRefused)
    assert (known.by.person, stranger.by, last.step) == (ANALYST, NOT_ENROLLED, "meeting")
    assert tartanrug("log", "verify", "--source", "made-up").code == 0
