"""The internal view: all members named, for members' key staff (S0 5.5.3 i)."""

from __future__ import annotations

import pandas as pd

from analysis.reference.indicators import Indicator
from analysis.reference.model import Record
from analysis.views.commentary import Remark
from analysis.views.evidence import Evidence
from analysis.views.model import Heading, Member, OwnFigures, Position, Variant
from analysis.views.parts import heading, members, own_figures, position
from analysis.views.prompts import IndicatorReadings, StandsOut, readings_of, stands_out
from analysis.views.renewal import Renewal, renewal


class Note(Record):
    """What the authority wrote beside the figures behind an indicator (Measure Quality), once for all quarters."""

    periods: tuple[str, ...]
    """The quarters shown that it stands at, the oldest first."""
    measure: str
    text: str


class InternalBlock(Record):
    """One indicator: own figures, positions, and every member's headline figure in alphabetical order."""

    own: OwnFigures
    region: Position
    neighbours: Position
    england: Position
    groups: tuple[Position, ...] = ()
    """In the groups that the region chose for itself and that the authority is in."""
    members: tuple[Member, ...]
    notes: tuple[Note, ...] = ()
    remarks: tuple[Remark, ...] = ()
    """What the authority says of it (S1 7), and how it records it (S0 5.5.4 ii)."""


class Finding(Record):
    """One query or note on the authority's own return."""

    rule: str
    severity: str
    period: str
    measure: str
    seen: str
    remedy: str


class InternalView(Record):
    """Everything that an internal report of one authority shows."""

    heading: Heading
    neighbours_edition: str
    neighbour_names: tuple[str, ...]
    stands_out: StandsOut
    readings: tuple[IndicatorReadings, ...]
    blocks: tuple[InternalBlock, ...]
    findings: tuple[Finding, ...]
    sources: tuple[str, ...]
    renewal: Renewal | None = None
    remarks: tuple[Remark, ...] = ()
    """What the authority says of the quarter as a whole."""


def build(evidence: Evidence, authority: str) -> InternalView:
    """The internal view of one authority."""
    blocks = tuple(
        InternalBlock(
            own=own_figures(evidence, evidence.figures, authority, indicator, words_of_changes=True),
            region=position(evidence, authority, indicator, "region"),
            neighbours=position(evidence, authority, indicator, "neighbours"),
            england=position(evidence, authority, indicator, "england"),
            groups=tuple(
                position(evidence, authority, indicator, group.id)
                for group in evidence.region.groups
                if authority in group.members
            ),
            members=members(evidence, indicator),
            notes=notes_of(evidence, authority, indicator),
            remarks=evidence.remarks_on(authority, indicator.id),
        )
        for indicator in evidence.indicators
    )
    return InternalView(
        heading=heading(evidence, Variant.INTERNAL, authority),
        neighbours_edition=evidence.neighbours_edition,
        neighbour_names=tuple(evidence.name(code) for code in evidence.neighbours.get(authority, ())),
        stands_out=stands_out(evidence, [authority]),
        readings=readings_of(evidence, authority),
        blocks=blocks,
        findings=findings_of(evidence.findings[evidence.findings["authority"] == authority]),
        sources=evidence.internal_sources,
        renewal=renewal(evidence, authority, concealed=False),
        remarks=evidence.remarks_on(authority, ""),
    )


def notes_of(evidence: Evidence, authority: str, indicator: Indicator) -> tuple[Note, ...]:
    """The notes on the counts behind an indicator, in the quarters shown, by measure."""
    measures = {name for series in indicator.series for name in (series.numerator, series.denominator) if name}
    shown = {str(quarter) for quarter in evidence.shown}
    notes = evidence.notes
    rows = notes[(notes["authority"] == authority) & notes["measure"].isin(measures) & notes["period"].isin(shown)]
    periods: dict[tuple[str, str], list[str]] = {}
    for row in rows.sort_values(["measure", "period"]).itertuples():
        periods.setdefault((str(row.measure), str(row.quality)), []).append(str(row.period))
    return tuple(
        Note(periods=tuple(when), measure=evidence.measures[measure], text=text)
        for (measure, text), when in periods.items()
    )


def findings_of(rows: pd.DataFrame) -> tuple[Finding, ...]:
    """Rows of the findings table as records."""
    columns = list(Finding.model_fields)
    return tuple(Finding(**{name: str(row[name]) for name in columns}) for row in rows.to_dict("records"))
