"""A file to rows of text with their line numbers, or the reason why it is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.reference.matching import plain
from analysis.reference.registry import Registry
from analysis.returns.child_level import examine
from analysis.returns.document import Document, unreadable
from analysis.returns.file_rules import EXTRA_COLUMN, MISSING_COLUMN, NO_ROWS, TOO_LARGE, UNREADABLE_FILE, Refusal
from analysis.returns.files import ReturnFile
from analysis.returns.layout import Layout, layout_of_any, letters, recognise
from analysis.returns.mapping import HEADER, STANDARD, Template
from analysis.returns.text_file import open_text
from analysis.returns.workbook import open_workbook

_ZIP = b"PK"
_COMPOUND = b"\xd0\xcf\x11\xe0"


RAW_COLUMNS = (
    "line", "region", "la_code", "la_name", "year", "quarter", "period", "measure_id", "measure_name", "value",
    "quality", "ragged",
)  # fmt: skip
"""A figure as it was written. `line` is a number, and `ragged` says that the row has cells beyond the last column."""


@dataclass(frozen=True, repr=False)
class ReadFile:
    """The rows of a file that came through the door, and what was noted about the file as a whole."""

    columns: Mapping[str, Sequence[Any]]
    """One list for each of `RAW_COLUMNS`, of one length: a figure in each place."""
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
    return ReadFile(_columns(layout), tuple(_notes(layout)))


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
    if not layout.rows:
        notes.append(Refusal(NO_ROWS, "column names and nothing under them"))
    if layout.extra:
        # By position: an unknown name is not repeated.
        where = ", ".join(letters(index) for index in layout.extra)
        notes.append(Refusal(EXTRA_COLUMN, f"left out: column{'s' if len(layout.extra) > 1 else ''} {where}"))
    if layout.absent:
        notes.append(Refusal(MISSING_COLUMN, f"absent: {', '.join(layout.absent)}"))
    return notes


def _columns(layout: Layout) -> dict[str, Sequence[Any]]:
    shared: dict[str, Sequence[Any]] = {
        "line": layout.sheet.lines[1:],
        "region": layout.column("Region"),
        "la_code": layout.column("LA Code"),
        "la_name": layout.column("LA Name"),
        "year": layout.column("Financial Year"),
        "quarter": layout.column("Quarter"),
        "period": layout.column("Period"),
        "measure_name": layout.column("Measure Name"),
        "quality": layout.column("Measure Quality"),
        "ragged": layout.overfull(),
    }
    if not layout.measures:
        ours = {plain(theirs): ours for theirs, ours in layout.template.measures.items()}
        theirs = layout.column("Measure ID")
        named = {text: ours.get(plain(text), text) for text in set(theirs)}
        return {**shared, "measure_id": [named[text] for text in theirs], "value": layout.column("Measure Value")}
    # Row by row, so that the figures stay in the order in which a person reads them.
    many = len(layout.measures)
    values = zip(*map(layout.at, layout.measures), strict=True)
    return {
        **{name: [cell for cell in cells for _ in range(many)] for name, cells in shared.items()},
        "measure_id": list(layout.measures.values()) * layout.rows,
        "value": [cell for row in values for cell in row],
    }
