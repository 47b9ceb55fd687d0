"""Where an authority stands and what its groups come to, recomputed; and the bands of a group that is concealed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from annex_a import CHILDREN, QUARTER, YEAR, Line
from raw_files import ENGLAND, Cell, PublishedCell, Reference
from recompute import Recomputed, mean, median, present, rounded

GROUPS = ("region", "neighbours", "england")
FEWEST_FOR_QUARTILES, FEWEST_FOR_A_MEDIAN, FEWEST_QUARTERS = 17, 10, 8
FOURTHS = ("lowest", "lower-middle", "upper-middle", "highest")

PartsOf = Callable[[str], PublishedCell]
"""An authority's figure with the counts behind it."""


@dataclass(frozen=True)
class Standing:
    """A position in a group, and the group's figures."""

    source: str
    own: Cell
    rank: int | None
    among: int
    """How many have a figure, the authority included."""
    listed: int
    """How many others there are to have one."""
    with_figure: int
    """How many of those have one."""
    pooled: Cell
    mean: Cell
    median: Cell
    year: str = ""
    """Of the published figures that an unpublished one stands among."""

    def with_pooled(self, pooled: Cell) -> "Standing":
        """The same with the group's own figure as its publisher gives it."""
        return replace(self, pooled=pooled)


NOT_COMPARED = Standing("published figures", "x", None, 0, 0, 0, "x", "x", "x")


def standing(
    line: Line,
    code: str,
    own: Cell,
    members: Sequence[str],
    of: PartsOf,
    source: str,
    *,
    decimals_placed: int | None = None,
    year: str = "",
) -> Standing:
    """The authority's own figure among the members' ones: rounded before it is placed, where theirs are."""
    placed = own
    if isinstance(own, Fraction) and decimals_placed is not None:
        placed = Fraction(rounded(own, decimals_placed))
    others = [of(member).value for member in members if member != code]
    theirs = present(others)
    rank = None
    if isinstance(placed, Fraction) and theirs:
        rank = 1 + sum(other < placed if line.better == "low" else other > placed for other in theirs)
    everybody = [of(member) for member in members]
    return Standing(
        source=source,
        own=own,
        rank=rank,
        among=len(theirs) + isinstance(placed, Fraction),
        listed=len(others),
        with_figure=len(theirs),
        pooled=pooled(everybody, line.headline.times),
        mean=mean(cell.value for cell in everybody),
        median=median(cell.value for cell in everybody),
        year=year,
    )


def pooled(everybody: Sequence[PublishedCell], times: int) -> Cell:
    """All their counts over all their denominators; none where somebody has a figure without its counts."""
    tops, bottoms = Fraction(0), Fraction(0)
    for cell in everybody:
        if isinstance(cell.top, Fraction) and isinstance(cell.bottom, Fraction):
            tops, bottoms = tops + cell.top, bottoms + cell.bottom
        elif isinstance(cell.value, Fraction):
            return "x"
    return times * tops / bottoms if bottoms else "x"


def as_sent(recomputed: Recomputed, line: Line, quarter: int) -> PartsOf:
    """The headline of a quarter, of anybody who sent it."""

    def of(code: str) -> PublishedCell:
        top, bottom = recomputed.parts(code, quarter, line.headline, line.over)
        value = recomputed.figure(code, quarter, line.headline, line.over)
        return PublishedCell(top, "x" if bottom is None else bottom, value)

    return of


def as_published(reference: Reference, line: Line, year: int) -> PartsOf:
    """What was published of anybody for a year."""
    nothing = PublishedCell("x", "x", "x")
    return lambda code: reference.published.get((line.id, code, year), nothing)


def own_year(recomputed: Recomputed, line: Line, code: str, quarter: int, year: int) -> Cell:
    """The authority's own 12 months (a stock: the quarter's end) on the population of DfE's figure for a year."""
    stretch = QUARTER if line.is_stock else YEAR
    mid_year = year - 1 if line.headline.bottom == CHILDREN else 0
    return recomputed.figure(code, quarter, line.headline, stretch, mid_year)


def decimals_shown(cells: Sequence[Cell]) -> int:
    """As many decimals as the finest of some published figures has."""
    figures = present(cells)
    return next(places for places in range(7) if all((10**places * figure).denominator == 1 for figure in figures))


def reported_in(reference: Reference, year: int) -> list[str]:
    """The authorities that there were in a year."""
    return [area.code for area in reference.areas.values() if area.first <= year <= area.last]


def england_published(reference: Reference, line: Line, year: int) -> Cell:
    """England's figure as DfE gives it."""
    cell = reference.published.get((line.id, ENGLAND, year))
    return cell.value if cell and isinstance(cell.value, Fraction) else "x"


@dataclass(frozen=True)
class Band:
    """The middle half of a group, or its median alone, as printed."""

    at_least: int
    lower: Fraction | None
    median: Fraction
    upper: Fraction | None

    @property
    def edges(self) -> list[Fraction]:
        """What is printed of it, in order."""
        return [edge for edge in (self.lower, self.median, self.upper) if edge is not None]

    def fourth(self, value: Fraction) -> str:
        """Where a figure lies, in words; one on an edge is in the lower fourth or half."""
        above = sum(value > edge for edge in self.edges)
        return f"{FOURTHS[above]} fourth" if self.lower is not None else ("lower half", "upper half")[above]


def bands(recomputed: Recomputed, line: Line, members: Sequence[str], quarters: Sequence[int]) -> list[Band] | None:
    """A band for each of the latest quarters, as many as can be, of those who have a figure in all of these.

    With quartiles, where enough have a figure in eight quarters or more; else a median; None where they are too few.
    """
    rows = [[recomputed.figure(code, at, line.headline, line.over) for at in quarters] for code in members]
    for fewest in (FEWEST_FOR_QUARTILES, FEWEST_FOR_A_MEDIAN):
        for count in range(len(quarters), FEWEST_QUARTERS - 1, -1):
            complete = [present(row[-count:]) for row in rows if len(present(row[-count:])) == count]
            if len(complete) >= fewest:
                return [_band(sorted(column)) for column in zip(*complete, strict=True)]
    return None


def _band(figures: Sequence[Fraction]) -> Band:
    """Quartiles of means of three neighbouring figures; the first such mean stands in the second figure's place.

    Of a small group the median of means of five.
    """
    if len(figures) < FEWEST_FOR_QUARTILES:
        half, odd = divmod(len(figures), 2)
        means = [
            sum(figures[place - 2 : place + 3], Fraction(0)) / 5 for place in ([half] if odd else [half - 1, half])
        ]
        return Band(FEWEST_FOR_A_MEDIAN, None, two_significant(sum(means, Fraction(0)) / len(means)), None)
    smooth = {place: sum(figures[place - 1 : place + 2], Fraction(0)) / 3 for place in range(1, len(figures) - 1)}
    cuts = []
    for share in (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)):
        place = share * (len(figures) - 1)
        below = floor(place)
        rest = place - below
        cuts.append(smooth[below] + (rest * (smooth[below + 1] - smooth[below]) if rest else 0))
    lower, middle, upper = map(two_significant, cuts)
    return Band(len(figures) // 5 * 5, lower, middle, upper)


def two_significant(value: Fraction) -> Fraction:
    """To two significant figures, halves up."""
    if not value:
        return value
    digits = 0
    while value * 10**digits < 10:
        digits += 1
    while value * Fraction(10) ** digits >= 100:
        digits -= 1
    steps = rounded(value * Fraction(10) ** digits, 0)
    return Fraction(steps) / Fraction(10) ** digits
