"""Tables of rows by columns with their totals, also over the quarters of a year, described as linked tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.disclosure.linked_tables import Cell, LinkedTables, Sum, joined

TOTAL = "total"
"""The row and the column of totals."""


def crossed(name: str, counts: pd.DataFrame, totals_rounded_to: int = 1) -> LinkedTables:
    """A table of counts with the totals of its rows and columns.

    Parameters
    ----------
    name
        Of the table.
    counts
        One row by row label, one column by column label; NaN where nothing was submitted.
    totals_rounded_to
        To what the totals are rounded where they are shown.

    Returns
    -------
    LinkedTables
        Cells are called `name/row/column`. A total is of what was submitted; a total of nothing is no figure.
    """
    whole = counts.astype(float)
    whole[TOTAL] = whole.sum(axis="columns", min_count=1)
    whole.loc[TOTAL] = whole.sum(axis="index", min_count=1)
    rows, columns = [str(row) for row in whole.index], [str(column) for column in whole.columns]
    values = whole.to_numpy(dtype=float)
    cells = tuple(
        Cell(_key(name, row, column), value, rounded_to=totals_rounded_to if TOTAL in (row, column) else 1)
        for row, line in zip(rows, values, strict=True)
        for column, value in zip(columns, line, strict=True)
    )
    across = [Sum(_key(name, row, TOTAL), tuple(_key(name, row, one) for one in columns[:-1])) for row in rows]
    down = [Sum(_key(name, TOTAL, column), tuple(_key(name, one, column) for one in rows[:-1])) for column in columns]
    return LinkedTables(cells, (*across, *down), {name: tuple(cell.key for cell in cells)})


def over_quarters(name: str, quarters: Mapping[str, pd.DataFrame], totals_rounded_to: int = 1) -> LinkedTables:
    """The tables of consecutive quarters of a year, each with the year to date, and what links them.

    Parameters
    ----------
    name
        What the tables are of.
    quarters
        The counts by quarter, the first of the year first, all with the same rows and columns.
    totals_rounded_to
        As `crossed`.

    Returns
    -------
    LinkedTables
        Tables are called `name, quarter` and, from the second quarter on, `name, year to quarter`. The year to date of
        a cell is a figure only where every quarter so far is one. Totals to date need no sums of their own: they follow
        from those of their cells.
    """
    held: list[LinkedTables] = []
    sums: list[Sum] = []
    so_far: list[str] = []
    running = pd.DataFrame()
    for quarter, counts in quarters.items():
        running = counts.astype(float) if running.empty else running + counts
        so_far.append(quarter)
        held.append(crossed(f"{name}, {quarter}", counts, totals_rounded_to))
        if len(so_far) > 1:
            to_date = f"{name}, year to {quarter}"
            held.append(crossed(to_date, running, totals_rounded_to))
            sums += [
                Sum(_key(to_date, row, column), tuple(_key(f"{name}, {one}", row, column) for one in so_far))
                for row in counts.index
                for column in counts.columns
                if pd.notna(running.loc[row, column])
            ]
    return joined(held, sums)


def _key(name: str, row: object, column: object) -> str:
    return f"{name}/{row}/{column}"
