"""Intervals of positions against the posterior by brute force, a region of known truth, and relabelling."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.comparisons.ranks import ranks
from analysis.uncertainty.noise import estimate_noise
from analysis.uncertainty.positions import Positions, position_intervals
from analysis.uncertainty.scales import scaled

NONE = float("nan")
WORLDS, QUARTERS = 40, 16
CLASSES = ["cin_end", "cla_end", "referrals", "cla_start", "assess45_pct", "adopted_pct", "A3_pct", "A1_days"]


def test_the_interval_is_the_posteriors_by_brute_force() -> None:
    """Levels are drawn from the prior alone and weighed by the figures: nothing of the code's own algebra is used."""
    events, children = np.array([16.0, 20.0, 31.0, 9.0, 25.0]), np.array([9.0, 8.0, 10.0, 5.0, 6.0]) * 1000
    found = position_intervals(events, children, "rate", highest_first=False)
    figure, variance = scaled(events, children, "rate")

    chance = np.random.default_rng(5)
    draws = 1_000_000
    spread = chance.uniform(0, 4 * figure.std(), (draws, 1))
    mean = figure.mean() + chance.uniform(-1.5, 1.5, (draws, 1))
    level = mean + spread * chance.standard_normal((draws, 5))
    weight = np.exp(-0.5 * ((level - figure) ** 2 / variance).sum(axis=1))
    place = 1 + (level[:, None, :] < level[:, :, None]).sum(axis=2)
    chances = np.array([np.bincount(place[:, i], weight, minlength=6)[1:] for i in range(5)]) / weight.sum()

    for i, (low, high) in enumerate(zip(found.low.astype(int), found.high.astype(int), strict=True)):
        below, above = chances[i, : low - 1].sum(), chances[i, high:].sum()
        assert below < 0.06
        assert above < 0.06
        # One place less on either side would leave out too much, or somebody who may well be first or last.
        assert (low == 1 and chances[i, 0] > 0.03) or below + chances[i, low - 1] > 0.04
        assert (high == 5 and chances[i, 4] > 0.03) or above + chances[i, high - 1] > 0.04
    assert chances[found.low > 1, 0].sum() < 0.12
    assert chances[found.high < 5, 4].sum() < 0.12


@pytest.mark.parametrize("name", CLASSES)
def test_true_positions_are_held_as_often_as_said(worlds: ModuleType, name: str) -> None:
    """At least 88 % of all, 75 % of the first and the last; docs/methods/positions.md has more worlds."""
    made, positions = _placed(worlds, name)
    reporting = ~np.isnan(positions.rank)
    true, held = _held(positions, made.own)
    last = np.nanmax(true, axis=1, keepdims=True)
    assert held[reporting].mean() >= 0.88
    assert held[true == 1].mean() >= 0.75
    assert held[true == last].mean() >= 0.75


def test_without_the_swings_the_own_level_would_be_missed(worlds: ModuleType) -> None:
    made, positions = _placed(worlds, "assess45_pct", swings=False)
    assert _held(positions, made.own)[1].mean() < 0.7
    assert _held(positions, made.now[..., -1])[1].mean() >= 0.88


figures = st.lists(
    st.one_of(st.tuples(st.integers(0, 40), st.integers(41, 9000)), st.just((NONE, 500.0)), st.just((7.0, 900.0))),
    min_size=1,
    max_size=12,
).map(lambda pairs: np.array(pairs, dtype=float).T)
kinds = st.sampled_from(["rate", "percentage", "duration"])
few = settings(max_examples=40)


@few
@given(figures, kinds, st.booleans(), st.floats(0, 0.3))
def test_the_rank_is_that_of_comparisons_and_inside(given_figures: Any, kind: Any, top: bool, noise: float) -> None:
    found = position_intervals(*given_figures, kind, highest_first=top, noise_sd=noise, draws=200)
    np.testing.assert_array_equal(found.rank, ranks(given_figures[0] / given_figures[1], highest_first=top))
    present = ~np.isnan(given_figures[0])
    assert (np.isnan(found) == ~present).all()
    low, rank, high = found.low[present], found.rank[present], found.high[present]
    assert ((low >= 1) & (low <= rank) & (rank <= high) & (high <= present.sum())).all()


@few
@given(figures, kinds, st.randoms())
def test_renaming_authorities_permutes_the_intervals(given_figures: Any, kind: Any, random: Any) -> None:
    order = list(range(given_figures.shape[1]))
    random.shuffle(order)
    found = position_intervals(*given_figures, kind, highest_first=True, draws=200)
    renamed = position_intervals(*given_figures[:, order], kind, highest_first=True, draws=200)
    np.testing.assert_array_equal(np.array(renamed), np.array(found)[:, order])


@few
@given(figures, kinds)
def test_from_the_other_end_the_interval_is_mirrored(given_figures: Any, kind: Any) -> None:
    down = position_intervals(*given_figures, kind, highest_first=True, draws=200)
    up = position_intervals(*given_figures, kind, highest_first=False, draws=200)
    value = given_figures[0] / given_figures[1]
    reporting = (~np.isnan(value)).sum()
    alone = np.array([(value == one).sum() == 1 for one in value])
    np.testing.assert_array_equal(up.low[alone], reporting + 1 - down.high[alone])
    np.testing.assert_array_equal(up.high[alone], reporting + 1 - down.low[alone])


