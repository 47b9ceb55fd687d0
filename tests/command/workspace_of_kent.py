"""A small workspace with everything in which it may hold an authority's data, and what is found of it afterwards."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path

import pandas as pd
import yaml
from command_line import PERIOD

from analysis import store
from analysis.config import Workspace
from analysis.pipeline.collection import Collection
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions

KENT, SURREY = "886", "936"
ORDER = ("--instructed-by", "DCS of 886", "--why", "it left the collection", "--evidence", "letter 12")
HOME = Path("data", "raw", "made-up", "south-east")
REGISTERS = Path("data", "registers", "made-up", "south-east")
NAME = re.compile(r"\bKent\b|E10000016")


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
