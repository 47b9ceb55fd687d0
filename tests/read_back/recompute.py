"""Every figure of a region's quarter, recomputed from the raw CSV files by a script that knows nothing of the kit.

Exact fractions instead of floating point, loops instead of tables, Python's own library and nothing else. From a shell:

    python tests/read_back/recompute.py data/raw/made-up/south-east src/analysis/reference/data 2025-26-Q2 825
"""

import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path

from annex_a import CHILDREN, LINES, QUARTER, STOCKS, WEIGHTS, YEAR, Line, Series
from raw_files import Cell, Counts, Notes, Reference, counts, quarter_number


class Recomputed:
    """Figures of everybody whose counts there are."""

    def __init__(self, counts: Counts, reference: Reference, notes: Notes | None = None) -> None:
        self.counts = counts
        self.notes = notes or {}
        self.reference = reference
        self.first = min(quarter for _, quarter, _ in counts)

    def count(self, code: str, quarter: int, measure: str) -> Cell:
        """What was sent; `..` where nothing was, `x` before the first quarter of all."""
        return self.counts.get((code, quarter, measure), "..") if quarter >= self.first else "x"

    def over(self, code: str, quarter: int, measure: str, stretch: str) -> Cell:
        """A count over a stretch of time: a stock as it stands at the end, anything else added up."""
        if stretch == QUARTER or measure in STOCKS:
            return self._in_one(code, quarter, measure)
        return added([self._in_one(code, earlier, measure) for earlier in range(quarter - 3, quarter + 1)])

    def _in_one(self, code: str, quarter: int, measure: str) -> Cell:
        """One quarter's count; for an average, the days of all children together."""
        count = self.count(code, quarter, measure)
        if measure not in WEIGHTS:
            return count
        children = self.count(code, quarter, WEIGHTS[measure])
        if children == 0:
            return Fraction(0)
        return multiplied(count, children)

    def parts(
        self, code: str, quarter: int, series: Series, stretch: str, mid_year: int = 0
    ) -> tuple[Cell, Cell | None]:
        """What a figure is made of: the count above, and what it is divided by (None for a plain count)."""
        top = self.over(code, quarter, series.top, stretch)
        if not series.bottom:
            return top, None
        if series.bottom == CHILDREN:
            return top, self.reference.population.get((code, mid_year or year_before_begins(quarter)), "x")
        return top, self.over(code, quarter, series.bottom, stretch)

    def figure(self, code: str, quarter: int, series: Series, stretch: str, mid_year: int = 0) -> Cell:
        """A figure of one authority; rates on the mid-year before the financial year, or on another one."""
        return divided(*self.parts(code, quarter, series, stretch, mid_year), series.times)


def year_before_begins(quarter: int) -> int:
    """The mid-year estimate of the year before a financial year begins: mid-2024 for 2025-26."""
    return quarter // 4 - 1


def added(cells: Sequence[Cell]) -> Cell:
    """The sum; where any is missing, the mark of the first that is."""
    total = Fraction(0)
    for cell in cells:
        if isinstance(cell, str):
            return cell
        total += cell
    return total


def multiplied(cell: Cell, other: Cell) -> Cell:
    """The product, or the mark of the first that is missing."""
    if isinstance(cell, str) or isinstance(other, str):
        return cell if isinstance(cell, str) else other
    return cell * other


def divided(top: Cell, bottom: Cell | None, times: int) -> Cell:
    """`times` x top / bottom; nothing can be divided by zero (`z`)."""
    if bottom is None or isinstance(top, str):
        return top
    if isinstance(bottom, str):
        return bottom
    return times * top / bottom if bottom else "z"


def difference(latest: Cell, earlier: Cell) -> Cell:
    """Latest minus earlier, or the mark of the first of them that is missing."""
    if isinstance(latest, str) or isinstance(earlier, str):
        return latest if isinstance(latest, str) else earlier
    return latest - earlier


def present(cells: Iterable[Cell | None]) -> list[Fraction]:
    """Those that are figures."""
    return [cell for cell in cells if isinstance(cell, Fraction)]


def mean(cells: Iterable[Cell]) -> Cell:
    """The plain mean of those who have a figure; `x` where nobody has."""
    return _of(statistics.mean, cells)


def median(cells: Iterable[Cell]) -> Cell:
    """The median of those who have a figure; `x` where nobody has."""
    return _of(statistics.median, cells)


def _of(summary: Callable[[list[Fraction]], Fraction], cells: Iterable[Cell]) -> Cell:
    figures = present(cells)
    return Fraction(summary(figures)) if figures else "x"


def rounded(value: Fraction, decimals: int) -> Decimal:
    """To so many decimals, halves away from zero."""
    steps = floor(abs(value) * 10**decimals + Fraction(1, 2))
    return Decimal(steps if value >= 0 else -steps).scaleb(-decimals)


def printed(cell: Cell, decimals: int) -> str:
    """A figure as a page should show it: `1,234.5`, or its mark."""
    return cell if isinstance(cell, str) else f"{rounded(cell, decimals):,}"


def printed_change(cell: Cell, decimals: int) -> str:
    """A change as a page should show it, with its sign: `+1.5`, `-1.5`, `0.0`."""
    if isinstance(cell, str):
        return cell
    return printed(cell, decimals) if not rounded(cell, decimals) else f"{rounded(cell, decimals):+,}"


def rows_to_print(recomputed: Recomputed, code: str, quarter: int) -> list[str]:
    """Each headline of an authority, latest and over 12 months."""
    return [_row(recomputed, code, quarter, line) for line in LINES]


def _row(recomputed: Recomputed, code: str, quarter: int, line: Line) -> str:
    latest, year = (
        printed(recomputed.figure(code, quarter, line.headline, stretch), line.headline.decimals)
        for stretch in (line.over, YEAR)
    )
    return f"{line.id}  {latest:>10}  {'' if line.is_stock else year:>10}  {line.headline.top}"


if __name__ == "__main__":
    returns, tables, period, authority = sys.argv[1:]
    now = quarter_number(*period.rsplit("-", 1))
    sent = Recomputed(counts(Path(returns).glob("*/*.csv")), Reference(Path(tables)))
    print("\n".join(rows_to_print(sent, authority, now)))
