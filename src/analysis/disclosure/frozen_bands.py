"""Bands that were issued stay as they were: only a quarter that no issue has shown is worked out anew.

A band of the same quarter worked out twice, before and after one authority's correction, gives its figure away; so
does a band of the same quarters with one member more. Nothing that is printed here can be set beside another issue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.disclosure.bands import GroupBands
from analysis.disclosure.forms import form_of
from analysis.disclosure.policy import Policy
from analysis.reference.periods import Quarter
from analysis.registers.issued_bands import IssuedBand, IssuedLine


def bands_to_print(
    now: GroupBands | str, issued: Mapping[Quarter, IssuedLine], shown: Sequence[Quarter], policy: Policy
) -> GroupBands | str:
    """The bands of one headline for a quarter's packs.

    Parameters
    ----------
    now
        What the figures as they stand now would give (`bands.group_bands`).
    issued
        The line of each quarter that bands were issued for.
    shown
        The quarters on the page, oldest first; the packs' own is the last.
    policy
        How many quarters a group of its size may have.

    Returns
    -------
    GroupBands or str
        - The quarter's own issue, if it has one, whatever `now` says.
        - Else, if a later quarter's issue shows it, the bands of that issue: a quarter is worked out once.
        - Else the line of the last issue before it, as it was issued, and after it what `now` has of newer quarters:
          where the group is the same. A group with a joiner or leaver starts a new line with the first newer quarter;
          the older ones are in the older packs.
        - Where none of these has bands, `now`.
    """
    period = shown[-1]
    if period in issued:
        return _as_issued(issued[period], shown)
    printed = {quarter: line for quarter, line in sorted(issued.items()) if line.bands}
    for quarter, line in printed.items():
        if quarter > period and any(band.period == str(period) for band in line.bands):
            return _as_issued(line, shown)
    earlier = [quarter for quarter in printed if quarter < period]
    if not earlier or isinstance(now, str):
        return now
    line = printed[earlier[-1]]
    newer = now.table[now.table["period"] > str(earlier[-1])].reset_index(drop=True)
    if now.members != line.members:
        return replace(now, table=newer)
    whole = pd.concat([_table(line, shown), newer], ignore_index=True)
    whole = whole.tail(form_of(len(now.members), policy).quarters).reset_index(drop=True)
    return replace(now, table=whole, definitions_differ=now.definitions_differ or line.definitions_differ)


def line_to_issue(group: str, series: str, bands: GroupBands | str) -> IssuedLine:
    """What is printed of one headline, as it is kept."""
    if isinstance(bands, str):
        return IssuedLine(group=group, series=series, reason=bands)
    return IssuedLine(
        group=group,
        series=series,
        at_least=bands.at_least,
        definitions_differ=bands.definitions_differ,
        members=bands.members,
        bands=tuple(IssuedBand.model_validate(row) for row in bands.rows),
    )


def begins_anew(bands: GroupBands | str, issued: Iterable[IssuedLine], shown: Sequence[Quarter]) -> str:
    """The first quarter of a new line; empty where no earlier issue shows a quarter on the page of another group alone.

    Parameters
    ----------
    bands
        As printed.
    issued
        The lines of earlier quarters' issues.
    """
    if isinstance(bands, str):
        return ""
    here, page = set(bands.table["period"]), {str(quarter) for quarter in shown}
    others = (line for line in issued if line.members != bands.members)
    elsewhere = {band.period for line in others for band in line.bands} & page
    return str(bands.table["period"].iloc[0]) if elsewhere - here else ""


def _as_issued(line: IssuedLine, shown: Sequence[Quarter]) -> GroupBands | str:
    if line.reason:
        return line.reason
    return GroupBands(line.at_least, _table(line, shown), line.definitions_differ, line.members)


def _table(line: IssuedLine, shown: Sequence[Quarter]) -> pd.DataFrame:
    """The bands of a line in the quarters on the page."""
    names = {str(quarter) for quarter in shown}
    rows = [(band.period, band.lower, band.median, band.upper) for band in line.bands if band.period in names]
    table = pd.DataFrame(rows, columns=["period", "lower", "median", "upper"])
    return table.astype({"lower": float, "median": float, "upper": float})
