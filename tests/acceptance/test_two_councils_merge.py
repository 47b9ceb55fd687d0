"""The year after a quarter was played through, two of its councils merge: the quarter's builds stay as they were."""

from __future__ import annotations

import pandas as pd
import pytest
import yaml
from councils import Inbox, made_up_figures
from kit_run import PERIOD, hashes, tartanrug

from analysis.reference.regions import regions

pytestmark = pytest.mark.acceptance

REGION, NEXT = "south-east", "2026-27-Q1"
READING, WOKINGHAM, MERGED = "870", "872", "997"
STAYING = [code for code in regions()[REGION].everyone if code not in (READING, WOKINGHAM)]
NAME = "Mid Berkshire"
CHANGE = {
    "kind": "reorganisation",
    "title": "Reading and Wokingham become Mid Berkshire",
    "from": NEXT,
    "reason": "local government reorganisation, made up for a test",
    "source": "The Mid Berkshire (Structural Changes) Order, made up for a test",
    "date": "2026-02-10",
    "signed_off": None,
    "predecessors": [READING, WOKINGHAM],
    "successors": [
        {"code": MERGED, "ons_code": "E06000997", "name": NAME, "aliases": ["Mid Berks"], "type": "Unitary authority"}
    ],
}
OWN = ("--format", "html", "--variant", "own", "--authority")


def run(home, *words, code=0):
    done = tartanrug(home, *words)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def documents(home, period):
    folder = home / "reports" / "out" / "returns" / REGION / period
    return {path.name: path.read_bytes() for path in sorted(folder.glob("own/*.html"))}


def test_a_merged_council_has_the_sum_as_its_history_and_nobodys_build_of_then_moves(tmp_path):
    elsewhere, home, then = tmp_path / "elsewhere", tmp_path / "desk", tmp_path / "then"
    elsewhere.mkdir()
    assert tartanrug(elsewhere, "synth", "--period", PERIOD, "--quarters", "6").returncode == 0
    inbox = Inbox(tmp_path / "inbox", made_up_figures(elsewhere / "data" / "raw" / "made-up" / REGION / PERIOD), PERIOD)
    sender = ("--from", "returns mailbox")

    # The quarter before anybody thinks of merging.
    run(home, "returns", "import-history", str(inbox.history()), "--period", PERIOD, "--on", "2025-10-01")
    files = str(inbox.together(*STAYING, READING, WOKINGHAM))
    run(home, "returns", "receive", files, "--period", PERIOD, *sender, "--on", "2025-10-28")
    run(home, "build", "--period", PERIOD, *OWN, READING)
    before = documents(home, PERIOD)
    assert len(before) == 1

    # A proposal, which changes nothing until it is signed off.
    change = tmp_path / "mid-berkshire.yml"
    change.write_text(yaml.safe_dump(CHANGE, sort_keys=False), encoding="utf-8")
    moves, registers = tmp_path / "moves.csv", home / "data" / "registers"
    held = hashes(registers)
    run(home, "reference", "preview", str(change), "--region", REGION, "--period", NEXT, "--csv", str(moves))
    assert hashes(registers) == held
    assert MERGED in moves.read_text(encoding="utf-8")
    run(home, "reference", "add", str(change), "--region", REGION)
    laid = registers / REGION / "changes" / change.name
    assert laid.read_bytes() == change.read_bytes()
    assert PERIOD in run(home, "returns", "status", "--period", PERIOD)

    # Signed off; from then on the new council sends, and the two do not.
    signed = CHANGE | {"signed_off": {"by": "chair of the DBG", "date": "2026-03-01"}}
    laid.write_text(yaml.safe_dump(signed, sort_keys=False), encoding="utf-8")
    year = {"Financial Year": "2026-27", "Quarter": "Q1"}
    referrals = {code: inbox.figures[code, PERIOD, "referrals"] for code in (*STAYING, READING, WOKINGHAM)}
    both = sum(int(referrals[code]["Measure Value"]) for code in (READING, WOKINGHAM))
    rows = [referrals[code] | year for code in STAYING]
    rows.append(referrals[READING] | year | {"LA Code": MERGED, "LA Name": NAME, "Measure Value": "1234"})
    sent = str(inbox.written("first quarter.csv", rows))
    run(home, "returns", "receive", sent, "--period", NEXT, *sender, "--on", "2026-07-20")

    status = run(home, "returns", "status", "--period", NEXT)
    assert NAME in status
    assert not [name for name in ("Reading", "Wokingham") if name in status]
    run(home, "build", "--period", NEXT, *OWN, MERGED)
    assert len(documents(home, NEXT)) == 1
    assert NAME in next(iter(documents(home, NEXT).values())).decode()
    run(home, "build", "--period", NEXT, *OWN, READING, code=2)

    # The sum where both sent, and its own figure since; nothing of the two is left in the new rank set.
    table = pd.read_parquet(home / "data" / "processed" / "indicators" / "returns" / REGION / f"{NEXT}.parquet")
    number = table[(table["series"] == "A01-number") & (table["window"] == "quarter")]
    figures = number.set_index(["authority", "period"])["value"]
    assert figures[MERGED, PERIOD] == both
    assert figures[MERGED, NEXT] == 1234
    assert not {READING, WOKINGHAM} & set(number.loc[number["period"] == NEXT, "authority"])

    # What was known in the old quarter: no change, and the same bytes; now too, of the quarter before the merger.
    run(home, "returns", "as-known", "--day", "2025-11-25", "--into", str(then))
    run(then, "build", "--period", PERIOD, *OWN, READING)
    assert documents(then, PERIOD) == before
    run(home, "build", "--period", PERIOD, *OWN, READING)
    assert documents(home, PERIOD) == before
