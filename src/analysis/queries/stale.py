"""Queries that the figures have overtaken: the figure asked about has been sent again, or corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.queries.sheet import Sheet, raw_figure
from analysis.registers.corrections import IN_FORCE, Correction


@dataclass(frozen=True)
class Stale:
    """Why a query is stale, and what stands now."""

    why: str
    now: str
    """The figure, or the mark for a missing one; empty where the query was about several."""


def stale_queries(sheet: Sheet, as_sent: pd.DataFrame, ledger: Sequence[Correction]) -> Mapping[str, Stale]:
    """The queries of a sheet that no answer can change anything about, by their id.

    Parameters
    ----------
    sheet
        As it was sent.
    as_sent
        The complete grid (`grid.CHECKED`) as it is now, not corrected.
    ledger
        The corrections; those in force count.
    """
    cells = as_sent[as_sent["authority"] == sheet.authority]
    corrected = {entry.cell: entry for entry in ledger if entry.status in IN_FORCE}
    found: dict[str, Stale] = {}
    for query in sheet.queries:
        for measure, before in zip(query.measures, query.figures, strict=bool(query.figures)):
            alone = len(query.measures) == 1
            now = raw_figure(cells, query.period, measure)
            entry = corrected.get((sheet.authority, query.period, measure))
            if now != before:
                found[query.id] = Stale(f"sent again since: {before} then, {now} now", now if alone else "")
            # An entry that expects something else than the return says is not applied.
            elif entry is not None and entry.expect == before:
                becomes = "withdrawn" if entry.value is None else entry.value
                found[query.id] = Stale(
                    f"corrected since: {before} to {becomes} ({entry.id})", becomes if alone else ""
                )
    return found
