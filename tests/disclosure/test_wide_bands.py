"""The bands of a large group across regions: by a region's rules, and only with enough others beside the region."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.disclosure.bands import GroupBands, group_bands
from analysis.disclosure.policy import policy
from analysis.disclosure.wide_bands import TOO_FEW_BESIDE, wide_bands
from analysis.reference.periods import Quarter
from analysis.reference.registry import registry

LAST = Quarter.parse("2025-26-Q2")
RATE = registry().indicators["A01"]
PERIODS = LAST.back(12)
REGION = [f"r{number:02}" for number in range(19)]
OTHERS = [f"o{number:03}" for number in range(130)]


def figures(codes: list[str], late: dict[str, int] | None = None) -> pd.DataFrame:
    generator = np.random.default_rng(11)
    rows = [
        (code, str(period), "A01-rate", "quarter", np.nan if at < (late or {}).get(code, 0) else value)
        for code in codes
        for at, (period, value) in enumerate(zip(PERIODS, generator.uniform(80, 200, len(PERIODS)), strict=True))
    ]
    return pd.DataFrame(rows, columns=["authority", "period", "series", "window", "value"])


def wide(codes: list[str], late: dict[str, int] | None = None) -> GroupBands | str:
    return wide_bands(figures(codes, late), RATE, REGION, codes, PERIODS, policy())


def test_everybody_in_the_file_is_one_group_and_nobody_is_left_out_of_it() -> None:
    codes = REGION + OTHERS
    found = wide(codes)
    assert isinstance(found, GroupBands)
    assert found.at_least == 145
    expected = group_bands(figures(codes), RATE, codes, PERIODS, policy())
    assert isinstance(expected, GroupBands)
    assert found.table.equals(expected.table)


@pytest.mark.parametrize("beside", [0, 1, 16])
def test_a_group_that_is_nearly_the_region_itself_has_no_band(beside: int) -> None:
    """The region's own band and that of the region with one more would tell that one."""
    assert wide(REGION + OTHERS[:beside]) == TOO_FEW_BESIDE


def test_seventeen_others_are_enough() -> None:
    assert isinstance(wide(REGION + OTHERS[:17]), GroupBands)


def test_the_others_must_be_there_in_every_quarter_of_the_band() -> None:
    """Over twelve quarters the group would be the region and sixteen others, whatever the last eight hold."""
    assert wide(REGION + OTHERS[:17], {OTHERS[0]: 2}) == TOO_FEW_BESIDE
