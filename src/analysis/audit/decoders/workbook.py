"""The sheets of a workbook as tables, hidden ones too. Their parts are also read one by one, as XML."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

from openpyxl import load_workbook

from analysis.audit.budget import Budget
from analysis.audit.decoders.grid import Cell, table
from analysis.audit.found import Found, Place, Said
from analysis.audit.unreadable import DamagedError, TooLargeError

_MOST_CELLS = 500_000


def sheets(content: bytes, where: tuple[str, ...], budget: Budget) -> Iterator[Found]:
    """Every sheet's cells, with their columns and rows.

    Raises
    ------
    DamagedError
        If the workbook can't be opened as one.
    TooLargeError
        If it has more cells than a document.
    """
    try:
        with warnings.catch_warnings():
            # openpyxl tells of parts that it leaves out; they are read as XML.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), data_only=True, read_only=True)
            grids = {sheet.title: _cells(sheet, budget) for sheet in book.worksheets}
            book.close()
    except (TooLargeError, MemoryError):
        raise
    except Exception:
        raise DamagedError("a workbook that can't be opened") from None
    for place, (title, grid) in enumerate(grids.items(), start=1):
        yield Said((*where, "name of a sheet"), title, Place.ID)
        yield from table(grid, (*where, f"sheet {place}"))


def _cells(sheet: object, budget: Budget) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    cells = 0
    # A sheet may claim any size: what it holds is counted instead.
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    for row in sheet.iter_rows(values_only=True):  # type: ignore[attr-defined]
        budget.tick()
        cells += len(row)
        if cells > _MOST_CELLS:
            raise TooLargeError("a sheet with far more cells than a document")
        rows.append([cell if isinstance(cell, str | int | float) or cell is None else str(cell) for cell in row])
    return rows
