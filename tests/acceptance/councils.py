"""What councils send and answer in a quarter: filled-in templates, files that are less tidy, and forms that come back.

All figures are made up by `tartanrug synth`; what is untidy about them is written here by hand.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "queries"))  # for the forms filled in

from query_forms import Filled, fill_excel, fill_word, fill_yaml

from analysis.queries.sheet import Sheet
from analysis.reference.yaml_file import read_yaml

VALUE, QUALITY = "Measure Value", "Measure Quality"
MADE_UP = "MADE-UP"
Key = tuple[str, str, str]
"""Authority, quarter and measure."""


def made_up_figures(folder: Path) -> dict[Key, dict[str, str]]:
    """The rows of every file in a folder, by their key."""
    found = {}
    for path in sorted(folder.glob("*.csv")):
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))):
            found[row["LA Code"], f"{row['Financial Year']}-{row['Quarter']}", row["Measure ID"]] = row
    return found


class Inbox:
    """Where files lie that councils have sent, before the kit has seen them."""

    def __init__(self, folder: Path, figures: Mapping[Key, Mapping[str, str]], period: str) -> None:
        folder.mkdir()
        self.folder, self.period = folder, period
        self.figures = {key: {**row, QUALITY: MADE_UP} for key, row in figures.items()}

    def change(self, code: str, period: str = "", **values: object) -> None:
        """What the council's system says: it may be wrong, or right at last."""
        for measure, value in values.items():
            self.figures[code, period or self.period, measure][VALUE] = str(value)

    def history(self) -> Path:
        """All quarters before this one, of all councils in one file."""
        return self.written("history.csv", [row for key, row in self.figures.items() if key[1] < self.period])

    def template(self, template: Path) -> Path:
        """The CSV template that was sent to a council, filled in."""
        text = template.read_text(encoding="utf-8-sig")
        rows = [
            row | self.figures[row["LA Code"], self.period, row["Measure ID"]]
            for row in csv.DictReader(io.StringIO(text))
        ]
        return self.written(template.name, rows)

    def together(self, *codes: str) -> Path:
        """One file of several councils, as their supplier sends it."""
        return self.written("from all of them.csv", [row for code in codes for row in self._rows(code, self.period)])

    def again(self, code: str, name: str) -> Path:
        """A council's whole return once more."""
        return self.written(name, self._rows(code, self.period))

    def messy_workbook(self, code: str, name: str, quarters: Mapping[str, date]) -> Path:
        """A title, column names in capitals, a name as people say it, days for quarters, digits in groups."""
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append([f"Quarterly return of {name}"])
        sheet.append([])
        columns = list(next(iter(self.figures.values())))
        sheet.append([column.upper() for column in columns])
        for period, last_day in quarters.items():
            for row in self._rows(code, period):
                cells: dict[str, object] = {
                    **row, "LA Name": name, "Financial Year": row["Financial Year"].replace("-", "/"),
                    "Quarter": last_day, VALUE: _grouped(row[VALUE]),
                }  # fmt: skip
                sheet.append([cells[column] for column in columns])
            sheet.append([None, None, "Total", *[None] * (len(columns) - 3)])
        path = self.folder / "Copy of return FINAL v2.xlsx"
        book.save(path)
        return path

    def written(self, name: str, rows: Sequence[Mapping[str, str]]) -> Path:
        """A CSV file of these rows."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path

    def _rows(self, code: str, period: str) -> list[dict[str, str]]:
        return [row for key, row in self.figures.items() if key[:2] == (code, period)]


def _grouped(value: str) -> str:
    """`1204` as it is printed, `1 204` with a no-break space; other values as they are."""
    return f"{int(value):,}".replace(",", "\N{NO-BREAK SPACE}") if value.isdigit() else value


FILL = {"docx": fill_word, "xlsx": fill_excel, "yml": fill_yaml}


def answer_form(sheets: Path, code: str, kind: str, filled: Filled, into: Path) -> Path:
    """A council's form as it comes back: what it typed stands in the file that it was sent."""
    sheet = read_yaml(sheets / "sent" / f"{code}.yml", Sheet).content
    path = into / f"reply {code}.{kind}"
    path.write_bytes(FILL[kind]((sheets / f"{code}.{kind}").read_bytes(), sheet, filled))
    return path
