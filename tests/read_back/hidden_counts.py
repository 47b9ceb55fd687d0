"""Which of an authority's own figures its own and its anonymised report may not show (docs/methods/disclosure.md)."""

from annex_a import CHILDREN, LINES, QUARTER, STOCKS, WEIGHTS, YEAR, Series
from recompute import Recomputed, present

FEWEST_FOR_A_PERCENTAGE = 20
_BALANCES = (("cpp_at_end", "cpp_starting", "cpp_ceasing"), ("cla_at_end", "cla_starting", "cla_ceasing"))
"""Stock at the end = stock before + starting - ceasing."""
BY_YEAR_ONLY = {
    measure
    for line in LINES
    if line.over == YEAR
    for series in line.series
    for measure in (WEIGHTS.get(series.top, series.top), series.bottom)
    if measure and measure not in STOCKS
}
"""Counts of so few children that only 12 months are ever shown."""


class HiddenCounts:
    """One authority's."""

    def __init__(self, recomputed: Recomputed, code: str, last: int) -> None:
        self.recomputed = recomputed
        self.code = code
        quarters = range(recomputed.first, last + 1)
        self.hidden = {(measure, at) for measure in _counted() for at in quarters if self._small(measure, at)}
        for stock, starting, ceasing in _BALANCES:
            for at in quarters:
                found = {(starting, at), (ceasing, at), (stock, at), (stock, at - 1)} & self.hidden
                if found:
                    self.hidden |= {(starting, at), (ceasing, at)}
        for whole, part in _wholes_and_parts():
            self.hidden |= {(part, at) for at in quarters if (whole, at) in self.hidden}
        last_of_years = [at for at in quarters if at % 4 == 3]
        for measure in _counted() - set(STOCKS):
            self.hidden |= {
                (measure, at) for at in last_of_years if any((measure, at - back) in self.hidden for back in (1, 2, 3))
            }

    def _small(self, measure: str, quarter: int, stretch: str = QUARTER) -> bool:
        return any(1 <= count <= 5 for count in present([self.recomputed.over(self.code, quarter, measure, stretch)]))

    def must_hide(self, series: Series, quarter: int, stretch: str) -> bool:
        """Whether a figure has to be `c`: a count in it is small, or it would give a hidden count back."""
        if any(self._count_hidden(measure, quarter, stretch) for measure in counts_in(series)):
            return True
        if not series.kind.startswith("percent"):
            return False
        _, base = self.recomputed.parts(self.code, quarter, series, stretch)
        return any(0 < number < FEWEST_FOR_A_PERCENTAGE for number in present([base]))

    def may_hide(self, series: Series, stretch: str) -> bool:
        """Whether a figure may be `c` though no count in it is small: a year that would give back another."""
        return stretch == YEAR and bool(set(counts_in(series)) & BY_YEAR_ONLY)

    def _count_hidden(self, measure: str, quarter: int, stretch: str) -> bool:
        if measure in STOCKS:
            return (measure, quarter) in self.hidden
        if measure in BY_YEAR_ONLY:
            return stretch == QUARTER or self._small(measure, quarter, YEAR)
        back = 0 if stretch == QUARTER else 3
        return any((measure, at) in self.hidden for at in range(quarter - back, quarter + 1))


def counts_in(series: Series) -> list[str]:
    """The counts that a figure is made of: days are none, and the population is public."""
    top = [] if series.top in WEIGHTS else [series.top]
    return top + ([series.bottom] if series.bottom and series.bottom != CHILDREN else [])


def _counted() -> set[str]:
    return {measure for line in LINES for series in line.series for measure in counts_in(series)}


def _wholes_and_parts() -> list[tuple[str, str]]:
    return [
        (series.bottom, series.top) for line in LINES for series in line.series if series.kind.startswith("percent")
    ]
