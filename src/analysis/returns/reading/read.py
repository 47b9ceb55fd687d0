"""A file to rows of text with their line numbers, or the reason why it is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from analysis.reference.matching import plain
from analysis.reference.registry import Registry
from analysis.returns.door.child_level import examine
from analysis.returns.door.personal import places
from analysis.returns.files import CHANGED, ReturnFile
from analysis.returns.reading.choices import choices_in
from analysis.returns.reading.document import Document, unreadable
from analysis.returns.reading.layout import Layout, fitting, layouts_of, letters
from analysis.returns.reading.mapping import HEADER, STANDARD, Template
from analysis.returns.reading.sheets import choose
from analysis.returns.reading.spelling import heading, spelt
from analysis.returns.reading.text_file import open_text
from analysis.returns.reading.when import quarter_of
from analysis.returns.reading.whose import one_code_of
from analysis.returns.reading.workbook import open_workbook
from analysis.returns.rules.file_rules import (
    CHANGED_AFTER_RECEIPT,
    EXTRA_COLUMN,
    MISSING_COLUMN,
    NO_ROWS,
    SEVERAL_SHEETS,
    TOO_LARGE,
    UNREADABLE_FILE,
    Refusal,
)

_ZIP = b"PK"
_COMPOUND = b"\xd0\xcf\x11\xe0"


RAW_COLUMNS = (
    "sheet", "line", "region", "la_code", "la_name", "year", "quarter", "period", "measure_id", "measure_name", "value",
    "quality", "ragged",
)  # fmt: skip
"""A figure as it was written, in plain spelling. `line` is a number; so is `sheet`, 0 unless several sheets are read;
`ragged` says that the row has cells beyond the last column.
"""
_SPELT = ("la_code", "la_name", "year", "quarter", "period", "measure_id", "measure_name", "value")


@dataclass(frozen=True, repr=False)
class ReadFile:
    """The rows of a file that came through the door, and what was noted about the file as a whole."""

    columns: Mapping[str, Sequence[Any]]
    """One list for each of `RAW_COLUMNS`, of one length: a figure in each place."""
    notes: tuple[Refusal, ...] = field(default=())
    """Rules of severity query or note, with what was seen."""
    choices: tuple[str, ...] = field(default=())
    """How it was read where there was a choice, in plain words."""


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
    if file.trouble == CHANGED:
        return Refusal(CHANGED_AFTER_RECEIPT, "other bytes than its receipt was written for")
    if file.content is None:
        return Refusal(TOO_LARGE if file.trouble == "is too large" else UNREADABLE_FILE, f"the file {file.trouble}")
    candidates = (STANDARD, *templates) if template is None else (template,)
    document = open_document(file.content, lambda row: fitting(row, candidates) is not None)
    if isinstance(document, Refusal):
        return document
    known = vocabulary(registry, candidates)
    found = layouts_of(document, candidates, known | places())
    layouts = {position: one for position, one in enumerate(found) if isinstance(one, Layout)}
    refusal = examine(document, layouts, known)
    if refusal is not None:
        return refusal
    if document.unreadable:
        return unreadable(document.unreadable)
    chosen = choose(document, found, candidates, known | places())
    if isinstance(chosen, Refusal):
        return chosen
    tables = [_columns(one.of_figures(), one.sheet.number if len(chosen.layouts) > 1 else 0) for one in chosen.layouts]
    if _said_twice(tables):
        return Refusal(SEVERAL_SHEETS, "sheets with the same authorities, quarters and measures")
    columns = (
        tables[0] if len(tables) == 1 else {name: list(chain(*(one[name] for one in tables))) for name in RAW_COLUMNS}
    )
    notes = dict.fromkeys(note for one in chosen.layouts for note in _notes(one.of_figures()))
    return ReadFile(columns, tuple(notes), (*document.choices, *chosen.choices, *choices_in(columns, registry)))


def vocabulary(registry: Registry, templates: Sequence[Template]) -> frozenset[str]:
    """The words of the kit itself, in the form of `reference.matching.plain`: measures and columns."""
    words: list[str] = [text for measure in registry.measures.values() for text in (measure.id, measure.name)]
    words += [indicator.title for indicator in registry.indicators.values()]
    for one in templates:
        words += [one.title, *one.columns.values(), *one.measures, *one.left_out]
    return _plain_words((*words, *HEADER))


@lru_cache(maxsize=16)
def _plain_words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(plain, words))


def open_document(content: bytes, fits: Callable[[Sequence[str]], bool]) -> Document | Refusal:
    """A file as text in cells, by what it holds, never by what it is called.

    Parameters
    ----------
    content
        The file's bytes.
    fits
        Whether a row is the line of column names.
    """
    if not content.strip():
        return unreadable("the file is empty")
    if content.startswith(_ZIP):
        return open_workbook(content)
    if content.startswith(_COMPOUND):
        return unreadable("an old Excel file (xls), or one with a password")
    return open_text(content, fits)


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


def _said_twice(tables: Sequence[Mapping[str, Sequence[Any]]]) -> bool:
    """Whether sheets are copies or versions of each other: nobody can say which counts."""
    if len(tables) < 2:
        return False
    keys = [
        {
            (one_code_of(code), *quarter_of(period, year, quarter)[:1], heading(measure))
            for code, period, year, quarter, measure in zip(
                *(one[name] for name in ("la_code", "period", "year", "quarter", "measure_id")), strict=True
            )
        }
        for one in tables
    ]
    times = Counter(chain(*keys))
    return any(2 * sum(times[key] > 1 for key in one) > len(one) for one in keys)


def _columns(layout: Layout, sheet: int) -> dict[str, Sequence[Any]]:
    """The figures of a layout, `RAW_COLUMNS`."""
    raw = _as_written(layout, sheet)
    return {name: _plainly(cells) if name in _SPELT else cells for name, cells in raw.items()}


def _plainly(cells: Sequence[str]) -> Sequence[str]:
    return cells if "".join(cells).isascii() else list(map(spelt, cells))


def _as_written(layout: Layout, sheet: int) -> dict[str, Sequence[Any]]:
    shared: dict[str, Sequence[Any]] = {
        "sheet": (sheet,) * layout.rows,
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
        ours = {heading(theirs): ours for theirs, ours in layout.template.measures.items()}
        theirs = layout.column("Measure ID")
        named = {text: ours.get(heading(text), text) for text in set(theirs)}
        return {**shared, "measure_id": [named[text] for text in theirs], "value": layout.column("Measure Value")}
    # Row by row, so that the figures stay in the order in which a person reads them.
    many = len(layout.measures)
    values = zip(*map(layout.at, layout.measures), strict=True)
    return {
        **{name: [cell for cell in cells for _ in range(many)] for name, cells in shared.items()},
        "measure_id": list(layout.measures.values()) * layout.rows,
        "value": [cell for row in values for cell in row],
    }
