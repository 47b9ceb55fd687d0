"""The answers in a form, held against the sheet that was sent: what can be used, and a finding for what cannot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from analysis.queries import answer_rules as rules
from analysis.queries.answered_row import answer_of
from analysis.queries.form import ANSWERED, Column, about, cells
from analysis.queries.read_form import Form, FormRow, read_form
from analysis.queries.sheet import Query, Sheet
from analysis.queries.stale import Stale
from analysis.reference.authorities import authorities
from analysis.reference.matching import plain
from analysis.reference.registry import Registry
from analysis.registers.answers import Answer, Answers, Choice
from analysis.registers.wording import figure_of
from analysis.returns.reading.whose import one_code_of
from analysis.returns.rules.file_rules import Refusal
from analysis.returns.rules.findings import Finding
from analysis.returns.rules.rule import Rule

_KEYS = (Column.MEASURE, Column.PERIOD, Column.SENT)
_CHOICES = {plain(choice): choice for choice in Choice}
_APOSTROPHE = "’"
"""Word makes it of a straight one."""
_CODE = re.compile(r"\((\d{3})\)\s*$")


@dataclass(frozen=True)
class ReadAnswers:
    """What came of a form."""

    answers: Answers | None
    """None where the form as a whole was refused."""
    findings: tuple[Finding, ...]


def form_authority(form: Form) -> str:
    """The DfE code of the authority that a form says it is of; empty if it names none."""
    found = _CODE.search(form.about.get("authority", ""))
    return one_code_of(found[1] if found else form.about.get("authority", ""))


def read_answers(
    content: bytes,
    sheet: Sheet,
    registry: Registry,
    on: date,
    *,
    label: str = "",
    stale: Mapping[str, Stale] = MappingProxyType({}),
) -> ReadAnswers:
    """Read a form that came back.

    Parameters
    ----------
    content
        A Word document, an Excel workbook, or YAML.
    sheet
        As it was sent: a query is known by its id, and a row whose keys were edited is refused.
    registry
        Says which measures are counts.
    on
        The day of reading, which each answer carries.
    label
        What the file is called in findings; never its name as received, which may be a person's.
    stale
        As `stale_queries` returns: answers to these are told of, and not used.

    Returns
    -------
    ReadAnswers
        Nothing that stands in a file raises anything, and a finding never repeats a text of the file.
    """
    form = read_form(content)
    if isinstance(form, Refusal):
        return ReadAnswers(None, (_finding(form.rule, form.seen, sheet, label),))
    return check_form(form, sheet, registry, on, label=label, stale=stale)


def check_form(
    form: Form,
    sheet: Sheet,
    registry: Registry,
    on: date,
    *,
    label: str = "",
    stale: Mapping[str, Stale] = MappingProxyType({}),
) -> ReadAnswers:
    """As `read_answers`, of a form that has been read."""
    other = _other(form, sheet)
    if other:
        return ReadAnswers(None, (_finding(rules.FORM_OF_ANOTHER, other, sheet, label),))
    queries = {query.id: query for query in sheet.queries}
    often = Counter(row.cells[Column.ID].casefold() for row in form.rows)
    findings: list[Finding] = []
    answers: list[Answer] = []
    answered: set[str] = set()
    for row in form.rows:
        query = queries.get(row.cells[Column.ID].casefold())
        if not any(row.cells[column] for column in ANSWERED):
            continue
        if query is not None:
            answered.add(query.id)
        told, choice = _refused(row, query, often) or _overtaken(row, query, stale), _chosen(row)
        if told is None and query is not None and choice is not None:
            answer, notes = answer_of(row, choice, query, registry, on)
            if answer is not None:
                answers.append(answer)
            findings += [_finding(rule, seen, sheet, label, query, row.line) for rule, seen in notes]
        elif told is not None:
            findings.append(_finding(*told, sheet, label, query, row.line))
    findings += [
        _finding(rules.QUERY_UNANSWERED, f"query {query.number}", sheet, label, query)
        for query in sheet.queries
        if query.id not in answered and query.id not in stale
    ]
    held = Answers(region=sheet.region, period=sheet.period, authority=sheet.authority, answers=tuple(answers))
    return ReadAnswers(held, tuple(findings))


def _other(form: Form, sheet: Sheet) -> str:
    """Whose form it is, where it is not the sheet's."""
    said = about(sheet)
    code = form_authority(form)
    if code != sheet.authority:
        return f"the form of {authorities()[code].name} ({code})" if code else "a form that names no authority"
    if plain(form.about["quarter"]) != plain(said["Quarter"]):
        return "the form of another quarter"
    return "" if plain(form.about["form"]) == plain(said["Form"]) else "a form of another layout"


def _refused(row: FormRow, query: Query | None, often: Counter[str]) -> tuple[Rule, str] | None:
    """Why a row is not read at all."""
    if query is None:
        return rules.QUERY_UNKNOWN, "an answer with no query id of this sheet"
    if often[query.id] > 1:
        return rules.ANSWERED_TWICE, f"query {query.number} stands {often[query.id]} times"
    sent = dict(zip(Column, cells(query), strict=False))
    edited = [str(column) for column in _KEYS if _same(row.cells[column]) != _same(sent[column])]
    if edited:
        return rules.QUERY_EDITED, f"query {query.number}: edited: {', '.join(edited)}"
    if _chosen(row) is None:
        what = "other words than the four answers" if row.cells[Column.ANSWER] else "no answer beside what is written"
        return rules.ANSWER_UNKNOWN, f"query {query.number}: {what}"
    return None


def _overtaken(row: FormRow, query: Query | None, stale: Mapping[str, Stale]) -> tuple[Rule, str] | None:
    """What is said of an answer to a query that is over."""
    if query is None or query.id not in stale:
        return None
    over = stale[query.id]
    try:
        stands = bool(over.now) and figure_of(row.cells[Column.FIGURE]) == figure_of(over.now)
    except ValueError:
        stands = False
    return rules.ANSWER_STANDS if stands else rules.QUERY_STALE, f"query {query.number}: {over.why}"


def _chosen(row: FormRow) -> Choice | None:
    return _CHOICES.get(plain(row.cells[Column.ANSWER].replace(_APOSTROPHE, "'")))


def _same(text: str) -> str:
    """A key without what a spreadsheet or word processor may change by itself."""
    return " ".join(text.casefold().removeprefix("'").replace(_APOSTROPHE, "'").split())


def _finding(
    rule: Rule, seen: str, sheet: Sheet, label: str, query: Query | None = None, line: int | None = None
) -> Finding:
    return Finding.of(
        rule,
        seen,
        file=label,
        line=line,
        authority=sheet.authority,
        period=query.period if query is not None else sheet.period,
        measure=query.measures[0] if query is not None and len(query.measures) == 1 else "",
    )
