"""Every authority against its region, its statistical neighbours and England, each cell with its provenance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.comparisons.definitions import Definition, definitions_of
from analysis.comparisons.groups import (
    NOBODY,
    Group,
    england_group,
    english_authorities,
    neighbour_group,
    own_groups,
    region_group,
)
from analysis.comparisons.placing import Source, no_place, place
from analysis.comparisons.published import ENGLAND, newest_year, published_area, published_snapshot
from analysis.comparisons.schema import validated
from analysis.comparisons.snapshot import Snapshot
from analysis.comparisons.summary import headline_snapshots
from analysis.comparisons.swings import swings
from analysis.indicators.compute import rolling_on_edition
from analysis.reference.changes.breaks import Break
from analysis.reference.indicators import Indicator
from analysis.reference.neighbours import Neighbour
from analysis.reference.periods import Quarter, financial_year
from analysis.reference.regions import Region
from analysis.reference.registry import Registry


def compare(
    indicators: pd.DataFrame,
    registry: Registry,
    region: Region,
    *,
    period: Quarter,
    populations: pd.DataFrame,
    published: pd.DataFrame,
    neighbours: Mapping[str, Sequence[Neighbour]],
    edition: str,
    exchange: pd.DataFrame | None = None,
    breaks: Sequence[Break] = (),
    english: Sequence[str] = (),
    follows: Mapping[str, frozenset[str]] = NOBODY,
) -> pd.DataFrame:
    """The headline of every indicator in one quarter, against every group.

    The region, and groups of the region's own, are compared within the collection, in the registry's window.
    Neighbours and England are compared in the cross-regional file where it has the series; else the authority's own
    last 12 months (stock: the quarter's end) are placed among the newest published year that had ended by then, if
    that is like for like.

    Parameters
    ----------
    indicators
        The indicators stage of the collection.
    populations, published
        `reference.populations.population_frame()` and `reference.published.published_figures()`.
    neighbours, edition
        The statistical neighbours, and the year of the list.
    exchange
        The indicators stage of the cross-regional file, or None. For an authority that is in both, its own return to
        the collection counts.
    breaks
        Changes of definition: how many count by each is said where figures of this collection or of the cross-regional
        file are compared. Published figures are all by DfE's.
    english
        The English authorities of the quarter; today's of the package if empty.
    follows
        By council that begun in a reorganisation: those it follows. A published year that ended before is still
        theirs, and it stands among the others' figures.

    Returns
    -------
    DataFrame
        `authority, period, series, window, group, edition, n, n_missing, mean, median, pooled, rank, rank_low,
        rank_high, interval, quartile, definitions, provenance, placed_among, own_value, own_status, reason`, one row
        for everyone who gets a report, each indicator and each group, sorted. `n` is how many have a figure, the
        authority included where it is placed;
        `mean`, `median` and `pooled` are of the group's members, which an authority is of its region and of England
        but not of its neighbours. `rank` is missing exactly where `reason` is not empty: `no_figure`,
        `not_like_for_like`, `nothing_published`, `not_in_rank_set`, `no_neighbours`, `others_missing`. `rank_low` and
        `rank_high` are the 90 % interval of the position, and `interval` what it reckons with: `swings` (of the own
        level), `sampling` (chance alone, where the history is too short to tell swings), or nothing where
        counts are not known (`comparisons.intervals`). `definitions` is how many of the `n` count by each definition
        (`2025-26-Q3 4; earlier 15`), where they count by different ones.
    """
    subjects = region.everyone
    here = headline_snapshots(indicators, registry, subjects, [period])
    english = english or english_authorities()
    everyone = tuple(sorted({*subjects, *english, *_codes(neighbours)}))
    outside = None if exchange is None else exchange[~exchange["authority"].isin(subjects)]
    there = {} if outside is None else headline_snapshots(outside, registry, everyone, [period])
    swing = swings(indicators, registry, subjects, period, breaks)
    own_years = _own_years(indicators, registry, populations, published, period, subjects)
    inside = [region_group(region), *own_groups(region)]
    wider = [neighbour_group(neighbours, edition, subjects), england_group(subjects, english)]

    def definitions(figures: Snapshot, indicator: Indicator) -> tuple[Definition, ...]:
        return definitions_of(figures.authorities, subjects, breaks, indicator.id, period)

    rows: list[pd.DataFrame] = []
    for indicator in registry.indicators.values():
        mine = here[indicator.id, str(period)]
        noise = swing[indicator.id]
        source = Source("collection", mine, definitions=definitions(mine, indicator), swings=noise)
        rows += [place(mine, group, source, indicator, str(period)) for group in inside]
        theirs = there.get((indicator.id, str(period)))
        if theirs is not None and not np.isnan(theirs.value).all():
            joined = _joined(theirs, mine)
            source = Source("exchange", joined, definitions=definitions(joined, indicator), swings=noise)
            rows += [place(mine, group, source, indicator, str(period)) for group in wider]
        else:
            own = own_years.get(indicator.id)
            rows += [_among_published(own, group, published, indicator, period, follows, noise) for group in wider]
    return validated(pd.concat(rows, ignore_index=True))


def _among_published(
    found: tuple[int, Snapshot] | None,
    group: Group,
    published: pd.DataFrame,
    indicator: Indicator,
    period: Quarter,
    follows: Mapping[str, frozenset[str]],
    swings: float,
) -> pd.DataFrame:
    subjects = tuple(group.members)
    if found is None:
        unlike = indicator.published is not None and not indicator.published.like_for_like
        reason = "not_like_for_like" if unlike else "nothing_published"
        return no_place(subjects, group, indicator, str(period), provenance="published", reason=reason)
    year, own = found
    is_england = group.id == ENGLAND
    source = Source(
        "published",
        published_snapshot(published, indicator, year),
        placed_among=financial_year(year),
        pooled=published_area(published, indicator, year, ENGLAND) if is_england else None,
        swings=swings,
    )
    if is_england:
        there = english_authorities(year)
        group = england_group(subjects, there, {code: old for code, old in follows.items() if code not in there})
    return place(own, group, source, indicator, str(period))


def _own_years(
    indicators: pd.DataFrame,
    registry: Registry,
    populations: pd.DataFrame,
    published: pd.DataFrame,
    period: Quarter,
    subjects: tuple[str, ...],
) -> dict[str, tuple[int, Snapshot]]:
    """By indicator: the published year to stand among, and each subject's own 12 months as DfE would measure them."""
    latest = indicators[(indicators["period"] == str(period)) & indicators["authority"].isin(subjects)]
    alike = [
        (indicator.id, indicator.published.series, year)
        for indicator in registry.indicators.values()
        if indicator.published is not None and indicator.published.like_for_like
        if (year := newest_year(published, indicator, period)) is not None
    ]
    as_dfe = {
        year: rolling_on_edition(latest, registry, populations, period, year) for year in {year for *_, year in alike}
    }
    found: dict[str, tuple[int, Snapshot]] = {}
    for indicator_id, series, year in alike:
        own = as_dfe[year][as_dfe[year]["series"] == series]
        found[indicator_id] = (year, Snapshot.of(own, subjects))
    return found


def _joined(outside: Snapshot, collection: Snapshot) -> Snapshot:
    """The cross-regional figures with the collection's own in place of theirs."""
    place_of = pd.Index(outside.authorities).get_indexer(pd.Index(collection.authorities))
    parts = []
    for name in ("numerator", "denominator", "value", "status"):
        values = getattr(outside, name).copy()
        values[place_of] = getattr(collection, name)
        parts.append(values)
    return Snapshot(outside.authorities, *parts)


def _codes(neighbours: Mapping[str, Sequence[Neighbour]]) -> set[str]:
    return {neighbour.code for listed in neighbours.values() for neighbour in listed}
