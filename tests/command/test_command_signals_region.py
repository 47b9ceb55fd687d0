"""`tartanrug signals list` of the region as a whole: what rises is told with its slope and its chance, else nothing."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

PERIOD = ("--period", "2025-26-Q2")
FLOWS = {"referrals", "assessments", "s47_enquiries", "cpp_starting", "cpp_ceasing", "cla_starting", "cla_ceasing"}
LINE = re.compile(
    r"(A\d\d) [^:]+: (rising|falling) \(([+-][0-9.]+) per 10,000 children aged 0 to 17 a quarter; chance alone: "
    r"(less than 0\.1%|[0-9.]+%)\)"
)


def rewritten(workspace: Path, drift: dict[str, float], begins: str = "") -> None:
    """Poisson counts about each authority's own mean in place of the flows sent, all with a drift by measure.

    What stood before a quarter (`2024-25 Q1`) is left out.
    """
    random = np.random.default_rng(20)
    for path in sorted((workspace / "data" / "raw" / "made-up" / "south-east" / "2025-26-Q2").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        quarters = sorted({(row["Financial Year"], row["Quarter"]) for row in rows})
        sent: dict[str, list[float]] = {}
        for row in rows:
            if row["Measure Value"].isdigit():
                sent.setdefault(row["Measure ID"], []).append(float(row["Measure Value"]))
        for row in rows:
            name = row["Measure ID"]
            if name in FLOWS:
                time = quarters.index((row["Financial Year"], row["Quarter"])) - len(quarters) / 2
                mean = float(np.median(sent[name])) * np.exp(drift.get(name, 0.0) * time)
                row["Measure Value"] = str(random.poisson(mean))
        kept = [row for row in rows if f"{row['Financial Year']} {row['Quarter']}" >= begins]
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(rows[0]))
            writer.writeheader()
            writer.writerows(kept)


def test_a_flow_that_rises_for_all_is_told_and_so_is_one_that_falls(tartanrug, received):
    rewritten(received, {"referrals": 0.03, "s47_enquiries": -0.04})
    done = tartanrug("signals", "list", *PERIOD)
    assert done.code == 0
    assert "South East as a whole" in done.words
    moving = {found[1]: found for found in LINE.finditer(done.words)}
    assert {name: found[2] for name, found in moving.items()} == {"A01": "rising", "A06": "falling"}
    assert float(moving["A01"][3]) > 0 > float(moving["A06"][3])
    assert {found[4] for found in moving.values()} == {"less than 0.1%"}
    assert "rises or falls beyond chance" not in done.words


def test_where_nothing_moves_that_is_said_with_how_many_flows_were_tested(tartanrug, received):
    rewritten(received, {})
    done = tartanrug("signals", "list", *PERIOD)
    assert "South East as a whole None of the 7 flows that could be tested rises or falls beyond chance." in done.words
    assert not LINE.search(done.words)


def test_fifteen_quarters_are_too_few_to_test_and_that_is_said(tartanrug, received):
    rewritten(received, {"referrals": 0.03}, begins="2021-22 Q4")
    done = tartanrug("signals", "list", *PERIOD)
    assert done.code == 0
    assert "South East as a whole No flow could be tested: that takes 16 quarters, and 5 authorities" in done.words


@pytest.mark.parametrize("many", [0, 1])
def test_prompts_are_counted_in_their_grammar(tartanrug, received, tmp_path, many):
    tartanrug("signals", "list", *PERIOD, "--csv", tmp_path / "all.csv")
    with (tmp_path / "all.csv").open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    prompts = Counter(row["authority"] for row in rows if row["reading"] in ("higher", "lower"))
    code = next(row["authority"] for row in rows if prompts[row["authority"]] == many)
    done = tartanrug("signals", "list", *PERIOD, "--authority", code)
    assert f"54 readings: {many} prompt{'' if many == 1 else 's'}, " in done.words
    assert "South East as a whole" in done.words, "whoever is asked about, the region is told of"
