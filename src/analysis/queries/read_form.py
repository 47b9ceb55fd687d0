"""A form that came back, as text: what it says of itself, and a row for each query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.queries.answer_rules import FORM_NOT_KNOWN, FORM_UNREADABLE
from analysis.queries.form import ANSWERED, PLACEHOLDERS, Column
from analysis.queries.read_word import BODY, open_word
from analysis.queries.yaml_form import open_yaml
from analysis.reference.matching import plain
from analysis.registers.wording import identifies_a_child
from analysis.returns.door.personal import tidy
from analysis.returns.reading.document import Sheet
from analysis.returns.reading.workbook import open_workbook
from analysis.returns.rules.file_rules import CHILD_LEVEL_VALUES, Refusal

MAX_BYTES = 4 * 1024 * 1024
_NEEDED = (Column.ID, *ANSWERED)
_LABELS = ("authority", "quarter", "form")


@dataclass(frozen=True, repr=False)
class FormRow:
    """One row as it was sent back."""

    line: int
    """Its place among the rows of the form."""
    cells: Mapping[Column, str]
    """Every column; blank where the form has none."""


@dataclass(frozen=True, repr=False)
class Form:
    """A form as text."""

    about: Mapping[str, str]
    """By label in lower case."""
    rows: tuple[FormRow, ...]


def read_form(content: bytes) -> Form | Refusal:
    """Read a form, by what it holds and never by what it is called.

    Parameters
    ----------
    content
        A Word document, an Excel workbook, or YAML.

    Returns
    -------
    Form or Refusal
        Refused: a file that is too large, damaged, no such form, or holds what identifies a child. Nothing of a refused
        file is said.
    """
    if len(content) > MAX_BYTES:
        return Refusal(FORM_UNREADABLE, "a file that is far larger than a form")
    sheets = _open(content)
    if isinstance(sheets, Refusal):
        # Of a return one would ask for a CSV.
        return Refusal(FORM_UNREADABLE, sheets.seen)
    texts = {tidy(cell) for sheet in sheets for cell in sheet.cells()}
    if any(map(identifies_a_child, texts)):
        return Refusal(CHILD_LEVEL_VALUES, "a text that looks like a child's number, date of birth or postcode")
    for sheet in sheets:
        form = _form(sheet)
        if form is not None:
            return form
    return Refusal(FORM_NOT_KNOWN, "no table with the form's columns, or nothing that says whose form it is")


def _open(content: bytes) -> tuple[Sheet, ...] | Refusal:
    if not content.startswith(b"PK"):
        sheet = open_yaml(content)
    elif BODY.encode() in content:
        sheet = open_word(content)
    else:
        document = open_workbook(content)
        return document if isinstance(document, Refusal) else document.sheets
    return sheet if isinstance(sheet, Refusal) else (sheet,)


def _form(sheet: Sheet) -> Form | None:
    rows = [(line, sheet.row(position)) for position, line in enumerate(sheet.lines)]
    named = {plain(column): column for column in Column}
    for position, (_, heading) in enumerate(rows):
        columns = {named[text]: index for index, cell in enumerate(heading) if (text := plain(cell)) in named}
        if not all(column in columns for column in _NEEDED):
            continue
        about = {plain(row[0]): row[1] for _, row in rows[:position] if len(row) > 1}
        if not all(label in about for label in _LABELS):
            return None
        return Form(
            about=about,
            rows=tuple(
                FormRow(line, {column: _cell(row, column, columns.get(column)) for column in Column})
                for line, row in rows[position + 1 :]
            ),
        )
    return None


def _cell(row: tuple[str, ...], column: Column, index: int | None) -> str:
    text = tidy(row[index]).strip() if index is not None and index < len(row) else ""
    # Not every word processor keeps the mark of a field into which nothing was typed.
    return "" if text == PLACEHOLDERS.get(column) else text