@few
@given(figures, kinds, st.floats(0.5, 0.98))
def test_a_higher_level_is_never_narrower(given_figures: Any, kind: Any, level: float) -> None:
    narrow = position_intervals(*given_figures, kind, highest_first=True, level=level, draws=200)
    wide = position_intervals(*given_figures, kind, highest_first=True, level=level + 0.015, draws=200)
    present = ~np.isnan(given_figures[0])
    assert (wide.low[present] <= narrow.low[present]).all()
    assert (wide.high[present] >= narrow.high[present]).all()


@few
@given(figures, st.integers(1, 4))
def test_who_has_no_figure_changes_nothing(given_figures: Any, more: int) -> None:
    found = position_intervals(*given_figures, "rate", highest_first=True, draws=200)
    longer = np.pad(given_figures, ((0, 0), (more, 0)), constant_values=np.nan)
    np.testing.assert_array_equal(
        np.array(position_intervals(*longer, "rate", highest_first=True, draws=200))[:, more:], np.array(found)
    )


def test_a_series_has_the_same_intervals_alone_and_among_others() -> None:
    chance = np.random.default_rng(1)
    events, children = chance.poisson(30, (4, 9)).astype(float), np.full((4, 9), 2000.0)
    events[2, 5] = NONE
    noise = np.array([0.0, 0.1, 0.2, 0.0])
    together = position_intervals(events, children, "rate", highest_first=True, noise_sd=noise)
    for i in range(4):
        alone = position_intervals(events[i], children[i], "rate", highest_first=True, noise_sd=noise[i])
        np.testing.assert_array_equal(np.array(alone), np.array(together)[:, i])
    again = position_intervals(events, children, "rate", highest_first=True, noise_sd=noise)
    np.testing.assert_array_equal(np.array(again), np.array(together))


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [
        ([], [], []),
        ([NONE, NONE, NONE], [NONE] * 3, [NONE] * 3),
        ([5], [1], [1]),
        ([NONE, 5, NONE], [NONE, 1, NONE], [NONE, 1, NONE]),
        # Two do not tell how far authorities differ, however far apart their figures.
        ([1, 900], [1, 1], [2, 2]),
        # One and the same figure of the same number of children: nobody is told apart.
        ([40] * 6, [1] * 6, [6] * 6),
        ([0] * 4, [1] * 4, [4] * 4),
    ],
)
def test_few_figures_and_like_figures(events: list[float], low: list[float], high: list[float]) -> None:
    found = position_intervals(np.array(events, dtype=float), np.full(len(events), 1000.0), "rate", highest_first=True)
    np.testing.assert_array_equal(found.low, low)
    np.testing.assert_array_equal(found.high, high)


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (0,)])
def test_nothing_to_place_keeps_its_shape(shape: tuple[int, ...]) -> None:
    found = position_intervals(np.empty(shape), np.empty(shape), "rate", highest_first=True)
    assert {part.shape for part in found} == {shape}


def test_figures_far_apart_have_one_place_each() -> None:
    events = np.array([3.0, 1.0, 2.0, 4.0]) * 1e6
    found = position_intervals(events, np.full(4, 1e7), "percentage", highest_first=True)
    for part in found:
        np.testing.assert_array_equal(part, [2, 4, 3, 1])


def test_a_figure_of_few_has_the_wider_interval() -> None:
    events, whole = np.array([3, 300, 200, 250, 350, 400.0]), np.array([10, 1000, 1000, 1000, 1000, 1000.0])
    found = position_intervals(events, whole, "percentage", highest_first=True)
    width = found.high - found.low
    assert (width[0] > width[1:]).all()


def test_what_cannot_be_is_refused() -> None:
    ten = np.full(3, 10.0)
    for wrong in (-0.1, NONE):
        with pytest.raises(ValueError, match="noise_sd"):
            position_intervals(ten, ten, "rate", highest_first=True, noise_sd=wrong)
    with pytest.raises(ValueError, match="a level is between 0 and 1"):
        position_intervals(ten, ten, "rate", highest_first=True, level=90)
    with pytest.raises(ValueError, match="larger than its whole"):
        position_intervals(ten + 1, ten, "percentage", highest_first=True)
    with pytest.raises(ValueError, match="below 0"):
        position_intervals(-ten, ten, "rate", highest_first=True)
    with pytest.raises(ValueError, match="shape"):
        position_intervals(ten, ten[:2], "rate", highest_first=True)


def _placed(worlds: ModuleType, name: str, *, swings: bool = True) -> tuple[Any, Positions]:
    """The newest quarter of many worlds, with the swings that their histories show."""
    (made,) = worlds.simulate(worlds.read_world().only(name), WORLDS, QUARTERS, 77)
    numerators, denominators = made.counts
    noise = [estimate_noise(*world, made.scale) if swings else 0.0 for world in zip(*made.counts, strict=True)]
    return made, position_intervals(
        numerators[:, -1], denominators[:, -1], made.scale, highest_first=True, noise_sd=noise
    )


def _held(positions: Positions, level: Any) -> tuple[Any, Any]:
    """The true positions among those with a figure, and whether each lies in its interval."""
    true = np.array(
        [
            ranks(np.where(np.isnan(p), NONE, one), highest_first=True)
            for p, one in zip(positions.rank, level, strict=True)
        ]
    )
    return true, (positions.low <= true) & (true <= positions.high)
