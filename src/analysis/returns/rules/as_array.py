"""The complete grid of figures as an array, for rules that look at all authorities and quarters at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.reference.indicators import Balance
from analysis.reference.registry import Registry
from analysis.returns.rules.usual import Floats

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Figures:
    """The complete grid as an array.

    Attributes
    ----------
    values
        Authorities x quarters x measures, NaN where there is no figure.
    authorities, periods, measures
        What the three axes stand for; each sorted.
    kinds
        `flow`, `stock` or `duration`, of each measure.
    shares
        Measures of which the registry makes a percentage: part and whole.
    weights
        Averages of days, and the measures that count the children behind them.
    balances
        Stocks and the flows that move them.
    """

    values: Floats
    authorities: tuple[str, ...]
    periods: tuple[str, ...]
    measures: tuple[str, ...]
    kinds: npt.NDArray[np.str_]
    shares: tuple[tuple[str, str], ...]
    weights: tuple[tuple[str, str], ...]
    balances: tuple[Balance, ...]

    @classmethod
    def of(cls, checked: pd.DataFrame, registry: Registry) -> Figures:
        """The figures of checked returns.

        Parameters
        ----------
        checked
            The complete grid, sorted by authority, period and measure, as `grid.complete` returns.
        registry
            Says what kind each measure is.

        Raises
        ------
        ValueError
            If the grid has holes: a bug of the caller.
        """
        authorities, periods, measures = (
            tuple(map(str, checked[name].unique())) for name in ("authority", "period", "measure")
        )
        # A region may have withdrawn a measure that a stored grid still has: it has no kind, and is counted as a flow.
        kinds = [registry.measures[name].kind if name in registry.measures else "flow" for name in measures]
        shares = {
            (series.numerator, str(series.denominator))
            for series in registry.all_series()
            if series.kind == "percentage" and {series.numerator, series.denominator} <= set(measures)
        }
        weights = [(name, one.weight) for name, one in registry.measures.items() if one.weight and name in measures]
        values = checked["value"].to_numpy(dtype=np.float64).reshape(len(authorities), len(periods), len(measures))
        return cls(
            values,
            authorities,
            periods,
            measures,
            np.array(kinds),
            tuple(sorted(shares)),
            tuple(weights),
            registry.balances,
        )

    def of_measure(self, measure: str) -> Floats:
        """One measure's figures: authorities x quarters; all NaN for one that the grid does not have."""
        if measure not in self.measures:
            return np.full(self.values.shape[:2], np.nan)
        return self.values[..., self.measures.index(measure)]

    def without(self, cells: Marks) -> Figures:
        """The same without some cells: what one rule has explained is not counted against others."""
        return replace(self, values=np.where(cells, np.nan, self.values))

    def only_last(self, cells: Marks) -> Marks:
        """Cells of the last quarter (authorities x measures) in their place in the whole array."""
        marks = np.zeros(self.values.shape, dtype=bool)
        marks[:, -1] = cells
        return marks
