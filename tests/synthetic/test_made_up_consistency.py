"""What holds inside a return, whoever sent it: stocks follow from flows, parts stay below wholes, children add up."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.reference.registry import registry
from analysis.synthetic.world import World

PARTS = [
    ("re_referrals", "referrals"),
    ("assessments_45_days", "assessments"),
    ("icpc_15_days", "s47_enquiries"),
    ("cpp_second_ever", "cpp_starting"),
    ("cpp_second_2_years", "cpp_second_ever"),
    ("adopted", "cla_ceasing"),
    ("a3_under_14_months", "a3_children"),
    ("a2_children", "adopted"),
    ("cpp_at_end", "cin_at_end"),
    ("cla_at_end", "cin_at_end"),
]


@pytest.mark.parametrize("plan", ["cpp", "cla"])
def test_a_stock_is_the_last_one_plus_starts_less_leavers(bare_figures: pd.DataFrame, plan: str) -> None:
    stock, starting, ceasing = (bare_figures[f"{plan}_{part}"].unstack() for part in ("at_end", "starting", "ceasing"))
    expected = stock.shift(1, axis=1) + starting - ceasing
    pd.testing.assert_frame_equal(stock.iloc[:, 1:], expected.iloc[:, 1:], check_names=False)
    assert (ceasing <= stock.shift(1, axis=1).fillna(10**6) + starting).all(axis=None)


@pytest.mark.parametrize("plan", ["cpp", "cla"])
def test_the_identity_holds_where_truths_are_planted_too(figures: pd.DataFrame, plan: str) -> None:
    """Wherever all four cells were submitted."""
    stock, starting, ceasing = (figures[f"{plan}_{part}"].unstack() for part in ("at_end", "starting", "ceasing"))
    off = (stock - stock.shift(1, axis=1) - starting + ceasing).stack().dropna()
    assert len(off) > 2800
    assert (off == 0).all()


@pytest.mark.parametrize(("part", "whole"), PARTS)
def test_a_part_is_never_above_its_whole(figures: pd.DataFrame, part: str, whole: str) -> None:
    """No planted truth breaks a rule: not even the slip (it is for people to find)."""
    both = figures[[part, whole]].dropna()
    assert len(both) > 2900
    assert (both[part] <= both[whole]).all()


def test_children_of_the_adoption_figures_are_those_adopted(figures: pd.DataFrame) -> None:
    given = figures.dropna(subset=["adopted", "a1_children", "a3_children"])
    assert (given["adopted"] == given["a1_children"]).all()
    assert (given["adopted"] == given["a3_children"]).all()


def test_a_single_adopted_child_is_early_if_and_only_if_the_average_says_so(figures: pd.DataFrame) -> None:
    one = figures[figures["a1_children"] == 1]
    assert len(one) > 200
    assert ((one["a1_days"] < 426) == (one["a3_under_14_months"] == 1)).all()
    with_order = one[one["a2_children"] == 1]
    assert (with_order["a2_days"] <= with_order["a1_days"]).all()


def test_an_average_is_not_applicable_exactly_where_there_are_no_children(world: World) -> None:
    table = world.returns.pivot(index=["authority", "period"], columns="measure", values="status")
    values = world.returns.pivot(index=["authority", "period"], columns="measure", values="value")
    for days, children in (("a1_days", "a1_children"), ("a2_days", "a2_children")):
        given = table[children] == "given"
        none = values[children] == 0
        assert (table[days][given & none] == "not_applicable").all()
        assert (table[days][given & ~none] == "given").all()
        assert (table[days][~given] == "not_submitted").all()


def test_counts_are_whole_and_not_negative(world: World) -> None:
    given = world.returns[world.returns["status"] == "given"]
    assert (given["value"] >= 0).all()
    assert (given["value"] % 1 == 0).all()
    assert world.returns.loc[world.returns["status"] != "given", "value"].isna().all()
    assert set(given["measure"]) == set(registry().measures)


@pytest.mark.parametrize(
    ("code", "measure", "smallest", "largest"),
    [
        pytest.param("420", "cla_at_end", 0, 5, id="Isles of Scilly looked after"),
        pytest.param("201", "cpp_starting", 0, 6, id="City of London plans"),
        pytest.param("857", "adopted", 0, 5, id="Rutland adopted"),
        pytest.param("921", "adopted", 0, 15, id="Isle of Wight adopted"),
    ],
)
def test_small_authorities_have_small_numbers_and_zeros(
    figures: pd.DataFrame, code: str, measure: str, smallest: float, largest: float
) -> None:
    values = figures.loc[code, measure].dropna()
    assert values.min() == smallest
    assert values.max() <= largest


def test_small_counts_are_not_rare(figures: pd.DataFrame) -> None:
    """Disclosure control has something to do: zeros and counts of 1 to 5."""
    adopted = figures["adopted"].dropna()
    assert 0.05 < (adopted == 0).mean() < 0.2
    assert 0.3 < adopted.between(1, 5).mean() < 0.7
