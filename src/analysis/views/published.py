"""Public figures that may stand in anybody's report: the region, England and the neighbours as DfE published them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean, median

import pandas as pd

from analysis.reference.authority_table import Authority
from analysis.reference.indicators import Indicator, Published
from analysis.reference.periods import financial_year
from analysis.reference.sources import Source
from analysis.reference.status import Status
from analysis.views.evidence import cell_of
from analysis.views.model import Cell, PublishedFigure

Values = Mapping[tuple[str, str, int], Cell]


def published_cells(published: pd.DataFrame, part: str = "value") -> dict[tuple[str, str, int], Cell]:
    """Published values, or numerators, by (published id, area, year)."""
    columns = ("indicator", "area", "year", part, f"{part}_status")
    rows = zip(*(published[name] for name in columns), strict=True)
    return {(indicator, area, int(year)): cell_of(value, status) for indicator, area, year, value, status in rows}


def figures_beside(
    authority: Authority,
    indicator: Indicator,
    published: Published,
    year: int,
    values: Values,
    neighbours: Sequence[str],
    *,
    edition: str,
    source: Source,
) -> tuple[PublishedFigure, ...]:
    """The authority's, its region's and England's published figure, and its neighbours' mean and median.

    The neighbours aren't named: the mean and the median are of public figures, so they give away nothing that is not
    public already.
    """
    near = [cell.value for code in neighbours if (cell := _value(values, published, code, year)).value is not None]
    group = f"{edition} statistical neighbours"
    dataset = source.datasets[published.id]
    rows = [
        (authority.name, _value(values, published, authority.code, year)),
        (authority.region, _value(values, published, authority.region_code, year)),
        ("England", _value(values, published, "E92000001", year)),
        (f"{group}: mean of {len(near)}", Cell(value=fmean(near)) if near else Cell(status=Status.NOT_AVAILABLE)),
        (f"{group}: median of {len(near)}", Cell(value=median(near)) if near else Cell(status=Status.NOT_AVAILABLE)),
    ]
    unit = published.unit or next(series.unit for series in indicator.series if series.id == published.series)
    return tuple(
        PublishedFigure(
            label=label,
            year=financial_year(year),
            cell=cell,
            unit=unit,
            decimals=dataset.decimals,
            source=dataset.title,
            edition=source.edition,
            sha256=source.sha256,
            like_for_like=published.like_for_like,
            difference=published.difference,
        )
        for label, cell in rows
    )


def _value(values: Values, published: Published, area: str, year: int) -> Cell:
    return values.get((published.id, area, year), Cell(status=Status.NOT_AVAILABLE))
