"""Positions and fourths against the unit tests of DfE's Local Authority Interactive Tool (LAIT).

LAIT's band A is the better end; ours are fourths of the figures, named by height, with no end praised.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.comparisons.quartiles import FOURTHS, fourth
from analysis.comparisons.ranks import highest_first, ranks
from analysis.reference.indicators import Polarity

ORACLE = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "lait_rank_quartile.json"
POLARITIES = {"Low": Polarity.BETTER_LOW, "High": Polarity.BETTER_HIGH}

# local-authority-interactive-tool, tests/testthat/test-fn_analysis.R, commit 2e30e395: cuts 25, 50, 75 of 0 to 100.
CUTS = np.array([25.0, 50.0, 75.0])
BANDS = {
    "Low": {10: "A", 30: "B", 60: "C", 80: "D", 0: "A", 25: "A", 50: "B", 75: "C", 100: "D"},
    "High": {10: "D", 30: "C", 60: "B", 80: "A"},
}


def band(value: float, polarity: str) -> str:
    """LAIT's letter for our fourth."""
    at = FOURTHS.index(fourth(value, CUTS))
    return "ABCD"[at] if POLARITIES[polarity] is Polarity.BETTER_LOW else "DCBA"[at]


@pytest.mark.parametrize("polarity", BANDS)
def test_a_figure_lies_in_the_fourth_of_laits_band_and_on_a_cut_in_the_lower(polarity: str) -> None:
    assert {value: band(value, polarity) for value in BANDS[polarity]} == BANDS[polarity]


def test_the_whole_of_the_carried_table_is_ours() -> None:
    if not ORACLE.is_file():
        pytest.skip(f"NOT CHECKED against the whole of {ORACLE.name}: shared/oracles is not beside this checkout")
    table = json.loads(ORACLE.read_text(encoding="utf-8"))
    assert len(table["rank"]) == 3
    for case in table["rank"]:
        values, expected = (np.array(case[part], dtype=float) for part in ("values", "rank"))
        np.testing.assert_array_equal(
            ranks(values, highest_first=highest_first(POLARITIES[case["polarity"]])), expected
        )
    bands = table["quartile_bands"]
    assert [bands["cuts"][part] for part in ("25%", "50%", "75%")] == list(CUTS)
    for polarity in POLARITIES:
        assert {value: band(float(value), polarity) for value in bands[polarity]} == bands[polarity]
