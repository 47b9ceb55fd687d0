"""Every figure of the registry for every authority and quarter, each with its numerator, denominator and basis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.indicators.cells import Cells, Grid, divide, grid
from analysis.indicators.durations import duration_parts
from analysis.indicators.percentages import percentage_parts
from analysis.indicators.rates import editions, on_edition, population_basis, population_cells
from analysis.indicators.schema import COLUMNS, validated
from analysis.indicators.windows import Mask, over, spanning, windows_of
from analysis.reference.changes.breaks import Break
from analysis.reference.indicators import POPULATION, Series, Window
from analysis.reference.periods import Quarter
from analysis.reference.populations import edition_for_published
from analysis.reference.registry import Registry


class Figure(NamedTuple):
    """One series over one window, for all authorities and quarters."""

    numerator: Cells
    denominator: Cells | None
    result: Cells
    basis: list[str]
    """By quarter."""


def compute_indicators(
    checked: pd.DataFrame, registry: Registry, populations: pd.DataFrame, breaks: Sequence[Break] = ()
) -> pd.DataFrame:
    """All series of the registry whose measures were asked for.

    Parameters
    ----------
    checked
        `authority, period, measure, value, status`. A measure that stands nowhere in it is no part of the
        collection, and the series made of it are left out; a measure that one authority did not send is missing.
    registry
        What is counted and how.
    populations
        `authority, mid_year, population, status` (children aged 0 to 17).
    breaks
        From when an authority counts an indicator by another definition. 12 months that hold quarters of both have no
        figure (status `break`) in any series of that indicator; figures of a quarter are as they were.

    Returns
    -------
    DataFrame
        `authority, period, series, window, numerator, denominator, value, status, basis`, sorted by the first four,
        each key once. Rates are per 10,000 of the population of `basis` and not annualised; percentages are of 100.
        `value` is NaN unless `status` is `given`; numerator and denominator are there wherever they are known.
        `basis` is what was divided by (`population mid-2024`, the denominator's name), empty for a number.
    """
    counted = grid(checked)
    population = population_cells(populations, counted.authorities, editions(counted.quarters))
    spans = {
        series.id: spanning(breaks, indicator.id, counted.authorities, counted.quarters)
        for indicator in registry.indicators.values()
        for series in indicator.series
    }
    figures = {
        (series.id, window.value): _figure(series, window, counted, registry, population, spans[series.id])
        for series in sorted(registry.all_series(), key=lambda series: series.id)
        if _is_collected(series, counted)
        for window in windows_of(registry.measures[series.numerator])
    }
    return validated(_table(figures, counted)) if figures else pd.DataFrame(columns=COLUMNS)


def rolling_on_edition(
    indicators: pd.DataFrame, registry: Registry, populations: pd.DataFrame, period: Quarter, year_ending: int
) -> pd.DataFrame:
    """The figures of 12 months (stocks: of the quarter's end), to set beside what DfE published for a year.

    Rates are on the population that DfE used for that year, mid-(Y-1), so that the two differ by the children
    counted and not by the estimate that they are divided by (DESIGN 2.11).

    Parameters
    ----------
    indicators
        The indicators stage.
    period
        The quarter with which the 12 months end.
    year_ending
        Y: the published year, by the March that ends it.

    Returns
    -------
    DataFrame
        One row an authority and series, in the columns of the indicators stage.
    """
    stocks = {series.id for series in registry.all_series() if registry.measures[series.numerator].kind == "stock"}
    wanted = np.where(indicators["series"].isin(stocks), Window.QUARTER.value, Window.ROLLING_YEAR.value)
    rows = indicators[(indicators["period"] == str(period)) & (indicators["window"] == wanted)]
    return on_edition(rows.reset_index(drop=True), registry, populations, edition_for_published(year_ending))


def _is_collected(series: Series, counted: Grid) -> bool:
    asked = {series.numerator, series.denominator or series.numerator} - {POPULATION}
    return asked <= counted.measures.keys()


def _figure(
    series: Series, window: Window, counted: Grid, registry: Registry, population: Cells, spans_break: Mask
) -> Figure:
    measures, cells = registry.measures, counted.measures
    quarters = len(counted.quarters)
    if series.denominator is None:
        count = over(cells[series.numerator], measures[series.numerator], window, spans_break)
        return Figure(count, None, count, [""] * quarters)
    if series.denominator == POPULATION:
        count = over(cells[series.numerator], measures[series.numerator], window, spans_break)
        basis = [population_basis(mid_year) for mid_year in editions(counted.quarters)]
        return Figure(count, population, divide(count, population, series.multiplier), basis)
    above, below = measures[series.numerator], measures[series.denominator]
    parts = duration_parts if series.kind == "duration" else percentage_parts
    numerator, denominator = parts(cells[above.id], above, cells[below.id], below, window, spans_break)
    return Figure(numerator, denominator, divide(numerator, denominator, series.multiplier), [below.name] * quarters)


def _table(figures: dict[tuple[str, str], Figure], counted: Grid) -> pd.DataFrame:
    """The figures as rows. Stacked with the series innermost, so that the rows come out sorted by their keys."""
    authorities, quarters, kinds = len(counted.authorities), len(counted.quarters), len(figures)
    nothing = Cells.nothing((authorities, quarters))
    every = list(figures.values())

    def column(arrays: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
        return np.stack(arrays, axis=-1).ravel()

    return pd.DataFrame(
        {
            "authority": np.repeat(np.array(counted.authorities, dtype=object), quarters * kinds),
            "period": np.tile(np.repeat([str(quarter) for quarter in counted.quarters], kinds), authorities),
            "series": np.tile([series for series, _ in figures], authorities * quarters),
            "window": np.tile([window for _, window in figures], authorities * quarters),
            "numerator": column([figure.numerator.value for figure in every]),
            "denominator": column([(figure.denominator or nothing).value for figure in every]),
            "value": column([figure.result.value for figure in every]),
            "status": column([figure.result.status for figure in every]),
            "basis": np.tile(np.array([figure.basis for figure in every], dtype=object).T.ravel(), authorities),
        }
    )
