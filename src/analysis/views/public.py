"""The public view: figures that DfE has published, and nothing else (S0 5.5.3 iv)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.reference.authority_table import Authority
from analysis.reference.indicators import Indicator, Published, Series, Window
from analysis.reference.model import Record
from analysis.reference.periods import financial_year
from analysis.reference.regions import Region
from analysis.reference.sources import Dataset
from analysis.reference.status import Status
from analysis.views import words
from analysis.views.model import (
    Card,
    Cell,
    Heading,
    History,
    Member,
    OwnFigures,
    Point,
    Position,
    PublishedFigure,
    Variant,
)
from analysis.views.parts import difference, group_label, position_of
from analysis.views.published import Values


class PublicBlock(Record):
    """One published indicator: the authority over the years, its positions, and the members of the region by name."""

    own: OwnFigures
    region: Position
    neighbours: Position
    england: Position
    members: tuple[Member, ...]
    published: tuple[PublishedFigure, ...]


class PublicView(Record):
    """Everything that one authority's public report shows."""

    heading: Heading
    neighbours_edition: str
    neighbour_names: tuple[str, ...]
    blocks: tuple[PublicBlock, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class PublicEvidence:
    """What public views are built from: nothing in it was ever unpublished."""

    region: Region
    year: int
    """Of the March that ends it."""
    years: tuple[int, ...]
    """The years on the page, oldest first."""
    indicators: tuple[Indicator, ...]
    """Those that have a published figure."""
    authorities: Mapping[str, Authority]
    values: Values
    numerators: Values
    positions: Mapping[tuple[str, str, str], Mapping[str, object]]
    """By (authority, series, group)."""
    beside: Mapping[tuple[str, str], tuple[PublishedFigure, ...]]
    neighbours_edition: str
    neighbours: Mapping[str, tuple[str, ...]]
    indicator_set: str
    datasets: Mapping[str, Dataset]
    """By published id: what the figure is, as it is cited."""
    sources: tuple[str, ...]


def build(evidence: PublicEvidence, authority: str) -> PublicView:
    """The public view of one authority for one published year."""
    name = evidence.authorities[authority].name
    period = financial_year(evidence.year)
    return PublicView(
        heading=Heading(
            variant=Variant.PUBLIC,
            title=f"{name}: {words.TITLES[Variant.PUBLIC]}",
            subtitle=f"Year ending 31 March {evidence.year} ({period})",
            authority=authority,
            authority_name=name,
            region=evidence.region.id,
            region_name=evidence.region.name,
            period=period,
            period_words=f"the year ending 31 March {evidence.year}",
            made_up=False,
            indicator_set=evidence.indicator_set,
            marking=words.MARKINGS[Variant.PUBLIC],
            context=words.CONTEXT[Variant.PUBLIC],
        ),
        neighbours_edition=evidence.neighbours_edition,
        neighbour_names=tuple(evidence.authorities[code].name for code in evidence.neighbours.get(authority, ())),
        blocks=tuple(
            _block(evidence, authority, indicator, indicator.published)
            for indicator in evidence.indicators
            if indicator.published is not None
        ),
        sources=evidence.sources,
    )


def _block(evidence: PublicEvidence, authority: str, indicator: Indicator, published: Published) -> PublicBlock:
    def latest(code: str) -> Cell:
        return evidence.values.get((published.id, code, evidence.year), _NONE)

    region, neighbours, england = (
        position_of(
            evidence.positions[(authority, indicator.headline, group)], group, group_label(evidence.region, group)
        )
        for group in ("region", "neighbours", "england")
    )
    everyone = sorted(evidence.region.everyone, key=lambda code: evidence.authorities[code].name)
    return PublicBlock(
        own=_own(evidence, authority, indicator, published),
        region=region,
        neighbours=neighbours,
        england=england,
        members=tuple(
            Member(authority=code, name=evidence.authorities[code].name, cell=latest(code)) for code in everyone
        ),
        published=evidence.beside[(authority, indicator.id)],
    )


_NONE = Cell(status=Status.NOT_AVAILABLE)


def _own(evidence: PublicEvidence, authority: str, indicator: Indicator, published: Published) -> OwnFigures:
    series = next(series for series in indicator.series if series.id == published.series)
    dataset = evidence.datasets[published.id]
    card = _card(indicator, series, published, dataset)
    histories = [_history(evidence, evidence.values, authority, published, series, card.unit, card.decimals)]
    number = next((other for other in indicator.series if other.kind == "number"), None)
    if number is not None:
        counts = _history(evidence, evidence.numerators, authority, published, number, number.unit, 0)
        if any(point.cell.value is not None for point in counts.points):
            histories.append(counts)
    latest = histories[0].points[-1].cell
    year_ago = evidence.values.get((published.id, authority, evidence.year - 1), _NONE)
    return OwnFigures(
        card=card,
        latest=latest,
        rolling=latest,
        year_ago=year_ago,
        change=difference(latest, year_ago),
        histories=tuple(histories),
    )


def _card(indicator: Indicator, series: Series, published: Published, dataset: Dataset) -> Card:
    window = words.window_words(indicator, yearly=True)
    unit = published.unit or series.unit
    return Card(
        id=indicator.id,
        number=indicator.number,
        annex_a=indicator.annex_a,
        title=published.title or indicator.title,
        group=indicator.group,
        kind=indicator.kind,
        polarity=indicator.polarity,
        polarity_words=words.direction_and_position(indicator.polarity),
        unit=unit,
        decimals=dataset.decimals,
        window=Window.QUARTER if indicator.kind == "stock" else Window.ROLLING_YEAR,
        window_words=window,
        method=f"{dataset.definition} Source: {dataset.title}."
        + ("" if published.like_for_like else f" Not like for like with the agreed list: {published.difference}"),
        choices=(),
    )


def _history(
    evidence: PublicEvidence,
    values: Values,
    authority: str,
    published: Published,
    series: Series,
    unit: str,
    decimals: int,
) -> History:
    return History(
        series=series.id,
        kind=series.kind,
        label=series.label,
        unit=unit,
        decimals=decimals,
        window=Window.ROLLING_YEAR,
        points=tuple(
            Point(period=financial_year(year), cell=values.get((published.id, authority, year), _NONE))
            for year in evidence.years
        ),
    )
