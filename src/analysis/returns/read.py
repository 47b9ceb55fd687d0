"""A file to rows of text with their line numbers, or the reason why it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from analysis.reference.matching import plain
from analysis.reference.registry import Registry
from analysis.returns.child_level import examine
from analysis.returns.document import Document, Line, unreadable
from analysis.returns.file_rules import EXTRA_COLUMN, MISSING_COLUMN, NO_ROWS, TOO_LARGE, UNREADABLE_FILE, Refusal
from analysis.returns.files import ReturnFile
from analysis.returns.layout import Layout, layout_of_any, letters, recognise
from analysis.returns.mapping import HEADER, STANDARD, Column, Template
from analysis.returns.text_file import open_text
from analysis.returns.workbook import open_workbook

_ZIP = b"PK"
_COMPOUND = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, repr=False)
class RawRow:
    """One figure as it was written."""

    line: int
    region: str
    la_code: str
    la_name: str
    year: str
    quarter: str
    period: str
    measure_id: str
    measure_name: str
    value: str
    quality: str
    ragged: bool
    """The row has cells beyond the last column, so nobody can say which cell is which."""


RAW_COLUMNS = tuple(one.name for one in fields(RawRow))


@dataclass(frozen=True, repr=False)
class ReadFile:
    """The rows of a file that came through the door, and what was noted about the file as a whole."""

    rows: tuple[RawRow, ...]
    notes: tuple[Refusal, ...] = field(default=())
    """Rules of severity query or note, with what was seen."""


def read_return(
    file: ReturnFile, registry: Registry, templates: Sequence[Template], template: Template | None = None
) -> ReadFile | Refusal:
    """Read one file.

    Parameters
    ----------
    file
        As received.
    registry
        Knows the measures.
    templates
        Templates that a file is recognised as by its first line, after the format itself.
    template
        When given, files are read by it alone.

    Returns
    -------
    ReadFile or Refusal
        Child-level data are refused before any other fault is looked for.
    """
    if file.content is None:
        return Refusal(TOO_LARGE if file.trouble == "is too large" else UNREADABLE_FILE, f"the file {file.trouble}")
    document = _open(file.content)
    if isinstance(document, Refusal):
        return document
    candidates = (STANDARD, *templates) if template is None else (template,)
    known = vocabulary(registry, candidates)
    refusal = examine(document, layout_of_any(document, candidates), known)
    if refusal is not None:
        return refusal
    if document.unreadable:
        return unreadable(document.unreadable)
    layout = recognise(document, candidates)
    if isinstance(layout, Refusal):
        return layout
    return ReadFile(tuple(_rows(layout)), tuple(_notes(layout)))


def vocabulary(registry: Registry, templates: Sequence[Template]) -> frozenset[str]:
    """The words of the kit itself, in the form of `reference.matching.plain`: measures and columns."""
    words = [text for measure in registry.measures.values() for text in (measure.id, measure.name)]
    words += [indicator.title for indicator in registry.indicators.values()]
    for one in templates:
        words += [one.title, *one.columns.values(), *one.measures, *one.left_out]
    return frozenset(map(plain, (*words, *HEADER)))


def _open(content: bytes) -> Document | Refusal:
    """By what the file holds, never by what it is called."""
    if not content.strip():
        return unreadable("the file is empty")
    if content.startswith(_ZIP):
        return open_workbook(content)
    if content.startswith(_COMPOUND):
        return unreadable("an old Excel file (xls), or one with a password")
    return open_text(content)


def _notes(layout: Layout) -> list[Refusal]:
    notes = []
    if not layout.lines:
        notes.append(Refusal(NO_ROWS, "column names and nothing under them"))
    if layout.extra:
        # By position: an unknown name is not repeated.
        where = ", ".join(letters(index) for index in layout.extra)
        notes.append(Refusal(EXTRA_COLUMN, f"left out: column{'s' if len(layout.extra) > 1 else ''} {where}"))
    if layout.absent:
        notes.append(Refusal(MISSING_COLUMN, f"absent: {', '.join(layout.absent)}"))
    return notes


def _rows(layout: Layout) -> list[RawRow]:
    rename = {plain(theirs): ours for theirs, ours in layout.template.measures.items()}
    rows = []
    for line in layout.lines:
        ragged = layout.overfull(line)
        if layout.measures:
            rows += [_row(line, layout, ours, _cell(line, index), ragged) for index, ours in layout.measures.items()]
        else:
            theirs = _cell(line, layout.columns["Measure ID"])
            ours = rename.get(plain(theirs), theirs)
            rows.append(_row(line, layout, ours, _cell(line, layout.columns["Measure Value"]), ragged))
    return rows


def _row(line: Line, layout: Layout, measure: str, value: str, ragged: bool) -> RawRow:
    def held(name: Column) -> str:
        return _cell(line, layout.columns.get(name))

    return RawRow(
        line=line.number,
        region=held("Region"),
        la_code=held("LA Code"),
        la_name=held("LA Name"),
        year=held("Financial Year"),
        quarter=held("Quarter"),
        period=held("Period"),
        measure_id=measure,
        measure_name=held("Measure Name"),
        value=value,
        quality=held("Measure Quality"),
        ragged=ragged,
    )


def _cell(line: Line, index: int | None) -> str:
    return line.cells[index] if index is not None and index < len(line.cells) else ""
