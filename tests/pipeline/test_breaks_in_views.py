"""A change of definition on its way through a region's quarter to each reader."""

from __future__ import annotations

import itertools
import json
import re

import pytest

from analysis.config import Workspace
from analysis.pipeline.collection import Collection
from analysis.pipeline.evidence import evidence_of
from analysis.reference.changes.breaks import Break
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.reference.status import Status
from analysis.views import anonymised, dfe, internal, own, regional

PERIOD = Quarter.parse("2025-26-Q2")
CHANGED = ("825", "846", "850", "936")
WORDS = "contacts that became referrals in Kent"


def broken(authority: str, indicator: str, first: str) -> Break:
    return Break(
        authority=authority, indicator=indicator, first=Quarter.parse(first), before="all contacts", after=WORDS
    )


BREAKS = (
    *(broken(code, "A01", "2025-26-Q1") for code in CHANGED),
    broken("825", "A15", "2025-26-Q2"),
    broken("825", "A12", "2022-23-Q1"),
)
"""The last lies before the quarters shown: nothing is drawn, and the definitions differ all the same."""


class WithBreaks(Collection):
    """A collection whose region has changed some definitions."""

    breaks = BREAKS


@pytest.fixture(scope="module")
def collections(made_up_workspace):
    place = (Workspace(made_up_workspace), "made-up", find_region("south-east"), PERIOD)
    return Collection(*place), WithBreaks(*place)


@pytest.fixture(scope="module")
def evidence(collections):
    return evidence_of(collections[1])


def block(view, indicator: str):
    return next(one for one in view.blocks if one.own.card.id == indicator)


def test_the_changed_ones_own_figures_stop_at_the_break_and_others_do_not(evidence):
    for build in (internal.build, own.build, anonymised.build, dfe.build):
        mine, others = (block(build(evidence, code), "A01").own for code in ("825", "921"))
        assert [change.period for change in mine.histories[0].breaks] == ["2025-26-Q1"]
        assert (mine.latest.status, mine.change.status, mine.rolling.status) == (
            Status.GIVEN,
            Status.BREAK,
            Status.BREAK,
        )
        assert others.histories[0].breaks == ()
        assert Status.BREAK not in (others.latest.status, others.change.status, others.rolling.status)
    adopted = block(internal.build(evidence, "825"), "A15")
    assert (adopted.own.latest.status, adopted.region.rank) == (Status.BREAK, None)


def test_a_break_before_the_quarters_shown_is_not_drawn(evidence):
    assert block(internal.build(evidence, "825"), "A12").own.histories[0].breaks == ()


def test_the_internal_page_counts_those_reporting_on_each_definition(evidence):
    view = block(internal.build(evidence, "921"), "A01")
    ranked = set(find_region("south-east").members)
    reporting = {one.authority for one in view.members if one.cell.value is not None and one.authority in ranked}
    new = len(reporting & set(CHANGED))
    assert 0 < new < len(reporting) == view.region.reporting
    assert [(one.first, one.count) for one in view.region.definitions] == [
        ("2025-26-Q1", new),
        ("earlier", len(reporting) - new),
    ]
    assert block(dfe.build(evidence, "921"), "A01").region.definitions == view.region.definitions
    assert block(internal.build(evidence, "921"), "A02").region.definitions == ()


def test_what_people_wrote_of_a_change_goes_to_internal_pages_and_to_no_other(evidence):
    for build in (internal.build, own.build, anonymised.build, dfe.build):
        assert (WORDS in build(evidence, "825").model_dump_json()) == (build is internal.build)


def test_an_anonymised_view_holds_that_definitions_differ_and_not_of_how_many(evidence, collections):
    packs = {code: anonymised.build(evidence, code).model_dump_json() for code in ("825", "921", "936")}
    for text in packs.values():
        view = json.loads(text)
        bands = {one["own"]["card"]["id"]: one["bands"] for one in view["blocks"] if one["bands"]}
        assert {code for code, band in bands.items() if band["definitions_differ"]} == {"A01", "A12"}
        assert set(re.findall(r'"([a-z_]+)":', text)).isdisjoint({"definitions", "count", "reporting"})
    assert len({json.dumps([one["bands"] for one in json.loads(text)["blocks"]]) for text in packs.values()}) == 1
    for reader, text in packs.items():
        drawn = [one for one in json.loads(text)["blocks"] if any(line["breaks"] for line in one["own"]["histories"])]
        assert bool(drawn) == (reader in CHANGED), "only the reader's own changes are drawn"
    before = json.loads(anonymised.build(evidence_of(collections[0]), "921").model_dump_json())
    after = json.loads(packs["921"].replace('"definitions_differ":true', '"definitions_differ":false'))
    for one, name in itertools.product((*before["blocks"], *after["blocks"]), ("bands", "wide")):
        # The way of the median is not told where definitions differ.
        one[name] = {**one[name], "way": ""} if one[name] else None
    moved = [
        one["own"]["card"]["id"] for one, other in zip(before["blocks"], after["blocks"], strict=True) if one != other
    ]
    assert moved == ["A15"], "825 has no 12 months there, so it is not in that band"


def test_the_regional_overview_breaks_the_regions_line_and_counts(evidence, collections):
    checked = collections[1].checked.checked
    rows = regional.build(evidence, checked, collections[1].regional).rows
    referrals = next(row for row in rows if row.card.id == "A01")
    assert [change.period for change in referrals.history.breaks] == ["2025-26-Q1"]
    assert sum(one.count for one in referrals.definitions) == referrals.reporting
    assert next(row for row in rows if row.card.id == "A03").definitions == ()


def test_an_authority_that_changed_nothing_has_the_same_own_page(evidence, collections):
    for code in ("921", "867"):
        assert own.build(evidence, code) == own.build(evidence_of(collections[0]), code)


def test_the_next_stages_are_told_of_the_breaks(evidence, collections):
    assert evidence.breaks == BREAKS
    assert evidence_of(collections[0]).breaks == ()
