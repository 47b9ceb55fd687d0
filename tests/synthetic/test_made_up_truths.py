"""The truth file says what is in the data: the same world with and without it, cell by cell."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import BadReferenceError
from analysis.reference.authorities import authorities
from analysis.reference.periods import Quarter
from analysis.synthetic.plan import Elsewhere, Plan, Planted, Recording, plan
from analysis.synthetic.world import World, make_world

CONSEQUENCES = {
    "referrals": {"re_referrals"},
    "assessments": {"assessments_45_days"},
    "s47_enquiries": {"icpc_15_days"},
    "cpp_starting": {"cpp_ceasing", "cpp_at_end", "cin_at_end", "cpp_second_ever", "cpp_second_2_years"},
    "cla_starting": {
        "cla_ceasing", "cla_at_end", "cin_at_end", "adopted",
        "a1_days", "a1_children", "a2_days", "a2_children", "a3_under_14_months", "a3_children",
    },
    "a1_days": {"a2_days", "a3_under_14_months"},
}  # fmt: skip
"""What moves when a measure moves."""


@pytest.fixture(scope="module")
def planted() -> World:
    """Everything planted, nothing missing by chance."""
    return make_world(20251, Quarter(2025, 2), records=Recording())


@pytest.fixture(scope="module")
def pairs(planted: World, bare: World) -> pd.DataFrame:
    keys = ["authority", "period", "measure"]
    return planted.returns.merge(bare.returns, on=keys, suffixes=("", "_without")).set_index(keys).sort_index()


def effects(world: World) -> pd.DataFrame:
    return world.truth[world.truth["kind"].isin(["shift", "drift", "slip", "denominator", "definition"])]


def cells(pairs: pd.DataFrame, truth: pd.Series) -> pd.DataFrame:
    """The quarters of a truth, with and without it."""
    found = pairs.xs((truth["authority"], truth["measure"]), level=("authority", "measure"))
    return found.loc[truth["from_period"] : truth["to_period"]]


def test_every_kind_of_truth_is_planted_and_the_south_east_has_its_share(world: World) -> None:
    kinds = world.truth["kind"].value_counts()
    assert (kinds["slip"], kinds["denominator"], kinds["definition"]) == (1, 1, 1)
    assert kinds["shift"] >= 20
    assert kinds["drift"] >= 10
    assert {"gap", "recording"} <= set(kinds.index)
    known = authorities()
    south_east = effects(world)[[known[code].region == "South East" for code in effects(world)["authority"]]]
    assert set(south_east["kind"]) == {"shift", "drift", "slip", "denominator", "definition"}
    assert not effects(world).duplicated(["authority"]).any()


def test_only_truths_and_their_consequences_differ(planted: World, pairs: pd.DataFrame) -> None:
    differs = pairs[(pairs["value"] != pairs["value_without"]) & pairs[["value", "value_without"]].notna().any(axis=1)]
    explained: set[tuple[str, str, str]] = set()
    for truth in planted.truth[planted.truth["kind"] != "recording"].to_dict("records"):
        periods = [str(q) for q in planted.period.back(20) if truth["from_period"] <= str(q) <= truth["to_period"]]
        measures = {truth["measure"]}
        if truth["kind"] in ("shift", "drift", "definition"):
            measures |= CONSEQUENCES.get(truth["measure"], set())
        explained |= {(truth["authority"], period, measure) for period in periods for measure in measures}
    assert len(differs) > 150
    assert set(differs.index) <= explained


@pytest.mark.parametrize("kind", ["shift", "definition"])
def test_a_shift_has_the_size_that_the_file_says(planted: World, pairs: pd.DataFrame, kind: str) -> None:
    for truth in effects(planted).query("kind == @kind").to_dict("records"):
        both = cells(pairs, pd.Series(truth))
        ratio = both["value"].sum() / both["value_without"].sum()
        assert ratio == pytest.approx(truth["size"], rel=0.06), truth


def test_a_shift_is_not_there_before_it_begins(planted: World, pairs: pd.DataFrame) -> None:
    for truth in effects(planted).to_dict("records"):
        whole = pairs.xs((truth["authority"], truth["measure"]), level=("authority", "measure"))
        before = whole.loc[: str(Quarter.parse(truth["from_period"]).shift(-1))].dropna()
        assert len(before) > 3
        assert (before["value"] == before["value_without"]).all()


def test_a_drift_grows_by_its_size_in_every_quarter(planted: World, pairs: pd.DataFrame) -> None:
    for truth in effects(planted).query("kind == 'drift'").to_dict("records"):
        both = cells(pairs, pd.Series(truth))
        expected = [(1 + truth["size"]) ** (step + 1) for step in range(len(both))]
        assert len(both) >= 10
        # The parts of a count are whole children, so one quarter can be a few per cent off; its mean cannot.
        ratios = both["value"] / both["value_without"]
        assert list(ratios) == pytest.approx(expected, rel=0.08)
        assert (ratios / expected).mean() == pytest.approx(1, abs=0.015)


def test_the_slip_is_ten_times_the_figure_and_no_rule_can_see_it(planted: World, pairs: pd.DataFrame) -> None:
    slip = effects(planted).query("kind == 'slip'").iloc[0]
    both = cells(pairs, slip)
    assert len(both) == 1
    assert both["value"].iloc[0] == 10 * both["value_without"].iloc[0]
    parts = pairs.loc[(slip["authority"], slip["from_period"], "assessments_45_days"), "value"]
    assert parts <= both["value"].iloc[0]


def test_the_changed_denominator_makes_the_percentage_leap_and_moves_no_child(
    planted: World, pairs: pd.DataFrame
) -> None:
    truth = effects(planted).query("kind == 'denominator'").iloc[0]
    base = cells(pairs, truth)
    assert base["value"].sum() / base["value_without"].sum() == pytest.approx(truth["size"], abs=1e-4)
    assert 0.15 < truth["size"] < 0.6
    part = cells(pairs, truth.replace("s47_enquiries", "icpc_15_days"))
    assert (part["value"] == part["value_without"]).all()
    before, after = (part["value"].sum() / base[name].sum() for name in ("value_without", "value"))
    assert after / before == pytest.approx(1 / truth["size"], rel=1e-3)


def test_the_changed_definition_brings_referrals_but_no_assessments(planted: World, pairs: pd.DataFrame) -> None:
    truth = effects(planted).query("kind == 'definition'").iloc[0]
    assessments = cells(pairs, truth.replace("referrals", "assessments"))
    assert (assessments["value"] == assessments["value_without"]).all()
    assert cells(pairs, truth)["quality"].str.contains("counted as referrals from this quarter").all()


def test_truths_reach_the_stock_through_its_flows(planted: World, pairs: pd.DataFrame) -> None:
    """More plans start in Slough (871), so more children are on a plan there at the end."""
    latest = str(planted.period)
    with_it, without = pairs.loc[("871", latest, "cpp_at_end"), ["value", "value_without"]]
    assert with_it > 1.2 * without


def test_chance_gaps_hide_no_truth(world: World) -> None:
    table = world.returns.set_index(["authority", "measure", "period"])["status"].sort_index()
    for truth in effects(world).to_dict("records"):
        quarters = table.loc[(truth["authority"], truth["measure"])].loc[truth["from_period"] : truth["to_period"]]
        assert (quarters != "not_submitted").all()


def test_planned_gaps_are_missing_and_chance_gaps_are_few(world: World) -> None:
    table = world.returns.set_index(["authority", "measure", "period"])["status"]
    gaps = world.truth[world.truth["kind"] == "gap"]
    assert len(gaps) > 20
    assert all(
        table[(gap["authority"], gap["measure"], gap["from_period"])] == "not_submitted"
        for gap in gaps.to_dict("records")
    )
    share = (world.returns["status"] == "not_submitted").mean()
    assert 0.003 < share < 0.015


def test_ways_of_recording_stand_in_every_row_that_they_hold_for(world: World) -> None:
    ways = world.truth[world.truth["kind"] == "recording"]
    assert ways["authority"].nunique() > 30
    quality = world.returns.set_index(["authority", "measure"]).sort_index()["quality"]
    definition = effects(world).query("kind in ['definition', 'denominator']")
    changed = set(zip(definition["authority"], definition["measure"], strict=True))
    for way in ways.to_dict("records"):
        rows = quality.loc[(way["authority"], way["measure"])]
        others = ways.query("authority == @way['authority'] and measure == @way['measure']")
        if (way["authority"], way["measure"]) not in changed and len(others) == 1:
            assert (rows == f"MADE-UP; {way['words']}").all()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param({"authority": "999"}, "no current authority 999", id="authority"),
        pytest.param({"authority": "837"}, "no current authority 837", id="abolished authority"),
        pytest.param({"measure": "referalls"}, "no measure referalls", id="measure"),
        pytest.param({"also": {"referalls": 2}}, "no measure referalls", id="measure beside it"),
        pytest.param({"measure": "cla_at_end"}, "nothing can be planted on cla_at_end", id="stock"),
        pytest.param({"began": 60}, "60 quarters before 2025-26-Q2", id="quarter"),
        pytest.param({"kind": "denominator", "size": None, "instead": "children"}, "children cannot", id="instead"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(wrong: dict[str, object], said: str) -> None:
    good = {"kind": "shift", "authority": "825", "measure": "referrals", "began": 1, "size": 1.2, "words": "More."}
    with pytest.raises(BadReferenceError, match=said):
        make_world(1, Quarter(2025, 2), 4, truths=Plan(planted=(Planted.model_validate(good | wrong),)))


@pytest.mark.parametrize(("measure", "counted_by"), [("cla_at_end", None), ("a1_days", "a9_children")])
def test_truths_elsewhere_need_a_measure_that_exists(measure: str, counted_by: str | None) -> None:
    some = Elsewhere(
        kind="shift", number=1, measure=measure, counted_by=counted_by, began=0, size=2, least=1, words="More."
    )
    with pytest.raises(BadReferenceError, match=counted_by or measure):
        make_world(1, Quarter(2025, 2), 4, truths=Plan(elsewhere=(some,)))


def test_words_are_fit_for_readers() -> None:
    words = " ".join(some.words for some in (*plan().planted, *plan().elsewhere, *plan().gaps)).lower()
    assert not {"case", "cases", "worst", "verdict", "cla"} & set(words.replace(".", " ").replace(",", " ").split())
