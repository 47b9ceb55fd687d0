"""Which column is which, and from where on: the lines of a sheet against the format and the templates."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.returns.reading.beside import joined, lines_of_names, stands_aside, without_figures
from analysis.returns.reading.document import Document, Sheet
from analysis.returns.reading.mapping import STANDARD, Column, Template
from analysis.returns.reading.spelling import heading
from analysis.returns.reading.text_file import HEADER_WITHIN
from analysis.returns.rules.file_rules import REPEATED_COLUMN, UNKNOWN_LAYOUT, Refusal


@dataclass(frozen=True, repr=False)
class Layout:
    """A sheet whose columns are known. Positions count from 0."""

    template: Template
    sheet: Sheet
    """From the line of column names on."""
    columns: Mapping[Column, int]
    measures: Mapping[int, str]
    """Wide layouts: position to measure id. Empty for long ones."""
    extra: tuple[int, ...]
    """Columns that neither the format nor the template knows."""
    absent: tuple[str, ...]
    """Columns of the template that the sheet does not have, by the template's name."""
    above: Sheet
    """The rows over the line of column names."""
    names_again: Collection[int] = field(default=frozenset())
    """Rows of the sheet that repeat its column names."""
    figureless: Collection[int] = field(default=frozenset())
    """Rows of the sheet that are totals or notes."""
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

    def of_figures(self) -> Layout:
        """The layout without the rows that hold no figure."""
        return replace(self, sheet=self.sheet.without({*self.names_again, *self.figureless}))

    def left_out(self) -> tuple[str, ...]:
        """What was left out, in words for the receipt."""
        parts = (
            (len(self.above.lines), "title row"),
            (len(self.names_again), "repeated line of column names"),
            (len(self.figureless), "row of totals or notes"),
        )
        plurals = {"title row": "title rows", "repeated line of column names": "repeated lines of column names"}
        return tuple(
            f"{count} {what if count == 1 else plurals.get(what, 'rows of totals or notes')} left out"
            for count, what in parts
            if count
        )


def layouts_of(document: Document, templates: Sequence[Template], known: Collection[str]) -> list[Layout | Refusal]:
    """The layout of every sheet, or why it has none.

    Parameters
    ----------
    document
        A sheet or several.
    templates
        What to look for: the first that fits counts.
    known
        Words of the kit, in the form of `reference.matching.plain`.

    Returns
    -------
    list of Layout or Refusal
        Of the words in the file a refusal repeats only those that are the names of known columns.
    """
    return [_of_sheet(sheet, templates, known, delimited=bool(document.text)) for sheet in document.sheets]


def fitting(row: Sequence[str], templates: Sequence[Template]) -> Template | None:
    """The template of which a row is the line of column names."""
    header = set(map(heading, row))
    for template in templates:
        if required(template) <= header and (
            template.layout == "long" or any(heading(name) in header for name in template.measures)
        ):
            return template
    return None


def required(template: Template) -> frozenset[str]:
    """The names without which a line is not of a layout, in the form of `spelling.heading`."""
    return frozenset(map(heading, template.required))


def _of_sheet(
    sheet: Sheet, templates: Sequence[Template], known: Collection[str], *, delimited: bool
) -> Layout | Refusal:
    top = [sheet.row(position) for position in range(min(HEADER_WITHIN, len(sheet.lines)))]
    for position, row in enumerate(top):
        template = fitting(row, templates)
        if template is None:
            continue
        if not stands_aside(top[:position], known):
            return Refusal(UNKNOWN_LAYOUT, "a table above the line of column names")
        below = sheet.without(range(position))
        above = sheet.without(range(position, len(sheet.lines)))
        return _fit(below, above, template, known, delimited=delimited)
    return Refusal(UNKNOWN_LAYOUT, _nearest(top, templates))


def _fit(
    sheet: Sheet, above: Sheet, template: Template, known: Collection[str], *, delimited: bool
) -> Layout | Refusal:
    header = list(map(heading, sheet.header))
    wide = template.measures if template.layout == "wide" else {}
    names = [*template.columns.values(), *wide]
    twice = [name for name in names if header.count(heading(name)) > 1]
    if twice:
        return Refusal(REPEATED_COLUMN, ", ".join(twice))
    columns: dict[Column, int] = {
        ours: header.index(heading(theirs)) for ours, theirs in template.columns.items() if heading(theirs) in header
    }
    measures = {header.index(heading(theirs)): ours for theirs, ours in wide.items() if heading(theirs) in header}
    left_out = {header.index(heading(name)) for name in template.left_out if heading(name) in header}
    taken = {*columns.values(), *measures, *left_out}
    again, another = lines_of_names(sheet, {*columns.values(), *measures}, required(template))
    if another:
        return Refusal(UNKNOWN_LAYOUT, "a second line of column names, other than the first")
    if joined(sheet):
        return Refusal(UNKNOWN_LAYOUT, "rows with another delimiter than the line of column names")
    filled = {index for index, column in enumerate(sheet.columns[: len(header)]) if any(column)}
    figures = set(measures) or {columns["Measure Value"]}
    return Layout(
        template=template,
        sheet=sheet,
        columns=columns,
        measures=measures,
        extra=tuple(sorted(filled - taken)),
        absent=tuple(name for name in names if heading(name) not in header),
        above=above,
        names_again=again,
        figureless=without_figures(sheet, columns, figures, known) - again,
        delimited=delimited,
    )


def _nearest(top: Sequence[Sequence[str]], templates: Sequence[Template]) -> str:
    """What is missing from the layout that comes nearest, in the words of that layout."""
    template, header = STANDARD, set[str]()
    for row in top:
        names = set(map(heading, row))
        for one in templates:
            if len(required(one) & names) > len(required(template) & header):
                template, header = one, names
    missing = [name for name in template.required if heading(name) not in header]
    if len(missing) == len(template.required):
        return "the first line has none of the columns of a known layout"
    return f"the first line lacks, of the layout '{template.id}': {', '.join(missing) or 'a measure'}"


def almost(sheet: Sheet, templates: Sequence[Template]) -> bool:
    """Whether a sheet without a layout was meant to have one: a line of it has most of the names."""
    top = [set(map(heading, sheet.row(position))) for position in range(min(HEADER_WITHIN, len(sheet.lines)))]
    return any(2 * len(required(one) & names) > len(required(one)) for names in top for one in templates)


def letters(position: int) -> str:
    """A column's position as a spreadsheet writes it: 0 is A, 26 is AA."""
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(65 + rest) + text
    return text
