"""What was checked of a quarter's returns, and how it stands: the statement that goes with a pack for the DfE."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from analysis.pipeline.collection import Collection
from analysis.reference.authorities import authorities
from analysis.reference.status import Status
from analysis.registers.accepted import FILE as ACCEPTED
from analysis.registers.accepted import load_accepted
from analysis.registers.answered import load_round
from analysis.registers.corrections import FILE as LEDGER
from analysis.registers.corrections import State, load_ledger
from analysis.returns.rules.rule import RULES, Severity
from analysis.signals.schema import Reading
from analysis.views.dfe_pack import OpenQuery, Quality

_KNOWN = (
    "The rules are tested on made-up returns in which errors of a known kind and number were planted.",
    "The rules hold figures against each other, against history and against the calendar. They cannot see a figure "
    "that is wrong in the same way in every quarter, nor what was never recorded.",
    "Figures are unaudited management data, and may change.",
)
_MADE_UP = "The returns of this pack are made up. What was planted in them is known, and no figure is about children."


def quality_of(collection: Collection) -> Quality:
    """The statement for a quarter, of the region's own members.

    Raises
    ------
    BadReferenceError
        If a register can't be read.
    """
    members = set(collection.region.members)
    findings = collection.findings[collection.findings["authority"].isin(members)]
    counts = Counter(findings["severity"])
    asking = [rule for rule in RULES.values() if rule.severity is not Severity.NOTE]
    said = [
        _received(collection, members),
        f"Returns were held against {len(asking)} rules that refuse a figure or ask about it: "
        f"{counts[Severity.REFUSE]} refused and not used, {counts[Severity.QUERY]} queries open, and "
        f"{counts[Severity.NOTE]} noted.",
        _answered(collection, members),
        _corrected(collection, members),
        _held_back(collection, members),
    ]
    queries = findings[findings["severity"] == Severity.QUERY]
    return Quality(
        checked=tuple(said),
        open_queries=tuple(_open(collection, queries)),
        known=(_MADE_UP, *_KNOWN) if collection.made_up else _KNOWN,
    )


def _received(collection: Collection, members: set[str]) -> str:
    checked = collection.checked.checked
    rows = checked[(checked["period"] == str(collection.period)) & checked["authority"].isin(members)]
    given = rows[rows["status"] == Status.GIVEN]
    return (
        f"{given['authority'].nunique()} of {len(members)} authorities sent figures of the quarter: "
        f"{len(given):,} of {len(rows):,} figures are given, and each other one has a mark that says why there is none."
    )


def _answered(collection: Collection, members: set[str]) -> str:
    period = str(collection.period)
    answers = [
        one
        for held in load_round(collection.registers, collection.period)
        if held.authority in members
        for one in held.latest
    ]
    accepted = load_accepted(collection.registers / ACCEPTED, collection.registry).entries
    held = [one for one in accepted if one.authority in members and one.first <= period <= one.until]
    return (
        f"{_count(len(answers), 'query was', 'queries were')} answered in this quarter's round, and "
        f"{_count(len(held), 'answer of this or an earlier quarter is', 'answers of this or earlier quarters are')} "
        "accepted as the reason for what the rules would ask about."
    )


def _corrected(collection: Collection, members: set[str]) -> str:
    entries = load_ledger(collection.registers / LEDGER, collection.registry).entries
    states = Counter(one.status for one in entries if one.authority in members and one.period == str(collection.period))
    done = states[State.AGREED] + states[State.APPLIED]
    return (
        f"{_count(done, 'figure of the quarter was', 'figures of the quarter were')} corrected after the authority "
        f"said so and the group agreed; {_count(states[State.OPEN], 'correction is', 'corrections are')} not decided."
    )


def _held_back(collection: Collection, members: set[str]) -> str:
    rows = collection.signals[collection.signals["authority"].isin(members)]
    count = int((rows["reading"] == Reading.QUERIED).sum())
    return f"{_count(count, 'reading is', 'readings are')} held back, since the figure behind is being asked about."


def _open(collection: Collection, queries: pd.DataFrame) -> list[OpenQuery]:
    measures = collection.registry.measures
    rows = zip(*(queries[name].tolist() for name in ("authority", "period", "measure")), strict=True)
    found = {
        OpenQuery(
            name=authorities()[code].name, period=period, measure=measures[measure].name if measure in measures else ""
        )
        for code, period, measure in rows
    }
    return sorted(found, key=lambda one: (one.name, one.period, one.measure))


def _count(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
