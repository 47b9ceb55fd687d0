"""Commentary that comes as a spreadsheet: each row is checked as what people write into the register itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import ValidationError

from analysis.errors import UserError
from analysis.reference.authorities import find_authority
from analysis.reference.registry import Registry
from analysis.registers.commentary import Entry
from analysis.returns.reading.document import Document, Sheet
from analysis.returns.reading.read import open_document
from analysis.returns.reading.spelling import heading
from analysis.returns.rules.file_rules import Refusal
from analysis.returns.rules.findings import Finding
from analysis.returns.rules.rule import Severity, declare

NEEDED = ("authority", "indicator", "text")
FURTHER = ("kind", "until", "writtenby")
"""Column names without spaces and marks."""
MAX_BYTES = 4 * 1024 * 1024
MAX_ROWS = 5_000

ROW_REFUSED = declare(
    "commentary_row_refused",
    Severity.REFUSE,
    "row",
    policy="A row of commentary names one member, one indicator of the list (or none: the quarter as a whole) and a "
    "plain paragraph that names and identifies nobody. Nothing of a row that is refused is kept or shown.",
    remedy="correct the row in the spreadsheet, and read it again",
)
ANOTHER_TEXT = declare(
    "commentary_row_conflicts",
    Severity.REFUSE,
    "row",
    policy="Of one kind, an authority says one text of an indicator in a quarter.",
    remedy="change the text in the register itself, where its check is seen to be void",
)


@dataclass(frozen=True)
class ReadSheet:
    """What can be entered, and why the other rows cannot."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]


class UnreadableSheetError(UserError):
    """The file is no table of commentary."""


def read_sheet(
    content: bytes,
    held: Sequence[Entry],
    registry: Registry,
    members: Sequence[str],
    *,
    period: str,
    on: date,
    written_by: str,
) -> ReadSheet:
    """The texts of a CSV file or a workbook.

    Parameters
    ----------
    content
        The file. Columns `authority` (code, name or alias), `indicator` (id; blank for the quarter as a whole) and
        `text`; if wanted `kind`, `until` and `written by`. The order of the columns is free.
    held
        What stands in the quarter's register: the same text again is not entered twice, and another one is refused.
    members
        DfE codes of those who may say something.
    on
        The day that the entries carry.
    written_by
        The role, where a row has none.

    Raises
    ------
    UnreadableSheetError
        If the file can't be opened, or no sheet of it has the three columns. Nothing of it is quoted.
    """
    sheet = _sheet(content)
    columns = {heading(name): place for place, name in enumerate(sheet.header)}
    texts = {_key(entry): entry.text for entry in held}
    entries: list[Entry] = []
    findings: list[Finding] = []
    for place in range(1, len(sheet.lines)):
        cells = {name: _cell(sheet, columns, name, place) for name in (*NEEDED, *FURTHER)}
        line = sheet.lines[place]
        found = _entry(cells, registry, members, on, written_by)
        if isinstance(found, str):
            findings.append(Finding.of(ROW_REFUSED, found, line=line, period=period))
            continue
        before = texts.get(_key(found))
        if before is None:
            entries.append(found)
            texts[_key(found)] = found.text
        elif before != found.text:
            seen = "another text of the same kind about the same indicator is there already"
            about = {"authority": found.authority, "period": period}
            findings.append(Finding.of(ANOTHER_TEXT, seen, line=line, **about))
    return ReadSheet(tuple(entries), tuple(findings))


def _key(entry: Entry) -> tuple[str, str, str]:
    return entry.authority, entry.indicator, entry.kind.value


def _fits(row: Sequence[str]) -> bool:
    names = {heading(cell) for cell in row}
    return all(name in names for name in NEEDED)


def _sheet(content: bytes) -> Sheet:
    remedy = "save it as CSV or xlsx, with the columns authority, indicator and text in its first line"
    if len(content) > MAX_BYTES:
        raise UnreadableSheetError("the file is far larger than a quarter's commentary", remedy=remedy)
    document = open_document(content, _fits)
    if isinstance(document, Refusal):
        raise UnreadableSheetError(document.seen, remedy=remedy)
    fitting = list(_fitting(document))
    if document.unreadable or len(fitting) != 1:
        what = document.unreadable or "one sheet, and one alone, has to have the columns authority, indicator and text"
        raise UnreadableSheetError(what, remedy=remedy)
    if len(fitting[0].lines) > MAX_ROWS:
        raise UnreadableSheetError("the sheet has far more rows than a quarter's commentary", remedy=remedy)
    return fitting[0]


def _fitting(document: Document) -> Iterator[Sheet]:
    for sheet in document.sheets:
        if sheet.lines and _fits(sheet.header):
            yield sheet


def _cell(sheet: Sheet, columns: dict[str, int], name: str, place: int) -> str:
    return sheet.columns[columns[name]][place].strip() if name in columns else ""


def _entry(cells: dict[str, str], registry: Registry, members: Sequence[str], on: date, written_by: str) -> Entry | str:
    """The entry of a row, or in words that quote nothing why it is none."""
    try:
        code = find_authority(cells["authority"]).code
    except UserError:
        return "no authority is called so"
    if code not in members:
        return "the authority takes no part in this region's quarter"
    ids = {one.lower(): one for one in registry.indicators}
    if cells["indicator"] and cells["indicator"].lower() not in ids:
        return "no indicator has this id"
    given = {
        "authority": code,
        "indicator": ids.get(cells["indicator"].lower(), ""),
        "text": cells["text"],
        "written_by": cells["writtenby"] or written_by,
        "date": on,
        **({"kind": cells["kind"].lower()} if cells["kind"] else {}),
        **({"until": cells["until"]} if cells["until"] else {}),
    }
    try:
        return Entry.model_validate(given)
    except ValidationError as error:
        # pydantic's messages are the rules' own; its input, which may name somebody, is left out.
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        return f"{first['loc'][0] if first['loc'] else 'the row'}: {first['msg'].removeprefix('Value error, ')}"
