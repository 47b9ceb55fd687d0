"""One authority's place in one group, with the group's summary beside it: the rows of the comparisons table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.comparisons.definitions import Definition, how_many_on_each
from analysis.comparisons.groups import Group
from analysis.comparisons.intervals import interval_of_each
from analysis.comparisons.quartiles import FEWEST, fourth, quartiles
from analysis.comparisons.ranks import highest_first, positions
from analysis.comparisons.rounding import decimals_of, half_up
from analysis.comparisons.schema import SAMPLING, SWINGS
from analysis.comparisons.snapshot import Snapshot
from analysis.comparisons.summary import pooling, summary
from analysis.reference.indicators import Indicator
from analysis.reference.status import Status

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Source:
    """Where the figures of a comparison come from."""

    provenance: str
    """`collection`, `exchange` or `published`."""
    figures: Snapshot
    placed_among: str = ""
    """`2024-25` where own figures stand among that year's published ones."""
    pooled: float | None = None
    """The group's own figure where its publisher gives one; it is not recomputed then."""
    definitions: tuple[Definition, ...] = ()
    """By which definition each of `figures` is counted; nothing where no change is known."""
    swings: float = float("nan")
    """How far quarterly figures swing beyond chance (`comparisons.swings`); NaN where it isn't known: the interval of
    a position is of chance alone then. Those of 12 months are smaller: their intervals are rather too wide."""


def place(own: Snapshot, group: Group, source: Source, indicator: Indicator, period: str) -> pd.DataFrame:
    """Each subject's position in a group and the group's summary, in the columns of the comparisons table.

    Parameters
    ----------
    own
        The authorities to place, each with its figure. It takes the place of the authority's own figure in `source`,
        if that has one: an authority's last 12 months do not stand beside its own published year.
    group, source
        Whom it is set against, and their figures. Where they are published ones, an own figure is rounded as they
        are before it is placed; as a position among unrounded figures it would never tie.
    """
    subjects, figures = own.authorities, source.figures
    members = group.summarised(subjects, figures.authorities)
    itself = np.array([[code == subject for code in figures.authorities] for subject in subjects], dtype=bool)
    others = members & ~itself
    in_it = np.array([subject in group.placed for subject in subjects], dtype=bool)
    placed = half_up(own.value, decimals_of(figures.value)) if source.placed_among else own.value

    rank = positions(placed, figures.value, others, highest_first=highest_first(indicator.polarity))
    others_with = (others & ~np.isnan(figures.value)).sum(axis=1)
    listed = np.array([len(group.members.get(subject, frozenset()) - {subject}) for subject in subjects])
    counted = in_it & ~np.isnan(own.value)
    found = summary(figures, members, pooling(indicator))
    reason = np.select(
        [~in_it & (listed > 0), ~in_it, np.isnan(own.value), others_with == 0],
        ["not_in_rank_set", "no_neighbours", "no_figure", "others_missing"],
        "",
    )
    rank[reason != ""] = np.nan
    low, high = interval_of_each(
        own,
        figures,
        others,
        rank,
        indicator.headline_series,
        highest_first=highest_first(indicator.polarity),
        swings=0.0 if np.isnan(source.swings) else source.swings,
    )
    cuts = [
        quartiles(np.append(figures.value[row], value)) if size + 1 >= FEWEST else np.full(3, np.nan)
        for row, value, size in zip(others, placed, others_with, strict=True)
    ]
    columns = _keys(indicator, group, period, subjects) | {
        "n": others_with + counted,
        "n_missing": listed + in_it - others_with - counted,
        "mean": found.mean,
        "median": found.median,
        "pooled": found.pooled if source.pooled is None else source.pooled,
        "rank": pd.array(rank.tolist(), dtype="Int64"),
        "rank_low": pd.array(low.tolist(), dtype="Int64"),
        "rank_high": pd.array(high.tolist(), dtype="Int64"),
        "interval": np.where(np.isnan(low), "", SAMPLING if np.isnan(source.swings) else SWINGS),
        "quartile": [
            fourth(value, cut) if not why else "" for value, cut, why in zip(placed, cuts, reason, strict=True)
        ],
        "definitions": _definitions(source, others | (itself & counted[:, None])),
        "provenance": source.provenance,
        "placed_among": source.placed_among,
        "own_value": own.value,
        "own_status": own.status,
        "reason": reason,
    }
    return pd.DataFrame(columns)


def no_place(
    subjects: Sequence[str], group: Group, indicator: Indicator, period: str, *, provenance: str, reason: str
) -> pd.DataFrame:
    """The rows of a comparison that is not made, with the reason."""
    columns = _keys(indicator, group, period, subjects) | {
        "n": 0,
        "n_missing": 0,
        "mean": np.nan,
        "median": np.nan,
        "pooled": np.nan,
        **dict.fromkeys(("rank", "rank_low", "rank_high"), pd.array([None] * len(subjects), dtype="Int64")),
        "interval": "",
        "quartile": "",
        "definitions": "",
        "provenance": provenance,
        "placed_among": "",
        "own_value": np.nan,
        "own_status": Status.NOT_AVAILABLE.value,
        "reason": reason,
    }
    return pd.DataFrame(columns)


def _definitions(source: Source, counted: Mask) -> list[str]:
    """For each subject, how many of those counted in its group have a figure by each definition."""
    if not source.definitions:
        return [""] * len(counted)
    reporting = counted & ~np.isnan(source.figures.value)
    return [
        how_many_on_each(one for one, reports in zip(source.definitions, row, strict=True) if reports)
        for row in reporting
    ]


def _keys(indicator: Indicator, group: Group, period: str, subjects: Sequence[str]) -> dict[str, object]:
    return {
        "authority": list(subjects),
        "period": period,
        "series": indicator.headline,
        "window": indicator.window.value,
        "group": group.id,
        "edition": group.edition,
    }
