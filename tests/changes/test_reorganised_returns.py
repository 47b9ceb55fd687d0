"""Councils that merge or split: sums worked out by hand, and nothing where nobody knows."""

from __future__ import annotations

import pandas as pd
import pytest
from change_examples import MERGER, SPLIT, change, row, sent, written

from analysis.reference.populations import population_frame
from analysis.reference.regions import regions
from analysis.reference.registry import registry_for
from analysis.returns.succession import with_history

BEFORE, FIRST, NEXT = "2024-25-Q4", "2025-26-Q1", "2025-26-Q2"


def cells(collection, period=NEXT):
    table = collection(period).checked.checked.set_index(["authority", "period", "measure"])
    return {
        key: (value, status) for key, value, status in zip(table.index, table["value"], table["status"], strict=True)
    }


@pytest.fixture
def merged(folder, raw):
    """Hampshire and Portsmouth are followed by Solent from April 2025."""
    written(folder, "solent.yml", change(MERGER, FIRST))
    sent(
        raw,
        BEFORE,
        "old.csv",
        [
            row("850", BEFORE, "referrals", 1000, "MADE-UP; a late file"),
            row("851", BEFORE, "referrals", 234, "MADE-UP"),
            row("850", BEFORE, "a1_children", 6),
            row("850", BEFORE, "a1_days", 400),
            row("851", BEFORE, "a1_children", 2),
            row("851", BEFORE, "a1_days", 300),
            row("850", BEFORE, "a2_children", 3),
            row("850", BEFORE, "a2_days", 120.5),
            row("851", BEFORE, "a2_children", 0),
            row("851", BEFORE, "a2_days", "z"),
            row("850", BEFORE, "adopted", 7),
            row("851", BEFORE, "adopted", "c"),
            row("850", BEFORE, "cla_at_end", "x"),
            row("851", BEFORE, "cla_at_end", "c"),
        ],
    )
    sent(raw, NEXT, "990.csv", [row("990", FIRST, "referrals", 1300), row("990", NEXT, "referrals", 1400)])
    return raw


def test_counts_are_summed_and_days_are_weighted(merged, collection):
    found = cells(collection)
    assert found["990", BEFORE, "referrals"] == (1234, "given")
    assert found["990", BEFORE, "a1_children"] == (8, "given")
    assert found["990", BEFORE, "a1_days"] == (375, "given")  # (6 x 400 + 2 x 300) / 8
    assert found["990", BEFORE, "a2_days"] == (120.5, "given")  # nobody in Portsmouth adds no day
    assert found["990", BEFORE, "adopted"][1] == "suppressed"
    assert found["990", BEFORE, "cla_at_end"][1] == "not_available"  # Hampshire's, which stands first
    assert found["990", BEFORE, "assessments"][1] == "not_submitted"
    assert found["990", FIRST, "referrals"] == (1300, "given")
    assert not {"850", "851"} & {code for code, *_ in found}


def test_what_came_beside_the_figures_is_told_once(merged, collection):
    table = collection(NEXT).checked.checked.set_index(["authority", "period", "measure"])
    assert table.loc[("990", BEFORE, "referrals"), "quality"] == "MADE-UP; a late file"
    assert collection(NEXT).made_up


def test_before_the_change_nothing_is_summed(merged, collection):
    found = cells(collection, BEFORE)
    assert found["850", BEFORE, "referrals"] == (1000, "given")
    assert not [code for code, *_ in found if code == "990"]
    assert collection(BEFORE).region is regions()["south-east"]


def test_a_change_that_nobody_signed_changes_no_figure(merged, collection, folder):
    (folder / "solent.yml").unlink()
    without = collection(NEXT)
    expected, comparisons, populations = without.checked.checked, without.comparisons, without.populations
    written(folder, "solent.yml", change(MERGER, FIRST, signed=False))
    proposed = collection(NEXT)
    pd.testing.assert_frame_equal(proposed.checked.checked, expected)
    pd.testing.assert_frame_equal(proposed.comparisons, comparisons)
    pd.testing.assert_frame_equal(proposed.populations, populations)
    assert proposed.region == regions()["south-east"]


def test_rates_are_of_the_summed_children(merged, collection):
    table = collection(NEXT).indicators.set_index(["authority", "period", "series", "window"])
    rate = table.loc[("990", NEXT, "A01-rate", "quarter")]
    children = 288_730 + 43_056  # ONS, mid-2024: Hampshire and Portsmouth
    assert rate["denominator"] == children
    assert rate["value"] == pytest.approx(1400 / children * 10_000)
    mid_2023 = population_frame().query("mid_year == 2023").set_index("authority")["population"]
    old = table.loc[("990", BEFORE, "A01-rate", "quarter")]
    assert old["value"] == pytest.approx(1234 / (mid_2023["850"] + mid_2023["851"]) * 10_000)


def test_populations_of_the_change_go_before_the_sum(merged, collection, folder):
    text = MERGER.replace("type: Unitary", "type: Unitary, populations: {2024: 330000, 2025: 331000}")
    written(folder, "solent.yml", change(text, FIRST))
    known = collection(NEXT).populations.set_index(["authority", "mid_year"])["population"]
    assert (known["990", 2024], known["990", 2025]) == (330_000, 331_000)
    assert known["990", 2012] == known["850", 2012] + known["851", 2012]


