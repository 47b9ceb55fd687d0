"""How many of those compared count by each definition: counted again here, member by member."""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np
import pandas as pd
import pytest

from analysis.comparisons.compare import compare
from analysis.comparisons.definitions import counts_of, how_many_on_each
from analysis.comparisons.groups import english_authorities
from analysis.indicators.compute import compute_indicators
from analysis.reference.changes.breaks import Break
from analysis.reference.neighbours import neighbours
from analysis.reference.periods import Quarter
from analysis.reference.populations import population_frame
from analysis.reference.published import published_figures
from analysis.reference.regions import regions
from analysis.reference.registry import registry

LATEST = Quarter.parse("2025-26-Q2")
SOUTH_EAST = regions()["south-east"].model_copy(update={"outside_members": ("888",)})
MEASURES = ("referrals", "re_referrals", "adopted", "cla_at_end")


@cache
def returns() -> pd.DataFrame:
    """Counts of every English authority in eight quarters; two of the region's have sent nothing."""
    random = np.random.default_rng(11)
    index = pd.MultiIndex.from_product(
        [english_authorities(), [str(period) for period in LATEST.back(8)], MEASURES],
        names=["authority", "period", "measure"],
    )
    table = index.to_frame(index=False).assign(value=random.poisson(300, len(index)) + 1.0, status="given")
    gone = table["authority"].isin(("867", "936"))
    return table.assign(value=table["value"].mask(gone), status=table["status"].mask(gone, "not_submitted"))


def broken(authority: str, first: str, after: str = "new", indicator: str = "A01") -> Break:
    return Break(authority=authority, indicator=indicator, first=Quarter.parse(first), before="old", after=after)


STAGED = (
    *(broken(code, "2025-26-Q2") for code in ("825", "936", "846", "888")),
    *(broken(code, "2024-25-Q4") for code in ("850", "851")),
    *(broken(code, "2025-26-Q1", "another") for code in ("845", "852")),
)
"""825 and the others took up in Q2 what 850 and 851 have counted by since 2024-25-Q4."""


def placed(*breaks: Break, exchange: bool = False) -> pd.DataFrame:
    every = compute_indicators(returns(), registry(), population_frame(), breaks)
    table = compare(
        every[every["authority"].isin(SOUTH_EAST.everyone)],
        registry(),
        SOUTH_EAST,
        period=LATEST,
        populations=population_frame(),
        published=published_figures(),
        neighbours=neighbours("2025"),
        edition="2025",
        exchange=every if exchange else None,
        breaks=breaks,
    )
    return table.set_index(["authority", "series", "group"]).sort_index()


def reporting(codes: tuple[str, ...]) -> list[str]:
    counts = returns()
    sent = counts[(counts["period"] == str(LATEST)) & (counts["measure"] == "referrals") & counts["value"].notna()]
    return [code for code in codes if code in set(sent["authority"])]


def test_the_region_says_how_many_reporting_members_count_by_each_definition() -> None:
    table = placed(*STAGED)
    expected = Counter(
        "2024-25-Q4" if code in ("825", "846", "850", "851") else "2025-26-Q1" if code in ("845", "852") else "earlier"
        for code in reporting(SOUTH_EAST.members)
    )
    for code in SOUTH_EAST.everyone:
        row = table.loc[(code, "A01-rate", "region")]
        assert dict(counts_of(row["definitions"])) == expected
        assert sum(expected.values()) == row["n"] == 17
    assert table.loc[("825", "A01-rate", "region"), "definitions"] == "2025-26-Q1 2; 2024-25-Q4 4; earlier 11"


@pytest.mark.parametrize("breaks", [(), tuple(broken(code, "2025-26-Q1") for code in SOUTH_EAST.everyone)])
def test_where_all_count_by_the_same_definition_nothing_is_said(breaks: tuple[Break, ...]) -> None:
    assert (placed(*breaks).xs("region", level="group")["definitions"] == "").all()


def test_only_the_indicator_that_changed_says_so() -> None:
    table = placed(*STAGED)
    said = table[table["definitions"] != ""]
    assert set(said.index.get_level_values("series")) == {"A01-rate"}
    assert set(said.index.get_level_values("group")) == {"region"}, "DfE's own figures are all by DfE's definition"


def test_in_the_cross_regional_file_nobody_knows_what_changed_outside_the_collection() -> None:
    table = placed(*STAGED, exchange=True)
    for code in ("825", "867", "850"):
        near = tuple(neighbour.code for neighbour in neighbours("2025")[code])
        expected: Counter[str] = Counter()
        for one in reporting((code, *near)):
            changed = {"825": "2024-25-Q4", "846": "2024-25-Q4", "888": "2024-25-Q4", "850": "2024-25-Q4",
                       "851": "2024-25-Q4", "845": "2025-26-Q1", "852": "2025-26-Q1"}  # fmt: skip
            expected[changed.get(one, "earlier" if one in SOUTH_EAST.everyone else "not_recorded")] += 1
        found = dict(counts_of(table.loc[(code, "A01-rate", "neighbours"), "definitions"]))
        assert found == (expected if set(expected) & {"2024-25-Q4", "2025-26-Q1"} else {})


def test_12_months_across_a_break_have_no_position_anywhere() -> None:
    table = placed(broken("825", "2025-26-Q1"), broken("825", "2025-26-Q1", indicator="A15"))
    among = table.loc[("825", "A01-rate", "england")]
    assert (among["reason"], among["own_status"], among["placed_among"]) == ("no_figure", "break", "2024-25")
    in_the_quarter = table.loc[("825", "A01-rate", "region")]
    assert (in_the_quarter["reason"], in_the_quarter["n"]) == ("", 17), "the quarter's own rate is of one definition"
    adopted = table.loc[("825", "A15-percent", "region")]
    assert (adopted["reason"], adopted["own_status"], adopted["n"]) == ("no_figure", "break", 16)
    assert table.loc[("850", "A15-percent", "region"), "definitions"] == "", "who has no figure is on no definition"


def test_two_definitions_of_one_quarter_are_two() -> None:
    new, other, old = ("2025-26-Q2", "new"), ("2025-26-Q2", "other"), ("earlier", "")
    assert how_many_on_each([new, other, old, old]) == "2025-26-Q2 1; 2025-26-Q2 1; earlier 2"
    assert how_many_on_each([old, ("not_recorded", "")]) == how_many_on_each([new, new]) == ""
