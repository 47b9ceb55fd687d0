"""Leaving and erasing: what comes in no more, what goes, what stays, and that nothing else of it is left."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from command_line import PERIOD
from workspace_of_kent import (
    HOME,
    KENT,
    ORDER,
    REGISTERS,
    SURREY,
    few,
    furnish,
    left_of,
    put,
    returns_of,
    told_apart,
)

from analysis.config import Workspace
from analysis.pipeline.collection import Collection
from analysis.pipeline.erase import tombstone
from analysis.pipeline.erasure import plan_erasure
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions
from analysis.registers.erased import ErasureBegun, ErasureFinished, erasures_of
from analysis.registers.log.chain import append, log_folder, read_chain
from analysis.registers.people import Person, actor_of, enrol, people_path


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch):
    def sign_in(root: Path) -> None:
        enrol(people_path(root / REGISTERS), "0a1b2c3d", Person(name="Jane Smith", post="DBG chair"))
        monkeypatch.setenv("TARTANRUG_PERSON", "0a1b2c3d")

    return sign_in


def test_an_erasure_leaves_nothing_of_an_authority_but_its_tombstone(tartanrug, received, signed_in, tmp_path):
    signed_in(received)
    furnish(received)
    figures, texts = told_apart(received), returns_of(received, KENT)
    assert len(figures) > 20
    files = {path.read_bytes() for path in texts}
    hashes = {hashlib.sha256(content).hexdigest() for content in files}
    before = left_of(received, figures, files)
    for stage in ("data/raw", "data/processed/checked", "data/processed/views", "data/registers", "reports/release"):
        assert any(place.startswith(stage) for place in before), f"the search is blind to {stage}"

    listed = tartanrug("leave", "erase", "--authority", "Kent", "--source", "made-up", "--dry-run")
    assert listed.code == 0
    assert left_of(received, figures, files) == before
    refused = tartanrug("leave", "erase", "--authority", "Kent", "--source", "made-up")
    assert refused.code == 2
    assert left_of(received, figures, files) == before

    out = tmp_path / "letters"
    done = tartanrug("leave", "erase", "--authority", KENT, "--source", "made-up", *ORDER, "--out", out)
    assert done.code == 0, done.err
    log = log_folder(received / REGISTERS)
    tombstone_s = f"{REGISTERS.as_posix()}/log/"
    stays = [place for place in left_of(received, figures, files) if not place.startswith(tombstone_s)]
    assert stays == []
    (erasure,) = erasures_of(read_chain(log))
    assert erasure.finished is not None
    assert {one.sha256 for one in erasure.begun.files} >= hashes
    assert not figures & set(re.findall(r"\b[0-9]{4,}\b", "".join(path.read_text() for path in log.iterdir())))

    # What is others' stays, and whoever lost figures with it is asked again.
    ledger = yaml.safe_load((received / REGISTERS / "corrections.yml").read_text())
    assert [one["authority"] for one in ledger] == [SURREY, "825"]
    assert "# the last" in (received / REGISTERS / "corrections.yml").read_text()
    assert (received / "reports/release/anonymised/def/report.html").is_file()
    assert (received / "notebooks/explore/empty.ipynb").is_file()
    assert len(list((received / HOME / PERIOD).glob(f"*{SURREY}*.csv"))) == 1
    assert "2025-26-Q2" in (out / f"ask-again-{SURREY}.txt").read_text()
    assert "Kent" not in (out / f"ask-again-{SURREY}.txt").read_text()
    assert "cross-regional file" in done.words
    assert "Reproducibility of older releases ends here" in done.words
    again = tartanrug("leave", "erase", "--authority", KENT, "--source", "made-up", *ORDER)
    assert "nothing to delete" in again.words


def test_an_erasure_that_was_cut_off_is_finished_by_the_same_command(tartanrug, received, signed_in):
    signed_in(received)
    few(received)
    collection = Collection(Workspace(received), "made-up", regions()["south-east"], Quarter.parse(PERIOD))
    plan = plan_erasure(collection, KENT)
    stone = tombstone(
        plan,
        Workspace(received),
        authority=KENT,
        instructed_by="DCS",
        why="it left",
        evidence="letter",
        on="2026-03-01",
    )
    actor = actor_of(received / REGISTERS, account="", person="0a1b2c3d")
    append(log_folder(received / REGISTERS), lambda _: stone, by=actor, at=datetime(2026, 3, 1, tzinfo=UTC))
    for one in plan.files[::2]:
        one.path.unlink()
    done = tartanrug("leave", "erase", "--authority", KENT, "--source", "made-up")
    assert done.code == 0, done.err
    chain = read_chain(log_folder(received / REGISTERS))
    assert [event.kind for event in chain.events] == [ErasureBegun.kind, ErasureFinished.kind]
    assert returns_of(received, KENT) == {}


def test_nothing_is_collected_from_whoever_left_and_validate_and_receive_say_so(tartanrug, received, signed_in):
    signed_in(received)
    few(received)
    (own,) = (received / HOME / PERIOD).glob(f"*{KENT}*.csv")
    sent = own.read_bytes()
    own.unlink()
    done = tartanrug("leave", "record", "--authority", "Kent", "--period", PERIOD, "--evidence", "letter 12",
                     "--source", "made-up", "--on", "2025-10-02")  # fmt: skip
    assert done.code == 0, done.err
    assert tartanrug("leave", "record", "--authority", KENT, "--period", PERIOD, "--evidence", "l 12", "--source",
                     "made-up").code == 4  # fmt: skip
    file = put(received, "inbox/return.csv", sent.decode())
    refused = tartanrug("returns", "receive", file, "--period", PERIOD, "--from", "returns@kent", "--source", "made-up")
    assert refused.code == 4
    assert f"nothing is collected from {PERIOD} on" in refused.words
    assert not list((received / HOME / PERIOD).glob(f"*{KENT}*"))
    assert not any(sent == path.read_bytes() for path in (received / HOME).rglob("*") if path.is_file())

    said = tartanrug("validate", "--period", PERIOD, "--source", "made-up")
    assert f"Kent ({KENT}) left the collection" in said.words
    assert "until it decides in writing" in said.words
    tartanrug("leave", "history", "--authority", KENT, "--choice", "stays", "--evidence", "letter 14",
              "--source", "made-up", "--on", "2025-10-09")  # fmt: skip
    said = tartanrug("validate", "--period", PERIOD, "--source", "made-up")
    assert "by its decision of 2025-10-09 its history stays as received" in said.words
    before = tartanrug("validate", "--period", "2025-26-Q1", "--source", "made-up")
    assert "left the collection" not in before.words


def test_whoever_takes_no_part_cannot_leave_and_nothing_is_written(tartanrug, received, signed_in):
    signed_in(received)
    done = tartanrug("leave", "record", "--authority", "Birmingham", "--period", PERIOD, "--evidence", "letter",
                     "--source", "made-up")  # fmt: skip
    assert done.code == 2
    assert "not in the collection" in done.words
    assert not log_folder(received / REGISTERS).exists()


def test_purge_takes_old_working_copies_and_never_a_return(tartanrug, received, signed_in):
    signed_in(received)
    old = [
        put(received, f"reports/out/made-up/south-east/2024-25-Q1/{name}", "x")
        for name in ("own/a.html", "audit/b.txt")
    ]
    old.append(put(received, "data/processed/queries/made-up/south-east/2024-25-Q1/825.docx", "x"))
    kept = [
        put(received, f"reports/out/made-up/south-east/{PERIOD}/own/a.html", "x"),
        put(received, "reports/out/returns/south-east/2024-25-Q1/own/a.html", "x"),
        put(received, "reports/release/internal/abc/2024-25-Q1.html", "x"),
        put(received, "reports/out/made-up/south-east/2024-25-Q1/review/abc/manifest.json", "x"),
    ]
    returns = sorted(path for path in (received / "data" / "raw").rglob("*") if path.is_file())
    words = ("leave", "purge", "--source", "made-up", "--on", "2026-01-15")
    listed = tartanrug(*words, "--dry-run")
    assert "3 files. Nothing was changed." in listed.words
    assert all(path.is_file() for path in old)
    assert tartanrug(*words).code == 0
    assert not any(path.exists() for path in old)
    assert all(path.is_file() for path in kept)
    assert sorted(path for path in (received / "data" / "raw").rglob("*") if path.is_file()) == returns
    assert "Nothing is older" in tartanrug(*words).words
