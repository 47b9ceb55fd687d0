"""What is public: a year of published figures as a collection of its own, and the figures that stand beside returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.comparisons.published import newest_year, published_comparisons
from analysis.errors import UsageError
from analysis.reference.authorities import authorities
from analysis.reference.indicators import Indicator
from analysis.reference.neighbours import editions, neighbours
from analysis.reference.periods import Quarter
from analysis.reference.published import published_figures
from analysis.reference.regions import Region
from analysis.reference.registry import Registry, registry_for
from analysis.reference.sources import sources
from analysis.views.evidence import positions_of
from analysis.views.model import PublishedFigure
from analysis.views.public import PublicEvidence
from analysis.views.published import figures_beside, published_cells

YEARS_SHOWN = 10
PUBLISHED_FILE = "published.csv"


@dataclass(frozen=True)
class PublicYear:
    """One region's figures as DfE published them for one year, and the comparisons among them."""

    region: Region
    year: int
    """Of the March that ends it."""

    @cached_property
    def registry(self) -> Registry:
        """The indicators, with the region's own."""
        return registry_for(self.region)

    @cached_property
    def evidence(self) -> PublicEvidence:
        """What the public views are built from.

        Raises
        ------
        UsageError
            If nothing was published for the year.
        """
        published = published_figures()
        years = sorted(int(year) for year in published["year"].unique())
        if self.year not in years:
            raise UsageError(
                f"nothing is published for the year ending March {self.year}",
                remedy=f"choose a year from {years[0]} to {years[-1]}",
            )
        listed = tuple(
            indicator for indicator in self.registry.listed(self.region.indicator_set) if indicator.published
        )
        table = published_comparisons(
            published, self.registry, self.region, self.year, neighbours(), edition=editions()[-1]
        )
        return PublicEvidence(
            region=self.region,
            year=self.year,
            years=tuple(year for year in years if self.year - YEARS_SHOWN < year <= self.year),
            indicators=listed,
            authorities=authorities(),
            values=published_cells(published),
            numerators=published_cells(published, "numerator"),
            positions=positions_of(table),
            beside=_beside(
                self.region.everyone,
                listed,
                {indicator.id: self.year for indicator in listed},
                neighbour_codes(),
                editions()[-1],
            ),
            neighbours_edition=editions()[-1],
            neighbours=neighbour_codes(),
            indicator_set=set_words(self.registry, self.region),
            datasets=sources()[PUBLISHED_FILE].datasets,
            sources=public_sources(),
        )


def beside(
    codes: tuple[str, ...],
    indicators: tuple[Indicator, ...],
    period: Quarter,
    near: Mapping[str, tuple[str, ...]],
    edition: str,
) -> dict[tuple[str, str], tuple[PublishedFigure, ...]]:
    """By authority and indicator: the newest public figures at the end of a quarter (S0 5.5.3 iv).

    Parameters
    ----------
    near, edition
        The statistical neighbours in the edition that holds, and its year.
    """
    published = published_figures()
    years = {indicator.id: newest_year(published, indicator, period) for indicator in indicators}
    given = {key: year for key, year in years.items() if year is not None}
    return _beside(codes, indicators, given, near, edition)


def _beside(
    codes: tuple[str, ...],
    indicators: tuple[Indicator, ...],
    years: dict[str, int],
    near: Mapping[str, tuple[str, ...]],
    edition: str,
) -> dict[tuple[str, str], tuple[PublishedFigure, ...]]:
    cells = published_cells(published_figures())
    source = sources()[PUBLISHED_FILE]
    known = authorities()
    return {
        (code, indicator.id): figures_beside(
            known[code],
            indicator,
            indicator.published,
            years[indicator.id],
            cells,
            near.get(code, ()),
            edition=edition,
            source=source,
        )
        for code in codes
        for indicator in indicators
        if indicator.published is not None and indicator.id in years
    }


def latest_public_year(period: str) -> int:
    """The published year that a period stands for: itself for `2024-25`, the newest that had ended for a quarter."""
    if "-Q" not in period:
        return Quarter.parse(f"{period}-Q4").year_ending
    quarter = Quarter.parse(period)
    ended = quarter.year_ending if quarter.number == 4 else quarter.year_ending - 1
    return min(ended, int(published_figures()["year"].max()))


def neighbour_codes() -> dict[str, tuple[str, ...]]:
    """Each authority's statistical neighbours in the newest edition, nearest first."""
    return {code: tuple(near.code for near in listed) for code, listed in neighbours().items()}


def set_words(registry: Registry, region: Region) -> str:
    """The region's dated list in words."""
    listed = registry.set(region.indicator_set)
    return f"{listed.title}, {listed.edition}"


def public_sources() -> tuple[str, ...]:
    """Where the reference data comes from, for the foot of a document."""
    return tuple(
        f"{source.title} ({source.publisher}, {source.edition}; {source.licence})" for source in sources().values()
    )
