"""The answers in a form, held against the sheet that was sent: what can be used, and a finding for what cannot."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from analysis.errors import UsageError
from analysis.queries import answer_rules as rules
from analysis.queries.form import ANSWERED, Column, about, cells
from analysis.queries.read_form import Form, FormRow, read_form
from analysis.queries.sheet import Query, Sheet
from analysis.reference.authorities import authorities
from analysis.reference.matching import plain
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.registers.answers import LEAST_REASON, Answer, Answers, Choice
from analysis.registers.wording import LONGEST, figure_of, figure_text, identifies_a_child, names_a_person, plain_words
from analysis.returns.file_rules import Refusal
from analysis.returns.findings import Finding
from analysis.returns.personal import day
from analysis.returns.rule import Rule
from analysis.returns.values import MOST_COUNTED, MOST_DAYS
from analysis.returns.whose import one_code_of

_KEYS = (Column.MEASURE, Column.PERIOD, Column.SENT)
_CHOICES = {plain(choice): choice for choice in Choice}
_APOSTROPHE = "’"
"""Word makes it of a straight one."""
_CODE = re.compile(r"\((\d{3})\)\s*$")
_QUARTER = re.compile(r"(\d{4})[-/](\d{2})[ -]*Q([1-4])", re.I)


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


def read_answers(content: bytes, sheet: Sheet, registry: Registry, on: date, *, label: str = "") -> ReadAnswers:
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

    Returns
    -------
    ReadAnswers
        Nothing that stands in a file raises anything, and a finding never repeats a text of the file.
    """
    form = read_form(content)
    if isinstance(form, Refusal):
        return ReadAnswers(None, (_finding(form.rule, form.seen, sheet, label),))
    return check_form(form, sheet, registry, on, label=label)


def check_form(form: Form, sheet: Sheet, registry: Registry, on: date, *, label: str = "") -> ReadAnswers:
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
        told, choice = _refused(row, query, often), _chosen(row)
        if told is None and query is not None and choice is not None:
            answer, notes = _answer(row, choice, query, registry, on)
            if answer is not None:
                answers.append(answer)
            findings += [_finding(rule, seen, sheet, label, query, row.line) for rule, seen in notes]
        elif told is not None:
            findings.append(_finding(*told, sheet, label, query, row.line))
    findings += [
        _finding(rules.QUERY_UNANSWERED, f"query {query.number}", sheet, label, query)
        for query in sheet.queries
        if query.id not in answered
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


def _chosen(row: FormRow) -> Choice | None:
    return _CHOICES.get(plain(row.cells[Column.ANSWER].replace(_APOSTROPHE, "'")))


def _same(text: str) -> str:
    """A key without what a spreadsheet or word processor may change by itself."""
    return " ".join(text.casefold().removeprefix("'").replace(_APOSTROPHE, "'").split())


def _answer(
    row: FormRow, choice: Choice, query: Query, registry: Registry, on: date
) -> tuple[Answer | None, list[tuple[Rule, str]]]:
    here = f"query {query.number}"
    fault = _figure_fault(row.cells[Column.FIGURE], choice, query, registry)
    if fault:
        return None, [(rules.ANSWER_WITHOUT_FIGURE, f"{here}: {fault}")]
    notes: list[tuple[Rule, str]] = []
    words = {}
    for column in (Column.REASON, Column.ROLE):
        words[column], left_out = _screened(row.cells[column])
        if left_out:
            notes.append((rules.ANSWER_TEXT_LEFT_OUT, f"{here}, {column}: {left_out}"))
    until = ""
    if row.cells[Column.UNTIL] and choice is Choice.CORRECT:
        until = _until(row.cells[Column.UNTIL])
        if not until or until < query.period:
            notes.append((rules.ANSWER_UNTIL_UNREADABLE, f"{here}: {'too early' if until else 'no quarter'}"))
            until = ""
    least = {Column.REASON: LEAST_REASON if until else 3, Column.ROLE: 2}
    lacking = [str(column) for column, text in words.items() if len(text) < least[column]]
    if lacking and (choice is Choice.CORRECTED or until):
        notes.append((rules.ANSWER_INCOMPLETE, f"{here}: too little under {' and '.join(lacking)}"))
    answer = Answer(
        query=query.id,
        rules=query.rules,
        period=query.period,
        measures=query.measures,
        answer=choice,
        sent=query.raw or None,
        corrected=figure_text(row.cells[Column.FIGURE], _kind(query, registry)) if choice is Choice.CORRECTED else None,
        reason=words[Column.REASON],
        answered_by=words[Column.ROLE],
        valid_until=until or None,
        date=on,
    )
    return answer, notes


def _figure_fault(text: str, choice: Choice, query: Query, registry: Registry) -> str:
    """What is wrong with a corrected figure, or with there being one."""
    if choice is not Choice.CORRECTED:
        return "a figure beside another answer" if text else ""
    if len(query.measures) != 1 or not query.raw:
        return "the query is about no single figure"
    if not text:
        return "no figure"
    kind = _kind(query, registry)
    try:
        figure = figure_of(text, kind)
    except ValueError:
        return "neither digits nor a mark"
    days = kind == "duration"
    if figure[0] is not None and (figure[0] > (MOST_DAYS if days else MOST_COUNTED) or (figure[0] % 1 and not days)):
        return "a figure that the measure cannot have"
    return "the figure that was sent" if figure == figure_of(query.raw) else ""


def _kind(query: Query, registry: Registry) -> str:
    return registry.measures[query.measures[0]].kind


def _screened(text: str) -> tuple[str, str]:
    """A person's words as one plain paragraph, or why they are left out."""
    words = plain_words(text)
    if names_a_person(words) or identifies_a_child(words):
        return "", "it seems to name or identify somebody"
    return ("", f"longer than {LONGEST} characters") if len(words) > LONGEST else (words, "")


def _until(text: str) -> str:
    """The last quarter that an answer holds for: as written, or the last that has closed by the day written."""
    found = _QUARTER.fullmatch(text)
    try:
        if found is not None:
            return str(Quarter.parse(f"{found[1]}-{found[2]}-Q{found[3]}"))
        written = day(text)
        if written is None:
            return ""
        last = date.fromisoformat(written)
        quarter = Quarter(last.year, 4)
        while quarter.last_day > last:
            quarter = quarter.shift(-1)
        return str(quarter)
    except (UsageError, ValueError):
        return ""


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
