"""The grid that is filled: every current authority by every quarter since the epoch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.errors import UsageError
from analysis.reference.authority_table import authority_table
from analysis.reference.periods import Quarter
from analysis.reference.populations import population_frame
from analysis.synthetic.assumptions import Assumptions
from analysis.synthetic.streams import Floats


@dataclass(frozen=True)
class Grid:
    """Quarters down, authorities across: the shape of every array here."""

    codes: tuple[str, ...]
    regions: tuple[str, ...]
    """ONS code of each authority's region."""
    quarters: tuple[Quarter, ...]
    population: Floats
    """Children aged 0 to 17, quarters x authorities."""
    season: Floats
    """Multiplier of each quarter."""
    years: Floats
    """Where each quarter lies on the scale of published years: the four quarters of a year average to its March's."""
    centred: npt.NDArray[np.intp]
    """Positions of the quarters of the published years whose mean is the level: wandering averages out over them."""

    @property
    def shape(self) -> tuple[int, int]:
        """Quarters, authorities."""
        return len(self.quarters), len(self.codes)


def make_grid(assumed: Assumptions, period: Quarter, quarters: int) -> Grid:
    """The grid from the epoch to `period`, or to the newest published year where that is later.

    Raises
    ------
    UsageError
        If the quarters asked for begin before the made-up history has settled.
    """
    epoch = Quarter.parse(assumed.epoch)
    first = epoch.shift(assumed.hidden_quarters)
    if quarters < 1 or period.shift(1 - quarters) < first:
        raise UsageError(
            f"{quarters} made-up quarters up to {period} cannot be made",
            remedy=f"ask for at least one quarter, and for none before {first}",
        )
    newest = Quarter(assumed.published.newest_year - 1, 4)
    line = _between(epoch, max(period, newest))
    every = authority_table()
    codes = tuple(code for code in sorted(every) if every[code].current)
    years = np.array([quarter.year_ending + (quarter.number - 2.5) / 4 for quarter in line])
    before = newest.year_ending - assumed.published.level_years
    return Grid(
        codes=codes,
        regions=tuple(every[code].region_code for code in codes),
        quarters=line,
        population=_populations(codes, line),
        season=np.array([assumed.season.multipliers[quarter.number - 1] for quarter in line]),
        years=years,
        centred=np.flatnonzero([before < quarter.year_ending <= newest.year_ending for quarter in line]),
    )


def _between(first: Quarter, last: Quarter) -> tuple[Quarter, ...]:
    line = [first]
    while line[-1] < last:
        line.append(line[-1].shift(1))
    return tuple(line)


def _populations(codes: tuple[str, ...], line: tuple[Quarter, ...]) -> Floats:
    """Each quarter's children: the mid-year inside its financial year, as DfE counts, else the nearest that exists."""
    table = population_frame().pivot(index="mid_year", columns="authority", values="population")
    table = table.reindex(columns=list(codes)).bfill().ffill()
    wanted = np.clip([quarter.start_year for quarter in line], table.index.min(), table.index.max())
    return table.loc[wanted].to_numpy(dtype=np.float64)
