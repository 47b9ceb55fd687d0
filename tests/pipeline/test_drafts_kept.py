"""Drafts of a quarter's readings: each is kept, and what flips from one to the next is listed with its cause."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest

from analysis import store
from analysis.config import Workspace
from analysis.pipeline import drafts
from analysis.pipeline.collection import MADE_UP, Collection
from analysis.pipeline.drafts import drafts_of, flipped, keep_draft
from analysis.reference.periods import Quarter
from analysis.reference.regions import regions
from analysis.signals.schema import Reading

PERIOD = "2025-26-Q2"
OURS, THEIRS = ("825", "A01-rate", "new"), ("921", "A01-rate", "new")


@pytest.fixture
def collection(made_up_workspace, tmp_path):
    shutil.copytree(made_up_workspace / "data" / "raw", tmp_path / "data" / "raw")
    return Collection(Workspace(tmp_path), MADE_UP, regions()["south-east"], Quarter.parse(PERIOD))


def told(collection, key, reading):
    """The same collection in which one reading is another one."""
    signals = collection.signals.copy()
    at = signals[["authority", "series", "test"]].apply(tuple, axis=1) == key
    assert at.sum() == 1
    signals.loc[at, "reading"] = reading.value
    return another(collection, signals=signals)


def sent(collection, code, measure, value):
    """The same collection in which one authority's figure is another one."""
    whole = collection.checked
    table = whole.checked.copy()
    at = (table["authority"] == code) & (table["measure"] == measure) & (table["period"] == PERIOD)
    table.loc[at, ["value", "receipt"]] = value, "another"
    return another(collection, checked=replace(whole, checked=table))


def another(collection, **known):
    made = collection.afresh()
    vars(made).update({name: getattr(collection, name) for name in ("signals", "checked", "changes")} | known)
    return made


def rows(collection):
    found = flipped(collection).to_dict("records")
    return [
        (row["draft"], row["authority"], row["subject"], row["before"], row["after"], row["cause"]) for row in found
    ]


def test_the_same_build_again_is_no_other_draft(collection):
    keep_draft(collection)
    keep_draft(collection.afresh())
    assert [draft.number for draft in drafts_of(collection)] == [1]
    assert rows(collection) == []


def test_a_reading_that_flips_after_a_correction_elsewhere_is_listed_with_that_cause(collection):
    first = told(collection, THEIRS, Reading.HIGHER)
    keep_draft(first)
    keep_draft(sent(told(collection, THEIRS, Reading.QUIET), "825", "referrals", 1.0))
    assert rows(collection) == [
        (2, "921", "A01-rate, new", "higher", "quiet", "figures of others: Buckinghamshire, sent again (another)")
    ]


def test_a_reading_that_flips_by_its_own_figures_says_so(collection):
    keep_draft(told(collection, OURS, Reading.HIGHER))
    keep_draft(sent(told(collection, OURS, Reading.QUIET), "825", "referrals", 1.0))
    assert rows(collection) == [(2, "825", "A01-rate, new", "higher", "quiet", "its own figures")]


def test_a_query_that_was_answered_is_the_cause_where_figures_stand(collection):
    keep_draft(told(collection, OURS, Reading.QUERIED))
    keep_draft(told(collection, OURS, Reading.HIGHER))
    assert rows(collection) == [(2, "825", "A01-rate, new", "queried", "higher", "a query asked or answered")]


def test_another_edition_of_the_kit_is_told_as_one(collection, monkeypatch):
    keep_draft(told(collection, OURS, Reading.HIGHER))
    monkeypatch.setattr(store, "kit_fingerprint", lambda: "another")
    keep_draft(told(collection, OURS, Reading.LOWER))
    assert rows(collection) == [(2, "825", "A01-rate, new", "higher", "lower", "another edition of the kit")]


def test_every_draft_is_set_beside_the_one_before_it(collection):
    for reading in (Reading.QUIET, Reading.HIGHER, Reading.QUIET):
        keep_draft(told(collection, OURS, reading))
    assert [row[0] for row in rows(collection)] == [2, 3]


def test_a_draft_that_was_cut_off_counts_for_nothing_and_is_written_again(collection, monkeypatch):
    keep_draft(told(collection, OURS, Reading.QUIET))
    monkeypatch.setattr(drafts.store, "write_text", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        keep_draft(told(collection, OURS, Reading.HIGHER))
    assert len(drafts_of(collection)) == 1
    monkeypatch.undo()
    keep_draft(told(collection, OURS, Reading.HIGHER))
    assert len(drafts_of(collection)) == 2


def test_nothing_of_a_machine_or_a_day_is_in_a_draft(collection):
    keep_draft(collection)
    [about] = (collection.workspace.processed / "drafts").rglob("draft.json")
    assert json.loads(about.read_text(encoding="utf-8")) == {"changes": [], "kit": store.kit_fingerprint()}
