"""The door: child-level data is refused before anything else is said about a file (S1 14; S0 5.3).

What is said of such a file is the rule and, at most, names from the kit's own list of identifying columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from analysis.reference.matching import plain
from analysis.returns.door.identifiers import identifying, identifying_in_header
from analysis.returns.door.personal import (
    born,
    day,
    nhs_numbers,
    people,
    person_shaped,
    pieces,
    places,
    postcode_like,
    tidy,
    upn_like,
    within_month,
)  # fmt: skip
from analysis.returns.reading.beside import answers
from analysis.returns.reading.document import Document, Sheet
from analysis.returns.reading.layout import Layout
from analysis.returns.reading.mapping import Column
from analysis.returns.reading.whose import codes_of
from analysis.returns.rules.file_rules import CHILD_LEVEL_COLUMNS, CHILD_LEVEL_SHAPE, CHILD_LEVEL_VALUES, Refusal

_KEYS: tuple[Column, ...] = ("Region", "LA Code", "LA Name", "Measure ID")
_PERIODS: tuple[Column, ...] = ("Financial Year", "Quarter", "Period")
_DAYS_OF_THE_FILE = (
    "date", "periodstart", "periodend", "periodstartdate", "periodenddate", "quarterend", "quarterenddate", "asat",
    "asatdate", "snapshotdate", "datesubmitted", "submissiondate", "submitted", "returndate", "dateofreturn", "rundate",
    "extractdate",
    "reportdate", "datecompleted", "datesignedoff", "signedoff", "dateextracted", "dateupdated", "lastupdated",
)  # fmt: skip
_HEADER_LINES = 20
_SLIPS_IN_VALUES = 2
"""Days that may stand among the values: Excel turns `1-5` into one. More than that are not slips."""


def examine(document: Document, layouts: Mapping[int, Layout], known: frozenset[str]) -> Refusal | None:
    """Whether a document is child-level.

    Parameters
    ----------
    document
        The file as text in cells, or as text alone.
    layouts
        The sheets of which the columns are known, by position. These are held to what a return may hold in each
        column; everything else is looked at as a whole.
    known
        Texts that are not people, in the form of `reference.matching.plain`: measures, and the names of columns.

    Returns
    -------
    Refusal or None
        The first of the three rules that is broken.
    """
    unknown = [sheet for position, sheet in enumerate(document.sheets) if position not in layouts]
    unknown += [layout.above for layout in layouts.values() if layout.above.lines]
    text = "" if layouts else tidy(document.text)
    vocabulary = known | places()
    # Beside a return there may be a cover, with who filled it in, and when.
    excused = answers(unknown, _DAYS_OF_THE_FILE) if layouts else set()
    beside = "\n".join(tidy(cell) for sheet in unknown for cell in sheet.cells()) if layouts else ""
    named = _named(document, layouts, unknown, text)
    if named:
        return Refusal(CHILD_LEVEL_COLUMNS, ", ".join(sorted(named)))
    seen = (
        next((kind for layout in layouts.values() if (kind := _in_columns(layout, vocabulary))), "")
        or _in_the_open({cell for sheet in unknown for cell in sheet.cells()}, text or beside, vocabulary, excused)
        or _telling("\n".join(map(tidy, document.loose)))
    )
    if seen:
        return Refusal(CHILD_LEVEL_VALUES, seen)
    if any(_one_row_each(layout.of_figures()) for layout in layouts.values()):
        return Refusal(CHILD_LEVEL_SHAPE, "most authorities, quarters and measures stand in more than one row")
    return None


def _named(document: Document, layouts: Mapping[int, Layout], unknown: list[Sheet], text: str) -> set[str]:
    cells = {tidy(cell) for sheet in document.sheets for cell in sheet.cells()}
    found = identifying(cells | set(map(tidy, document.loose)) | set(pieces(text)))
    for layout in layouts.values():
        taken = {*layout.columns.values(), *layout.measures}
        found |= identifying_in_header(
            tidy(cell) for index, cell in enumerate(layout.sheet.header) if index not in taken
        )
    tops = [[sheet.row(position) for position in range(min(len(sheet.lines), _HEADER_LINES))] for sheet in unknown]
    tops.append([tuple(pieces(line)) for line in text.splitlines()[:_HEADER_LINES]])
    for top in tops:
        for position, line in enumerate(top):
            names = identifying_in_header(map(tidy, line))
            # Below the first line a single such word may stand in a title or a note.
            if position == 0 or len(names) > 1:
                found |= names
    return found


def _telling(text: str) -> str:
    """What kind of identifier stands anywhere in a text."""
    if upn_like(text):
        return "values that look like UPNs"
    if nhs_numbers(text):
        return "values that look like NHS numbers"
    if postcode_like(text):
        return "values that look like postcodes"
    if born(text):
        return "values that look like dates of birth"
    return ""


def _in_the_open(cells: Iterable[str], text: str, vocabulary: frozenset[str], excused: set[str]) -> str:
    """What kind of identifier stands in cells or text of which nobody knows the columns.

    `excused` are cells that may hold one person or day each, but none of the other identifiers.
    """
    found = {tidy(cell) for cell in cells} | set(pieces(text))
    # Columns parted by single spaces: such a line is taken apart where it holds a day.
    found |= {word for cell in found if " " in cell and any(map(day, set(cell.split()))) for word in cell.split()}
    if seen := _telling("\n".join(found)):
        return seen
    found -= set(map(tidy, excused))
    days = {iso for cell in found if (iso := day(cell))}
    names = people(found, vocabulary)
    if sum(map(within_month, days)) > 1 or (days and len(names) > 1):
        return "dates that are not those of periods"
    # Counts are about places. Where there are none, two people are enough.
    return "people's names" if len(names) > (2 if any(map(_place, found)) else 1) else ""


def _place(cell: str) -> bool:
    return not cell.isdigit() and plain(cell) in places()


def _in_columns(layout: Layout, vocabulary: frozenset[str]) -> str:
    """What kind of identifier stands in columns that are known to hold something else."""
    columns = _columns(layout)
    figures = {layout.columns[name] for name in layout.columns if name == "Measure Value"} | layout.measures.keys()
    values = {cell for index in figures for cell in columns.get(index, ())}
    texts = {cell for index, cells in columns.items() if index not in figures for cell in cells}
    texts |= set(map(tidy, layout.sheet.header))
    # Ten digits among the values may be one slip of the hand; two NHS numbers are not.
    if seen := _telling("\n".join(texts | {cell for cell in values if not nhs_numbers(cell)})):
        return seen
    if len(nhs_numbers("\n".join(values))) > 1:
        return "values that look like NHS numbers"
    returns = set(zip(layout.column("LA Code"), *map(layout.column, _PERIODS), strict=True))
    authorities = sum(bool(codes_of(code)) for code in {code for code, *_ in returns})
    named = {index: name for name, index in layout.columns.items()}
    for index, cells in columns.items():
        name = named.get(index)
        days = {iso for cell in cells if (iso := day(cell, bare_digits=index not in figures))}
        if len(_foreign(days, name)) > _days_allowed(layout, index, len(days), len(returns)):
            return "dates that are not those of periods"
        if index not in figures and _peopled(cells, name, vocabulary, authorities, layout.rows):
            return "people's names"
    return ""


def _columns(layout: Layout) -> dict[int, set[str]]:
    """The cells of each column, each once; columns beyond the header too."""
    return {index: {tidy(cell) for cell in set(layout.at(index)) if cell} for index in range(len(layout.sheet.columns))}


def _foreign(days: set[str], name: Column | None) -> set[str]:
    """Without the days on which periods begin and end, in columns that hold periods."""
    return {one for one in days if within_month(one)} if name in _PERIODS else days


def _days_allowed(layout: Layout, index: int, distinct: int, returns: int) -> int:
    """How many different days a column may hold before they are days of children's lives."""
    name = next((ours for ours, position in layout.columns.items() if position == index), None)
    if index in layout.measures or name == "Measure Value":
        return _SLIPS_IN_VALUES
    if name in _KEYS or name in _PERIODS or name == "Measure Name":
        return 1
    heading = plain(layout.sheet.columns[index][0]).replace(" ", "")
    if name == "Measure Quality" or heading in _DAYS_OF_THE_FILE:
        return max(1, returns)
    # A column that nobody knows: the same day all the way down is when the file was made.
    return 1 if distinct == 1 and layout.rows > 2 else 0


