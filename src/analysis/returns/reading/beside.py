"""What stands beside the figures: titles, covers, notes, totals, and column names that are repeated down a sheet.

It is left out only where it can hold no figure and is no list of records; the door has then seen all of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from analysis.reference.matching import plain
from analysis.returns.door.personal import places
from analysis.returns.reading.document import Sheet
from analysis.returns.reading.mapping import Column
from analysis.returns.reading.spelling import heading, spelt
from analysis.returns.reading.when import quarter_of
from analysis.returns.reading.whose import codes_of

_TOTAL = re.compile(r"(grand |sub ?)?totals?|sum|average|mean|median")
_A_TOTAL = re.compile(rf"({_TOTAL.pattern})( .*)?|.* (sub)?totals?")
_NOTE = re.compile(r"((foot)?notes?|sources?|nb|key)\b")
_PERIOD = re.compile(r"[0-9]{4} [0-9]{2}([0-9]{2})?( q(uarter)? ?[1-4])?|q(uarter)? ?[1-4]( [0-9 ]{4,9})?")
_SENTENCE = 4
"""Words. A cell of as many that stands alone is a line of text."""
_RECORDS, _WIDE_RECORDS = 10, 5
"""Rows that may be neither text nor headed by a word of the kit's (a contact, a version); so many of three cells."""


def stands_aside(rows: Iterable[Sequence[str]], known: Collection[str]) -> bool:
    """Whether rows are a title, a cover, notes or a list of the kit's own words, and no list of records.

    Parameters
    ----------
    rows
        What stands beside a return.
    known
        Words of the kit, in the form of `reference.matching.plain`. Rows that begin with the same of them are records:
        a list of children may give the authority in every row.
    """
    records = wide = 0
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        cells = [cell for cell in row if cell]
        if len(cells) == 1 and len(cells[0].split()) >= _SENTENCE:
            continue
        words = tuple(
            word for word in map(plain, cells) if word in known or word in places() or _PERIOD.fullmatch(word)
        )
        if words and words not in seen:
            seen.add(words)
            continue
        records += 1
        wide += len(cells) > 2
    return records <= _RECORDS and wide <= _WIDE_RECORDS


def lines_of_names(sheet: Sheet, taken: Collection[int], required: frozenset[str]) -> tuple[set[int], bool]:
    """The rows below the first that repeat its column names; and whether one of them has other names.

    Parameters
    ----------
    sheet
        Begins with its line of column names.
    taken
        The columns that are read.
    required
        The names that a line of column names has, in the form of `spelling.heading`.
    """
    found: set[int] = set()
    for column in sheet.columns:
        names = {cell for cell in set(column) if cell and not cell.isdigit() and heading(cell) in required}
        if names:
            found.update(position for position, cell in enumerate(column) if cell in names)
    rows = {position: [heading(column[position]) for column in sheet.columns] for position in found - {0}}
    again = {position for position, row in rows.items() if required <= set(row)}
    first = [heading(column[0]) for column in sheet.columns]
    return again, any(rows[position][index] != first[index] for position in again for index in taken)


def without_figures(
    sheet: Sheet, columns: Mapping[Column, int], figures: Collection[int], known: Collection[str]
) -> set[int]:
    """The rows that are totals, or notes that say nothing of an authority, quarter and measure.

    Parameters
    ----------
    sheet
        Begins with its line of column names.
    columns
        The format's columns by position.
    figures
        The columns that hold figures.
    known
        Words of the kit.
    """
    whose, what = sheet.columns[columns["LA Code"]], columns.get("Measure ID")
    nobody = {cell for cell in set(whose) if not codes_of(spelt(cell))}
    rows = {position for position, cell in enumerate(whose) if cell in nobody} - {0}
    for name in ("Measure ID", "Quarter", "Period"):
        if name in columns:
            cells = sheet.columns[columns[name]]
            totals = {cell for cell in set(cells) if cell and len(cell) < 20 and _TOTAL.fullmatch(plain(cell))}
            rows |= {position for position, cell in enumerate(cells) if cell in totals} if totals else set()
    totals_found: set[int] = set()
    notes: set[int] = set()
    for position in rows:
        row = [column[position] for column in sheet.columns]
        keys = {name: row[index] for name, index in columns.items()}
        if _is_total(keys, unknown=whose[position] in nobody):
            totals_found.add(position)
        elif whose[position] in nobody and _is_note(row, keys, figures, what):
            notes.add(position)
    if not stands_aside((sheet.row(position) for position in sorted(notes)), known):
        notes = set()
    return totals_found | notes


def joined(sheet: Sheet) -> bool:
    """Whether the rows under the column names are mostly one cell each, with figures that another delimiter parts."""
    if not sheet.columns or 2 * sheet.widths.count(1) < len(sheet.lines):
        return False
    return 2 * sum(map(_joined, sheet.columns[0][1:])) > len(sheet.lines) - 1


def _is_total(keys: Mapping[Column, str], *, unknown: bool) -> bool:
    if any(_TOTAL.fullmatch(plain(keys.get(name, ""))) for name in ("Measure ID", "Quarter", "Period")):
        return True
    who = keys["LA Code"] or keys.get("LA Name", "") or keys.get("Region", "")
    return unknown and _A_TOTAL.fullmatch(plain(who)) is not None


def _is_note(row: Sequence[str], keys: Mapping[Column, str], figures: Collection[int], what: int | None) -> bool:
    filled = [index for index, cell in enumerate(row) if cell]
    if _NOTE.match(plain(row[filled[0]])):
        return True
    if any(index in figures for index in filled) or _joined(row[filled[0]]):
        return False
    when = [keys.get(name, "") for name in ("Period", "Financial Year", "Quarter")]
    return len(filled) == 1 or (not quarter_of(*when)[0] and (what is None or not row[what]))


def _joined(cell: str) -> bool:
    """A row of figures that another delimiter parts is no note."""
    return sum(part.strip().isdigit() for part in re.sub(r"[;|\t]", ",", cell).split(",")) > 1


_OFFICER = re.compile(
    r"((completed|prepared|submitted|signed off|authorised|approved|checked|agreed|validated) by|"
    r"(data |lead |main )?contact( name| person| officer)?|name of contact|(lead|responsible|data) (officer|analyst)|"
    r"director( of childrens services)?|dcs)( name)?"
)
_MOST_OFFICERS = 8


def answers(sheets: Iterable[Sheet], days: Collection[str]) -> set[str]:
    """What stands beside labels such as *Completed by* and *Date submitted*: a cover names those who send a return.

    Parameters
    ----------
    sheets
        Covers, titles and notes beside a return.
    days
        Labels of days, in the form of `spelling.heading`.

    Returns
    -------
    set of str
        Empty where there are more than a cover has.
    """
    rows = [[cell for cell in sheet.row(at) if cell] for sheet in sheets for at in range(len(sheet.lines))]
    pairs = [pair for row in rows for pair in pairwise(row)]
    pairs += [
        (label, cell.strip()) for row in rows for label, mark, cell in (one.partition(":") for one in row) if mark
    ]
    found = [cell for label, cell in pairs if _OFFICER.fullmatch(plain(label)) or heading(label) in days]
    return set(found) if len(found) <= _MOST_OFFICERS else set()
