"""The internal view: all members named, for members' key staff (S0 5.5.3 i)."""

from __future__ import annotations

import pandas as pd

from analysis.reference.model import Record
from analysis.views.evidence import Evidence
from analysis.views.model import Heading, Member, OwnFigures, Position, Variant
from analysis.views.parts import heading, members, own_figures, position


class InternalBlock(Record):
    """One indicator: own figures, three positions, and every member's headline figure in alphabetical order."""

    own: OwnFigures
    region: Position
    neighbours: Position
    england: Position
    members: tuple[Member, ...]


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
    blocks: tuple[InternalBlock, ...]
    findings: tuple[Finding, ...]
    sources: tuple[str, ...]


def build(evidence: Evidence, authority: str) -> InternalView:
    """The internal view of one authority."""
    blocks = tuple(
        InternalBlock(
            own=own_figures(evidence, evidence.figures, authority, indicator),
            region=position(evidence, authority, indicator, "region"),
            neighbours=position(evidence, authority, indicator, "neighbours"),
            england=position(evidence, authority, indicator, "england"),
            members=members(evidence, indicator),
        )
        for indicator in evidence.indicators
    )
    return InternalView(
        heading=heading(evidence, Variant.INTERNAL, authority),
        neighbours_edition=evidence.neighbours_edition,
        neighbour_names=tuple(evidence.name(code) for code in evidence.neighbours.get(authority, ())),
        blocks=blocks,
        findings=findings_of(evidence.findings[evidence.findings["authority"] == authority]),
        sources=evidence.sources,
    )


def findings_of(rows: pd.DataFrame) -> tuple[Finding, ...]:
    """Rows of the findings table as records."""
    columns = list(Finding.model_fields)
    return tuple(Finding(**{name: str(row[name]) for name in columns}) for row in rows.to_dict("records"))
