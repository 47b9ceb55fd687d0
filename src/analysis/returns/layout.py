"""Which column is which: the first line of a sheet against the format and the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.reference.matching import plain
from analysis.returns.document import Document, Sheet
from analysis.returns.file_rules import REPEATED_COLUMN, SEVERAL_SHEETS, UNKNOWN_LAYOUT, Refusal
from analysis.returns.mapping import STANDARD, Column, Template


@dataclass(frozen=True, repr=False)
class Layout:
    """A sheet whose columns are known. Positions count from 0."""

    template: Template
    sheet: Sheet
    columns: Mapping[Column, int]
    measures: Mapping[int, str]
    """Wide layouts: position to measure id. Empty for long ones."""
    extra: tuple[int, ...]
    """Columns that neither the format nor the template knows."""
    absent: tuple[str, ...]
    """Columns of the template that the sheet does not have, by the template's name."""
    delimited: bool = False
    """The sheet comes from text, where a row that is longer than the first has a delimiter too many."""

    @property
    def rows(self) -> int:
        """How many rows stand under the column names."""
        return len(self.sheet.lines) - 1

    def column(self, name: Column) -> tuple[str, ...]:
        """The cells of one of the format's columns, blank where the file does not have it."""
        return self.at(self.columns[name]) if name in self.columns else ("",) * self.rows

    def at(self, position: int) -> tuple[str, ...]:
        """The cells at a position, under the column names."""
        return self.sheet.columns[position][1:]

    def overfull(self) -> list[bool]:
        """Which rows have cells beyond the last column (in a workbook blank ones mean nothing)."""
        width = self.sheet.widths[0]
        if self.delimited:
            return [cells > width for cells in self.sheet.widths[1:]]
        beyond = [self.at(position) for position in range(width, len(self.sheet.columns))]
        return [any(cells) for cells in zip(*beyond, strict=True)] if beyond else [False] * self.rows


def recognise(document: Document, templates: Sequence[Template]) -> Layout | Refusal:
    """The layout of a document.

    Parameters
    ----------
    document
        A sheet or several.
    templates
        What to look for besides the format itself; the first that fits counts.

    Returns
    -------
    Layout or Refusal
        Of the words in the file the refusal repeats only those that are the names of known columns.
    """
    if not document.sheets:
        return Refusal(UNKNOWN_LAYOUT, "no table with a first line of column names")
    if len(document.sheets) > 1:
        return Refusal(SEVERAL_SHEETS, f"{len(document.sheets)} sheets with content, hidden ones counted")
    layout = _of_sheet(document.sheets[0], templates)
    return layout if isinstance(layout, Refusal) else replace(layout, delimited=bool(document.text))


def layout_of_any(document: Document, templates: Sequence[Template]) -> dict[int, Layout]:
    """The layouts of the sheets that have one, by position: for the door, which looks at every sheet."""
    found = {position: _of_sheet(sheet, templates) for position, sheet in enumerate(document.sheets)}
    return {position: layout for position, layout in found.items() if isinstance(layout, Layout)}


def _of_sheet(sheet: Sheet, templates: Sequence[Template]) -> Layout | Refusal:
    header = [plain(cell) for cell in sheet.header]
    for template in templates:
        if {plain(name) for name in template.required} <= set(header) and (
            template.layout == "long" or any(plain(name) in header for name in template.measures)
        ):
            return _fit(sheet, header, template)
    return Refusal(UNKNOWN_LAYOUT, _nearest(header, templates))


def _fit(sheet: Sheet, header: list[str], template: Template) -> Layout | Refusal:
    wide = template.measures if template.layout == "wide" else {}
    known = [*template.columns.values(), *wide]
    twice = [name for name in known if header.count(plain(name)) > 1]
    if twice:
        return Refusal(REPEATED_COLUMN, ", ".join(twice))
    columns: dict[Column, int] = {
        ours: header.index(plain(theirs)) for ours, theirs in template.columns.items() if plain(theirs) in header
    }
    measures = {header.index(plain(theirs)): ours for theirs, ours in wide.items() if plain(theirs) in header}
    left_out = {header.index(plain(name)) for name in template.left_out if plain(name) in header}
    taken = {*columns.values(), *measures, *left_out}
    filled = {index for index, column in enumerate(sheet.columns[: len(header)]) if any(column)}
    return Layout(
        template=template,
        sheet=sheet,
        columns=columns,
        measures=measures,
        extra=tuple(sorted(filled - taken)),
        absent=tuple(name for name in known if plain(name) not in header),
    )


def _nearest(header: list[str], templates: Sequence[Template]) -> str:
    """What is missing from the layout that comes nearest, in the words of that layout."""
    template = max(templates, key=lambda one: sum(plain(name) in header for name in one.required), default=STANDARD)
    missing = [name for name in template.required if plain(name) not in header]
    if len(missing) == len(template.required):
        return "the first line has none of the columns of a known layout"
    return f"the first line lacks, of the layout '{template.id}': {', '.join(missing) or 'a measure'}"


def letters(position: int) -> str:
    """A column's position as a spreadsheet writes it: 0 is A, 26 is AA."""
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(65 + rest) + text
    return text
