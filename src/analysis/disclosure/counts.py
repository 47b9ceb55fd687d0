"""The counts behind an authority's figures, gathered from the rows that a reader would see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.reference.indicators import POPULATION, Series, Window
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry

Values = npt.NDArray[np.float64]

QUARTER, YEAR = Window.QUARTER.value, Window.ROLLING_YEAR.value


@dataclass(frozen=True)
class Counts:
    """One authority's counts by measure: in each quarter, and in the 12 months to its end; NaN where not known."""

    quarters: tuple[str, ...]
    """Every quarter from the first to the last, also one that has no row."""
    known: Mapping[tuple[str, str], Values]
    """By (measure, window)."""

    def of(self, measure: str, window: str) -> Values:
        """One measure's counts over one window."""
        return self.known.get((measure, window), np.full(len(self.quarters), np.nan))


def parts(series: Series, window: str, registry: Registry) -> list[tuple[str, str]]:
    """The counts that a figure over a window is made of, as (measure, window): how many children or events.

    The days of a duration are no count, and the population is public. A stock is the same in either window.
    """
    names = [series.denominator] if series.kind == "duration" else [series.numerator, series.denominator]
    found = [registry.measures[name] for name in names if name is not None and name != POPULATION]
    return [(measure.id, QUARTER if measure.kind == "stock" else window) for measure in found]


def by_series(own: pd.DataFrame) -> Iterator[tuple[str, str, npt.NDArray[np.intp]]]:
    """Each series and window of some rows, with the places of its rows."""
    for key, rows in own.groupby(["series", "window"], sort=True).indices.items():
        series, window = cast(tuple[str, str], key)
        yield series, window, np.asarray(rows)


def gather(own: pd.DataFrame, registry: Registry) -> Counts:
    """The counts of one authority, from the numerators and denominators of its rows."""
    seen = sorted(Quarter.parse(period) for period in own["period"].unique())
    quarters = seen[:1]
    while quarters and quarters[-1] < seen[-1]:
        quarters.append(quarters[-1].shift(1))
    names = tuple(str(quarter) for quarter in quarters)
    place = pd.Index(names).get_indexer(pd.Index(own["period"]))
    known: dict[tuple[str, str], Values] = {}
    for series_id, window, rows in by_series(own):
        series = registry.series(series_id)
        columns = ["denominator"] if series.kind == "duration" else ["numerator", "denominator"]
        for key, column in zip(parts(series, window, registry), columns, strict=False):
            counts = known.setdefault(key, np.full(len(names), np.nan))
            values = own[column].to_numpy(dtype=float)[rows]
            counts[place[rows]] = np.where(np.isnan(values), counts[place[rows]], values)
    return Counts(names, known)
