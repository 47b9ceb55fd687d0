"""The orders in which `benchmarks/real_series.py` puts real series: what each keeps is what it is said to keep."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

HELD = runpy.run_path(
    str(Path(__file__).resolve().parents[2] / "benchmarks" / "calibration" / "permutations.py"), run_name="permutations"
)
ORDERS: dict[str, Callable[..., np.ndarray]] = HELD["ORDERS"]
WHOLE = [name for name in ORDERS if not name.startswith("own part")]
OWN = [name for name in ORDERS if name.startswith("own part")]
REGIONS = np.repeat(["north", "south"], 10)
LASTING = 0.7


@pytest.fixture
def rates() -> np.ndarray:
    """Twenty authorities and 48 quarters: no two figures alike, and one of them missing."""
    made = np.exp(np.random.default_rng(3).normal(-4, 0.3, (20, 48)))
    made[4, 17] = np.nan
    return made


def ordered(name: str, rates: np.ndarray, seed: int = 1) -> np.ndarray:
    return ORDERS[name](rates, REGIONS, LASTING, np.random.default_rng(seed))


@pytest.mark.parametrize("name", WHOLE)
def test_each_authority_keeps_its_quarters_in_their_season(name: str, rates: np.ndarray) -> None:
    found = ordered(name, rates)
    assert not np.array_equal(found, rates, equal_nan=True)
    for season in range(4):
        np.testing.assert_array_equal(np.sort(found[:, season::4], axis=1), np.sort(rates[:, season::4], axis=1))


@pytest.mark.parametrize(
    ("name", "block"), [("whole years", 4), ("two years together", 8), ("three years together", 12)]
)
def test_blocks_stay_whole(name: str, block: int, rates: np.ndarray) -> None:
    found = ordered(name, rates)
    for before, after in zip(np.nan_to_num(rates), np.nan_to_num(found), strict=True):
        assert {tuple(one) for one in after.reshape(-1, block)} == {tuple(one) for one in before.reshape(-1, block)}


def test_years_within_four_stay_in_their_window(rates: np.ndarray) -> None:
    found = ordered("whole years, within four", rates)
    for start in range(0, 48, 16):
        np.testing.assert_array_equal(
            np.sort(found[:, start : start + 16], axis=1), np.sort(rates[:, start : start + 16], axis=1)
        )


def test_alike_is_one_order_for_all_and_otherwise_each_has_its_own(rates: np.ndarray) -> None:
    numbered = np.broadcast_to(np.arange(48.0), rates.shape)
    assert len({tuple(row) for row in ordered("whole years, all authorities alike", numbered)}) == 1
    assert len({tuple(row) for row in ordered("whole years", numbered)}) == len(rates)


def test_led_round_keeps_every_neighbour_but_one(rates: np.ndarray) -> None:
    found = ordered("led round by whole years", rates)
    for before, after in zip(np.nan_to_num(rates), np.nan_to_num(found), strict=True):
        pairs = set(pairwise(before))
        assert sum(pair not in pairs for pair in pairwise(after)) <= 1


@pytest.mark.parametrize("name", OWN)
def test_what_is_common_to_a_region_stays_where_it_is(name: str, rates: np.ndarray) -> None:
    """Nine of ten authorities that only follow their region are as they were, whatever the tenth does."""
    course = np.exp(np.sin(np.arange(48)) / 5 - 4)
    alike = np.tile(course, (20, 1)) * np.linspace(0.5, 2, 20)[:, None]
    alike[[3, 14]] *= np.exp(np.random.default_rng(4).normal(0, 0.2, (2, 48)))
    found = ordered(name, alike)
    others = np.delete(np.arange(20), [3, 14])
    np.testing.assert_allclose(found[others], alike[others], rtol=1e-9)
    assert np.abs(np.log(found[[3, 14]] / alike[[3, 14]])).max() > 0.1


@pytest.mark.parametrize("name", ORDERS)
def test_a_figure_is_missing_as_often_as_before(name: str, rates: np.ndarray) -> None:
    assert np.isnan(ordered(name, rates)).sum() == 1


def test_what_is_new_lasts_again_as_it_did() -> None:
    random = np.random.default_rng(5)
    own = random.normal(size=(200, 48))
    for quarter in range(1, 48):
        own[:, quarter] = LASTING * own[:, quarter - 1] + np.sqrt(1 - LASTING**2) * own[:, quarter]
    own -= own.mean(axis=1, keepdims=True)
    found = HELD["fresh_parts"](own, REGIONS, LASTING, random)
    together = [np.corrcoef(one[:, :-1].ravel(), one[:, 1:].ravel())[0, 1] for one in (own, found)]
    assert together[1] == pytest.approx(together[0], abs=0.04)
    assert found.std() == pytest.approx(own.std(), rel=0.1)
