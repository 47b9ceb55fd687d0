"""The history of a merged council: the sum of its predecessors' cells, as far as each of them has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.reference.changes.model import Reorganisation
from analysis.reference.registry import Registry
from analysis.reference.status import Status
from analysis.returns.resolve import KEY
from analysis.returns.rules.usual import Floats

_MADE_UP = "MADE-UP"
_COLUMNS = {"value": np.float64, "status": object, "quality": object}


def merged(reorganisations: Sequence[Reorganisation]) -> tuple[Reorganisation, ...]:
    """The mergers among them, in their order: nobody knows how the figures of a split would have been shared out."""
    return tuple(one for one in reorganisations if one.is_merger)


@dataclass
class _Cells:
    """Some cells of every authority: authorities by periods by measures."""

    value: Floats
    status: npt.NDArray[np.object_]
    quality: npt.NDArray[np.object_]


def with_history(checked: pd.DataFrame, reorganisations: Sequence[Reorganisation], registry: Registry) -> pd.DataFrame:
    """The grid with the history of merged councils, and without those who ended in them.

    Parameters
    ----------
    checked
        The complete grid, sorted by authority, period and measure, in which successors and predecessors have their own
        cells.
    reorganisations
        The earliest first: who merged may merge again.

    Returns
    -------
    DataFrame
        The same columns and order. A count is the sum of the predecessors' where all have one; an average of days is
        weighted by the children behind it, and not applicable where there were none. Where a predecessor has no figure
        the cell has the status of the first, in the order of the change, that has none. A cell that the successor
        itself sent stays. Summed cells come from no one line of no one file.
    """
    mergers = merged(reorganisations)
    if not mergers:
        return checked
    codes, periods, measures = (list(checked[name].unique()) for name in KEY)
    shape = (len(codes), len(periods), len(measures))
    cells = _Cells(*(checked[name].to_numpy(dtype=kind, copy=True).reshape(shape) for name, kind in _COLUMNS.items()))
    sent = (checked["receipt"].ne("") | checked["status"].ne(Status.NOT_SUBMITTED)).to_numpy().reshape(shape)
    weights = {
        measures.index(one.id): measures.index(one.weight)
        for one in registry.measures.values()
        if one.weight is not None
    }
    for one in mergers:
        place = codes.index(one.successors[0].code)
        parts = [codes.index(code) for code in one.predecessors]
        before = np.array([period < str(one.first) for period in periods])
        missing = before[:, np.newaxis] & ~sent[place]
        found = _summed(cells, parts, weights)
        for name in _COLUMNS:
            getattr(cells, name)[place][missing] = getattr(found, name)[missing]
    whole = checked.assign(
        **{name: pd.Series(getattr(cells, name).ravel(), checked.index, checked[name].dtype) for name in _COLUMNS}
    )
    gone = {code for one in mergers for code in one.predecessors}
    return whole[~whole["authority"].isin(gone)].reset_index(drop=True)


def _summed(cells: _Cells, parts: Sequence[int], weights: Mapping[int, int]) -> _Cells:
    """What some authorities come to together: periods by measures."""
    shape = cells.value.shape[1:]
    total, children = np.zeros(shape), np.zeros(shape)
    status = np.full(shape, Status.GIVEN.value, dtype=object)
    averaged = np.zeros(shape, dtype=bool)
    averaged[:, list(weights)] = True
    for part in parts:
        value, reason = cells.value[part].copy(), cells.status[part].copy()
        for average, weight in weights.items():
            days = _days_of(value[:, average], cells.value[part][:, weight])
            # Without its children an average cannot be weighted; one of no children adds no days.
            unknown = reason[:, average] == Status.GIVEN.value
            reason[unknown, average] = cells.status[part][unknown, weight]
            reason[cells.value[part][:, weight] == 0, average] = Status.GIVEN.value
            value[:, average] = days
            children[:, average] += cells.value[part][:, weight]
        total += value
        status = np.where(status == Status.GIVEN.value, reason, status)
    status[averaged & (children == 0) & (status == Status.GIVEN.value)] = Status.NOT_APPLICABLE.value
    given = status == Status.GIVEN.value
    figure = np.where(given, total, np.nan)
    np.divide(total, children, out=figure, where=given & averaged)
    said = [cells.quality[part].ravel() for part in parts]
    quality = np.array([_notes(texts) for texts in zip(*said, strict=True)], dtype=object).reshape(shape)
    return _Cells(figure, status, quality)


def _days_of(average: Floats, children: Floats) -> Floats:
    """The days of all children together; none where there are no children."""
    return np.where(children == 0, 0.0, average * children)


def _notes(said: Sequence[str]) -> str:
    """The notes of several authorities as one; that a figure is made up is said once, at its beginning."""
    made_up = [text for text in said if text.upper().startswith(_MADE_UP)]
    plain = [text[len(_MADE_UP) :].lstrip("; ") if text in made_up else text for text in said]
    return "; ".join(dict.fromkeys(filter(None, [_MADE_UP if made_up else "", *plain])))
