"""The own view: the authority's own figures and public figures, so that nobody's permission is needed."""

from __future__ import annotations

from analysis.reference.model import Record
from analysis.views.commentary import Remark
from analysis.views.evidence import Evidence
from analysis.views.model import Heading, OwnFigures, PublishedFigure, Variant
from analysis.views.parts import heading, own_figures
from analysis.views.renewal import Renewal, renewal


class OwnBlock(Record):
    """One indicator: own figures, and what DfE has published beside it."""

    own: OwnFigures
    published: tuple[PublishedFigure, ...]
    remarks: tuple[Remark, ...] = ()


class OwnView(Record):
    """Everything that an authority's own report shows."""

    heading: Heading
    blocks: tuple[OwnBlock, ...]
    sources: tuple[str, ...]
    renewal: Renewal | None = None
    remarks: tuple[Remark, ...] = ()
    """What the authority says of the quarter as a whole."""


def build(evidence: Evidence, authority: str) -> OwnView:
    """The own view of one authority: small counts hidden unless it lifts that for itself."""
    figures = evidence.concealed(authority)
    return OwnView(
        heading=heading(evidence, Variant.OWN, authority),
        blocks=tuple(
            OwnBlock(
                own=own_figures(
                    evidence,
                    figures,
                    authority,
                    indicator,
                    small_counts=authority in evidence.region.small_counts_shown_by,
                ),
                published=evidence.published.get((authority, indicator.id), ()),
                remarks=evidence.own_remarks_on(authority, indicator.id),
            )
            for indicator in evidence.indicators
        ),
        sources=evidence.public_sources,
        renewal=renewal(evidence, authority, concealed=True),
        remarks=evidence.own_remarks_on(authority, ""),
    )