def _peopled(cells: set[str], name: Column | None, vocabulary: frozenset[str], authorities: int, rows: int) -> bool:
    """Whether a column holds people: more of them than there are authorities, who may each give a contact."""
    if name == "LA Name":
        strange = {cell for cell in cells if not codes_of(cell)}
        if len(strange) > max(2, len(cells) - len(strange)):
            return True
    found = len(people(cells, vocabulary))
    if name is None and max(authorities + 1, rows / 4) <= len(cells):
        # A column that nobody knows. Its cells are never used, but the file would be kept.
        words = {word for text in vocabulary for word in text.split()}
        if person_shaped(cells, words):
            return True
    return found > max(1, authorities) and (name in _KEYS or found >= rows / 4)


def _one_row_each(layout: Layout) -> bool:
    """Most of its keys (authority, quarter, measure) are repeated, or a few of them very often.

    That is one row each for a child or an episode. A few repeated keys are a slip, and a finding of their own.
    """
    who = [code or name for code, name in zip(layout.column("LA Code"), layout.column("LA Name"), strict=True)]
    keys = Counter(zip(who, *map(layout.column, (*_PERIODS, "Measure ID")), strict=True))
    repeated = sum(count > 1 for count in keys.values())
    surplus = layout.rows - len(keys)
    return surplus > 1 and (2 * repeated > len(keys) or surplus > len(keys))
