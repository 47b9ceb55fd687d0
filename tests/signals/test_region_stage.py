"""The stage for the region as a whole: flows are tested, stocks described, and a slip of one is no move of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.reference.periods import Quarter
from analysis.reference.registry import registry
from analysis.signals.panel import Array, Kind, Panel
from analysis.signals.readings import Panels
from analysis.signals.region import QUARTERS_BALANCED, read_region

LISTED = tuple(registry().indicators.values())
BALANCES = registry().balances
HEADLINES = [one.headline for one in LISTED]
FLOWS = [one.headline for one in LISTED if one.kind == "flow"]
PERIOD = Quarter(2025, 2)
QUARTERS, AUTHORITIES = 20, 12
NAN = float("nan")
REFERRALS, CIN = "A01-rate", "A05-rate"
BALANCED = {"A08-rate": ("A09-rate", "A10-rate"), "A12-rate": ("A13-rate", "A14-rate")}
"""By stock: who starts, and who leaves (the names of the list)."""


def region(
    seed: int, *, authorities: int = AUTHORITIES, drift: Mapping[str, float] | None = None, only: float | None = None
) -> Panels:
    """Independent Poisson counts, with a drift by series; or one number everywhere."""
    random = np.random.default_rng(seed)
    time = np.arange(QUARTERS)
    shape = (authorities, QUARTERS)
    base = np.broadcast_to(np.linspace(20_000.0, 200_000.0, authorities)[:, None], shape)
    found: dict[Kind, dict[str, tuple[Array, Array]]] = {}
    for one in LISTED:
        moved = base * np.exp((drift or {}).get(one.headline, 0.0) * time)
        events, over = random.poisson(0.005 * moved).astype(float), base.copy()
        if one.kind == "percentage":
            over = events + random.poisson(0.005 * moved)
        elif one.kind == "duration":
            events, over = random.normal(400.0, 20.0, shape), np.full(shape, 12.0)
        if only is not None:
            events = np.full(shape, only)
        found.setdefault(Kind(one.kind), {})[one.headline] = (events, over)
    return Panels(
        tuple(f"{800 + number}" for number in range(authorities)),
        tuple(PERIOD.back(QUARTERS)),
        tuple(tuple(of_kind) for of_kind in found.values()),
        tuple(
            Panel(kind, *(np.stack([one[at] for one in of_kind.values()]) for at in (0, 1)))
            for kind, of_kind in found.items()
        ),
    )


def told(held: Panels, asked=None) -> pd.DataFrame:
    return read_region(held, LISTED, BALANCES, asked).set_index("series")


def events_of(held: Panels, series: str) -> Array:
    """The counts of one series, to be read or changed in place."""
    [found] = [
        panel.events[names.index(series)]
        for panel, names in zip(held.panels, held.series, strict=True)
        if series in names
    ]
    return found


def of_all(held: Panels) -> list[Array]:
    return [panel.events for panel in held.panels]


def test_a_flow_that_rises_for_all_rises_and_one_that_falls_falls() -> None:
    """Three quarters in the hundred more or less each quarter, and nothing in the other five."""
    found = told(region(1, drift={REFERRALS: 0.03, "A13-rate": -0.03}))
    assert found.loc[REFERRALS, "reading"] == "rising"
    assert found.loc["A13-rate", "reading"] == "falling"
    others = found.loc[[name for name in FLOWS if name not in (REFERRALS, "A13-rate")]]
    assert set(others["reading"]) == {"no_trend"}


def test_the_slope_is_in_the_unit_of_the_series_by_quarter() -> None:
    """Exactly 2 more per 10,000 children in each quarter, of 18 quarters in 18 authorities: no estimate is needed."""
    held = region(2)
    population = held.panels[held.series.index(next(names for names in held.series if REFERRALS in names))].base[0]
    events_of(held, REFERRALS)[:] = population / 10_000 * (50 + 2 * np.arange(QUARTERS))
    found = told(held).loc[REFERRALS]
    assert found["slope"] == pytest.approx(2.0, rel=1e-12)
    assert found["reading"] == "rising"


def test_the_slope_of_days_is_in_days_and_that_of_a_percentage_in_points() -> None:
    held = region(2)
    events_of(held, "A16-days")[:] = 400.0 - 3.0 * np.arange(QUARTERS)
    [[at, names]] = [(at, names) for at, names in enumerate(held.series) if "A02-percent" in names]
    place = names.index("A02-percent")
    held.panels[at].base[place] = 1000.0
    held.panels[at].events[place] = 200.0 + 5.0 * np.arange(QUARTERS)
    found = told(held)["slope"]
    assert found["A16-days"] == pytest.approx(-3.0)
    assert found["A02-percent"] == pytest.approx(0.5)


def test_counts_of_chance_have_a_trend_in_few_regions() -> None:
    """No authority swings, so the test is cautious: of 15 regions of seven flows one or two may have a trend."""
    readings = [told(region(seed)).loc[FLOWS, "reading"] for seed in range(100, 115)]
    assert all(set(one) <= {"no_trend", "rising", "falling"} for one in readings)
    assert sum((one != "no_trend").any() for one in readings) <= 3
    assert (pd.concat(readings) == "no_trend").mean() > 0.97


def test_the_share_of_chance_is_that_of_scipy_over_the_flows_alone() -> None:
    found = told(region(3, drift={REFERRALS: 0.01, "A06-rate": -0.008}))
    flows = found.loc[FLOWS]
    np.testing.assert_array_equal(flows["q"], stats.false_discovery_control(flows["p"]))
    assert (flows["reading"].isin(["rising", "falling"]) == (flows["q"] <= 0.1)).all()
    assert 0 < (flows["q"] <= 0.1).sum() < len(flows)


def test_a_flow_that_cannot_be_tested_is_no_part_of_the_family() -> None:
    held = region(3, drift={REFERRALS: 0.01})
    events_of(held, "A03-rate")[:, 10] = NAN
    found = told(held)
    tested = found.loc[[name for name in FLOWS if name != "A03-rate"]]
    np.testing.assert_array_equal(tested["q"], stats.false_discovery_control(tested["p"]))
    assert (found.loc["A03-rate", "reading"], found.loc["A03-rate", "authorities"]) == ("too_short", 0)


def test_stocks_percentages_and_average_times_are_described_without_a_p() -> None:
    found = told(region(4, drift={CIN: 0.05}))
    others = found.drop(FLOWS)
    assert set(others["reading"]) == {"described"}
    assert others[["p", "q"]].isna().all(axis=None)
    assert others["slope"].notna().all()
    assert found.loc[CIN, "slope"] > 0


def test_the_table_is_in_the_order_of_the_list() -> None:
    held = region(4)
    assert read_region(held, LISTED, BALANCES)["series"].tolist() == HEADLINES
    assert read_region(held, LISTED[::-1], BALANCES)["series"].tolist() == HEADLINES[::-1]


@pytest.mark.parametrize(("begins", "reading"), [(4, "rising"), (5, "too_short"), (19, "too_short")])
def test_sixteen_quarters_are_needed_and_are_enough(begins: int, reading: str) -> None:
    held = region(5, drift=dict.fromkeys(FLOWS, 0.03))
    for events in of_all(held):
        events[:, :, :begins] = NAN
    assert set(told(held).loc[FLOWS, "reading"]) == {reading}


def test_a_history_that_begins_in_the_fifth_quarter_is_as_if_there_were_no_quarters_before() -> None:
    """The same p as that of 16 quarters which stand alone; who began later than the others has a gap."""
    held = region(6, drift={REFERRALS: 0.01})
    for events in of_all(held):
        events[:, :, :4] = NAN
        events[:, 3, 4] = NAN
    cut = [Panel(one.kind, one.events[..., 4:].copy(), one.base[..., 4:].copy()) for one in held.panels]
    alone = told(replace(held, quarters=held.quarters[4:], panels=tuple(cut)))
    pd.testing.assert_frame_equal(told(held), alone)
    assert set(alone["authorities"]) == {AUTHORITIES - 1}
    assert alone.loc[FLOWS, "p"].notna().all()


def test_what_a_few_sent_before_the_others_began_is_no_history_of_the_region() -> None:
    held = region(6)
    late = {name: events_of(held, name) for name in HEADLINES}
    for events in late.values():
        events[4:, :4] = NAN
    assert set(told(held).loc[FLOWS, "authorities"]) == {AUTHORITIES}


def test_five_authorities_are_needed_and_are_enough() -> None:
    held = region(7, drift=dict.fromkeys(FLOWS, 0.03))
    events_of(held, REFERRALS)[5:, 8] = NAN
    events_of(held, "A03-rate")[4:, 8] = NAN
    found = told(held)
    assert found.loc[REFERRALS, ["reading", "authorities"]].tolist() == ["rising", 5]
    assert found.loc["A03-rate", ["reading", "authorities"]].tolist() == ["too_short", 4]
    assert np.isnan(found.loc["A03-rate", "p"])
    assert found.loc["A03-rate", "slope"] > 0


def test_a_figure_that_is_asked_about_takes_its_authority_out_and_no_other_series() -> None:
    """A digit too many in the last quarter of one: with the question open the region is as it is without that one."""
    held, slipped = region(8), region(8)
    events_of(slipped, REFERRALS)[2, -1] *= 10.0
    events_of(held, REFERRALS)[2, -1] = NAN
    asked_of = {(REFERRALS, held.authorities[2], str(PERIOD))}
    found = told(slipped, lambda *what: what in asked_of)
    pd.testing.assert_frame_equal(found, told(held))
    assert found.loc[REFERRALS, ["reading", "authorities"]].tolist() == ["no_trend", AUTHORITIES - 1]
    assert set(found.drop(REFERRALS)["authorities"]) == {AUTHORITIES}
    assert events_of(slipped, REFERRALS)[2, -1] > 0, "the panel itself is left as it was"


def test_where_everything_of_all_but_four_is_asked_about_nothing_is_tested() -> None:
    held = region(9)
    found = told(held, lambda _, authority, __: authority not in held.authorities[:4])
    assert set(found.loc[FLOWS, "reading"]) == {"too_short"}
    assert found["p"].isna().all()


def brute_net(held: Panels, stock: str) -> tuple[float, int]:
    starts, leaves = (events_of(held, name) for name in BALANCED[stock])
    total, counted = 0.0, 0
    for place in range(len(held.authorities)):
        quarters = [(starts[place][-back], leaves[place][-back]) for back in (1, 2, 3, 4)]
        if any(np.isnan(value) for pair in quarters for value in pair):
            continue
        total += sum(came - went for came, went in quarters)
        counted += 1
    return total, counted


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.05, 0.4]))
def test_a_net_is_who_started_less_who_left_in_those_that_have_every_figure_of_the_year(
    seed: int, missing: float
) -> None:
    held = region(seed, authorities=7)
    random = np.random.default_rng(seed)
    for events in of_all(held):
        events[random.random(events.shape) < missing] = NAN
    found = told(held)
    for stock in BALANCED:
        total, counted = brute_net(held, stock)
        assert found.loc[stock, "net_of"] == counted
        assert found.loc[stock, "net"] == pytest.approx(total if counted else NAN, nan_ok=True)
    others = found.drop(list(BALANCED))
    assert others["net"].isna().all()
    assert (others["net_of"] == 0).all()


def test_a_net_is_of_the_last_four_quarters_and_leaves_out_what_is_asked_about() -> None:
    assert QUARTERS_BALANCED == 4
    held = region(10)
    before = told(held).loc["A12-rate"]
    for name in BALANCED["A12-rate"]:
        events_of(held, name)[:, :-4] += 1000.0
    assert told(held).loc["A12-rate", "net"] == before["net"]
    events_of(held, "A13-rate")[5, -2] *= 10.0
    asked = told(held, lambda *what: what == ("A13-rate", "805", str(PERIOD.shift(-1)))).loc["A12-rate"]
    events_of(held, "A13-rate")[5, -2] = NAN
    assert (asked["net"], asked["net_of"]) == brute_net(held, "A12-rate")
    assert asked["net_of"] == AUTHORITIES - 1


def test_a_list_without_the_flows_of_a_stock_has_no_net() -> None:
    held = region(11)
    without = [one for one in LISTED if one.id != "A14"]
    found = read_region(held, without, BALANCES).set_index("series")
    assert np.isnan(found.loc["A12-rate", "net"])
    assert not np.isnan(found.loc["A08-rate", "net"])
    assert read_region(held, without, ())["net"].isna().all()


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10_000))
def test_which_authority_is_which_does_not_matter(seed: int) -> None:
    held = region(seed, drift={REFERRALS: 0.01})
    random = np.random.default_rng(seed)
    events_of(held, "A06-rate")[random.integers(AUTHORITIES), 3] = NAN
    order = random.permutation(AUTHORITIES)
    other = replace(
        held,
        authorities=tuple(held.authorities[place] for place in order),
        panels=tuple(Panel(one.kind, one.events[:, order], one.base[:, order]) for one in held.panels),
    )
    slip = (REFERRALS, held.authorities[4], str(PERIOD))
    one, relabelled = (told(each, lambda *what: what == slip) for each in (held, other))
    pd.testing.assert_frame_equal(one, relabelled, rtol=1e-6)


@pytest.mark.parametrize("authorities", [1, AUTHORITIES])
@pytest.mark.parametrize("events", [NAN, 0.0])
def test_where_nothing_is_given_or_nothing_happens_the_answer_says_so(events: float, authorities: int) -> None:
    found = told(region(12, authorities=authorities, only=events))
    assert set(found.loc[FLOWS, "reading"]) == {"too_short"}
    assert set(found.drop(FLOWS)["reading"]) == {"described"}
    assert found[["p", "q"]].isna().all(axis=None)
    assert (found["authorities"] == 0).all()
    nets = found.loc[list(BALANCED), ["net", "net_of"]].to_numpy().tolist()
    if np.isnan(events):
        assert found["slope"].isna().all()
        assert [of for _, of in nets] == [0, 0]
    else:
        assert set(found["slope"].dropna()) == {0.0}
        assert nets == [[0.0, authorities]] * 2


def test_one_authority_alone_is_described_and_not_tested() -> None:
    held = region(13, authorities=1)
    found = told(held)
    assert set(found.loc[FLOWS, "reading"]) == {"too_short"}
    assert found["slope"].notna().all()
    rates = events_of(held, REFERRALS)[0] / 20_000.0 * 10_000
    assert found.loc[REFERRALS, "slope"] == pytest.approx(stats.theilslopes(rates)[0], rel=1e-9)
