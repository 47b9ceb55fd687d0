"""The quarters inside a year: season and unrest against real quarterly referrals, and the history they belong to."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.errors import UsageError
from analysis.reference.periods import Quarter
from analysis.synthetic.assumptions import assumptions
from analysis.synthetic.plan import Plan, Recording
from analysis.synthetic.world import World, make_world

ENGLAND = {
    # Referrals in England, DfE, children in need, table c6 (months summed to quarters; rounded to 10).
    "2012-13": (146940, 144180, 151390, 150990),
    "2013-14": (161670, 163610, 166380, 166120),
    "2014-15": (160050, 155880, 162780, 156910),
    "2015-16": (157940, 148970, 157570, 156980),
    "2016-17": (167800, 153020, 159070, 166220),
    "2017-18": (166600, 155930, 166970, 166130),
    "2018-19": (167220, 155880, 161880, 165950),
    "2019-20": (161950, 159280, 162350, 159400),
    "2020-21": (134960, 154570, 159550, 148690),
    "2021-22": (168100, 151500, 163980, 166700),
    "2022-23": (165570, 155990, 155140, 163730),
    "2023-24": (157710, 150050, 156650, 157480),
}
WITHIN_A_YEAR, OVER_FIVE_YEARS = 0.107, 0.168
"""Median coefficients of variation of real quarterly referrals: within 2015-16 to 2023-24 (without 2020-21), and over
the 20 quarters from 2019-20 to 2023-24. Checked below where the real quarters are at hand."""


def season(quarters: dict[str, tuple[float, ...]]) -> np.ndarray:
    """Each quarter against the mean quarter of its year, averaged over the years."""
    table = np.array(list(quarters.values()), dtype=float)
    return (table / table.mean(axis=1, keepdims=True)).mean(axis=0)


def within_year(table: pd.DataFrame, years: list[str]) -> pd.Series:
    """Coefficient of variation of each authority's four quarters, year by year."""
    parts = [table[[f"{year}-Q{quarter}" for quarter in (1, 2, 3, 4)]].dropna() for year in years]
    return pd.concat([part.std(axis=1) / part.mean(axis=1) for part in parts])


def referrals(made: World) -> pd.DataFrame:
    rows = made.returns[made.returns["measure"] == "referrals"]
    return rows.pivot(index="authority", columns="period", values="value")


def test_the_season_is_the_one_measured_on_real_referrals() -> None:
    real = season({year: quarters for year, quarters in ENGLAND.items() if year != "2020-21"})
    assert np.round(real, 3) == pytest.approx(assumptions().season.multipliers, abs=0.0011)


def test_the_quoted_quarters_are_those_of_the_real_table(real_quarters: pd.DataFrame) -> None:
    """DfE's England figure includes its estimates for authorities that sent nothing (Hampshire in 2023-24: 5 %)."""
    total = real_quarters.sum()
    for year, quarters in ENGLAND.items():
        for number, england in enumerate(quarters, start=1):
            assert total[f"{year}-Q{number}"] == pytest.approx(england, rel=0.06)


def test_made_up_referrals_have_the_measured_season() -> None:
    """Three countries of four years: what a region shares by chance averages out."""
    years = ("2021-22", "2022-23", "2023-24", "2024-25")
    made = [
        referrals(make_world(seed, Quarter(2024, 4), 16, truths=Plan(), records=Recording())).sum()
        for seed in (1, 2, 3)
    ]
    four = {f"{i} {y}": tuple(total[f"{y}-Q{q}"] for q in (1, 2, 3, 4)) for i, total in enumerate(made) for y in years}
    assert season(four) == pytest.approx(assumptions().season.multipliers, abs=0.01)
    assert season(four).argmin() == 1


def test_authorities_are_as_restless_as_real_ones(bare: World) -> None:
    made = referrals(bare)
    assert within_year(made, ["2021-22", "2022-23", "2023-24", "2024-25"]).median() == pytest.approx(
        WITHIN_A_YEAR, rel=0.12
    )
    assert (made.std(axis=1) / made.mean(axis=1)).median() == pytest.approx(OVER_FIVE_YEARS, rel=0.15)


def test_restlessness_is_spread_over_authorities_as_in_real_quarters(bare: World, real_quarters: pd.DataFrame) -> None:
    years = ["2015-16", "2016-17", "2017-18", "2018-19", "2019-20", "2021-22", "2022-23", "2023-24"]
    real = within_year(real_quarters, years)
    made = within_year(referrals(bare), ["2021-22", "2022-23", "2023-24", "2024-25"])
    assert real.median() == pytest.approx(WITHIN_A_YEAR, abs=0.002)
    for share in (0.1, 0.25, 0.75, 0.9):
        assert made.quantile(share) == pytest.approx(real.quantile(share), rel=0.2)
    five_years = real_quarters[[name for name in real_quarters.columns if name >= "2019-20"]]
    assert (five_years.std(axis=1) / five_years.mean(axis=1)).median() == pytest.approx(OVER_FIVE_YEARS, abs=0.002)


@pytest.mark.parametrize("lag", [1, 4, 8])
def test_quarters_drift_apart_as_real_ones_do(bare: World, real_quarters: pd.DataFrame, lag: int) -> None:
    """Variance of log differences over a lag, net of the country's median quarter: memory, not noise alone."""

    def apart(table: pd.DataFrame) -> float:
        path = np.log(table.where(table > 50))
        path = path - path.median()
        changes = path.diff(lag, axis=1).to_numpy()
        return float((1.4826 * np.nanmedian(np.abs(changes))) ** 2)

    real = real_quarters[[name for name in real_quarters.columns if name >= "2019-20"]]
    assert apart(referrals(bare)) == pytest.approx(apart(real), rel=0.25)


def test_a_later_quarter_adds_to_the_same_history(bare: World) -> None:
    later = make_world(bare.seed, bare.period.shift(1), truths=Plan(), records=Recording()).returns
    both = bare.returns.merge(later, on=["authority", "period", "measure"], suffixes=("", "_later"))
    assert both["period"].nunique() == 19
    pd.testing.assert_series_equal(both["value"], both["value_later"], check_names=False)


def test_every_authority_quarter_and_measure_is_there_once(world: World) -> None:
    table = world.returns
    assert table["authority"].nunique() == 153
    assert sorted(table["period"].unique()) == [str(quarter) for quarter in world.period.back(20)]
    assert len(table) == 153 * 20 * table["measure"].nunique()
    assert not table.duplicated(["authority", "period", "measure"]).any()


def test_quarters_before_the_history_has_settled_are_refused() -> None:
    with pytest.raises(UsageError, match="cannot be made") as caught:
        make_world(1, Quarter(2020, 1), 20)
    assert "2019-20-Q1" in caught.value.remedy


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(UsageError, match="negative"):
        make_world(-1, Quarter(2025, 2))
