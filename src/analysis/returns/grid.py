"""The complete grid: every authority, quarter and measure has a cell, with a figure or the reason why it has none."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.reference.status import Status
from analysis.returns.resolve import KEY

CHECKED = ("authority", "period", "measure", "value", "status", "quality", "source_line", "receipt")


def complete(
    chosen: pd.DataFrame, refused: pd.DataFrame, members: Sequence[str], period: Quarter, registry: Registry
) -> pd.DataFrame:
    """Lay the chosen rows into the grid.

    Parameters
    ----------
    chosen
        One row for each authority, quarter and measure that was sent.
    refused
        Rows that were sent and not used. Where nothing else was sent for the cell it is `not_available`, with the
        row's line and receipt: something arrived, and cannot be used.
    members
        DfE codes of all who are expected to send.
    period
        The report's quarter, the last of the grid; the first is the earliest in `chosen` and `refused`.
    registry
        Says which measures there are.

    Returns
    -------
    DataFrame
        Columns `CHECKED`, sorted by authority, period and measure. `value` is NaN unless `status` is `given`.
    """
    in_grid = refused["authority"].isin(members) & (refused["measure"] != "") & (refused["period"] <= str(period))
    spoilt = refused[in_grid & refused["period"].ne("") & (refused["period"] >= _oldest(chosen, period))]
    spoilt = spoilt.assign(figure=float("nan"), status=str(Status.NOT_AVAILABLE), note="")
    sent = pd.concat([chosen, spoilt]).drop_duplicates(KEY, keep="first")
    quarters = _span(_oldest(chosen, period), period)
    index = pd.MultiIndex.from_product([sorted(members), quarters, sorted(registry.measures)], names=KEY)
    cells = sent.set_index(KEY)[["figure", "status", "note", "line", "receipt"]].reindex(index).reset_index()
    return pd.DataFrame({
        **{name: cells[name].astype("str") for name in KEY},
        "value": cells["figure"].astype("float64"),
        "status": cells["status"].fillna(str(Status.NOT_SUBMITTED)).astype("str"),
        "quality": cells["note"].fillna("").astype("str"),
        "source_line": cells["line"].astype("Int64"),
        "receipt": cells["receipt"].fillna("").astype("str"),
    })  # fmt: skip


def _oldest(chosen: pd.DataFrame, period: Quarter) -> str:
    return str(min([*chosen["period"].unique(), str(period)]))


def _span(first: str, last: Quarter) -> list[str]:
    quarters = [Quarter.parse(first)]
    while quarters[-1] < last:
        quarters.append(quarters[-1].shift(1))
    return [str(quarter) for quarter in quarters]
