"""Random linked tables, and a second reading of them that shares nothing with the code under test.

Tables are drawn here as plain arrays; the sums are written out again from them, and solved one count at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from analysis.disclosure.crossed_tables import crossed, over_quarters
from analysis.disclosure.linked_tables import Cell, LinkedTables

FAR = 1e6


def counts(chance: np.random.Generator, rows: int, columns: int, small: int) -> pd.DataFrame:
    """Counts of 6 to 119, with `small` of 1 to 5, some of 0, and some that were not submitted."""
    values = chance.integers(6, 120, (rows, columns)).astype(float)
    values[chance.random((rows, columns)) < 0.05] = 0
    values[chance.random((rows, columns)) < 0.03] = np.nan
    values.flat[chance.choice(rows * columns, small, replace=False)] = chance.integers(1, 6, small)
    names = [f"r{row:02}" for row in range(rows)]
    return pd.DataFrame(values, index=names, columns=[f"c{column}" for column in range(columns)])


def one_table(seed: int, rows: int, columns: int, small: int, rounded_to: int = 1) -> LinkedTables:
    return crossed("t", counts(np.random.default_rng(seed), rows, columns, small), rounded_to)


def some_quarters(seed: int, rows: int, columns: int, small: int, quarters: int = 2) -> LinkedTables:
    chance = np.random.default_rng(seed)
    tables = {f"Q{one}": counts(chance, rows, columns, small // quarters) for one in range(1, quarters + 1)}
    return over_quarters("t", tables, 10 if seed % 2 else 1)


class Reader:
    """Somebody with the printed tables, who knows that rows and columns add up and that quarters make a year."""

    def __init__(self, tables: LinkedTables, shown: Collection[str]) -> None:
        cells = {cell.key: cell for cell in tables.cells}
        self.unknown = [key for key, cell in cells.items() if not np.isnan(cell.value) and key not in shown]
        self.low, self.high = dict.fromkeys(self.unknown, 0.0), dict.fromkeys(self.unknown, FAR)
        known: dict[str, float] = {}
        for key in shown:
            cell = cells[key]
            if cell.rounded_to == 1:
                known[key] = cell.value
            else:
                # 15 to 24 are printed as 20.
                self.unknown.append(key)
                printed = 10 * int((cell.value + 5) // 10)
                self.low[key], self.high[key] = max(0.0, printed - 5.0), printed + 4.0
        place = {key: at for at, key in enumerate(self.unknown)}
        rows, right = [], []
        for total, parts in self.additions(cells):
            row, rest = np.zeros(len(place)), 0.0
            for key, sign in ((total, -1.0), *((part, 1.0) for part in parts)):
                if np.isnan(cells[key].value):
                    continue
                if key in place:
                    row[place[key]] += sign
                else:
                    rest -= sign * known[key]
            if row.any():
                rows.append(row)
                right.append(rest)
        self.left = np.array(rows).reshape(-1, len(place))
        self.right = np.array(right)

    @staticmethod
    def additions(cells: Mapping[str, Cell]) -> list[tuple[str, list[str]]]:
        """The sums, read off the names of the cells: `table, year to Q2/row/column`."""
        found = []
        held = sorted(cells)
        for key in held:
            table, row, column = key.split("/")
            around = [one.split("/") for one in held if one.startswith(f"{table}/")]
            if column == "total":
                found.append((key, [f"{t}/{r}/{c}" for t, r, c in around if r == row and c != "total"]))
            if row == "total":
                found.append((key, [f"{t}/{r}/{c}" for t, r, c in around if c == column and r != "total"]))
            if ", year to Q" in table and "total" not in (row, column):
                name, last = table.split(", year to Q")
                parts = [f"{name}, Q{one}/{row}/{column}" for one in range(1, int(last) + 1)]
                found.append((key, parts))
        return [(total, parts) for total, parts in found if not np.isnan(cells[total].value)]

    def width(self, key: str) -> float:
        """How far apart the least and the most are that a count can be, fractions allowed."""
        return self._width(key, whole=False)

    def whole_width(self, key: str) -> float:
        """The same where every count is a whole number."""
        return self._width(key, whole=True)

    def _width(self, key: str, *, whole: bool) -> float:
        aim = np.array([float(one == key) for one in self.unknown])
        bounds = Bounds([self.low[one] for one in self.unknown], [self.high[one] for one in self.unknown])
        fits = LinearConstraint(self.left, self.right, self.right)
        kind = np.full(len(aim), int(whole))
        ends = [milp(sign * aim, constraints=fits, bounds=bounds, integrality=kind) for sign in (1, -1)]
        assert all(end.status == 0 for end in ends)
        return float(-ends[1].fun - ends[0].fun)
