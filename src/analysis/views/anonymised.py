"""The anonymised view: own figures, fixed bands of the group, public figures. No mark for any other authority
(S0 5.2, 5.5.3 iii: "cannot be recognised in the report, even by inference"), but for those that permit to be named.
"""

from __future__ import annotations

from analysis.disclosure.bands import fourth
from analysis.reference.indicators import Indicator
from analysis.reference.model import Record
from analysis.views.charts import XmrChart
from analysis.views.commentary import Comment
from analysis.views.evidence import NO_FIGURE, Evidence, headline_key, lookup
from analysis.views.model import Bands, Heading, NamedAuthority, OwnFigures, PublishedFigure, Variant
from analysis.views.named import NamedLine, heading_with_named, named_beside, named_lines
from analysis.views.own_chart import own_chart
from analysis.views.own_interval import OwnInterval, own_interval
from analysis.views.parts import Figures, heading, own_figures


class PlacedQuarter(Record):
    """One quarter's own headline in that quarter's band as printed; empty where there is no figure to show."""

    period: str
    fourth: str


class AnonymisedBlock(Record):
    """One indicator. Every fourth is read off a printed band, so it is no further equation for anybody."""

    own: OwnFigures
    interval: OwnInterval | None
    """Of the latest figure, where its own count is shown."""
    bands: Bands | None
    no_bands_reason: str
    fourth: str
    fourths: tuple[PlacedQuarter, ...]
    """One for each band, oldest first."""
    wide: Bands | None
    """The bands of a large group across regions, where the cross-regional file is there."""
    no_wide_reason: str
    """Empty where there is no such file."""
    wide_fourth: str
    chart: XmrChart | None
    """The own history with its own limits."""
    no_chart_reason: str
    published: tuple[PublishedFigure, ...]
    commentary: tuple[Comment, ...] = ()
    """The authority's own words, checked by a named person."""
    named: tuple[NamedLine, ...] = ()
    """Beside the bands: authorities with a live permission. Empty where there are no bands."""


class AnonymisedView(Record):
    """The only thing that an anonymised report is made from."""

    heading: Heading
    policy_sha256: str
    blocks: tuple[AnonymisedBlock, ...]
    sources: tuple[str, ...]
    bands_notes: tuple[str, ...] = ()
    """How the bands stand to those of other issues: the same in every pack of the quarter."""
    commentary: tuple[Comment, ...] = ()
    """On the report as a whole."""
    named: tuple[NamedAuthority, ...] = ()
    """Who stands beside the bands by name, and by which permission."""


def build(evidence: Evidence, authority: str) -> AnonymisedView:
    """The anonymised view: the reader's authority is named, and who permits it (`Evidence.named`), and nobody else."""
    figures = evidence.concealed(authority)
    quarters = lookup(evidence.own_quarters[authority])
    named = named_beside(evidence, authority)
    return AnonymisedView(
        heading=heading_with_named(heading(evidence, Variant.ANONYMISED, authority), named),
        policy_sha256=evidence.policy_sha256,
        bands_notes=evidence.bands_notes,
        blocks=tuple(_block(evidence, figures, quarters, authority, indicator) for indicator in evidence.indicators),
        sources=evidence.public_sources,
        commentary=_comments(evidence, authority, ""),
        named=named,
    )


def _block(
    evidence: Evidence, figures: Figures, quarters: Figures, authority: str, indicator: Indicator
) -> AnonymisedBlock:
    own = own_figures(
        evidence, figures, authority, indicator, small_counts=authority in evidence.region.small_counts_shown_by
    )
    latest = figures.get(headline_key(authority, evidence.period, indicator), NO_FIGURE)
    bands, chart = evidence.bands[indicator.headline], own_chart(evidence, quarters, authority, indicator)
    fourths = fourths_of(own, bands) if isinstance(bands, Bands) else ()
    wide = evidence.wide_bands.get(indicator.headline, "")
    in_wide = fourths_of(own, wide) if isinstance(wide, Bands) else ()
    return AnonymisedBlock(
        own=own,
        interval=own_interval(latest, indicator.headline_series),
        bands=bands if isinstance(bands, Bands) else None,
        no_bands_reason="" if isinstance(bands, Bands) else bands,
        fourth=fourths[-1].fourth if fourths else "",
        fourths=fourths,
        wide=wide if isinstance(wide, Bands) else None,
        no_wide_reason="" if isinstance(wide, Bands) else wide,
        wide_fourth=in_wide[-1].fourth if in_wide else "",
        chart=chart if isinstance(chart, XmrChart) else None,
        no_chart_reason="" if isinstance(chart, XmrChart) else chart,
        published=evidence.published.get((authority, indicator.id), ()),
        commentary=_comments(evidence, authority, indicator.id),
        named=named_lines(evidence, authority, indicator) if isinstance(bands, Bands) else (),
    )


def _comments(evidence: Evidence, authority: str, indicator: str) -> tuple[Comment, ...]:
    return tuple(one for one in evidence.commentary.get(authority, ()) if one.indicator == indicator)


def fourths_of(own: OwnFigures, bands: Bands) -> tuple[PlacedQuarter, ...]:
    """The fourth of each quarter's own headline, read off the printed band of the same quarter.

    A figure that is hidden has none: the fourth would say how large it is.
    """
    cells = {point.period: point.cell for point in own.histories[0].points}
    return tuple(
        PlacedQuarter(
            period=band.period, fourth="" if (value := cells[band.period].value) is None else fourth(value, band)
        )
        for band in bands.bands
    )
