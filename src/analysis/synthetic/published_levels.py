"""What an authority's published years say about it: level, growth, and how far it moves from one year to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from analysis.reference.published import published_figures
from analysis.reference.status import Status
from analysis.synthetic.assumptions import FromPublished
from analysis.synthetic.grid import Grid
from analysis.synthetic.streams import Floats

ENGLAND = "E92000001"
_ENDS = (0.005, 0.995)
"""Published shares of 0 and 1 come from a handful of children, and would leave nothing to chance."""
_LEAST_EVENTS = 0.25
"""What a published rate of nought stands for in an authority's year: one child in four years."""
_LEAST_YEARS = 5
"""Fewer years than this have no slope worth keeping."""
_TO_SD = 1.4826
"""Median absolute deviation to standard deviation (normal)."""


@dataclass(frozen=True)
class Levels:
    """One published figure of every authority, in the grid's order.

    Rates are per 10,000 children, shares between 0 and 1; growth and spread are on the log (rate) or logit (share).
    """

    level: Floats
    anchor: Floats
    """The year that the level belongs to."""
    growth: Floats
    """A year."""
    spread: Floats
    """Standard deviation of the change from one year to the next, counting error taken off."""

    def at(self, grid: Grid, *, share: bool) -> Floats:
        """The level in every quarter, with its growth."""
        growth = self.growth * (grid.years[:, None] - self.anchor)
        if share:
            return np.asarray(special.expit(special.logit(self.level) + growth))
        return self.level * np.exp(growth)


@dataclass(frozen=True)
class Cells:
    """Published figures, areas x years; NaN where there is none."""

    years: npt.NDArray[np.int64]
    figure: Floats
    base: Floats
    """What it is measured on: children, or the whole of a share."""

    def since(self, year: int) -> Cells:
        """The years from `year` on."""
        kept = self.years >= year
        return Cells(self.years[kept], self.figure[:, kept], self.base[:, kept])


def read_cells(indicator: str, areas: Sequence[str], rules: FromPublished, *, share: bool) -> Cells:
    """The figures of one published indicator, exact where the counts are given and as printed elsewhere.

    Parameters
    ----------
    areas
        DfE codes or the ONS codes of regions and England; the rows of the answer.
    """
    table = published_figures()
    table = table[(table["indicator"] == indicator) & table["area"].isin(set(areas))]
    years = np.arange(int(table["year"].min()), rules.newest_year + 1)

    def wide(column: str) -> pd.DataFrame:
        return table.pivot(index="area", columns="year", values=column).reindex(index=list(areas), columns=years)

    numerator, base, value = (
        wide(column).to_numpy(dtype=np.float64) for column in ("numerator", "denominator", "value")
    )
    unit = 1.0 if share else 1e4
    figure = np.where(base > 0, numerator / np.where(base > 0, base, 1) * unit, np.nan)
    figure = np.where(np.isnan(figure), value * (0.01 if share else 1.0), figure)
    hidden = (wide("numerator_status") == Status.SUPPRESSED.value).to_numpy() & (base > 0) & np.isnan(figure)
    figure[hidden] = rules.suppressed_count / base[hidden] * unit
    return Cells(years, np.minimum(figure, 1.0) if share else figure, base)


def read_levels(indicator: str, grid: Grid, rules: FromPublished, *, share: bool) -> Levels:
    """Level, growth and spread of every authority in one published indicator.

    An authority without a figure in the newest years has its nearest year's; without any, its region's or England's.
    """
    cells = read_cells(indicator, grid.codes, rules, share=share)
    level, anchor = _level(cells, rules)
    for wider in (grid.regions, (ENGLAND,) * len(grid.codes)):
        missing = np.isnan(level)
        if not missing.any():
            break
        other, other_anchor = _level(read_cells(indicator, wider, rules, share=share), rules)
        level[missing], anchor[missing] = other[missing], other_anchor[missing]
    lowest = np.full(len(level), _ENDS[0]) if share else _LEAST_EVENTS * 1e4 / grid.population[-1]
    inside = Cells(cells.years, np.where(_possible(cells.figure, share), cells.figure, np.nan), cells.base)
    path = special.logit(inside.figure) if share else np.log(inside.figure)
    return Levels(
        level=np.clip(level, lowest, _ENDS[1] if share else np.inf),
        anchor=anchor,
        growth=_growth(inside.years, path, rules),
        spread=_spread(inside, path, rules, share=share),
    )


def _possible(figure: Floats, share: bool) -> npt.NDArray[np.bool_]:
    """Whether a figure has a log or a logit."""
    return (figure > 0) & (figure < 1) if share else figure > 0


def _level(cells: Cells, rules: FromPublished) -> tuple[Floats, Floats]:
    """Mean of the newest years and the year it belongs to; the newest year at hand where those have none."""
    newest = cells.since(rules.newest_year - rules.level_years + 1)
    seen = ~np.isnan(newest.figure)
    count = np.maximum(seen.sum(axis=1), 1)
    level = np.where(seen, newest.figure, 0).sum(axis=1) / count
    anchor = np.where(seen, newest.years, 0).sum(axis=1) / count
    ever = ~np.isnan(cells.figure)
    last = cells.figure.shape[1] - 1 - np.argmax(ever[:, ::-1], axis=1)
    none = ~seen.any(axis=1)
    level[none] = cells.figure[np.arange(len(last)), last][none]
    anchor[none] = cells.years[last][none]
    return level, anchor


def _growth(years: npt.NDArray[np.int64], path: Floats, rules: FromPublished) -> Floats:
    """The kept part of each authority's slope over its newest years."""
    recent = years > rules.newest_year - rules.growth_years
    seen = ~np.isnan(path[:, recent])
    count = np.maximum(seen.sum(axis=1, keepdims=True), 1)
    year = np.where(seen, years[recent], 0.0)
    away = np.where(seen, year - year.sum(axis=1, keepdims=True) / count, 0.0)
    slope = (away * np.where(seen, path[:, recent], 0.0)).sum(axis=1) / np.maximum((away**2).sum(axis=1), 1.0)
    kept = np.clip(slope * rules.growth_kept, -rules.growth_limit, rules.growth_limit)
    return np.where(seen.sum(axis=1) >= _LEAST_YEARS, kept, 0.0)


def _spread(cells: Cells, path: Floats, rules: FromPublished, *, share: bool) -> Floats:
    """The spread of an authority's own changes, pulled towards the country's."""
    later = cells.years[1:] >= rules.spread_from
    changes = np.diff(path, axis=1)[:, later]
    changes = changes - np.nanmedian(changes, axis=0)
    seen = ~np.isnan(changes)
    events = cells.base * cells.figure / (1 if share else 1e4)
    one_year = 1 / (events * (1 - cells.figure)) if share else 1 / events
    error = (one_year[:, 1:] + one_year[:, :-1])[:, later]
    # A percentage without a published base (A04) rests on hundreds of assessments: its counting error is left out.
    error = np.where(np.isnan(error), 0.0, error)
    country = max(float((_TO_SD * np.median(np.abs(changes[seen]))) ** 2 - np.median(error[seen])), 1e-4)
    # Beyond four standard deviations a change is a reorganisation or a new system, not an ordinary year.
    limit = 4 * np.sqrt(country + error)
    own = np.where(seen, np.clip(changes, -limit, limit) ** 2 - error, 0.0).sum(axis=1)
    variance = (own + rules.spread_prior * country) / (seen.sum(axis=1) + rules.spread_prior)
    lowest, highest = rules.spread_limits
    return np.asarray(np.sqrt(np.clip(variance, country * lowest**2, country * highest**2)))
