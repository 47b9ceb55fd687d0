"""The regional view (internal): every member against every indicator in alphabetical order, and the data's state."""

from __future__ import annotations

import pandas as pd

from analysis.reference.changes.breaks import breaks_of
from analysis.reference.indicators import Indicator, Window
from analysis.reference.model import Record
from analysis.reference.status import Status
from analysis.views.evidence import NO_FIGURE, Evidence, cell_of, headline_key, records
from analysis.views.internal import Finding, findings_of
from analysis.views.model import Card, Cell, Heading, History, Member, OnDefinition, Point, Variant
from analysis.views.parts import card, changes_shown, heading, members, number, position
from analysis.views.prompts import StandsOut, stands_out
from analysis.views.trends import TrendTold, trends


class RegionalRow(Record):
    """One indicator: the members' headline figures (alphabetical), and the region's own."""

    card: Card
    members: tuple[Member, ...]
    pooled: Cell
    mean: Cell
    median: Cell
    reporting: int
    definitions: tuple[OnDefinition, ...] = ()
    """Where those reporting count by different definitions, the newest first."""
    history: History
    """The region's pooled headline over the periods shown."""


class Submission(Record):
    """What one member sent for the quarter: not a judgement on it."""

    authority: str
    name: str
    in_rank_set: bool
    cells_expected: int
    cells_given: int
    queries: int
    notes: int
    state: str
    """`received` or `nothing to use`; the findings say why."""


class NamedFinding(Record):
    """A finding with the authority that it is about."""

    authority: str
    name: str
    finding: Finding


class RegionalView(Record):
    """Everything that the regional overview shows."""

    heading: Heading
    stands_out: StandsOut
    trends: tuple[TrendTold, ...]
    rows: tuple[RegionalRow, ...]
    submissions: tuple[Submission, ...]
    findings: tuple[NamedFinding, ...]
    sources: tuple[str, ...]


_SUMMARY = ("n", "mean", "median", "pooled")


def build(evidence: Evidence, checked: pd.DataFrame, pooled: pd.DataFrame) -> RegionalView:
    """The regional overview's view.

    Parameters
    ----------
    checked
        The checked stage (one row an authority, period and measure).
    pooled
        The region's pooled, mean and median headline by series and period, and how many reported.
    """
    summary = {
        (str(row["series"]), str(row["period"])): {name: number(row[name]) for name in _SUMMARY}
        for row in records(pooled)
    }
    return RegionalView(
        heading=heading(evidence, Variant.INTERNAL),
        stands_out=stands_out(evidence, evidence.region.everyone, named=True),
        trends=trends(evidence),
        rows=tuple(_row(evidence, indicator, summary) for indicator in evidence.indicators),
        submissions=_submissions(evidence, checked),
        findings=tuple(
            NamedFinding(
                authority=str(code),
                name=evidence.name(str(code)) if code in evidence.authorities else "not known",
                finding=findings_of(evidence.findings.loc[[index]])[0],
            )
            for index, code in evidence.findings["authority"].items()
        ),
        sources=evidence.internal_sources,
    )


def _row(evidence: Evidence, indicator: Indicator, summary: dict[tuple[str, str], dict[str, float]]) -> RegionalRow:
    series = indicator.headline_series
    latest = summary[(series.id, str(evidence.period))]
    basis = next(
        (
            evidence.figures[key].basis
            for code in evidence.region.members
            if (key := headline_key(code, evidence.period, indicator)) in evidence.figures
        ),
        NO_FIGURE.basis,
    )
    breaks = [one for code in evidence.region.members for one in breaks_of(evidence.breaks, code, indicator.id)]
    return RegionalRow(
        card=card(indicator, NO_FIGURE._replace(basis=basis)),
        members=members(evidence, indicator),
        pooled=cell_of(latest["pooled"]),
        mean=cell_of(latest["mean"]),
        median=cell_of(latest["median"]),
        reporting=int(latest["n"]),
        definitions=position(evidence, evidence.region.members[0], indicator, "region").definitions,
        history=History(
            series=series.id,
            kind=series.kind,
            label=series.label,
            unit=series.unit,
            decimals=series.decimals,
            window=Window(indicator.window),
            points=tuple(
                Point(period=str(quarter), cell=cell_of(summary[(series.id, str(quarter))]["pooled"]))
                for quarter in evidence.shown
            ),
            breaks=changes_shown(breaks, evidence.shown),
        ),
    )


def _submissions(evidence: Evidence, checked: pd.DataFrame) -> tuple[Submission, ...]:
    latest = checked[checked["period"] == str(evidence.period)]
    given = latest[latest["status"] != Status.NOT_SUBMITTED].groupby("authority").size()
    expected = latest.groupby("authority").size()
    queries, notes = (
        evidence.findings[evidence.findings["severity"] == severity].groupby("authority").size()
        for severity in ("query", "note")
    )
    rank_set = set(evidence.region.members)
    return tuple(
        Submission(
            authority=code,
            name=evidence.name(code),
            in_rank_set=code in rank_set,
            cells_expected=int(expected.get(code, 0)),
            cells_given=int(given.get(code, 0)),
            queries=int(queries.get(code, 0)),
            notes=int(notes.get(code, 0)),
            state="received" if given.get(code, 0) else "nothing to use",
        )
        for code in evidence.alphabetical(evidence.region.members + evidence.region.outside_members)
    )
