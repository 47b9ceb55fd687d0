"""Whatever stands in the figures, the screen answers as it says: nothing, or no prompt; and never with an error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.signals.panel import Kind, Panel
from analysis.signals.screen import Screened, screen
from analysis.signals.tiers import FEWEST_QUARTERS, Tier

NAN = float("nan")
AUTHORITIES, QUARTERS = 7, 16
tiers = pytest.mark.parametrize("tier", Tier)
kinds = pytest.mark.parametrize("kind", Kind)


def flat(kind: Kind, events: float, base: float, shape: tuple[int, int, int] = (2, AUTHORITIES, QUARTERS)) -> Panel:
    return Panel(kind, np.full(shape, events), np.full(shape, base))


def made(kind: Kind, authorities: int = AUTHORITIES, quarters: int = QUARTERS, *, series: int = 2) -> Panel:
    random = np.random.default_rng(9)
    events = random.poisson(40, (series, authorities, quarters)).astype(float)
    return Panel(kind, events, np.full(events.shape, 100.0))


def readings(found: Screened) -> np.ndarray:
    """Where there is one; all answers have to agree on it, and to be numbers there."""
    there = ~np.isnan(found.p)
    for field in fields(found):
        np.testing.assert_array_equal(~np.isnan(getattr(found, field.name)), there, err_msg=field.name)
    assert (found.q[there] >= found.p[there]).all()
    assert not found.prompts[~there].any()
    return there


@tiers
@kinds
@pytest.mark.parametrize(
    ("events", "base"),
    [(0.0, 100.0), (40.0, 100.0), (100.0, 100.0), (1e9 / 7, 1e12), (1e300, 1e305)],
    ids=["all zero", "the same each quarter", "all of all", "huge", "beyond all counts"],
)
def test_what_never_moves_prompts_nobody(tier: Tier, kind: Kind, events: float, base: float) -> None:
    found = screen([flat(kind, events, base)], tier)
    there = readings(found)
    # No days at all are no average; and of what never happens, or always does, one more or less tells nothing.
    seldom = events == 0 or (kind is Kind.PERCENTAGE and events == base)
    assert there.all() == (not seldom)
    assert there.any() == (not seldom)
    assert (found.z[there] == 0).all()
    assert (found.p[there] == 1).all()
    assert (found.smallest[there] > 0).all()


@tiers
@pytest.mark.parametrize("kind", [Kind.FLOW, Kind.STOCK, Kind.PERCENTAGE])
def test_the_silence_of_a_series_without_any_event_says_nothing(tier: Tier, kind: Kind) -> None:
    assert not readings(screen([flat(kind, 0.0, 100.0)], tier)).any()
    events = made(kind).events
    events[0, 3] = 0.0
    found = screen([Panel(kind, events, np.full(events.shape, 100.0))], tier)
    assert not readings(found)[0, 3]
    assert (found.smallest[0, :3] > 0).all()


@tiers
@kinds
@pytest.mark.parametrize(("usual", "once"), [(0.0, 1.0), (50.0, 51.0), (50.0, 49.0)])
def test_one_child_in_a_series_that_stood_still_prompts_nobody(
    tier: Tier, kind: Kind, usual: float, once: float
) -> None:
    """Nobody had moved for years: that is no measure of how much they swing."""
    still = flat(kind, usual, 1000.0, (1, 19, 20))
    still.events[0, 4, -1] = once
    found = screen([made(kind, 19, 20, series=8), still], tier)
    assert not found.prompts[-1].any()


@pytest.mark.parametrize("mean", [0.02, 0.1, 0.3, 0.6, 1.0])
def test_rare_events_do_not_cry_wolf(mean: float) -> None:
    """Sixty quarters in which nothing happened: at p < .002 no more cells than a screen of frequent ones has."""
    random = np.random.default_rng(12)
    unusual = prompts = 0
    for _ in range(60):
        rare = Panel(Kind.FLOW, random.poisson(mean, (1, 19, 20)).astype(float), np.full((1, 19, 20), 50_000.0))
        usual = Panel(Kind.FLOW, random.poisson(60, (4, 19, 20)).astype(float), np.full((4, 19, 20), 50_000.0))
        answer = screen([rare, usual], Tier.NEW)
        unusual += np.nansum(answer.p[0] < 0.002)
        prompts += answer.prompts[0].sum()
    assert unusual / (60 * 19) < 0.004
    assert prompts <= 2


@tiers
@kinds
@pytest.mark.parametrize(("events", "base"), [(NAN, 100.0), (40.0, NAN), (0.0, 0.0), (40.0, 0.0), (NAN, NAN)])
def test_without_figures_there_is_no_reading(tier: Tier, kind: Kind, events: float, base: float) -> None:
    assert not readings(screen([flat(kind, events, base)], tier)).any()


@tiers
@kinds
@pytest.mark.parametrize("quarters", [0, 1, 3, 7, 8, 11, 12, 15, 16])
def test_a_short_history_has_a_reading_from_the_quarter_that_is_said(tier: Tier, kind: Kind, quarters: int) -> None:
    there = readings(screen([made(kind, quarters=quarters)], tier))
    assert there.all() == (quarters >= {Tier.NEW: 8, Tier.SUSTAINED: 12, Tier.DRIFT: 16}[tier])
    assert there.any() == there.all()


@tiers
@kinds
@pytest.mark.parametrize("authorities", [0, 1, 2, 4, 5])
def test_fewer_than_five_authorities_have_no_reading(tier: Tier, kind: Kind, authorities: int) -> None:
    there = readings(screen([made(kind, authorities)], tier))
    assert there.sum() == (2 * authorities if authorities >= 5 else 0)


@tiers
def test_an_authority_that_never_reported_is_not_one_of_the_five(tier: Tier) -> None:
    panel = made(Kind.FLOW, 5)
    panel.events[0, 2] = NAN
    there = readings(screen([panel], tier))
    assert not there[0].any()
    assert there[1].all()


@tiers
def test_a_series_that_nobody_reports_or_that_is_suppressed_leaves_the_others_as_they_are(tier: Tier) -> None:
    alone = screen([made(Kind.FLOW)], tier)
    beside = screen([flat(Kind.STOCK, NAN, 100.0), made(Kind.FLOW), flat(Kind.DURATION, NAN, NAN)], tier)
    assert not readings(beside)[[0, 1, 4, 5]].any()
    for field in fields(alone):
        np.testing.assert_array_equal(getattr(beside, field.name)[2:4], getattr(alone, field.name))


@tiers
def test_a_series_that_never_moves_leaves_the_others_as_they_are(tier: Tier) -> None:
    """It tells nothing of noisiness, nor of tails; it is a part of the family, as it could have moved."""
    alone = screen([made(Kind.FLOW)], tier)
    beside = screen([made(Kind.FLOW), flat(Kind.FLOW, 0.0, 100.0)], tier)
    for name in ("estimate", "z", "p", "smallest"):
        np.testing.assert_array_equal(getattr(beside, name)[:2], getattr(alone, name))


@tiers
@kinds
def test_a_single_missing_latest_quarter_is_no_reading_where_it_is_what_is_asked(tier: Tier, kind: Kind) -> None:
    panel = made(kind)
    panel.events[0, 4, -1] = NAN
    there = readings(screen([panel], tier))
    # Three of the last four are enough to say that they lie apart.
    assert there[0, 4] == (tier is Tier.SUSTAINED)
    there[0, 4] = True
    assert there.all()
    panel.events[0, 4, -3] = NAN
    assert not readings(screen([panel], tier))[0, 4]


@tiers
def test_a_latest_quarter_that_nobody_has_reported_yet_is_no_error(tier: Tier) -> None:
    panel = made(Kind.FLOW)
    panel.events[0, :, -1] = NAN
    there = readings(screen([panel], tier))
    assert there[0].all() == (tier is Tier.SUSTAINED)
    assert there[1].all()


@tiers
def test_one_who_moves_where_nobody_else_ever_did_gets_an_answer(tier: Tier) -> None:
    panel = flat(Kind.FLOW, 40.0, 1000.0)
    panel.events[0, 2, -1] = 4000.0
    found = screen([panel], tier)
    assert readings(found).all()
    assert (found.z[1] == 0).all()
    assert np.nanargmax(np.abs(found.z[0])) == 2


def test_without_panels_or_with_other_quarters_there_is_no_answer() -> None:
    for panels in ([], [made(Kind.FLOW), made(Kind.STOCK, quarters=15)], [made(Kind.FLOW), made(Kind.FLOW, 6)]):
        with pytest.raises(ValueError, match="the same authorities and quarters"):
            screen(panels, Tier.NEW)


def test_no_series_is_no_answer_and_no_error() -> None:
    assert screen([made(Kind.FLOW, series=0)], Tier.NEW).p.shape == (0, AUTHORITIES)


cells = st.sampled_from([NAN, 0.0, 0.0, 1.0, 3.0, 7.0, 8.0, 12.0, 100.0, 1e7])


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(list(Kind)),
    st.sampled_from(list(Tier)),
    st.lists(st.lists(cells, min_size=16, max_size=16), min_size=5, max_size=8),
    st.sampled_from([1.0, 20.0, 1e8, NAN, 0.0]),
)
def test_no_figures_are_an_error(kind: Kind, tier: Tier, rows: Sequence[Sequence[float]], odd_base: float) -> None:
    """A part is never larger than its whole, and no count is below 0: both are stopped at the door."""
    events = np.array([rows], dtype=float)
    base = np.full(events.shape, 1e7)
    base[0, 0, 2::3] = odd_base
    if kind is Kind.PERCENTAGE:
        events = np.minimum(events, base)
    panel = Panel(kind, events, base)
    there = readings(screen([panel], tier))
    assert not there[panel.given.sum(axis=2) < FEWEST_QUARTERS[tier]].any()
    if tier is not Tier.SUSTAINED:
        assert not there[~panel.given[..., -1]].any()