def test_a_late_revision_of_an_old_quarter_still_counts(merged, collection):
    sent(merged, NEXT, "late.csv", [row("851", BEFORE, "referrals", 240), row("851", BEFORE, "adopted", 4)])
    found = cells(collection)
    assert found["990", BEFORE, "referrals"] == (1240, "given")
    assert found["990", BEFORE, "adopted"] == (11, "given")
    assert set(collection(NEXT).findings["rule"]).isdisjoint({"abolished_authority", "not_a_member"})


def test_those_who_ended_send_nothing_for_later_quarters(merged, collection):
    sent(merged, NEXT, "late.csv", [row("851", FIRST, "referrals", 77)])
    refused = collection(NEXT).findings.query("rule == 'abolished_authority'")
    assert refused[["authority", "period", "seen"]].to_numpy().tolist() == [
        ["851", FIRST, "Portsmouth (851) ended, and was followed by Solent (990)"]
    ]
    assert cells(collection)["990", FIRST, "referrals"] == (1300, "given")


def test_what_the_successor_sent_itself_goes_before_the_sum(merged, collection):
    sent(merged, NEXT, "own.csv", [row("990", BEFORE, "referrals", 1222), row("990", BEFORE, "adopted", "x")])
    found = cells(collection)
    assert found["990", BEFORE, "referrals"] == (1222, "given")
    assert found["990", BEFORE, "adopted"][1] == "not_available"
    assert found["990", BEFORE, "a1_children"] == (8, "given")


def test_a_correction_of_a_predecessor_is_in_the_sum(merged, collection):
    written(
        merged.parents[2] / "registers" / "south-east",
        "corrections.yml",
        f"""\
- id: slip
  authority: "851"
  period: {BEFORE}
  measure: referrals
  action: override
  value: 243
  expect: 234
  reason: two digits were exchanged
  reported_by: the analyst
  decided_by: the group
  date: 2025-07-01
  status: agreed
""",
    )
    assert cells(collection)["990", BEFORE, "referrals"] == (1243, "given")


def test_the_new_council_is_expected_and_those_before_it_are_not(merged, collection):
    missing = collection(NEXT).findings.query("rule == 'missing_return'")
    codes = set(missing["authority"])
    assert codes == set(regions()["south-east"].members) - {"850", "851"}
    assert len(collection(NEXT).region.members) == 18


def test_a_split_has_no_history(folder, raw, collection):
    written(folder, "surrey.yml", change(SPLIT, FIRST))
    sent(raw, BEFORE, "936.csv", [row("936", BEFORE, "referrals", 900)])
    sent(raw, NEXT, "991.csv", [row("991", NEXT, "referrals", 400), row("992", NEXT, "referrals", 500)])
    found = cells(collection)
    assert found["991", NEXT, "referrals"] == (400, "given")
    assert not [key for key in found if key[0] in ("991", "992", "936") and key[1] < FIRST]
    assert set(collection(NEXT).findings["rule"]).isdisjoint({"abolished_authority", "not_a_member"})
    known = collection(NEXT).populations.set_index(["authority", "mid_year"])
    assert known.loc[("991", 2025), "population"] == 100_000
    assert known.loc[[("991", 2024), ("992", 2024)], "status"].tolist() == ["not_available"] * 2


def test_a_council_that_keeps_its_predecessors_name_is_told_by_the_year(folder, raw, collection):
    text = MERGER.replace("name: Solent, aliases: [Solent Council]", "name: Hampshire")
    written(folder, "hampshire.yml", change(text, FIRST))
    lines = [row("Hampshire", BEFORE, "referrals", 10), row("851", BEFORE, "referrals", 5)]
    sent(raw, NEXT, "a.csv", [*lines, row("Hampshire", NEXT, "referrals", 20)])
    found = cells(collection)
    assert found["990", BEFORE, "referrals"] == (15, "given")
    assert found["990", NEXT, "referrals"] == (20, "given")


def test_those_who_merged_may_merge_again(folder, raw, collection):
    written(folder, "1.yml", change(MERGER, "2024-25-Q1"))
    again = MERGER.replace('["850", "851"]', '["990", "852"]')
    again = (
        again.replace('code: "990"', 'code: "993"').replace("E06009990", "E06009993").replace("Solent", "Wessex Coast")
    )
    written(folder, "2.yml", change(again, FIRST))
    sent(
        raw,
        NEXT,
        "a.csv",
        [
            row("850", "2023-24-Q4", "referrals", 1),
            row("851", "2023-24-Q4", "referrals", 2),
            row("852", "2023-24-Q4", "referrals", 4),
            row("990", BEFORE, "referrals", 8),
            row("852", BEFORE, "referrals", 16),
            row("993", NEXT, "referrals", 32),
        ],
    )
    found = cells(collection)
    assert [found["993", period, "referrals"][0] for period in ("2023-24-Q4", BEFORE, NEXT)] == [7, 24, 32]
    assert not {"990", "850", "851", "852"} & {code for code, *_ in found}


def test_without_a_merger_the_grid_is_handed_back(collection, raw):
    sent(raw, NEXT, "a.csv", [row("825", NEXT, "referrals", 1)])
    table = collection(NEXT).checked.checked
    assert with_history(table, (), registry_for(regions()["south-east"])) is table
