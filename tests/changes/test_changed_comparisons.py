"""Ranks, rates and neighbours before and after a change, each against figures worked out here."""

from __future__ import annotations

import csv
from statistics import fmean

import pytest
from change_examples import MERGER, change, row, sent, written

from analysis.pipeline.evidence import evidence_of
from analysis.reference.data_folder import DATA
from analysis.reference.neighbours import neighbours
from analysis.reference.populations import population_frame
from analysis.reference.regions import regions
from analysis.views import anonymised, dfe, internal, own

MEMBERS = regions()["south-east"].members
NOW, NEXT, YEAR = "2025-26-Q2", "2025-26-Q3", "2026-27-Q1"
REFERRALS = {code: 1000 + 37 * place for place, code in enumerate(MEMBERS)}


@pytest.fixture
def returns(raw):
    """Everybody's referrals of three quarters, and those of Croydon, who takes no part."""
    for period in (NOW, NEXT, YEAR):
        sent(raw, period, "all.csv", [row(code, period, "referrals", value) for code, value in REFERRALS.items()])
    return raw


def mid(year):
    """ONS's children of a mid-year, read straight from the table."""
    with (DATA / "populations.csv").open(encoding="utf-8") as lines:
        rows = [one for one in csv.DictReader(lines) if one["level"] == "authority" and one["mid_year"] == str(year)]
    return {one["area"]: float(one["population"]) for one in rows if one["population"]}


def position(collection, period, code, group="region"):
    table = collection(period).comparisons.set_index(["authority", "series", "group"])
    return table.loc[(code, "A01-rate", group)]


def test_who_left_has_no_rank_and_counts_in_none(returns, folder, collection):
    written(folder, "leaves.yml", change('kind: membership\nleaves: ["851"]\n', NEXT))
    assert position(collection, NOW, "825")["n"] == 19
    after = collection(NEXT)
    table = after.comparisons
    assert "851" not in set(table["authority"])
    rates = sorted((REFERRALS[code] / mid(2024)[code] for code in MEMBERS if code != "851"), reverse=True)
    here = table[(table["series"] == "A01-rate") & (table["group"] == "region")].set_index("authority")
    assert set(here["n"]) == {18}
    assert {code: int(rank) for code, rank in here["rank"].items()} == {
        code: rates.index(REFERRALS[code] / mid(2024)[code]) + 1 for code in MEMBERS if code != "851"
    }
    assert here["mean"].iloc[0] == pytest.approx(10_000 * fmean(rates))
    findings = after.findings
    assert findings[findings["authority"] == "851"].query(f"period == '{NEXT}'")["rule"].tolist() == ["not_a_member"]
    assert not (findings["period"] == NOW).any()


def test_who_joins_from_outside_is_reported_and_not_ranked(returns, folder, collection):
    written(folder, "joins.yml", change('kind: membership\njoins: ["306"]\nas: outside\n', NEXT))
    sent(returns, NEXT, "306.csv", [row("306", NEXT, "referrals", 1500), row("306", NOW, "referrals", 1400)])
    assert "306" not in collection(NOW).region.everyone
    assert position(collection, NEXT, "306")["reason"] == "not_in_rank_set"
    assert position(collection, NEXT, "825")["n"] == 19
    history = collection(NEXT).checked.checked.set_index(["authority", "period", "measure"])["value"]
    assert history["306", NOW, "referrals"] == 1400


def test_a_newer_estimate_moves_the_rate_from_its_year_on(returns, folder, collection):
    lines = [f"{code},{int(number * 1.02)}" for code, number in mid(2024).items() if code in MEMBERS and code != "886"]
    written(folder, "mid-2025.csv", "\n".join(["authority,population", *lines]) + "\n")
    written(folder, "mid-2025.yml", change("kind: population\nmid_year: 2025\nfile: mid-2025.csv\n", YEAR))
    found = collection(YEAR).indicators.set_index(["authority", "period", "series", "window"])
    now = found.loc[("825", YEAR, "A01-rate", "quarter")]
    assert now["value"] == pytest.approx(REFERRALS["825"] / int(130_466 * 1.02) * 10_000)
    assert now["basis"] == "population mid-2025"
    before = found.loc[("825", NEXT, "A01-rate", "quarter")]
    assert before["value"] == pytest.approx(REFERRALS["825"] / 130_466 * 10_000)
    assert found.loc[("886", YEAR, "A01-rate", "quarter"), "status"] == "not_available"
    lacking = collection(YEAR).findings.query("rule == 'population_missing'")
    assert lacking["authority"].tolist() == ["886"]
    # Without the file nobody has a rate in the new year.
    (folder / "mid-2025.yml").unlink()
    without = collection(YEAR).indicators.set_index(["authority", "period", "series", "window"])
    assert without.loc[("825", YEAR, "A01-rate", "quarter"), "status"] == "not_available"


