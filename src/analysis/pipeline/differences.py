"""What differs between two states of a collection: cells, positions, fourths and readings, each with its cause."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from analysis.reference.authorities import authorities
from analysis.reference.status import Status
from analysis.signals.schema import PROMPTS, Reading
from analysis.uncertainty.moves import Mask, is_a_move
from analysis.uncertainty.positions import Positions

CELL: Final = ["authority", "period", "measure"]
PLACE: Final = ["authority", "series", "group"]
ASKED: Final = ["authority", "period", "series", "test"]
COLUMNS: Final = ("what", "authority", "period", "subject", "before", "after", "cause")
FOUND: Final = (*PROMPTS, Reading.QUERIED)
"""Something lies apart there, whether it is a prompt or asked about first."""
OTHERS: Final = "figures of others"
NAMED: Final = 3
"""So many of those whose figures moved something are named; the rest are counted."""
_PLACED: Final = ("rank", "rank_low", "rank_high")


MeasuresOf = Callable[[str], list[str]]
"""The measures that a series is made of."""


def differences(
    cells: tuple[pd.DataFrame, pd.DataFrame],
    comparisons: tuple[pd.DataFrame, pd.DataFrame],
    measures_of: MeasuresOf,
) -> pd.DataFrame:
    """What differs, one row each.

    Parameters
    ----------
    cells
        The checked tables before and after.
    comparisons
        The comparisons tables of one quarter before and after.
    measures_of
        The measures that a series is made of.

    Returns
    -------
    DataFrame
        `what` (`cell`; `move`, a position beyond its interval; `position`, one within it; `fourth`), `authority`,
        `period`, `subject` (a measure; or a series and a group), `before` and `after` as they would be printed (a
        position with its interval), and `cause`: a cell's is the receipt or the correction that it comes from; a
        position's is the authority's own figure or those of others, by name and with the cause of each. Sorted.
    """
    changed = _cells(*cells)
    return pd.concat([changed, *_places(*comparisons, changed, measures_of)], ignore_index=True)


def _cells(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    both = before.merge(after, on=CELL, how="outer", suffixes=("_before", "_after")).sort_values(CELL)
    told = {}
    for side, table in (("before", before), ("after", after)):
        # Whoever is not there at all has sent nothing, but nothing was to come either.
        absent = ~both["authority"].isin(table["authority"].unique())
        status = both[f"status_{side}"].mask(absent, Status.NOT_APPLICABLE.value)
        told[side] = said(both[f"value_{side}"], status)
    moved = told["before"] != told["after"]
    cause = np.select(
        [
            both["quality_after"].fillna("").str.startswith("corrected"),
            both["receipt_before"].fillna("").eq("") & both["receipt_after"].fillna("").ne(""),
            both["receipt_before"].fillna("") != both["receipt_after"].fillna(""),
        ],
        ["a correction", "newly received", "sent again"],
        "a correction withdrawn, or another kit",
    )
    receipt = both["receipt_after"].fillna("").str[:12]
    table = pd.DataFrame({
        "what": "cell",
        "authority": both["authority"],
        "period": both["period"],
        "subject": both["measure"],
        "before": told["before"],
        "after": told["after"],
        "cause": pd.Series(cause, index=both.index) + receipt.map(lambda start: f" ({start})" if start else ""),
    })  # fmt: skip
    return table[moved]


def readings(
    signals: tuple[pd.DataFrame, pd.DataFrame],
    cells: tuple[pd.DataFrame, pd.DataFrame],
    measures_of: MeasuresOf,
) -> pd.DataFrame:
    """Readings that flip: to a prompt, from one, or from one to another.

    Parameters
    ----------
    signals, cells
        The signals tables and the checked tables before and after.
    measures_of
        The measures that a series is made of.

    Returns
    -------
    DataFrame
        The columns of `differences`; `what` is `reading`, `subject` the series and the tier. The cause is the
        authority's own figures where one of the series' measures changed in any quarter. Else it is a query, asked or
        answered, where that held the reading back before or after; else the figures of others, by name: what is common
        to the region, or how far the series swings, has moved with them.
    """
    both = signals[0].merge(signals[1], on=ASKED, how="outer", suffixes=("_before", "_after")).sort_values(ASKED)
    told = {side: both[f"reading_{side}"].fillna(Reading.NO_FIGURE.value) for side in ("before", "after")}
    flips = (told["before"] != told["after"]) & (told["before"].isin(FOUND) | told["after"].isin(FOUND))
    moved = _cells(*cells)
    own = set(zip(moved["authority"], moved["subject"], strict=True))
    rows = both[flips]
    asked = ((told["before"] == Reading.QUERIED) | (told["after"] == Reading.QUERIED))[flips]
    causes = [
        "its own figures"
        if any((code, measure) in own for measure in measures_of(series))
        else "a query asked or answered"
        if queried
        else figures_of_others(moved, code, measures_of(series))
        for code, series, queried in zip(rows["authority"], rows["series"], asked, strict=True)
    ]
    return pd.DataFrame({
        "what": "reading",
        "authority": rows["authority"],
        "period": rows["period"],
        "subject": rows["series"] + ", " + rows["test"],
        "before": told["before"][flips].str.replace("_", " "),
        "after": told["after"][flips].str.replace("_", " "),
        "cause": pd.Series(causes, index=rows.index, dtype="str"),
    })  # fmt: skip


def figures_of_others(changed: pd.DataFrame, code: str, measures: list[str]) -> str:
    """Whose figures of these measures changed and why: `figures of others: Kent, a correction (0a1b2c3d4e5f)`.

    Parameters
    ----------
    changed
        The cells that changed, in the columns of `differences`.
    code
        Whose reading or position it is.
    """
    rows = changed[(changed["authority"] != code) & changed["subject"].isin(measures)]
    known = authorities()
    told = [
        f"{known[one].name if one in known else one}, {cause}"
        for one, cause in dict.fromkeys(zip(rows["authority"], rows["cause"], strict=True))
    ]
    rest = [f"{len(told) - NAMED} more"] if len(told) > NAMED else []
    return f"{OTHERS}: {'; '.join([*told[:NAMED], *rest])}" if told else OTHERS


def said(value: pd.Series[float], status: pd.Series[str]) -> pd.Series[str]:
    """Figures as they are told: digits, or the mark of what is missing."""
    symbol = status.fillna(Status.NOT_SUBMITTED.value).map({one.value: one.symbol for one in Status})
    return value.map(lambda figure: f"{figure:g}").where(value.notna(), symbol)


def _places(
    before: pd.DataFrame, after: pd.DataFrame, changed: pd.DataFrame, measures_of: MeasuresOf
) -> list[pd.DataFrame]:
    both = before.merge(after, on=PLACE, how="outer", suffixes=("_before", "_after")).sort_values(PLACE)
    own = both["own_value_before"].fillna(-1) != both["own_value_after"].fillna(-1)
    found = []
    for what, name, nothing, words in (("position", "rank", 0, _position), ("fourth", "quartile", "", _fourth)):
        told = {side: words(both, side) for side in ("before", "after")}
        table = pd.DataFrame({
            "what": np.where(_moves(both), "move", what) if what == "position" else what,
            "authority": both["authority"],
            "period": both["period_after"].fillna(both["period_before"]),
            "subject": both["series"] + " in " + both["group"],
            "before": told["before"],
            "after": told["after"],
            "own": own,
        })  # fmt: skip
        # A position among more or fewer is told where the position itself moves.
        moved = both[f"{name}_before"].fillna(nothing) != both[f"{name}_after"].fillna(nothing)
        rows, series = table[moved], both["series"][moved]
        cause = [
            "its own figure" if itself else figures_of_others(changed, code, measures_of(name))
            for itself, code, name in zip(rows["own"], rows["authority"], series, strict=True)
        ]
        found.append(rows.drop(columns="own").assign(cause=pd.Series(cause, index=rows.index, dtype="str")))
    return found


def _fourth(both: pd.DataFrame, side: str) -> pd.Series[str]:
    fourth = both[f"quartile_{side}"].fillna("")
    return fourth.where(fourth != "", "none")


def _moves(both: pd.DataFrame) -> Mask:
    """Where a position moved further than chance alone could bring it."""
    before, after = (
        Positions(*(both[f"{name}_{side}"].to_numpy(dtype=float, na_value=np.nan) for name in _PLACED))
        for side in ("before", "after")
    )
    return is_a_move(before, after)


def _position(both: pd.DataFrame, side: str) -> pd.Series[str]:
    """`4 of 17 (2 to 9)`: with its interval."""
    place, low = both[f"rank_{side}"], both[f"rank_low_{side}"]
    text = place.astype("str") + " of " + both[f"n_{side}"].fillna(0).astype(int).astype("str")
    interval = " (" + low.astype("str") + " to " + both[f"rank_high_{side}"].astype("str") + ")"
    return (text + interval.where(low.notna(), "")).where(place.notna(), "none")
