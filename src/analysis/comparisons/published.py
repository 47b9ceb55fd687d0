"""The figures that DfE has published: which year, whose value, and how authorities stand in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from analysis.comparisons.groups import Group, england_group, english_authorities, neighbour_group, region_group
from analysis.comparisons.placing import Source, no_place, place
from analysis.comparisons.schema import COLUMNS, validated
from analysis.comparisons.snapshot import Snapshot
from analysis.reference.indicators import Indicator
from analysis.reference.neighbours import Neighbour
from analysis.reference.periods import Quarter, financial_year
from analysis.reference.regions import Region
from analysis.reference.registry import Registry
from analysis.reference.status import Status

ENGLAND = "england"


def newest_year(published: pd.DataFrame, indicator: Indicator, quarter: Quarter) -> int | None:
    """The newest published year that had ended by the quarter's last day; None where nothing is published.

    Parameters
    ----------
    published
        `reference.published.published_figures()`.

    Returns
    -------
    int or None
        The year by the March that ends it, among those with a value for at least one authority.
    """
    if indicator.published is None:
        return None
    rows = published[
        (published["indicator"] == indicator.published.id)
        & (published["level"] == "authority")
        & (published["value_status"] == Status.GIVEN.value)
    ]
    years = [int(year) for year in rows["year"].unique() if date(int(year), 3, 31) <= quarter.last_day]
    return max(years, default=None)


def published_snapshot(published: pd.DataFrame, indicator: Indicator, year: int) -> Snapshot:
    """What DfE published of an indicator for each authority of that year, as rounded by DfE."""
    rows = _of(published, indicator, year)
    rows = rows[rows["level"] == "authority"].rename(columns={"area": "authority", "value_status": "status"})
    return Snapshot.of(rows, english_authorities(year), absent=Status.NOT_AVAILABLE)


def published_area(published: pd.DataFrame, indicator: Indicator, year: int, level: str, area: str = "") -> float:
    """DfE's own figure for England or a region, NaN where it gives none.

    It is not recomputed: DfE's holds estimates for authorities that did not report, and a mean of the authorities is
    not the region's rate.
    """
    rows = _of(published, indicator, year)
    rows = rows[(rows["level"] == level) & ((rows["area"] == area) if area else True)]
    return float(rows["value"].iloc[0]) if len(rows) == 1 else float("nan")


def published_comparisons(
    published: pd.DataFrame,
    registry: Registry,
    region: Region,
    year: int,
    neighbours: Mapping[str, Sequence[Neighbour]],
    edition: str,
) -> pd.DataFrame:
    """The positions of published figures in the region, among the neighbours and in England.

    Everything in it is public or computed from public figures alone (S0 5.5.3 iv). All authorities' figures of one
    row have one definition, so that it does not matter whether ours is like it.

    Parameters
    ----------
    published
        `reference.published.published_figures()`.
    year
        The year by the March that ends it.
    neighbours, edition
        The statistical neighbours, and the year of the list.

    Returns
    -------
    DataFrame
        The columns of the comparisons table, for everyone who gets a report and every indicator that DfE publishes;
        `period` is the financial year (`2024-25`), `own_value` the published figure.
    """
    subjects = region.everyone
    period = financial_year(year)
    published = published[published["year"] == year]
    england = england_group(subjects, english_authorities(year))
    groups = [region_group(region), neighbour_group(neighbours, edition, subjects), england]
    rows = []
    for indicator in registry.indicators.values():
        if indicator.published is None:
            continue
        figures = published_snapshot(published, indicator, year)
        own = figures.of_authorities(subjects)
        for group in groups:
            if np.isnan(figures.value).all():
                rows.append(_nothing(subjects, group, indicator, period))
                continue
            source = Source("published", figures, pooled=_pooled(published, indicator, year, region, group))
            rows.append(place(own, group, source, indicator, period))
    return validated(pd.concat(rows, ignore_index=True)) if rows else pd.DataFrame(columns=COLUMNS)


def _pooled(published: pd.DataFrame, indicator: Indicator, year: int, region: Region, group: Group) -> float | None:
    if group.id == ENGLAND:
        return published_area(published, indicator, year, ENGLAND)
    if group.id == "region":
        return published_area(published, indicator, year, "region", region.area_code)
    return None


def _nothing(subjects: Sequence[str], group: Group, indicator: Indicator, period: str) -> pd.DataFrame:
    return no_place(subjects, group, indicator, period, provenance="published", reason="nothing_published")


def _of(published: pd.DataFrame, indicator: Indicator, year: int) -> pd.DataFrame:
    if indicator.published is None:
        return published.iloc[:0]
    return published[(published["indicator"] == indicator.published.id) & (published["year"] == year)]
