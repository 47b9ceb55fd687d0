"""What changed in a quarter between two days: by returns and corrections first, and then by changes of the world."""

from __future__ import annotations

import pandas as pd

from analysis.pipeline.collection import Collection
from analysis.pipeline.differences import differences, readings
from analysis.pipeline.what_moves import what_moves


def what_changed(before: Collection, after: Collection) -> pd.DataFrame:
    """What differs between two states of a quarter's collection, one row each, with its cause.

    Parameters
    ----------
    before, after
        The state of an earlier day and of a later one (`pipeline.as_known`).

    Returns
    -------
    DataFrame
        The columns of `differences`. The returns and corrections of the later day are set beside those of the earlier
        one in the earlier day's world; what the changes of the world between them move (populations, neighbours,
        councils, members) comes after that, with their titles as the cause. A position that both moved has two rows.
    """
    worlds = [[(filed.change, filed.neighbours) for filed in state.changes.held] for state in (before, after)]
    titles = sorted({one[0].title for world in worlds for one in world if not all(one in other for other in worlds)})
    if not titles:
        return _by_returns(before, after)
    unchanged = after.with_changes(before.changes)
    return pd.concat(
        [_by_returns(before, unchanged), what_moves(unchanged, after, "; ".join(titles))], ignore_index=True
    )


def _by_returns(before: Collection, after: Collection) -> pd.DataFrame:
    cells = before.checked.checked, after.checked.checked
    flips = readings((before.signals, after.signals), cells, after.measures_of)
    changed = differences(cells, (before.comparisons, after.comparisons), after.measures_of)
    return pd.concat([changed, flips], ignore_index=True)
