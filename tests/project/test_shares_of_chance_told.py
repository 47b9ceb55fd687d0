"""The words on pages about how often chance does it, against the tables that the benchmarks printed for the docs."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from analysis.signals.tiers import Tier
from analysis.views.bands_told import READING
from analysis.views.readings import IN_TEN

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods"


def rows_under(page: str, heading: str) -> list[list[str]]:
    """The cells of the rows under a heading that begins so, as far as the next heading."""
    part = (METHODS / page).read_text(encoding="utf-8").split(f"\n{heading}", maxsplit=1)[1].split("\n#", maxsplit=1)[0]
    rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows]


@pytest.mark.parametrize("tier", Tier)
def test_so_many_in_ten_are_chance_as_the_table_has_at_the_least_and_at_the_most(tier: Tier) -> None:
    rows = [row for row in rows_under("signals.md", "### Of all prompts together") if row[1] == tier]
    shares = [float(cell.split(" ")[0]) for row in rows for cell in (row[4], row[6])]
    assert len(shares) >= 8, "both worlds, and 5 % and 1 % of cells moved"
    # A half is told as one more, at either end.
    assert IN_TEN[tier] == tuple(math.floor(10 * share + 0.5) for share in (min(shares), max(shares)))


def test_charts_end_with_a_mark_as_often_as_the_page_says() -> None:
    [said] = [text for text in READING if "ends with a marked point" in text]
    assert re.search(
        r"between one chart in twelve and one in five ends .* between one in three and more than half", said
    )
    marked = {
        row[0]: [float(row[at].split(" ")[0]) / 100 for at in (1, 3)]
        for row in rows_under("xmr.md", "## Why it is the picture")
        if row[0] in ("all", "stocks")
    }
    assert marked["all"] == [pytest.approx(1 / 12, abs=0.01), pytest.approx(1 / 5, abs=0.015)]
    assert marked["stocks"][0] == pytest.approx(1 / 3, abs=0.02)
    assert 0.5 < marked["stocks"][1] < 0.6
