"""The raw files, read with nothing but Python's own `csv`: returns, and the reference tables beside the kit."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

Cell = Fraction | str
"""A figure, exactly; or the mark of its kind of missing: `..`, `c`, `z`, `x` or `u`."""
Counts = dict[tuple[str, int, str], Cell]
"""What was sent, by authority, quarter and measure."""
Notes = dict[tuple[str, str, str], list[int]]
"""The quarters of what was written beside figures, by authority, measure's name and text."""

ENGLAND = "E92000001"
_MARKS = {"": "..", "z": "z", "c": "c", "x": "x", "u": "u"}
_FLAGS = {"suppressed": "c", "not_available": "x", "not_applicable": "z", "unreliable": "u"}


def quarter_number(year: str, quarter: str) -> int:
    """Quarters counted through: `2025-26`, `Q2` follows `2025-26`, `Q1`."""
    return int(year[:4]) * 4 + int(quarter.removeprefix("Q")) - 1


def counts(files: Iterable[Path]) -> Counts:
    """Every cell of some returns."""
    return {
        (row["LA Code"], quarter_number(row["Financial Year"], row["Quarter"]), row["Measure ID"]): _cell(
            row["Measure Value"]
        )
        for file in files
        for row in _rows(file)
    }


def notes(files: Iterable[Path]) -> Notes:
    """Every note that is more than the mark of made-up figures."""
    found: Notes = {}
    for file in files:
        for row in _rows(file):
            text = row["Measure Quality"].removeprefix("MADE-UP").lstrip("; ")
            if text:
                quarter = quarter_number(row["Financial Year"], row["Quarter"])
                found.setdefault((row["LA Code"], row["Measure Name"], text), []).append(quarter)
    return found


def _cell(text: str) -> Cell:
    return _MARKS[text] if text in _MARKS else Fraction(text)


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


@dataclass(frozen=True)
class Area:
    """An authority."""

    code: str
    name: str
    region: str
    region_code: str
    first: int
    last: int
    """The last year it reported for; far ahead for those of today."""


@dataclass(frozen=True)
class PublishedCell:
    """A published figure and the counts behind it."""

    top: Cell
    bottom: Cell
    value: Cell


class Reference:
    """The tables that are known before any return arrives."""

    def __init__(self, folder: Path) -> None:
        self.areas = {
            row["code"]: Area(
                row["code"],
                row["name"],
                row["region"],
                row["region_code"],
                int(row["first_year"]),
                int(row["last_year"] or 9999),
            )
            for row in _rows(folder / "authorities.csv")
        }
        self.published_sha256 = sha256((folder / "published.csv").read_bytes()).hexdigest()
        self.today = [row["code"] for row in _rows(folder / "authorities.csv") if row["current"] == "yes"]
        self.population: dict[tuple[str, int], Cell] = {
            (row["area"], int(row["mid_year"])): _given(row["population"], row["status"])
            for row in _rows(folder / "populations.csv")
            if row["level"] == "authority"
        }
        listed = list(_rows(folder / "neighbours.csv"))
        self.edition = max(row["edition"] for row in listed)
        self.neighbours: dict[str, list[str]] = {}
        for row in sorted(listed, key=lambda row: int(row["rank"])):
            if row["edition"] == self.edition:
                self.neighbours.setdefault(row["authority"], []).append(row["neighbour"])
        self.published = {
            (row["indicator"], row["area"], int(row["year"])): PublishedCell(
                *(_given(row[part], row[f"{part}_status"]) for part in ("numerator", "denominator", "value"))
            )
            for row in _rows(folder / "published.csv")
        }

    def newest_year(self, indicator: str, last: int) -> int:
        """The newest year, by the March that ends it and not after `last`, with a figure for any authority."""
        return max(
            year
            for (name, area, year), cell in self.published.items()
            if name == indicator and area in self.areas and year <= last and isinstance(cell.value, Fraction)
        )

    def members(self, region: str) -> list[str]:
        """A region's authorities of today."""
        return [code for code in self.today if self.areas[code].region == region]


def _given(text: str, status: str) -> Cell:
    return Fraction(text) if status == "given" else _FLAGS[status]
