"""The registry, against the agreed list's own words and counts; and a region's own indicators beside it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from analysis.config import PACKAGE
from analysis.errors import BadReferenceError, UsageError
from analysis.reference.indicators import POPULATION, Polarity, Window
from analysis.reference.regions import regions
from analysis.reference.registry import registry, registry_for

ANNEX_A = (
    "Referrals to social care in the period (number and rate per 10,000)",
    "Referrals that are re-referrals within 12 months (number and percent of referrals)",
    "Assessments completed in the period (number and rate per 10,000)",
    "Assessments completed in 45 days in the period (number and percent of assessments)",
    "Children in Need at the end of the period (number and rate per 10,000)",
    "Section 47 enquiries in the period (number and rate per 10,000)",
    "ICPCs completed within 15 days of S47 (number and percent of S47s)",
    "Children on Child Protection Plans at the end of the period (number and rate per 10,000)",
    "Children with a CPP starting in the period (number and rate per 10,000)",
    "Children with a CPP ceasing in the period (number and rate per 10,000)",
    "Children becoming subject of a child protection plan in the period for second or subsequent time "
    "(number and percentage of plans starting in period), both ever and within 2 years",
    "Children who are Looked After at the end of the period (number and rate per 10,000)",
    "Children who are Looked After starting in the period (number and rate per 10,000)",
    "Children who are Looked After ceasing in the period (number and rate per 10,000)",
    "Children Adopted as a Proportion of Looked After Children (number and percentage)",
    "Average time in Days between a Child entering Care and moving in with their Adoptive Family [A1]",
    "Avg. time (in days) between LA receiving court authority to place a child and deciding on a match to an "
    "adoptive family [A2]",
    "Children who wait less than 14 months between entering care and moving in with their adoptive family (A3)",
)
"""The memorandum between the DfE and SERIA, 2019, Annex A, in its order."""

LAIT_POLARITY = {
    **dict.fromkeys(("A01", "A05", "A06", "A08", "A10", "A12", "A13", "A14"), Polarity.NEUTRAL),
    **dict.fromkeys(("A02", "A11"), Polarity.BETTER_LOW),
    **dict.fromkeys(("A04", "A07", "A15"), Polarity.BETTER_HIGH),
}
"""As LAIT's data dictionary has it, but for A09, where the registry says why it departs."""


def test_the_words_are_those_of_annex_a_in_its_order() -> None:
    assert tuple(each.annex_a for each in registry().listed("annex-a-2019")) == ANNEX_A


def test_the_words_are_those_of_the_memorandum_itself(memoranda: Path) -> None:
    """The last line of the file ends with a quotation mark that never began."""
    (path,) = memoranda.glob("S1-*")
    annex = path.read_text(encoding="utf-8").partition("### Annex A")[2]
    lines = re.findall(r"^- (.+?)\"?$", annex, flags=re.MULTILINE)
    assert tuple(each.annex_a for each in registry().listed("annex-a-2019")) == tuple(lines)


def test_annex_a_is_18_indicators_and_35_series() -> None:
    """16 numbers, 10 rates, 6 percentages, and A1, A2 and A3."""
    listed = registry().listed("annex-a-2019")
    assert len(listed) == 18
    assert Counter(series.kind for each in listed for series in each.series if each.number < 16) == {
        "number": 16,
        "rate": 10,
        "percentage": 6,
    }
    assert [series.id for each in listed[15:] for series in each.series] == ["A16-days", "A17-days", "A18-percent"]
    assert len(registry().all_series()) == 35


def test_each_line_has_the_series_that_its_words_ask_for() -> None:
    for each in registry().listed("annex-a-2019"):
        kinds = {series.kind for series in each.series}
        assert ("number" in kinds) == ("number" in each.annex_a)
        assert ("rate" in kinds) == ("rate per 10,000" in each.annex_a)
        if "percent" in each.annex_a:
            assert "percentage" in kinds
        assert ("duration" in kinds) == bool(re.search(r"\bdays\)? between", each.annex_a, flags=re.IGNORECASE))
        assert (each.kind == "stock") == ("at the end of the period" in each.annex_a)


@pytest.mark.parametrize(
    ("series", "numerator", "denominator"),
    [
        ("A02-percent", "re_referrals", "referrals"),
        ("A04-percent", "assessments_45_days", "assessments"),
        ("A07-percent", "icpc_15_days", "s47_enquiries"),
        ("A11-ever-percent", "cpp_second_ever", "cpp_starting"),
        ("A11-2y-percent", "cpp_second_2_years", "cpp_starting"),
        ("A15-percent", "adopted", "cla_at_end"),
        ("A16-days", "a1_days", "a1_children"),
        ("A17-days", "a2_days", "a2_children"),
        ("A18-percent", "a3_under_14_months", "a3_children"),
    ],
)
def test_denominators_are_those_that_annex_a_names(series: str, numerator: str, denominator: str) -> None:
    found = registry().series(series)
    assert (found.numerator, found.denominator) == (numerator, denominator)


def test_rates_are_per_10_000_children_aged_0_to_17_with_one_decimal() -> None:
    for series in registry().all_series():
        if series.kind == "rate":
            assert (series.denominator, series.multiplier, series.decimals) == (POPULATION, 10_000, 1)
        elif series.kind == "percentage":
            assert (series.multiplier, series.decimals, series.minimum_n) == (100, 1, 20)
        else:
            assert series.decimals == 0


def test_a_stock_is_of_stocks_and_only_adoption_is_shown_over_a_year() -> None:
    known = registry()
    for each in known.indicators.values():
        stocks = {known.measures[series.numerator].kind == "stock" for series in each.series}
        assert stocks == {each.kind == "stock"}
        assert (each.window is Window.ROLLING_YEAR) == (each.group == "Adoption")


