"""Populations after changes: newer estimates laid over the package's, and new councils' own or summed ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from analysis.reference.changes.model import PopulationChange, Reorganisation
from analysis.reference.status import Status

KEY = ["authority", "mid_year"]


def with_estimates(frame: pd.DataFrame, changes: Iterable[PopulationChange]) -> pd.DataFrame:
    """The populations with the estimates of changes in the place of those of the same authority and mid-year.

    Parameters
    ----------
    frame
        `authority, mid_year, population, status`, as `population_frame` returns.
    changes
        The earliest first.
    """
    rows = [
        (code, one.mid_year, float(number), Status.GIVEN.value)
        for one in changes
        for code, number in one.populations.items()
    ]
    return _over(frame, rows)


def with_successors(frame: pd.DataFrame, reorganisations: Iterable[Reorganisation]) -> pd.DataFrame:
    """The populations with those of new councils, for every mid-year of the frame and of the change.

    What a change gives goes before anything else. For a merger the rest is the sum of the predecessors' where all have
    one; for a split it is not available: nobody knows how many children lived within boundaries that were not drawn.
    """
    for one in reorganisations:
        frame = _over(frame, list(_of_successors(frame, one)))
    return frame


def _of_successors(frame: pd.DataFrame, one: Reorganisation) -> Iterator[tuple[str, int, float, str]]:
    known = frame[frame["authority"].isin(one.predecessors)].pivot(
        index="mid_year", columns="authority", values="population"
    )
    # Not the frame's own sum, which would take a missing population for none.
    whole = known.reindex(columns=list(one.predecessors)).sum(axis=1, skipna=False)
    summed = (
        {int(year): float(number) for year, number in zip(known.index, whole, strict=True)} if one.is_merger else {}
    )
    for new in one.successors:
        for year in sorted({*map(int, known.index), *new.populations}):
            number = float(new.populations.get(year, summed.get(year, float("nan"))))
            status = Status.NOT_AVAILABLE if pd.isna(number) else Status.GIVEN
            yield new.code, year, number, status.value


def _over(frame: pd.DataFrame, rows: list[tuple[str, int, float, str]]) -> pd.DataFrame:
    if not rows:
        return frame
    new = pd.DataFrame(rows, columns=[*KEY, "population", "status"]).astype(frame.dtypes.to_dict())
    both = pd.concat([frame, new]).drop_duplicates(KEY, keep="last")
    return both.sort_values(KEY, ignore_index=True)
