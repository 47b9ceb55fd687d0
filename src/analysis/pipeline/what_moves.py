"""What a change of the world moves: the cells, figures, positions and means of a quarter with it and without it."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from analysis.pipeline.collection import Collection
from analysis.pipeline.differences import COLUMNS, differences, readings, said
from analysis.reference.status import Status

FIGURE: Final = ["authority", "period", "series", "window"]
OF_EACH: Final = "neighbours"
"""The group that is another one for each authority: every other has one mean for all."""


def what_moves(before: Collection, after: Collection, cause: str) -> pd.DataFrame:
    """What differs between a quarter's collection reckoned with a change and without it, one row each.

    Parameters
    ----------
    cause
        What is written in the column of that name.

    Returns
    -------
    DataFrame
        The columns of `differences`. `what` is `cell` (a count as it stands in the grid), `figure` (of a quarter
        shown), `move`, `position`, `fourth`, `reading`, `mean` or `pooled` (of a group; its `authority` is empty
        where it is everybody's).
    """
    cells = before.checked.checked, after.checked.checked
    changed = differences(cells, (before.comparisons, after.comparisons), after.measures_of)
    flips = readings((before.signals, after.signals), cells, after.measures_of)
    tables = [changed, flips, _figures(before, after), *(_means(before, after, name) for name in ("mean", "pooled"))]
    moves = pd.concat(tables, ignore_index=True).assign(cause=cause)[list(COLUMNS)]
    # From a mark for nothing to another one: who is awaited and has sent nothing yet is said once, by `awaited`.
    nothing = moves["what"].isin(["cell", "figure"]) & moves["authority"].isin(awaited(before, after))
    return moves[~nothing].reset_index(drop=True)


def awaited(before: Collection, after: Collection) -> tuple[str, ...]:
    """DfE codes of those who join by a change, and of whom there is no figure yet; a new council does not join."""
    checked = after.checked.checked
    given = set(checked.loc[checked["status"] == Status.GIVEN, "authority"])
    there = {*before.region.everyone, *given, *after.changes.follows}
    return tuple(code for code in after.region.everyone if code not in there)


def _figures(before: Collection, after: Collection) -> pd.DataFrame:
    shown = [str(quarter) for quarter in after.shown]
    tables = [one.indicators[one.indicators["period"].isin(shown)] for one in (before, after)]
    both = tables[0].merge(tables[1], on=FIGURE, how="outer", suffixes=("_before", "_after")).sort_values(FIGURE)
    # Who was not there has no figure, as who has sent none.
    blank = Status.NOT_SUBMITTED.value
    moved = _differ(both["value_before"], both["value_after"]) | (
        both["status_before"].fillna(blank) != both["status_after"].fillna(blank)
    )
    rows = both[moved]
    return pd.DataFrame({
        "what": "figure",
        "authority": rows["authority"],
        "period": rows["period"],
        "subject": rows["series"] + ", " + rows["window"].str.replace("_", " "),
        "before": said(rows["value_before"], rows["status_before"]),
        "after": said(rows["value_after"], rows["status_after"]),
    })  # fmt: skip


def _means(before: Collection, after: Collection, name: str) -> pd.DataFrame:
    tables = [_of_groups(one) for one in (before, after)]
    keys = ["authority", "period", "series", "group"]
    both = tables[0].merge(tables[1], on=keys, how="outer", suffixes=("_before", "_after")).sort_values(keys)
    rows = both[_differ(both[f"{name}_before"], both[f"{name}_after"])]
    missing = pd.Series(Status.NOT_AVAILABLE.value, rows.index, dtype="str")
    return pd.DataFrame({
        "what": name,
        "authority": rows["authority"],
        "period": rows["period"],
        "subject": rows["series"] + " in " + rows["group"],
        "before": said(rows[f"{name}_before"], missing),
        "after": said(rows[f"{name}_after"], missing),
    })  # fmt: skip


def _of_groups(collection: Collection) -> pd.DataFrame:
    """A group's summary once, where it is the same for everybody whom it is shown to.

    A merged council's England is England without those whom it follows.
    """
    comparisons = collection.comparisons
    own = (comparisons["group"] == OF_EACH) | comparisons["authority"].isin(list(collection.changes.follows))
    whose = comparisons["authority"].where(own, "")
    held = comparisons.assign(authority=whose)[["authority", "period", "series", "group", "mean", "pooled"]]
    return held.drop_duplicates(["authority", "period", "series", "group"])


def _differ(before: pd.Series[float], after: pd.Series[float]) -> pd.Series[bool]:
    same = np.isclose(before.astype(float), after.astype(float), rtol=1e-12, atol=0, equal_nan=True)
    return pd.Series(~same, before.index)
