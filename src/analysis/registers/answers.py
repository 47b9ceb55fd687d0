"""What authorities answered, kept by region, quarter and authority; and what becomes of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Self

import yaml
from pydantic import Field, model_validator

from analysis.reference.model import Record
from analysis.reference.yaml_file import read_yaml
from analysis.registers.accepted import Acceptance
from analysis.registers.corrections import Action, Correction
from analysis.registers.wording import Code, Figure, QuarterText, Words
from analysis.returns.rules.rule import RULES, Severity

FOLDER = "answers"
"""In the region's folder of registers: a folder for each quarter, and in it a file for each authority."""
LEAST_REASON = 10
"""Characters of a reason for which something is accepted, as in `accepted.yml`."""


class Choice(StrEnum):
    """The four answers."""

    CORRECT = "correct as sent"
    CORRECTED = "corrected figure"
    RESEND = "will resend"
    UNKNOWN = "don't know yet"


class Answer(Record):
    """One answer to one query."""

    query: str = Field(pattern=r"^q[0-9a-f]{10}$")
    rules: tuple[str, ...] = Field(min_length=1)
    """Those that asked."""
    period: QuarterText
    measures: tuple[str, ...] = ()
    """Those that were asked about; none where it was the whole return."""
    answer: Choice
    sent: Figure | None = None
    """The figure that was asked about, or the mark for a missing one; nothing for a whole return."""
    corrected: Figure | None = None
    reason: Words = ""
    answered_by: Words = ""
    """A role."""
    valid_until: QuarterText | None = None
    """The last quarter for which "correct as sent" holds."""
    date: date
    """On which it was read."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.answer is Choice.CORRECTED) != (self.corrected is not None):
            raise ValueError("a corrected figure stands exactly where the answer is 'corrected figure'")
        if self.corrected is not None and (self.sent is None or len(self.measures) != 1):
            raise ValueError("a corrected figure is that of one measure, and stands beside what was sent")
        return self


class Answers(Record):
    """`answers/<period>/<authority>.yml` in the region's folder of registers."""

    region: str
    period: QuarterText
    authority: Code
    answers: tuple[Answer, ...] = ()
    """In the order in which they came; of two answers to one query the later holds."""

    def with_later(self, later: Answers) -> Answers:
        """These and the new ones. What was answered before stays; the same answer again is not kept twice."""
        held = {answer.query: _said(answer) for answer in self.answers}
        new = tuple(answer for answer in later.answers if held.get(answer.query) != _said(answer))
        return self.model_copy(update={"answers": (*self.answers, *new)})

    @property
    def latest(self) -> tuple[Answer, ...]:
        """The answer that holds for each query."""
        return tuple({answer.query: answer for answer in self.answers}.values())

    def known_on(self, day: date) -> Answers:
        """What had been answered by the end of a day."""
        return self.model_copy(update={"answers": tuple(one for one in self.answers if one.date <= day)})


def _said(answer: Answer) -> dict[str, object]:
    return answer.model_dump(exclude={"date"})


def answers_path(registers: Path, period: str, authority: str) -> Path:
    """Where the answers of an authority stand in the region's folder of registers."""
    return registers / FOLDER / period / f"{authority}.yml"


def load_answers(path: Path) -> Answers:
    """Read the answers of an authority.

    Raises
    ------
    BadReferenceError
        By name and line, if the file is not what it should be.
    """
    return read_yaml(path, Answers).content


def answers_text(answers: Answers) -> str:
    """Answers as YAML."""
    return yaml.safe_dump(
        answers.model_dump(mode="json", exclude_none=True), sort_keys=False, allow_unicode=True, width=120
    )


def to_accepted(answers: Answers, on: date) -> list[Acceptance]:
    """The answers that silence a rule until a quarter, as entries of the register of what is accepted.

    Parameters
    ----------
    answers
        Of one authority.
    on
        The day on which they are accepted: a build as known before it leaves them out, though they were answered.

    Returns
    -------
    list of Acceptance
        Only "correct as sent" with a quarter, a reason and a role is one: an acceptance that nobody explains is none. A
        figure that was refused is not accepted either, whatever is said of it.
    """
    return [
        Acceptance.model_validate({
            "authority": answers.authority,
            "rule": rule,
            "measure": measure,
            "from": one.period,
            "until": one.valid_until,
            "reason": one.reason,
            "answered_by": one.answered_by,
            "date": on,
        })
        for one in answers.latest
        for rule in one.rules
        for measure in one.measures or (None,)
        if one.answer is Choice.CORRECT and one.valid_until and one.answered_by
        if len(one.reason) >= LEAST_REASON and rule in RULES and RULES[rule].severity == Severity.QUERY
    ]  # fmt: skip


def to_corrections(answers: Answers, taken: Iterable[str] = ()) -> list[Correction]:
    """The corrected figures as entries of the ledger: open, until the DBG decides.

    Parameters
    ----------
    answers
        Of one authority.
    taken
        Ids that the ledger has already.
    """
    used = set(taken)
    corrections = []
    for one in answers.latest:
        if one.corrected is None or one.sent is None or len(one.reason) < 3 or len(one.answered_by) < 2:
            continue
        name = correction_id(answers.authority, one.period, one.measures[0], used)
        used.add(name)
        corrections.append(
            Correction(
                id=name,
                authority=answers.authority,
                period=one.period,
                measure=one.measures[0],
                action=Action.OVERRIDE,
                value=one.corrected,
                expect=one.sent,
                reason=one.reason,
                reported_by=one.answered_by,
                date=one.date,
            )
        )
    return corrections


def correction_id(authority: str, period: str, measure: str, taken: Iterable[str]) -> str:
    """An id that the ledger does not have yet: `825-2025-26-q2-referrals`, then `-2` and so on."""
    stem, known = f"{authority}-{period.lower()}-{measure}", set(taken)
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}") in known:
        number += 1
    return name
