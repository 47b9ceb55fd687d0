"""What a report of published figures should show, and what stands of them beside returns."""

from dataclasses import dataclass
from fractions import Fraction

from annex_a import LINES, QUARTER, Line, Series
from period_phrases import year_name
from raw_files import ENGLAND, Cell, Reference
from recompute import difference, mean, median, present
from standings import Band, Standing, as_published, england_published, reported_in, standing


@dataclass(frozen=True)
class PublishedRow:
    """A public figure beside the authority's own."""

    area: str
    year: str
    value: Cell
    decimals: int


def published_rows(reference: Reference, code: str, line: Line, year: int) -> list[PublishedRow]:
    """The authority's, its region's, England's, and its neighbours' mean and median."""
    of = as_published(reference, line, year)
    area = reference.areas[code]
    near = [of(other).value for other in reference.neighbours.get(code, [])]
    group = f"{reference.edition} statistical neighbours"
    cells = {
        area.name: of(code).value,
        area.region: of(area.region_code).value,
        "England": of(ENGLAND).value,
        f"{group}: mean of {len(present(near))}": mean(near),
        f"{group}: median of {len(present(near))}": median(near),
    }
    return [PublishedRow(name, year_name(year), cell, line.published_decimals) for name, cell in cells.items()]


@dataclass
class YearPages:
    """One authority's pages of published figures."""

    reference: Reference
    code: str
    year: int

    def __post_init__(self) -> None:
        self.lines = tuple(line for line in LINES if line.published)
        self.area = self.reference.areas[self.code]
        self.members = self.reference.members(self.area.region)
        self.periods = {year_name(year): year for year in range(self.year - 9, self.year + 1)}

    @property
    def period(self) -> str:
        return year_name(self.year)

    published_year = period

    def decimals(self, line: Line, series: Series | None = None) -> int:
        return 0 if series is not None and series.kind == "number" else line.published_decimals

    def cell(self, line: Line, series: Series, stretch: str, at: int) -> Cell:
        found = as_published(self.reference, line, at)(self.code)
        return found.top if series.kind == "number" else found.value

    def headline(self, line: Line, at: int) -> Cell:
        return self.cell(line, line.headline, QUARTER, at)

    def latest(self, line: Line) -> Cell:
        return self.headline(line, self.year)

    def year_ago(self, line: Line) -> Cell:
        return self.headline(line, self.year - 1)

    def change(self, line: Line) -> Cell:
        return difference(self.latest(line), self.year_ago(line))

    def twelve_months(self, line: Line) -> Cell:
        return self.latest(line)

    def member_cells(self, line: Line) -> dict[str, Cell]:
        of = as_published(self.reference, line, self.year)
        return {self.reference.areas[code].name: of(code).value for code in self.members}

    def bands(self, line: Line) -> list[Band] | None:
        return None

    def noted(self, measure: str, text: str) -> list[int]:
        """Nothing stands beside published figures."""
        return []

    def published(self, line: Line) -> list[PublishedRow]:
        return published_rows(self.reference, self.code, line, self.year)

    def standing(self, line: Line, group: str) -> Standing:
        of = as_published(self.reference, line, self.year)
        members = {
            "region": self.members,
            "neighbours": self.reference.neighbours.get(self.code, []),
            "england": reported_in(self.reference, self.year),
        }[group]
        found = standing(line, self.code, of(self.code).value, members, of, "published figures")
        if group == "england":
            return found.with_pooled(england_published(self.reference, line, self.year))
        regional = of(self.area.region_code).value
        return found.with_pooled(regional if isinstance(regional, Fraction) else "x") if group == "region" else found
