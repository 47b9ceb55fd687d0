"""What stands out on its way to its readers: internal pages tell the stage's own readings, a summary for the DfE what
waited its time, and no other page any.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analysis.config import Workspace
from analysis.pipeline import load
from analysis.pipeline.collection import MADE_UP, Collection
from analysis.pipeline.evidence import evidence_of
from analysis.pipeline.quality import quality_of
from analysis.pipeline.submission import submission_csv
from analysis.reference.periods import Quarter
from analysis.reference.regions import find_region
from analysis.registers.confirmations import Answered, Confirmation, UnusualReading
from analysis.render import dfe_page, pack_page
from analysis.signals.schema import COLUMNS, SIGNALS_SCHEMA, Reading
from analysis.signals.stories import links, stories
from analysis.signals.tiers import Tier
from analysis.views import dfe, dfe_pack, internal, regional
from analysis.views.commentary import Remark
from analysis.views.completeness import NO_SUMMARY, Part
from analysis.views.dfe_pack import Quality
from analysis.views.model import Variant
from analysis.views.prompts import stands_out
from analysis.views.sentences import looked_at_words, prompt_words, with_it_words

PERIOD = "2025-26-Q2"
REGION = find_region("south-east")
BUCKINGHAMSHIRE, BRACKNELL, WIGHT = "825", "867", "921"
"""By code in this order; by name Bracknell Forest is the first."""
OTHERS = (Variant.OWN, Variant.ANONYMISED, Variant.DFE, Variant.PUBLIC)


@pytest.fixture(scope="module")
def collection(made_up_workspace):
    return Collection(Workspace(made_up_workspace), MADE_UP, REGION, Quarter.parse(PERIOD))


@pytest.fixture(scope="module")
def evidence(collection):
    return evidence_of(collection)


@pytest.fixture(scope="module")
def overview(collection, evidence):
    return regional.build(evidence, collection.checked.checked, collection.regional)


@pytest.fixture(scope="module")
def folders(made_up_workspace):
    """The views as they are stored, by variant."""
    place = Workspace(made_up_workspace)
    return {
        variant: load.views_folder(place, REGION, "2024-25" if variant is Variant.PUBLIC else PERIOD, variant, MADE_UP)
        for variant in Variant
    }


@pytest.fixture(scope="module")
def crafted(evidence):
    """A quiet quarter, with a few readings put in by hand."""
    table = evidence.signals.copy()
    tested = table["p"].notna() | (table["reading"] == Reading.QUERIED)
    table.loc[tested, ["reading", "statistic", "change", "smallest", "p", "q"]] = [Reading.QUIET, 0.0, 0.0, 0.3, 1, 1]
    place = table.set_index(["authority", "series", "test"]).index
    by_hand = [
        (BUCKINGHAMSHIRE, "A01-rate", Tier.NEW, Reading.HIGHER, 0.38, 4.1, 1e-4, 0.3),
        (BUCKINGHAMSHIRE, "A04-percent", Tier.SUSTAINED, Reading.LOWER, -0.207, -5.0, 1e-6, 0.3),
        (BUCKINGHAMSHIRE, "A03-rate", Tier.NEW, Reading.QUIET, 0.12, 2.5, 0.013, 0.3),
        (BUCKINGHAMSHIRE, "A06-rate", Tier.DRIFT, Reading.QUIET, 0.05, 2.9, 0.004, 0.3),
        (BUCKINGHAMSHIRE, "A12-rate", Tier.DRIFT, Reading.LOWER, -0.03, -4.0, 2e-4, 0.3),
        (BUCKINGHAMSHIRE, "A16-days", Tier.NEW, Reading.QUERIED, 2.0, 6.0, 1e-8, 0.3),
        (BUCKINGHAMSHIRE, "A16-days", Tier.SUSTAINED, Reading.QUERIED, 0.9, 3.0, 1e-3, 0.3),
        (BUCKINGHAMSHIRE, "A15-percent", Tier.NEW, Reading.QUERIED, 2.0, 6.0, 1e-8, 0.3),
        (BUCKINGHAMSHIRE, "A18-percent", Tier.NEW, Reading.TOO_FEW, 0.1, 0.4, 0.7, np.inf),
        (BUCKINGHAMSHIRE, "A18-percent", Tier.SUSTAINED, Reading.TOO_FEW, 0.1, 0.4, 0.7, 1.6),
        (BRACKNELL, "A02-percent", Tier.NEW, Reading.LOWER, -0.5, -4.4, 1e-5, 0.3),
        (WIGHT, "A13-rate", Tier.DRIFT, Reading.QUERIED, 0.1, 3.0, 1e-3, 0.3),
    ]
    for authority, series, tier, reading, change, statistic, p, smallest in by_hand:
        [row] = np.flatnonzero(place == (authority, series, tier.value))
        share = np.nan if reading is Reading.QUERIED else p
        table.loc[row, ["reading", "change", "statistic", "p", "q", "smallest"]] = [
            reading.value, change, statistic, p, share, smallest,
        ]  # fmt: skip
    signals = SIGNALS_SCHEMA.validate(table[COLUMNS])
    return replace(evidence, signals=signals, stories=stories(signals, evidence.indicators, links()))


def leaves(value) -> Iterator[object]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)
    else:
        yield value


def keys_of(value) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("authority", [BUCKINGHAMSHIRE, BRACKNELL, WIGHT])
def test_every_reading_of_the_internal_view_is_that_of_the_stage(evidence, authority):
    view = internal.build(evidence, authority)
    rows = evidence.signals.set_index(["authority", "series", "test"])
    assert [one.number for one in view.readings] == [one.number for one in evidence.indicators]
    for told, indicator in zip(view.readings, evidence.indicators, strict=True):
        assert [one.test for one in told.tiers] == [tier.value for tier in Tier]
        for one in told.tiers:
            row = rows.loc[(authority, indicator.headline, one.test)]
            assert one.reading == row["reading"]
            for name in ("change", "p", "q"):
                value = getattr(one, name)
                assert (value is None and np.isnan(row[name])) or value == row[name]
            assert (one.shade != "") == (one.reading in ("higher", "lower"))
            assert one.word


def counts(found):
    return (found.prompts, found.held_back, found.quiet, found.too_few, found.not_tested)


def test_the_counts_are_those_of_the_stage_and_sum_to_what_was_looked_at(evidence, overview):
    views = {code: internal.build(evidence, code) for code in REGION.everyone}
    readings = evidence.signals.groupby("authority")["reading"]
    for code, view in views.items():
        tally = readings.get_group(code).value_counts()
        prompts = tally.get("higher", 0) + tally.get("lower", 0)
        assert counts(view.stands_out)[:4] == (
            prompts, *(tally.get(name, 0) for name in ("queried", "quiet", "too_few"))
        )  # fmt: skip
        assert sum(counts(view.stands_out)) == view.stands_out.looked_at == 54
        assert sum(len(story.prompts) for story in view.stands_out.stories) == prompts
    by_authority = np.array([counts(view.stands_out) for view in views.values()])
    assert counts(overview.stands_out) == tuple(by_authority.sum(axis=0))
    assert overview.stands_out.looked_at == len(evidence.signals) == 54 * len(REGION.everyone)


def test_the_overview_tells_every_prompt_once_under_names_in_their_order(evidence, overview):
    names = [story.name for story in overview.stands_out.stories]
    assert names == sorted(names)
    numbers = {one.headline: one.number for one in evidence.indicators}
    told = sorted((story.authority, one.number) for story in overview.stands_out.stories for one in story.prompts)
    prompts = evidence.signals[evidence.signals["reading"].isin(["higher", "lower"])]
    assert told == sorted(zip(prompts["authority"], prompts["series"].map(numbers), strict=True))
    assert told


def test_the_course_of_the_region_is_that_of_the_stage_in_the_order_of_the_list(collection, overview):
    table = collection.trends.set_index("series")
    assert [one.number for one in overview.trends] == [one.number for one in collection.indicator_list]
    for told, indicator in zip(overview.trends, collection.indicator_list, strict=True):
        row = table.loc[indicator.headline]
        assert told.course == row["reading"]
        for value, expected in ((told.slope.value, row["slope"]), (told.p, row["p"]), (told.net.value, row["net"])):
            assert value == expected or (value is None and np.isnan(expected))
        assert (told.authorities, told.net_of) == (row["authorities"], row["net_of"])
        assert (told.p is not None) == (indicator.kind == "flow")


def test_prompts_put_in_by_hand_are_told_as_stories_that_the_least_likely_leads(crafted):
    view = internal.build(crafted, BUCKINGHAMSHIRE)
    front_door, looked_after = view.stands_out.stories
    assert (front_door.name, front_door.title) == ("Buckinghamshire", "From referral to child protection plan")
    assert [prompt_words(one) for one in front_door.prompts] == [
        "4 Assessments completed within 45 working days (21% below what was expected). Lower over four quarters than "
        "its own pattern and the region's move suggest (not the better way for this indicator); between 1 and 5 in "
        "10 such prompts are chance.",
        "1 Referrals to children's social care (38% above what was expected). Higher this quarter than its own pattern "
        "and the region's move suggest; between 1 and 4 in 10 such prompts are chance.",
    ]
    assert with_it_words(front_door.with_it) == (
        "With it, but no prompts by themselves (about 1 in 15 series lies so far off by chance): "
        "3 Assessments completed (12% above what was expected)"
    )
    assert [prompt_words(one) for one in looked_after.prompts] == [
        "12 Children looked after at the end of the period (-3.0% of itself a quarter beside the region). Moving "
        "downwards beside the region, quarter by quarter; between 2 and 9 in 10 such prompts are chance."
    ]
    assert looked_after.with_it == ()


def test_what_is_held_back_is_named_once_by_number_and_of_a_region_with_its_name(crafted):
    numbers = {one.id: f"{one.number} {one.title}" for one in crafted.indicators}
    own = stands_out(crafted, [BUCKINGHAMSHIRE])
    assert own.queried == (numbers["A15"], numbers["A16"])
    assert own.held_back == 3, "of the second, two questions are held back"
    region = stands_out(crafted, REGION.everyone, named=True)
    assert region.queried == (
        f"Buckinghamshire: {numbers['A15']}",
        f"Buckinghamshire: {numbers['A16']}",
        f"Isle of Wight: {numbers['A13']}",
    )
    assert [story.name for story in region.stories] == ["Bracknell Forest", "Buckinghamshire", "Buckinghamshire"]


def test_the_table_of_readings_says_what_stands_beneath_each(crafted):
    view = internal.build(crafted, BUCKINGHAMSHIRE)
    told = {(f"A{one.number:02d}", each.test): each for one in view.readings for each in one.tiers}

    def said(indicator: str, tier: Tier) -> tuple[str, str, str]:
        one = told[indicator, tier.value]
        return one.word, one.beneath, one.shade.value

    assert said("A01", Tier.NEW) == ("higher", "+38%", "neither")
    assert said("A04", Tier.SUSTAINED) == ("lower", "-21%", "worse")
    assert said("A12", Tier.DRIFT) == ("moving downwards", "-3.0% of itself a quarter", "neither")
    assert said("A16", Tier.NEW) == ("being asked about", "", "")
    assert said("A18", Tier.NEW) == ("cannot say", "nothing would show", "")
    assert said("A18", Tier.SUSTAINED) == ("cannot say", "a doubling would not", "")
    assert said("A03", Tier.NEW) == ("within its pattern", "30% would show", "")
    [better] = [
        each
        for one in internal.build(crafted, BRACKNELL).readings
        for each in one.tiers
        if (one.number, each.test) == (2, Tier.NEW.value)
    ]
    assert (better.word, better.beneath, better.shade) == ("lower", "-50%", "better")


def test_how_much_was_looked_at_is_said_in_numbers(crafted):
    told = stands_out(crafted, [BRACKNELL])
    none = told.model_copy(update={"prompts": 0, "quiet": 54, "too_few": 0, "not_tested": 0})
    assert looked_at_words(none) == (
        "Of 54 readings (three questions about each indicator): 0 prompts, 0 held back by an open query, 54 within "
        "their pattern, 0 of too few children (or too restless) to say, and 0 not tested."
    )
    one = told.model_copy(update={"looked_at": 1026, "held_back": 1, "quiet": 1, "too_few": 1, "not_tested": 1})
    assert looked_at_words(one) == (
        "Of 1,026 readings (three questions about each indicator): 1 prompt, 1 held back by an open query, 1 within "
        "their pattern, 1 of too few children (or too restless) to say, and 1 not tested."
    )


def test_an_authority_that_sent_nothing_has_no_prompt_and_all_of_it_is_untested(evidence):
    nothing = evidence.signals.assign(
        reading=evidence.signals["reading"].where(evidence.signals["authority"] != WIGHT, Reading.NO_FIGURE.value)
    )
    found = stands_out(replace(evidence, signals=nothing, stories=()), [WIGHT])
    assert counts(found) == (0, 0, 0, 0, 54)
    assert (found.stories, found.queried) == ((), ())


def test_nobody_elses_prompt_is_in_an_internal_view(crafted):
    for code in (BRACKNELL, WIGHT):
        assert all(story.authority == code for story in stands_out(crafted, [code]).stories)
    assert stands_out(crafted, [WIGHT]).stories == ()


INTERNAL_KEYS = {
    "stands_out", "readings", "trends", "stories", "prompts", "with_it", "queried", "looked_at", "held_back", "quiet",
    "too_few", "not_tested", "tiers", "shade", "beneath", "sentence", "slope", "course", "net", "net_of", "p", "q",
}  # fmt: skip
PHRASES = (
    "a prompt", "such prompts", "own pattern", "within its pattern", "being asked about", "cannot say",
    "moving upwards", "moving downwards", "would show", "prompts are chance", "beside the region",
    "told from chance",
)  # fmt: skip


@pytest.mark.parametrize("variant", OTHERS)
def test_no_other_stored_view_holds_a_key_a_word_or_a_number_of_it(folders, evidence, variant):
    tables = [evidence.signals[["change", "statistic", "p", "q"]], evidence.trends[["p", "q"]]]
    numbers = {value for table in tables for value in table.to_numpy().ravel() if not float(value * 1000).is_integer()}
    files = sorted((folders[variant] / variant).glob("*.json"))
    assert len(files) == len(REGION.everyone)
    for path in files:
        text = path.read_text(encoding="utf-8")
        view = json.loads(text)
        assert keys_of(view).isdisjoint(INTERNAL_KEYS)
        assert not [phrase for phrase in PHRASES if phrase in text.lower()]
        assert numbers.isdisjoint(one for one in leaves(view) if isinstance(one, float))


def test_the_stored_internal_views_hold_each_of_these(folders, evidence):
    """Else the search above would find nothing wherever it looked."""
    text = (folders[Variant.INTERNAL] / "internal" / f"{BUCKINGHAMSHIRE}.json").read_text(encoding="utf-8")
    whole = (folders[Variant.INTERNAL] / load.REGIONAL).read_text(encoding="utf-8")
    assert keys_of(json.loads(text)) | keys_of(json.loads(whole)) >= INTERNAL_KEYS
    assert all(phrase in (text + whole).lower() for phrase in ("such prompts", "within its pattern", "would show"))
    own = evidence.signals[evidence.signals["authority"] == BUCKINGHAMSHIRE]["p"].dropna()
    held = {one for one in leaves(json.loads(text)) if isinstance(one, float)}
    assert set(own) <= held
    assert set(pd.Series([one["p"] for one in json.loads(whole)["trends"]]).dropna()) == set(
        evidence.trends["p"].dropna()
    )


READ_UP = UnusualReading(indicator="A01", test=Tier.NEW.value, reading="higher")
READ_DOWN = UnusualReading(indicator="A04", test=Tier.SUSTAINED.value, reading="lower")
ASKED = Confirmation(state=Answered.OUTSTANDING, asked=date(2025, 11, 3))


def for_dfe(evidence, found, *remarks):
    said = {BUCKINGHAMSHIRE: remarks}
    return dfe.build(
        replace(evidence, confirmations={BUCKINGHAMSHIRE: found}, remarks=said, remarks_of_itself=said), BUCKINGHAMSHIRE
    )


def test_the_dfe_is_told_of_no_reading_before_its_authority_had_time_to_answer(crafted):
    """Three prompts are put in by hand."""
    view = for_dfe(crafted, ASKED)
    assert (view.unusual, view.waiting) == ((), 3)
    foot = dfe_page.small_print(view)
    assert "3 readings wait until the authority has had time" in foot
    assert "Confirmation outstanding: the authority was asked on Monday 3 November 2025" in foot.replace("\\", "")
    assert not any(phrase in view.model_dump_json() for phrase in PHRASES)


def test_a_freed_reading_is_told_unless_the_authority_queries_the_very_figure(crafted):
    freed = frozenset({READ_UP.key, READ_DOWN.key})
    view = for_dfe(crafted, replace(ASKED, freed=freed))
    assert ([one.number for one in view.unusual], view.waiting) == ([1, 4], 1)
    assert "4 (21% below what was expected)" in dfe_page.small_print(view).replace("\\", "")
    queried = replace(ASKED, state=Answered.QUERIED, said=date(2025, 11, 6), queried=("A04",), freed=freed)
    view = for_dfe(crafted, queried)
    assert ([one.number for one in view.unusual], view.waiting) == ([1], 2)
    assert "queries its own figures of 4" in view.answered_words


def test_a_figure_goes_to_the_dfe_whatever_is_said_of_it(crafted):
    blocks = {for_dfe(crafted, found).blocks for found in (Confirmation(), ASKED, replace(ASKED, queried=("A01",)))}
    assert len(blocks) == 1


def test_a_prompt_is_listed_until_its_authority_has_said_something_of_it(crafted):
    assert len(stands_out(crafted, [BUCKINGHAMSHIRE]).unexplained) == 3
    said = Remark(indicator="A01", recording=False, text="A new front door opened.")
    recorded = Remark(indicator="A04", recording=True, text="Counted when they end.")
    told = stands_out(replace(crafted, remarks={BUCKINGHAMSHIRE: (said, recorded)}), [BUCKINGHAMSHIRE])
    assert [one.split()[0] for one in told.unexplained] == ["4", "12"], (
        "how it is recorded says nothing of what lies behind"
    )
    overview = stands_out(crafted, [BUCKINGHAMSHIRE, BRACKNELL], named=True)
    assert overview.unexplained[0].startswith("Bracknell Forest: 2 ")


def packed(evidence, *codes, found=ASKED, remarks=()):
    known = replace(evidence, confirmations=dict.fromkeys(codes, found), remarks_of_itself={BUCKINGHAMSHIRE: remarks})
    summaries = {code: dfe.build(known, code) for code in codes}
    return dfe_pack.build(known, summaries, Quality(checked=("All was checked.",)))


def test_every_member_indicator_and_part_is_in_the_pack_or_has_a_reason(crafted):
    view = packed(crafted, BUCKINGHAMSHIRE, WIGHT)
    keys = [(place.authority, place.number, place.part) for place in view.places]
    assert len(set(keys)) == len(keys) == 19 * 18 * 4
    assert all(place.filled != bool(place.reason) for place in view.places)
    own = {place.number for place in view.places if place.authority == BUCKINGHAMSHIRE and place.filled}
    assert len(own) == 18
    absent = [place for place in view.places if place.authority == BRACKNELL]
    assert {place.reason for place in absent} == {NO_SUMMARY}
    assert len(absent) == 18 * 4
    shown = {block.own.card.number: block for block in dfe.build(crafted, WIGHT).blocks}
    for place in (place for place in view.places if place.authority == WIGHT and place.part is Part.NEIGHBOURS):
        assert place.filled == (shown[place.number].neighbours.rank is not None)


def test_the_cover_quotes_the_terms_and_has_everybodys_answer_and_words(crafted):
    words = Remark(indicator="A01", recording=False, text="A *new* <b>front door</b> opened.", since="2025-26-Q1")
    freed = replace(ASKED, freed=frozenset({READ_UP.key}))
    view = packed(crafted, BUCKINGHAMSHIRE, found=freed, remarks=(words,))
    memorandum = pack_page.terms(view).replace("\\", "")
    assert "LA data remains LA data" in memorandum
    assert "data alone cannot provide a basis to issue a statutory direction" in memorandum
    assert "to help the DfE gain a national picture on targeted support" in memorandum
    [table] = pack_page.answers(view)
    assert table.html.count("<tr") == 1 + 19
    assert "No summary: nothing was received" in table.html
    said = "\n".join(str(part) for part in pack_page.words_of_authorities(view))
    assert "Higher this quarter than its own pattern" in said
    assert "<b>" not in said.replace("\\<b\\>", "")
    assert "(Since Q1 2025-26.)" in said


def test_the_statement_of_checks_counts_what_is_in_the_tables(collection):
    found = quality_of(collection)
    findings = collection.findings[collection.findings["authority"].isin(REGION.members)]
    queries = findings[findings["severity"] == "query"]
    assert f"{len(queries)} queries open" in found.checked[1]
    asked = set(zip(queries["authority"], queries["period"], queries["measure"], strict=True))
    assert len(found.open_queries) == len(asked) > 0
    assert found.checked[0].startswith("19 of 19 authorities")


def test_counts_go_to_the_dfe_in_the_layout_of_returns_none_hidden_and_none_a_formula(collection):
    checked = collection.checked.checked
    notes = checked["quality"].where(checked["measure"] != "referrals", "=HYPERLINK(1)")
    notes = notes.where(checked["measure"] != "cpp_starting", "Counted as in Kent.")
    held = collection.afresh()
    held.__dict__["checked"] = replace(collection.checked, checked=checked.assign(quality=notes))
    rows = list(csv.DictReader(io.StringIO(submission_csv(held).decode())))
    assert list(rows[0]) == [
        "Region", "LA Code", "LA Name", "Financial Year", "Quarter", "Measure ID", "Measure Name", "Measure Value",
        "Measure Quality",
    ]  # fmt: skip
    assert len(rows) == 19 * 22
    then = checked[checked["period"] == PERIOD].set_index(["authority", "measure"])
    for row in rows:
        cell = then.loc[(row["LA Code"], row["Measure ID"])]
        if cell["status"] == "given":
            assert float(row["Measure Value"]) == cell["value"]
        else:
            assert row["Measure Value"] in ("..", "c", "x", "z", "u")
    assert any(row["Measure Value"] in "12345" for row in rows), "counts of 1 to 5 stand as they are"
    assert {row["Measure Quality"] for row in rows if row["Measure ID"] == "referrals"} == {"'=HYPERLINK(1)"}
    named = {row["LA Code"]: row["Measure Quality"] for row in rows if row["Measure ID"] == "cpp_starting"}
    assert {note for code, note in named.items() if code != "886"} == {""}