def test_polarity_is_that_of_lait_but_where_the_registry_says_why() -> None:
    found = {each.id: each.polarity for each in registry().indicators.values()}
    assert {key: found[key] for key in LAIT_POLARITY} == LAIT_POLARITY
    for key in found.keys() - LAIT_POLARITY.keys():
        assert registry().indicators[key].polarity_source.startswith("our choice")


def test_what_cannot_be_set_beside_dfes_figure_says_so() -> None:
    published = {each.id: each.published for each in registry().indicators.values()}
    assert {key for key, found in published.items() if found is None} == {"A03", "A16", "A17", "A18"}
    unlike = {key: found.difference for key, found in published.items() if found and not found.like_for_like}
    assert unlike.keys() == {"A07", "A13", "A14", "A15"}
    assert "conferences" in unlike["A07"]
    assert "ceased" in unlike["A15"]
    assert published["A11"] is not None
    assert published["A11"].series == "A11-ever-percent"


def test_the_words_for_readers_do_not_label_children() -> None:
    """A director's page says *looked after*, not CLA; *child protection plan*, not CPP (S0 2.2 i)."""
    for each in registry().indicators.values():
        words = [each.title, each.group, *each.choices, *(series.label for series in each.series)]
        words += [series.unit for series in each.series]
        words += [each.published.difference] if each.published else []
        for text in words:
            assert not re.search(r"\b(CLA|LAC|CPP|CIN|ICPC|cases?|worst|verdict)\b", text), (each.id, text)


OWN = """\
measures:
  - {id: early_help, name: Families with an early help plan, kind: stock, unit: families}
indicators:
  - id: SE1
    number: 19
    annex_a: ""
    title: Families with an early help plan
    group: Early help
    kind: stock
    polarity: neutral
    polarity_source: our choice
    headline: SE1-rate
    window: quarter
    annualisation: Never summed.
    version: "1"
    series:
      - {id: SE1-number, kind: number, label: Families, numerator: early_help, unit: families, decimals: 0}
      - id: SE1-rate
        kind: rate
        label: Families per 10,000 children
        numerator: early_help
        denominator: population_0_17
        multiplier: 10000
        unit: per 10,000 children
        decimals: 1
"""


def test_a_region_adds_an_indicator_of_its_own_without_code(tmp_path: Path) -> None:
    (tmp_path / "own.yml").write_text(OWN, encoding="utf-8")
    region = regions()["south-east"].model_copy(update={"own_indicators": "own.yml"})
    known = registry_for(region, folder=tmp_path)
    assert [each.id for each in known.listed("annex-a-2019")][-2:] == ["A18", "SE1"]
    assert known.series("SE1-rate").multiplier == 10_000
    assert known.measures["early_help"].kind == "stock"
    # What goes to the DfE is the dated list as it was agreed.
    assert "SE1" not in known.set("annex-a-2019").indicators
    assert "SE1" not in registry().indicators


def test_the_example_in_the_documentation_can_be_used_as_it_stands(tmp_path: Path) -> None:
    text = (PACKAGE.parents[1] / "docs" / "reference-data.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(measures:.*?)```", text, flags=re.DOTALL)
    (tmp_path / "own.yml").write_text(example, encoding="utf-8")
    assert registry(own=tmp_path / "own.yml").own == ("SE1",)


def test_the_stocks_whose_flows_are_counted_are_plans_and_children_looked_after() -> None:
    # Children in need who start and end are not among the agreed counts.
    assert registry().balances == (
        ("cpp_at_end", "cpp_starting", "cpp_ceasing"),
        ("cla_at_end", "cla_starting", "cla_ceasing"),
    )


def test_a_region_without_its_own_has_the_registry_as_it_is() -> None:
    assert registry_for(regions()["london"]) == registry()


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("id: early_help, name", "id: referrals, name", 2, "another measure is called referrals"),
        ("- id: SE1\n", "- id: A01\n", 4, "another indicator has this id"),
        ("number: 19", "number: 18", 5, "A18 has the number 18 too"),
        ("id: SE1-number", "id: A01-number", 17, "another series is called A01-number"),
        ("numerator: early_help\n", "numerator: late_help\n", 21, "there is no measure late_help"),
        ("denominator: population_0_17", "denominator: referrals", 22, "a rate cannot be measured on referrals"),
        ("headline: SE1-rate", "headline: SE1-percent", 12, "the headline SE1-percent is none of its series"),
        ("kind: stock, unit", "kind: duration, unit", 2, "a duration has a weight"),
        ("unit: families}\nind", "unit: families, weight: x}\nind", 2, "there is no measure x"),
        ("polarity: neutral", "polarity: good", 10, "choose from 'better_high'"),
        ("version:", "vershun:", 15, "vershun: this key is not known; line 4, indicators.0.version: this"),
    ],
)
def test_a_fault_in_a_regions_own_file_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, what: str
) -> None:
    assert old in OWN
    path = tmp_path / "own.yml"
    path.write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(BadReferenceError) as caught:
        registry(own=path)
    assert caught.value.where.endswith(f"own.yml, line {line}")
    assert what in caught.value.what
    assert caught.value.remedy


def test_an_unknown_list_is_answered_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="annex-b") as caught:
        registry().set("annex-b")
    assert "annex-a-2019" in caught.value.remedy


def test_a_series_that_does_not_exist_is_a_bug() -> None:
    with pytest.raises(KeyError):
        registry().series("A99-rate")