def test_a_revised_estimate_stands_in_the_place_of_the_packages(returns, folder, collection):
    written(folder, "a.yml", change('kind: population\nmid_year: 2024\npopulations: {"825": 100000}\n', "2025-26-Q1"))
    found = collection(NOW).indicators.set_index(["authority", "period", "series", "window"])
    assert found.loc[("825", NOW, "A01-rate", "quarter"), "value"] == pytest.approx(REFERRALS["825"] / 10)
    assert found.loc[("826", NOW, "A01-rate", "quarter"), "denominator"] == mid(2024)["826"]
    # Set beside what DfE published, a figure stays on DfE's own population.
    assert collection(NOW).changes.with_successors(population_frame()).equals(population_frame())


def test_a_new_edition_of_neighbours_holds_from_its_quarter_on(returns, folder, collection):
    order = [code for code in MEMBERS if code != "825"][:10]
    lines = [f"825,{place},{code},Close" for place, code in enumerate(order, start=1)]
    written(folder, "near.csv", "\n".join(["authority,rank,neighbour,closeness", *lines]) + "\n")
    written(folder, "near.yml", change('kind: neighbours\nedition: "2026"\nfile: near.csv\n', NEXT))
    before, after = evidence_of(collection(NOW)), evidence_of(collection(NEXT))
    assert before.neighbours_edition == "2025"
    assert before.neighbours["825"] == tuple(one.code for one in neighbours("2025")["825"])
    assert (after.neighbours_edition, after.neighbours["825"]) == ("2026", tuple(order))
    assert {row.label.split()[0] for row in after.published["825", "A01"]} >= {"2026"}
    assert set(collection(NEXT).comparisons.query("group == 'neighbours'")["edition"]) == {"2026"}
    assert position(collection, NEXT, "826", "neighbours")["reason"] in (
        "no_neighbours",
        "nothing_published",
        "no_figure",
    )


def test_a_merged_council_is_ranked_once_and_stands_among_england_in_its_predecessors_stead(folder, raw, collection):
    written(folder, "m.yml", change(MERGER, "2025-26-Q1"))
    quarters = ("2024-25-Q3", "2024-25-Q4")
    old = [row(code, period, "referrals", value) for period in quarters for code, value in REFERRALS.items()]
    new = [
        row(code, period, "referrals", value)
        for period in ("2025-26-Q1", NOW)
        for code, value in {**REFERRALS, "990": REFERRALS["850"] + REFERRALS["851"]}.items()
        if code not in ("850", "851")
    ]
    sent(raw, NOW, "all.csv", [*old, *new])
    assert position(collection, NOW, "990")["n"] == 18
    among = position(collection, NOW, "990", "england")
    other = position(collection, NOW, "825", "england")
    assert among["placed_among"] == other["placed_among"] != ""
    assert among["n"] == other["n"] - 1  # two go, and one comes
    year = 4 * (REFERRALS["850"] + REFERRALS["851"])
    children = mid(2024)["850"] + mid(2024)["851"]
    assert among["own_value"] == pytest.approx(year / children * 10_000)
    assert among["reason"] == ""


def test_the_processor_is_named_in_internal_documents_alone(returns, folder, collection):
    written(folder, "p.yml", change("kind: processor\nname: Brighton and Hove City Council\n", NOW))
    evidence = evidence_of(collection(NOW))
    named = "Processed for the region by Brighton and Hove City Council"
    assert named in internal.build(evidence, "825").model_dump_json()
    for build in (anonymised.build, own.build, dfe.build):
        assert named not in build(evidence, "825").model_dump_json(), build


def test_a_boundary_that_moves_is_told_beside_the_rates_that_step_with_it(returns, folder, collection):
    """Counts as before, twice the children: a note among the findings of the authority's page."""
    twice = 2 * mid(2024)["825"]
    body = f'kind: population\nmid_year: 2025\npopulations: {{"825": {twice}}}\n'
    written(folder, "mid-2025.yml", change(body, YEAR))
    findings = collection(YEAR).findings.query("rule == 'population_steps'")
    assert findings[["authority", "period", "severity"]].to_numpy().tolist() == [["825", YEAR, "note"]]
    assert collection(NEXT).findings.query("rule == 'population_steps'").empty
    figures = collection(YEAR).indicators.query("authority == '825' and series == 'A01-rate' and window == 'quarter'")
    rates = figures.set_index("period")["value"]
    assert rates[NEXT] / rates[YEAR] == pytest.approx(2)
    page = internal.build(evidence_of(collection(YEAR)), "825")
    assert "population_steps" in [one.rule for one in page.findings]
