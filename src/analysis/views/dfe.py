"""The DfE view: the named one-page summary of S1 14, released only after the DBG has checked it."""

from __future__ import annotations

from analysis.reference.model import Record
from analysis.views import words
from analysis.views.evidence import Evidence
from analysis.views.model import Bands, Heading, OwnFigures, Position, Variant
from analysis.views.parts import heading, own_figures, position


class DfeBlock(Record):
    """One indicator: trend over time and three positions (S1 14); the region as bands."""

    own: OwnFigures
    region: Position
    neighbours: Position
    england: Position
    bands: Bands | None


class DfeView(Record):
    """Everything that one authority's DfE summary shows."""

    heading: Heading
    neighbours_edition: str
    blocks: tuple[DfeBlock, ...]
    sources: tuple[str, ...]


def build(evidence: Evidence, authority: str) -> DfeView:
    """The DfE summary's view of one authority."""
    blocks = []
    for indicator in evidence.indicators:
        bands = evidence.bands[indicator.headline]
        blocks.append(
            DfeBlock(
                own=own_figures(evidence, evidence.figures, authority, indicator),
                region=position(evidence, authority, indicator, "region"),
                neighbours=position(evidence, authority, indicator, "neighbours"),
                england=position(evidence, authority, indicator, "england"),
                bands=bands if isinstance(bands, Bands) else None,
            )
        )
    return DfeView(
        heading=heading(evidence, Variant.DFE, authority),
        neighbours_edition=evidence.neighbours_edition,
        blocks=tuple(blocks),
        # One page: the reference files' own lines stand in `docs/reference-data.md`.
        sources=(*(one for one in evidence.sources if one not in evidence.public_sources), words.REFERENCE_SOURCES),
    )
