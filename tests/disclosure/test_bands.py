"""The middle half of a fixed group: what it is made of, and what it must not hold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparisons.published import published_snapshot
from analysis.comparisons.quartiles import FOURTHS, quartiles
from analysis.comparisons.quartiles import fourth as exact_fourth
from analysis.disclosure.bands import TOO_FEW, TOO_SMALL, GroupBands, fourth, group_bands, printed_band
from analysis.disclosure.forms import form_of
from analysis.disclosure.policy import policy
from analysis.disclosure.significant import to_significant
from analysis.reference.changes.breaks import Break
from analysis.reference.periods import Quarter
from analysis.reference.published import published_figures
from analysis.reference.regions import regions
from analysis.reference.registry import registry

LAST = Quarter.parse("2025-26-Q2")
RATE = registry().indicators["A01"]


@dataclass(frozen=True)
class Band:
    lower: float | None
    median: float
    upper: float | None


def figures(values: dict[str, list[float]], series: str = "A01-rate", window: str = "quarter") -> pd.DataFrame:
    rows = [
        (code, str(period), series, window, value)
        for code, line in values.items()
        for period, value in zip(LAST.back(len(line)), line, strict=True)
    ]
    return pd.DataFrame(rows, columns=["authority", "period", "series", "window", "value"])


def group(size: int, periods: int = 3) -> dict[str, list[float]]:
    return {f"{code:03}": [100.0 + 10 * code + quarter for quarter in range(periods)] for code in range(size)}


def bands(values: dict[str, list[float]], members: list[str] | None = None, periods: int = 3) -> GroupBands | str:
    return group_bands(figures(values), RATE, members or list(values), LAST.back(periods), policy())


@pytest.mark.parametrize(
    ("value", "figures", "expected"),
    [
        (521.6, 2, 520),
        (525, 2, 530),
        (0.0349, 2, 0.035),
        (99.5, 2, 100),
        (7.25, 2, 7.3),
        (0, 2, 0),
        (0.1 + 0.2, 1, 0.3),
    ],
)
def test_significant_figures_round_halves_up(value: float, figures: int, expected: float) -> None:
    assert to_significant(value, figures) == expected


def test_each_printed_figure_is_a_mean_of_three_neighbours() -> None:
    # 17 ordered figures: the quartiles are at places 4, 8 and 12 (type 7), each the mean of itself and its neighbours.
    values = np.array([1, 2, 3, 4, 7, 13, 20, 24, 40, 61, 70, 87, 118, 154, 170, 195, 241], dtype=float)
    expected = [np.mean([4, 7, 13]), np.mean([24, 40, 61]), np.mean([87, 118, 154])]
    assert printed_band(values[::-1], policy()) == tuple(to_significant(value, 2) for value in expected) == (8, 42, 120)


def test_of_a_small_group_the_median_is_printed_alone_and_is_a_mean_of_five() -> None:
    values = np.array([1, 2, 4, 7, 13, 24, 40, 61, 87, 118, 154, 195, 241, 300, 400], dtype=float)
    lower, median, upper = printed_band(values, policy())
    assert median == to_significant(float(np.mean([24, 40, 61, 87, 118])), 2) == 66
    assert np.isnan([lower, upper]).all()
    assert not np.isnan(printed_band(np.append(values, [500.0, 600.0]), policy())).any()


@given(st.lists(st.floats(0.1, 3000), min_size=17, max_size=33))
def test_a_band_is_ordered_and_the_largest_and_smallest_are_nowhere_in_it(values: list[float]) -> None:
    lower, median, upper = printed_band(np.array(values), policy())
    assert lower <= median <= upper
    ordered = sorted(values)
    assert printed_band(np.array([0.0, *ordered[1:-1], 1e6]), policy()) == (lower, median, upper)


def test_it_is_of_those_with_a_figure_in_every_period_shown() -> None:
    values = group(12)
    before = bands(values)
    assert isinstance(before, GroupBands)
    newcomer = values | {"500": [np.nan, np.nan, 9_999.0]}
    with_newcomer = bands(newcomer)
    assert isinstance(with_newcomer, GroupBands)
    pd.testing.assert_frame_equal(before.table, with_newcomer.table)
    outside = bands(values | {"900": [1.0, 1.0, 1.0]}, members=list(values))
    assert isinstance(outside, GroupBands)
    pd.testing.assert_frame_equal(before.table, outside.table)


@pytest.mark.parametrize(("size", "at_least"), [(10, 10), (14, 10), (16, 10), (17, 15), (19, 15), (33, 30)])
def test_the_size_is_told_in_fives_and_form_and_size_together_tell_no_single_one(size: int, at_least: int) -> None:
    found = bands(group(size))
    assert isinstance(found, GroupBands)
    assert found.at_least == at_least
    alike = [other for other in range(10, 40) if told(other) == told(size)]
    assert len(alike) >= 3


def told(size: int) -> tuple[int, bool]:
    form = form_of(size, policy())
    return form.at_least, form.quartiles


def test_a_group_of_less_than_seventeen_has_its_median_alone() -> None:
    for size, quartiles_shown in ((10, False), (16, False), (17, True)):
        found = bands(group(size))
        assert isinstance(found, GroupBands)
        assert found.table[["lower", "upper"]].notna().all(axis=None) == quartiles_shown
        assert found.table["median"].notna().all()
        assert [row["lower"] is None for row in found.rows] == [not quartiles_shown] * 3


def test_quartiles_over_fewer_quarters_go_before_a_median_over_more() -> None:
    """Fifteen have figures for twelve quarters, nineteen for the last nine."""
    whole = group(19, periods=12)
    late = {code: [np.nan] * 3 + line[3:] if int(code) > 14 else line for code, line in whole.items()}
    found = bands(late, periods=12)
    assert isinstance(found, GroupBands)
    assert (len(found.table), found.table.notna().all(axis=None)) == (9, True)


@pytest.mark.parametrize(("size", "expected"), [(12, 5), (19, 9)])
def test_no_more_quarters_than_the_policy_allows_a_group_of_the_size(size: int, expected: int) -> None:
    strict = policy().model_copy(update={"max_quarters_median_alone": 5, "max_quarters_quartiles": 9})
    values = group(size, periods=12)
    found = group_bands(figures(values), RATE, list(values), LAST.back(12), strict)
    assert isinstance(found, GroupBands)
    assert found.table["period"].tolist() == [str(period) for period in LAST.back(expected)]


def test_a_figure_beside_a_median_alone_has_a_half_and_no_fourth() -> None:
    assert [fourth(value, Band(None, 20, None)) for value in (20, 20.5)] == ["lower-half", "upper-half"]


def test_fewer_than_ten_have_no_bands() -> None:
    assert bands(group(9)) == TOO_SMALL
    values = group(10)
    values["003"][0] = np.nan
    assert bands(values) == TOO_FEW
    assert bands({}) == TOO_SMALL


def test_it_holds_nothing_but_periods_and_three_rounded_figures() -> None:
    found = bands(group(19))
    assert isinstance(found, GroupBands)
    assert list(found.table.columns) == ["period", "lower", "median", "upper"]
    assert found.table["period"].tolist() == [str(period) for period in LAST.back(3)]
    printed = found.table[["lower", "median", "upper"]]
    assert printed.map(lambda value: to_significant(value, 2) == value).all(axis=None)


def test_numbers_are_never_banded() -> None:
    counts = RATE.model_copy(update={"headline": "A01-number"})
    with pytest.raises(ValueError, match="never banded"):
        group_bands(figures(group(19)), counts, list(group(19)), LAST.back(3), policy())


@pytest.mark.parametrize(("value", "where"), [(9, 0), (10, 0), (10.5, 1), (20, 1), (29.9, 2), (30, 2), (31, 3)])
def test_a_fourth_is_read_off_the_printed_band(value: float, where: int) -> None:
    assert fourth(value, Band(10, 20, 30)) == FOURTHS[where]


def test_a_printed_band_keeps_its_use_on_the_south_east_s_published_figures() -> None:
    """A figure that only a half is told of counts as one in the wrong fourth."""
    off, same_side, same_fourth = [], [], []
    for indicator in registry().indicators.values():
        for year in (2023, 2024, 2025) if indicator.published else ():
            figures_of_year = published_snapshot(published_figures(), indicator, year)
            values = figures_of_year.of_authorities(regions()["south-east"].members).value
            values = values[~np.isnan(values)]
            band, cuts = Band(*printed_band(values, policy())), quartiles(values)
            off.append(abs(band.median / cuts[1] - 1))
            same_side += [(value > band.median) == (value > cuts[1]) for value in values]
            same_fourth += [fourth(value, band) == exact_fourth(value, cuts) for value in values]
    assert np.mean(off) <= 0.02
    assert np.mean(same_side) >= 0.94
    assert np.mean(same_fourth) >= 0.90


def test_of_definitions_a_band_tells_no_more_than_that_they_differ() -> None:
    values = group(19)
    change = [Break(authority="003", indicator="A01", first=LAST, before="old", after="new")]
    plain, mixed = (
        group_bands(figures(values), RATE, list(values), LAST.back(3), policy(), breaks) for breaks in ((), change)
    )
    assert isinstance(plain, GroupBands)
    assert isinstance(mixed, GroupBands)
    assert (plain.definitions_differ, mixed.definitions_differ) == (False, True)
    assert plain.at_least == mixed.at_least
    pd.testing.assert_frame_equal(plain.table, mixed.table)


def test_the_definition_of_a_member_that_is_not_in_the_band_is_not_told() -> None:
    values = group(19)
    values["003"] = [float("nan"), 1.0, 1.0]
    change = [Break(authority="003", indicator="A01", first=LAST, before="old", after="new")]
    found = group_bands(figures(values), RATE, list(values), LAST.back(3), policy(), change)
    assert isinstance(found, GroupBands)
    assert not found.definitions_differ


def test_bands_go_back_as_far_as_enough_members_do_and_no_less_than_eight_quarters() -> None:
    whole = group(19, periods=12)
    assert len(bands(whole, periods=12).table) == 12
    for missing, expected in ((2, 10), (4, 8)):
        late = {code: [np.nan] * missing + line[missing:] if int(code) > 14 else line for code, line in whole.items()}
        found = bands(late, periods=12)
        assert isinstance(found, GroupBands)
        assert list(found.table["period"]) == [str(one) for one in LAST.back(expected)]
        assert found.at_least == 15
        # The same as if nobody had shown the earlier quarters.
        assert found.table.equals(bands(late, periods=expected).table)
    later = {code: [np.nan] * 5 + line[5:] if int(code) > 8 else line for code, line in whole.items()}
    assert bands(later, periods=12) == TOO_FEW


def test_a_longer_band_of_fewer_members_goes_before_a_shorter_one_of_more() -> None:
    late = {code: [np.nan] * 3 + line[3:] if int(code) > 16 else line for code, line in group(24, periods=12).items()}
    found = bands(late, periods=12)
    assert isinstance(found, GroupBands)
    assert (len(found.table), found.at_least) == (12, 15)


def test_a_group_that_is_too_small_whoever_sends_is_told_apart_from_figures_that_are_missing() -> None:
    assert bands(group(9)) == TOO_SMALL
    assert bands(group(9), members=[f"{code:03}" for code in range(12)]) == TOO_FEW
