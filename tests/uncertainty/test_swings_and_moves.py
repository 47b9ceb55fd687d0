"""Swings of known size are found again, and a move is told only where the intervals are apart."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from analysis.uncertainty.moves import is_a_move
from analysis.uncertainty.noise import estimate_noise
from analysis.uncertainty.positions import Positions, position_intervals
from analysis.uncertainty.scales import Kind, scaled

NONE = float("nan")


@pytest.mark.parametrize(
    ("name", "factor"),
    # On the scale of a percentage a step of the logit is the root of p(1 - p) / 4.
    [("referrals", 1), ("cpp_start", 1), ("s47", 1), ("assess45_pct", (0.83 * 0.17 / 4) ** 0.5)],
)
def test_swings_are_found_again(worlds: ModuleType, name: str, factor: float) -> None:
    (made,) = worlds.simulate(worlds.read_world().only(name), 40, 16, 11)
    found = [estimate_noise(*world, made.scale) for world in zip(*made.counts, strict=True)]
    np.testing.assert_allclose(np.sqrt(np.mean(np.square(found))), made.series.noise_sd * factor, rtol=0.1)


@pytest.mark.parametrize("name", ["cin_end", "cpp_end", "cla_end"])
def test_swings_that_last_for_years_are_not_taken_for_levels(worlds: ModuleType, name: str) -> None:
    """A stock of which a tenth leaves in a quarter hardly moves within a history, and yet is away from its level.

    How far it is away cannot be told well from 16 quarters: rather too much is said than too little.
    """
    (made,) = worlds.simulate(worlds.read_world().only(name), 60, 16, 12)
    away = made.now[..., -1] - made.own
    away -= away.mean(axis=1, keepdims=True)
    found = [estimate_noise(*world, made.scale) for world in zip(*made.counts, strict=True)]
    assert 0.8 < np.sqrt(np.mean(np.square(found))) / away.std() < 1.8


def test_sampling_alone_is_not_swings() -> None:
    chance = np.random.default_rng(4)
    found = [estimate_noise(chance.poisson(60, (16, 19)), np.full((16, 19), 1e4), "rate") for _ in range(20)]
    assert np.mean(np.square(found)) < 0.1 / 60


def test_what_moves_all_alike_is_not_swings() -> None:
    chance = np.random.default_rng(4)
    events, children = chance.poisson(60, (16, 19)), np.full((16, 19), 1e4)
    season = np.tile([1.0, 0.8, 1.1, 1.3], 4)[:, None]
    assert estimate_noise(events, children * season, "rate") == pytest.approx(estimate_noise(events, children, "rate"))


def test_short_and_broken_histories_have_no_estimate() -> None:
    events, children = np.full((8, 3), 20.0), np.full((8, 3), 1000.0)
    assert estimate_noise(events, children, "rate") == 0
    assert np.isnan(estimate_noise(events[:7], children[:7], "rate"))
    events[3, :2] = NONE
    assert np.isnan(estimate_noise(events, children, "rate"))


KINDS = pytest.mark.parametrize("kind", ["rate", "percentage", "duration"])


@KINDS
@pytest.mark.parametrize(
    ("quarters", "authorities", "figure"),
    [(16, 5, NONE), (16, 1, 20.0), (3, 5, 20.0), (0, 5, 20.0), (16, 0, 20.0)],
    ids=["all missing", "one authority", "three quarters", "no quarter", "no authority"],
)
def test_what_tells_nothing_of_swings_has_no_estimate_and_none_is_taken_for_it(
    kind: Kind, quarters: int, authorities: int, figure: float
) -> None:
    events, whole = np.full((quarters, authorities), figure), np.full((quarters, authorities), 1000.0)
    found = estimate_noise(events, whole, kind)
    assert np.isnan(found)
    with pytest.raises(ValueError, match="noise_sd below 0 or missing"):
        position_intervals(np.full(4, 20.0), np.full(4, 1000.0), kind, highest_first=True, noise_sd=found)


@KINDS
def test_without_a_denominator_there_is_no_figure_and_no_estimate(kind: Kind) -> None:
    assert np.isnan(estimate_noise(np.zeros((16, 5)), np.zeros((16, 5)), kind))


@KINDS
@pytest.mark.parametrize("figure", [0.0, 20.0], ids=["all zero", "constant"])
def test_what_never_moves_does_not_swing(kind: Kind, figure: float) -> None:
    whole = np.array([900.0, 1000, 1100, 5000, 40])
    found = estimate_noise(np.full((16, 5), figure), np.tile(whole, (16, 1)), kind)
    assert found == 0
    places = position_intervals(np.full(5, figure), whole, kind, highest_first=True, noise_sd=found)
    assert not np.isnan(places).any()


def test_a_scale_keeps_the_order_and_has_the_variance_it_says() -> None:
    chance = np.random.default_rng(9)
    for kind, level, events, total in (
        ("rate", np.log(50 / 1e4), chance.poisson(50, 20_000), 1e4),
        ("percentage", np.arcsin(np.sqrt(0.3)), chance.binomial(40, 0.3, 20_000), 40),
        ("duration", np.log(200), chance.gamma(4 * 30, 200 / 4, 20_000), 30),
    ):
        found = scaled(events, np.full(20_000, float(total)), kind)
        assert found.level.mean() == pytest.approx(level, abs=0.01)
        assert found.level.var() == pytest.approx(found.variance.mean(), rel=0.06)
        assert (np.diff(found.level[np.argsort(events, kind="stable")]) >= 0).all()


def test_a_move_is_told_only_where_the_intervals_are_apart() -> None:
    def at(low: list[float], high: list[float]) -> Positions:
        return Positions(np.array(low), np.array(low), np.array(high))

    before = at([3, 3, 3, 10, NONE, 3], [6, 6, 6, 14, NONE, 6])
    after = at([7, 6, 1, 2, 1, NONE], [9, 9, 3, 9, 1, NONE])
    np.testing.assert_array_equal(is_a_move(before, after), [True, False, False, True, False, False])
    np.testing.assert_array_equal(is_a_move(after, before), is_a_move(before, after))
    with pytest.raises(ValueError, match="shape"):
        is_a_move(before, at([1], [1]))


@pytest.mark.parametrize("name", ["referrals", "cla_start", "A1_days"])
def test_where_nothing_moved_hardly_a_move_is_told(worlds: ModuleType, name: str) -> None:
    (made,) = worlds.simulate(worlds.read_world().only(name), 40, 16, 13)
    noise = [estimate_noise(*world, made.scale) for world in zip(*made.counts, strict=True)]
    before, after = (
        position_intervals(*(part[:, at] for part in made.counts), made.scale, highest_first=True, noise_sd=noise)
        for at in (-5, -1)
    )
    assert is_a_move(before, after).mean() < 0.02
    assert (before.rank != after.rank).mean() > 0.5
