"""Each figure in a report's tables against the recomputation, by the table's label and its column headings."""

import re
from collections.abc import Callable
from fractions import Fraction

from annex_a import Line, Series
from column_headings import series_named
from ledger import Ledger
from page_reading import Table, TableRow, Words
from period_phrases import PERIOD, period, quarter_of
from published_pages import YearPages
from quarter_pages import QuarterPages
from raw_files import Cell
from recompute import printed, printed_change
from stage_tables import QUESTIONS, Interval, Stages
from standings import GROUPS, Band, Standing


class TableReader:
    """Reads the tables of one document."""

    def __init__(self, pages: QuarterPages | YearPages, ledger: Ledger, stages: Stages | None = None) -> None:
        self.pages = pages
        self.stages = stages
        self.ledger = ledger
        self.lines = {line.number: line for line in pages.lines}
        self.groups = dict(zip((pages.area.region, "Statistical neighbours", "England"), GROUPS, strict=True))

    def read(self, table: Table) -> None:
        """Account for each number of a table."""
        kind = re.sub(r"^tbl-(a\d\d-)?", "", table.label)
        readers: dict[str, Callable[[Table], None]] = {
            "rug": self._rug,
            "groups": self._groups,
            "series": self._series,
            "bands": self._bands,
            "positions": self._positions,
            "members": self._members,
            "published": self._published,
            "findings": self._findings,
            "readings": self._readings,
        }
        if kind in readers:
            readers[kind](table)

    def cell(self, words: Words, what: str, expected: str) -> None:
        """A cell whose whole text is known."""
        self.ledger.claim(words, what, words.text, expected)
        words.strike(r".+")

    def _line_of(self, row: TableRow) -> Line:
        (found,) = row.head[0].take(r"^\d+ ")
        return self.lines[int(found[0])]

    def _every_line_once(self, table: Table, numbers: list[int]) -> None:
        self.ledger.claim(table.heads[0], "lines of the list", numbers, [line.number for line in self.pages.lines])

    def _rug(self, table: Table) -> None:
        self._every_line_once(table, [self._rug_row(table, row) for row in table.rows])
        for head in table.heads:
            for found in head.take(r"^Last (\d+) (?:quarters|years)$"):
                self.ledger.claim(head, "periods of the small lines", int(found[1]), len(self.pages.periods))

    def _rug_row(self, table: Table, row: TableRow) -> int:
        line, pages = self._line_of(row), self.pages
        decimals = pages.decimals(line)
        latest, found = pages.latest(line), pages.bands(line)
        band = found[-1] if found else None
        year = "not summed" if line.is_stock else printed(pages.twelve_months(line), decimals)
        fourth = band.fourth(latest) if band and isinstance(latest, Fraction) else "no figure"
        has_medians = any("median of the group" in head.text.lower() for head in table.heads)
        expected = {
            "latest figure": printed(latest, decimals),
            "change on": printed_change(pages.change(line), decimals),
            "the (same quarter last year|year before)": printed(pages.year_ago(line), decimals),
            "last 12 months": year,
            "own place": fourth if band else "no band",
            "middle half": half_of(band, alone=not has_medians) if band else "no band",
            "median of the group": number(band.median) if band else "no band",
        }
        for head, lines in zip(table.heads[1:], row.cells, strict=True):
            if head.text in self.groups:
                self._place(line, lines, self.groups[head.text])
            if head.text == "Prompts":
                assert self.stages, "prompts, and no stage to hold them against"
                self.ledger.claim(lines[0], "rug: prompts", tuple(one.text for one in lines), self.stages.prompts(line))
            for words, text in expected.items():
                if re.match(words, head.text.lower()):
                    self.cell(lines[0], f"rug: {words}", text)
        return line.number

    def _place(self, line: Line, lines: list[Words], group: str) -> None:
        standing, interval = self.pages.standing(line, group), self.interval(line, group)
        between = [f"({interval.low} to {interval.high})"] if interval else []
        year = [standing.year] if standing.year else []
        place = ["not placed"] if standing.rank is None else [f"{standing.rank} of {standing.among}", *between, *year]
        # One line in the DfE's summary, as short as can be.
        expected = place if len(lines) > 1 else [" ".join(place).replace(" to ", "–")]
        self.ledger.claim(lines[0], "lines of a position", len(lines), len(expected))
        for words, text in zip(lines, expected, strict=False):
            self.cell(words, "rug: position", text)

    def interval(self, line: Line, group: str) -> Interval | None:
        return self.stages.interval(line, group) if self.stages else None

    def _readings(self, table: Table) -> None:
        assert self.stages, "a table of readings, and no stage to hold it against"
        for row in table.rows:
            line = self._line_of(row)
            for question, lines in zip(QUESTIONS, row.cells, strict=True):
                expected = self.stages.reading(line, question)
                self.ledger.claim(lines[0], f"lines of a reading, {question}", len(lines), len(expected))
                for words, text in zip(lines, expected, strict=False):
                    self.cell(words, f"reading, {question}", text)

    def _groups(self, table: Table) -> None:
        self._every_line_once(table, [self._groups_row(table, row) for row in table.rows])

    def _groups_row(self, table: Table, row: TableRow) -> int:
        line = self._line_of(row)
        decimals = self.pages.decimals(line)
        region, near, england = (self.pages.standing(line, group) for group in GROUPS)
        for head, lines in zip(table.heads[1:], row.cells, strict=True):
            cell = {
                f"{self.pages.area.region}, pooled": region.pooled,
                f"{self.pages.area.region}, mean": region.mean,
                f"{self.pages.area.region}, median": region.median,
                "Mean of neighbours": near.mean,
                "Median of neighbours": near.median,
                "England": england.pooled,
            }[head.text]
            self.cell(lines[0], "group figure", printed(cell, decimals))
            for words in lines[1:]:
                how_many = f"{near.with_figure} of {near.listed}" if near.listed else "nothing to say"
                self.cell(words, "neighbours with a figure", how_many)
        return line.number

    def _series(self, table: Table) -> None:
        line, columns = self.lines[table.number], self.columns(table)
        self.ledger.claim(table.heads[0], "first column", columns[0][0], line.headline)
        shown = [period(row.head[0].text) for row in table.rows]
        self.ledger.claim(table.heads[0], "periods", shown, list(self.pages.periods))
        for row in table.rows:
            row.head[0].strike(PERIOD)
            at = self.pages.periods[period(row.head[0].text)]
            for (series, stretch), lines in zip(columns, row.cells, strict=True):
                cell = self.pages.cell(line, series, stretch, at)
                self.cell(lines[0], "figure of a series", printed(cell, self.pages.decimals(line, series)))

    def _bands(self, table: Table) -> None:
        line, pages = self.lines[table.number], self.pages
        bands, fourths = pages.bands(line), pages.fourths(line)
        banded = dict(list(pages.periods.items())[len(pages.periods) - len(bands) :])
        self.ledger.claim(table.heads[0], "periods", [period(row.head[0].text) for row in table.rows], [*banded])
        for row, band, placed, at in zip(table.rows, bands, fourths, banded.values(), strict=True):
            row.head[0].strike(PERIOD)
            own, fourth, *edges = (lines[0] for lines in row.cells)
            wide = (pages.wide_bands(line) or [])[at - pages.quarter - 1 :][:1]
            self.cell(own, "own figure in a band", printed(pages.headline(line, at), pages.decimals(line)))
            self.cell(fourth, "own fourth of a quarter", placed or "no figure")
            expected = [number(edge) for edge in band.edges]
            for one in wide:
                expected += [half_of(one), number(one.median)]
            for words, text in zip(edges, expected, strict=True):
                self.cell(words, "edge of a band", text)

    def hidden_by_choice(self, table: Table) -> set[tuple[Series, str, int]]:
        """What a table of series hides where it may."""
        return {
            (series, stretch, self.pages.periods[period(row.head[0].text)])
            for row in table.rows
            for (series, stretch), lines in zip(self.columns(table), row.cells, strict=True)
            if lines[0].text == "c" and self.pages.may_hide(series, stretch)
        }

    def columns(self, table: Table) -> list[tuple[Series, str]]:
        """The series and stretch of time of each column of a table of series."""
        return [series_named(self.lines[table.number], head.text) for head in table.heads[1:]]

    def _positions(self, table: Table) -> None:
        line = self.lines[table.number]
        for row in table.rows:
            group = self.groups[row.head[0].text]
            standing = self.pages.standing(line, group)
            cells: dict[str, Cell] = {
                "Own figure placed": standing.own,
                "Pooled": standing.pooled,
                "Mean": standing.mean,
                "Median": standing.median,
            }
            for head, (words,) in zip(table.heads[1:], row.cells, strict=True):
                if head.text in cells:
                    self.cell(words, head.text.lower(), printed(cells[head.text], self.pages.decimals(line)))
                elif head.text == "Figures from":
                    self.cell(words, "provenance", standing.source)
                elif standing.rank is None:
                    self.ledger.claim(words, "no position", re.findall(r"\d", words.text), [])
                else:
                    self.cell(words, "position", position_text(standing, self.interval(line, group)))

    def _members(self, table: Table) -> None:
        line = self.lines[table.number]
        expected = {
            name: printed(cell, self.pages.decimals(line)) for name, cell in self.pages.member_cells(line).items()
        }
        shown = {row.head[0].text: row.cells[0][0].text for row in table.rows}
        self.ledger.claim(table.heads[0], "members' figures", shown, expected)
        for row in table.rows:
            row.cells[0][0].strike(r".+")

    def _published(self, table: Table) -> None:
        expected = self.pages.published(self.lines[table.number])
        self.ledger.claim(table.heads[0], "published rows", len(table.rows), len(expected))
        for row, item in zip(table.rows, expected, strict=True):
            self.cell(row.head[0], "published area", item.area)
            for head, (words,) in zip(table.heads[1:], row.cells, strict=True):
                if head.text == "Published figure":
                    self.cell(words, "published figure", printed(item.value, item.decimals))
                elif head.text == "Year":
                    self.cell(words, "published year", item.year)

    def _findings(self, table: Table) -> None:
        """What the checks asked about is as they say: a blank is blank."""
        measures = {measure.replace("_", " "): measure for measure in self.pages.measures}
        for row in table.rows:
            cells = {head.text: lines[0] for head, lines in zip(table.heads[1:], row.cells, strict=True)}
            measure, at = measures[cells["Measure"].text], quarter_of(period(cells["Period"].text))
            sent = self.pages.sent(at, measure)
            self.cell(cells["Measure"], "measure of a finding", measure.replace("_", " "))
            self.cell(cells["Period"], "period of a finding", cells["Period"].text)
            self.cell(cells["What was seen"], "what was seen", "blank" if sent == ".." else printed(sent, 0))


def position_text(standing: Standing, interval: Interval | None) -> str:
    """`4 of 17 reporting (90% interval 2 to 9)`, as a page should say it."""
    year = f", placed among {standing.year}" if standing.year else ""
    return f"{standing.rank} of {standing.among} reporting{year} ({interval or 'no interval'})"


def half_of(band: Band, *, alone: bool = False) -> str:
    """A band's middle half in words; where it has none, its median, if that stands nowhere else in the row."""
    if band.lower is None:
        return f"median {number(band.median)}" if alone else "not shown"
    return f"{number(band.lower)} to {number(band.upper)}"


def number(value: Fraction) -> str:
    """An edge of a band as printed: no more decimals than it has."""
    return f"{float(value):,.10g}"
