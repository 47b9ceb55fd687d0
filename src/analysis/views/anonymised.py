"""The anonymised view: own figures, fixed bands of the group, public figures. No mark for any other authority
(S0 5.2, 5.5.3 iii: "cannot be recognised in the report, even by inference").
"""

from __future__ import annotations

from analysis.disclosure.bands import fourth
from analysis.reference.indicators import Indicator
from analysis.reference.model import Record
from analysis.views.evidence import Evidence
from analysis.views.model import Bands, Heading, OwnFigures, PublishedFigure, Variant
from analysis.views.parts import Figures, heading, own_figures


class AnonymisedBlock(Record):
    """One indicator. `fourth` is read off the printed band, so it is no further equation for anybody."""

    own: OwnFigures
    bands: Bands | None
    no_bands_reason: str
    fourth: str
    published: tuple[PublishedFigure, ...]


class AnonymisedView(Record):
    """The only thing that an anonymised report is made from."""

    heading: Heading
    policy_sha256: str
    blocks: tuple[AnonymisedBlock, ...]
    sources: tuple[str, ...]
    bands_notes: tuple[str, ...] = ()
    """How the bands stand to those of other issues: the same in every pack of the quarter."""


def build(evidence: Evidence, authority: str) -> AnonymisedView:
    """The anonymised view whose reader's authority is named and no other."""
    figures = evidence.concealed(authority)
    return AnonymisedView(
        heading=heading(evidence, Variant.ANONYMISED, authority),
        policy_sha256=evidence.policy_sha256,
        bands_notes=evidence.bands_notes,
        blocks=tuple(_block(evidence, figures, authority, indicator) for indicator in evidence.indicators),
        sources=evidence.public_sources,
    )


def _block(evidence: Evidence, figures: Figures, authority: str, indicator: Indicator) -> AnonymisedBlock:
    own = own_figures(
        evidence, figures, authority, indicator, small_counts=authority in evidence.region.small_counts_shown_by
    )
    bands = evidence.bands[indicator.headline]
    shown = bands if isinstance(bands, Bands) else None
    return AnonymisedBlock(
        own=own,
        bands=shown,
        no_bands_reason="" if isinstance(bands, Bands) else bands,
        fourth=fourth_of(own, shown),
        published=evidence.published.get((authority, indicator.id), ()),
    )


def fourth_of(own: OwnFigures, bands: Bands | None) -> str:
    """The own figure's fourth, read off the printed band of the latest period; empty where either is missing."""
    if bands is None or own.latest.value is None:
        return ""
    return fourth(own.latest.value, bands.bands[-1])
