"""One row of a form that came back, as an answer: its figure, its words, and until when it holds."""

from __future__ import annotations

import re
from datetime import date

from analysis.errors import UsageError
from analysis.queries import answer_rules as rules
from analysis.queries.form import Column
from analysis.queries.read_form import FormRow
from analysis.queries.sheet import Query
from analysis.reference.periods import Quarter
from analysis.reference.registry import Registry
from analysis.registers.answers import LEAST_REASON, Answer, Choice
from analysis.registers.wording import LONGEST, figure_of, figure_text, identifies_a_child, names_a_person, plain_words
from analysis.returns.door.personal import day
from analysis.returns.reading.values import MOST_COUNTED, MOST_DAYS
from analysis.returns.rules.rule import Rule

_QUARTER = re.compile(r"(\d{4})[-/](\d{2})[ -]*Q([1-4])", re.I)


def answer_of(
    row: FormRow, choice: Choice, query: Query, registry: Registry, on: date
) -> tuple[Answer | None, list[tuple[Rule, str]]]:
    """What a row says, and what is to be said of it.

    Returns
    -------
    answer, notes
        No answer where the figure cannot be used. A rule and what was seen, for each thing that was left out.
    """
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
