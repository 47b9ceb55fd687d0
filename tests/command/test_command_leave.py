"""Leaving and erasing: what comes in no more, what goes, what stays, and that nothing else of it is left."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
import yaml
from command_line import PERIOD

from analysis import store
from analysis.config import Workspace
from analysis.pipeline.collection import Collection
from analysis.pipeline.erase import tombstone
from analysis.pipeline.erasure import plan_erasure
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions
from analysis.registers.erased import ErasureBegun, ErasureFinished, erasures_of
from analysis.registers.log.chain import append, log_folder, read_chain
from analysis.registers.people import Person, actor_of, enrol, people_path

KENT, SURREY = "886", "936"
ORDER = ("--instructed-by", "DCS of 886", "--why", "it left the collection", "--evidence", "letter 12")
HOME = Path("data", "raw", "made-up", "south-east")
REGISTERS = Path("data", "registers", "made-up", "south-east")
NAME = re.compile(r"\bKent\b|E10000016")


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch):
    def sign_in(root: Path) -> None:
        enrol(people_path(root / REGISTERS), "0a1b2c3d", Person(name="Jane Smith", post="DBG chair"))
        monkeypatch.setenv("TARTANRUG_PERSON", "0a1b2c3d")

    return sign_in


def returns_of(root: Path, code: str) -> dict[Path, str]:
    """Every return that has a row of an authority, read as plain CSV."""
    found = {}
    for path in (root / "data" / "raw" / "made-up").rglob("*.csv"):
        text = path.read_text(encoding="utf-8-sig")
        if any(code in row for row in csv.reader(text.splitlines())):
            found[path] = text
    return found


def told_apart(root: Path) -> set[str]:
    """Figures of four digits or more that stand in Kent's returns and in nobody else's."""
    own: set[str] = set()
    others: set[str] = set()
    for path in (root / HOME).rglob("*.csv"):
        for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()):
            numbers = {cell for cell in row if cell.isdigit() and len(cell) >= 4 and not cell.startswith("20")}
            (own if KENT in row else others).update(numbers)
    return own - others


def texts_in(path: Path) -> str:
    """All that can be read in a file: bytes as text, archives unpacked, tables cell by cell."""
    content = path.read_bytes()
    if path.suffix == ".parquet":
        return " ".join(
            str(int(cell)) if isinstance(cell, float) and cell == cell and cell.is_integer() else str(cell)
            for column in pd.read_parquet(path).items()
            for cell in column[1]
        )
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8", "replace")


def left_of(root: Path, figures: set[str], returns: set[bytes]) -> list[str]:
    """Where anything of Kent's is found in a workspace: its name, its code as a key, its figures, its very files."""
    found = []
    for path in sorted(root.rglob("*")):
        if not path.is_file():
            continue
        text = texts_in(path)
        words = set(re.findall(r"[0-9]+", text))
        says = NAME.search(text) or KENT in re.split(r"[^0-9]", path.stem) or f'"{KENT}"' in text
        if path.read_bytes() in returns or says or words & figures:
            found.append(path.relative_to(root).as_posix())
    return found


def put(root: Path, place: Path | str, text: str) -> Path:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def few(root: Path) -> None:
    """Four authorities are enough."""
    for path in (root / HOME / PERIOD).glob("*.csv"):
        if path.stem not in (KENT, SURREY, "825", "850"):
            path.unlink()


def furnish(root: Path) -> None:
    """A small workspace with everything in which it may hold an authority's data."""
    few(root)
    figure = sorted(told_apart(root))[0]
    collection = Collection(Workspace(root), "made-up", regions()["south-east"], Quarter.parse(PERIOD))
    stage = Path("made-up", "south-east", f"{PERIOD}.parquet")
    store.write_table(root / "data" / "processed" / "checked" / stage, collection.checked.checked)
    view = root / "data" / "processed" / "views" / "made-up" / "south-east" / PERIOD / "internal" / "825.json"
    store.write_text(view, json.dumps({"others": {KENT: [float(figure)]}}))
    every = [path.read_text(encoding="utf-8-sig") for path in sorted((root / HOME / PERIOD).glob("*.csv"))]
    nation = "\n".join([every[0].split("\n", 1)[0], *(text.split("\n", 1)[1] for text in every)])
    put(root, f"data/raw/made-up/exchange/{PERIOD}/exchange.csv", nation)
    put(root, "data/raw/made-up/planted.csv", f"authority,size\n{KENT},{figure}\n")
    entries = [
        {"id": f"{code}-one", "authority": code, "period": PERIOD, "measure": "referrals", "action": "override",
         "value": figure if code == KENT else "77", "expect": "78", "reason": "typed wrongly", "reported_by": "analyst",
         "decided_by": "DBG chair", "date": "2025-11-01", "status": "agreed"}
        for code in (SURREY, KENT, "825")
    ]  # fmt: skip
    first, own, last = (yaml.safe_dump([entry]) for entry in entries)
    put(root, REGISTERS / "corrections.yml", f"# Surrey's\n{first}\n{own}# the last\n{last}")
    said = [
        {"authority": code, "text": f"Of {code}: more families asked.", "written_by": "analyst", "date": "2025-11-01"}
        for code in (KENT, "825")
    ]
    put(root, REGISTERS / "commentary" / f"{PERIOD}.yml", yaml.safe_dump(said))
    answers = {"region": "south-east", "period": PERIOD, "authority": KENT, "answers": []}
    put(root, REGISTERS / "answers" / PERIOD / f"{KENT}.yml", yaml.safe_dump(answers))
    line = {"members": [KENT, SURREY], "bands": [{"median": figure}]}
    bands = [{"date": "2025-11-20", "by": "DBG chair", "lines": [line]}]
    put(root, REGISTERS / "bands" / f"{PERIOD}.yml", yaml.safe_dump(bands))
    # A regional return: both councils' rows in one file.
    both = [path for code in (KENT, SURREY) for path in (root / HOME / PERIOD).glob(f"*{code}*.csv")]
    rows = both[0].read_text(encoding="utf-8-sig") + both[1].read_text(encoding="utf-8-sig").split("\n", 1)[1]
    put(root, HOME / "2025-26-Q1" / "regional.csv", rows)
    put(root, HOME / PERIOD / ".886-v2.csv.part", rows[:400])
    put(root, f"reports/out/made-up/south-east/{PERIOD}/internal/report.html", f"<p>Kent {figure}</p>")
    put(root, "reports/release/internal/abc/report.html", f"<p>Kent {figure}</p>")
    internal = {"scope": {"variant": "internal", "authority": ""}}
    put(root, "reports/release/internal/abc/manifest.json", json.dumps(internal))
    put(root, "reports/release/anonymised/def/report.html", "<p>Surrey 5</p>")
    manifest = {"scope": {"variant": "anonymised", "authority": SURREY, "region": "south-east"}}
    put(root, "reports/release/anonymised/def/manifest.json", json.dumps(manifest))
    cell = {"cell_type": "code", "source": [], "outputs": [{"text": [f"Kent had {figure}"]}]}
    put(root, "notebooks/explore/looked.ipynb", json.dumps({"cells": [cell], "metadata": {}}))
    put(root, "notebooks/explore/empty.ipynb", json.dumps({"cells": [], "metadata": {}}))


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
