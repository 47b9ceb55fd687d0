"""Confirmations: silence is no consent, an answer is of the very figures, and a sentence waits for its authority."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from analysis.reference.working_days import is_working_day
from analysis.registers.confirmations import (
    Answered,
    Confirmation,
    ConfirmationAsked,
    FiguresConfirmed,
    FiguresQueried,
    NothingNewError,
    SentencesFreed,
    UnusualReading,
    answer,
    ask,
    confirmation_of,
    free,
    wait_is_over,
)
from analysis.registers.log.chain import append, read_chain
from analysis.registers.log.event import Actor, Body

LEAD = Actor(post="DBG data lead", person="0a1b2c3d", known_by="account")
PERIOD, THEN, NOW = "2025-26-Q2", "1" * 64, "2" * 64
SAID = {"said_by": "performance lead", "evidence": "e-mail of 6 November 2025"}
HIGHER = UnusualReading(indicator="A04", test="new", reading="higher")
DRIFT = UnusualReading(indicator="A12", test="drift", reading="lower")
DAY = date(2025, 11, 3)


def asked(figures: str = NOW, *readings: UnusualReading, authority: str = "825") -> ConfirmationAsked:
    return ConfirmationAsked(authority=authority, period=PERIOD, figures=figures, readings=readings)


def confirmed(figures: str = NOW) -> FiguresConfirmed:
    return FiguresConfirmed(authority="825", period=PERIOD, figures=figures, **SAID)


def queried(figures: str = NOW, *indicators: str) -> FiguresQueried:
    reason = "The new system counts contacts as well."
    return FiguresQueried(authority="825", period=PERIOD, figures=figures, indicators=indicators, reason=reason, **SAID)


def logged(log: Path, *bodies: Body, day: date = DAY) -> None:
    for number, body in enumerate(bodies):
        at = datetime.combine(day, time(12, 0, number), UTC)
        append(log, lambda _, body=body: body, by=LEAD, at=at)  # type: ignore[misc]


def stands(log: Path, figures: str = NOW, period: str = PERIOD) -> Confirmation:
    return confirmation_of(read_chain(log), "825", period, figures)


@pytest.mark.parametrize(
    ("happened", "state", "changed"),
    [
        ((), Answered.NOT_ASKED, False),
        ((asked(),), Answered.OUTSTANDING, False),
        ((asked(authority="921"),), Answered.NOT_ASKED, False),
        ((asked(), confirmed()), Answered.CONFIRMED, False),
        ((asked(), queried(NOW, "A04")), Answered.QUERIED, False),
        ((asked(), queried(NOW, "A04"), confirmed()), Answered.CONFIRMED, False),
        ((asked(), confirmed(), queried(NOW, "A04")), Answered.QUERIED, False),
        ((asked(THEN), confirmed(THEN)), Answered.NOT_ASKED, True),
        ((asked(THEN), confirmed(THEN), asked()), Answered.OUTSTANDING, True),
    ],
    ids=lambda value: "-".join(one.kind for one in value) if isinstance(value, tuple) else None,
)
def test_what_was_said_counts_for_the_very_figures_alone(
    tmp_path: Path, happened: tuple[Body, ...], state: Answered, changed: bool
) -> None:
    logged(tmp_path, *happened)
    found = stands(tmp_path)
    assert (found.state, found.changed_since) == (state, changed)
    assert stands(tmp_path, period="2025-26-Q1") == Confirmation()


def test_a_confirmation_says_when_and_by_whom_and_a_query_says_of_what(tmp_path: Path) -> None:
    logged(tmp_path, asked())
    logged(tmp_path, queried(NOW, "A04", "A12"), day=DAY + timedelta(days=2))
    found = stands(tmp_path)
    assert (found.asked, found.said, found.said_by) == (DAY, DAY + timedelta(days=2), "performance lead")
    assert found.queried == ("A04", "A12")


def test_a_wait_of_five_working_days_leaves_out_weekends_and_bank_holidays() -> None:
    """Counted by hand from Monday 22 December 2025: 25 and 26 December and 1 January are no working days."""
    monday = date(2025, 12, 22)
    assert not is_working_day(date(2025, 12, 26))
    assert not wait_is_over(monday, date(2025, 12, 31), 5)  # the fifth day: 23, 24, 29, 30, 31
    assert wait_is_over(monday, date(2026, 1, 1), 5)
    assert not wait_is_over(None, date(2099, 1, 1), 5)


def test_a_sentence_is_told_only_when_its_authority_was_asked_about_it_and_had_its_time(tmp_path: Path) -> None:
    logged(tmp_path, asked(NOW, HIGHER))
    found = stands(tmp_path)
    late = DAY + timedelta(days=30)
    assert not found.may_tell(HIGHER)
    assert found.due((HIGHER, DRIFT), DAY + timedelta(days=7), 5) == ()  # Monday to Monday: five days, not yet over
    assert found.due((HIGHER, DRIFT), DAY + timedelta(days=8), 5) == (HIGHER,)
    assert found.due((HIGHER, DRIFT), late, 5) == (HIGHER,)
    logged(tmp_path, SentencesFreed(authority="825", period=PERIOD, readings=(HIGHER,)), day=late)
    assert stands(tmp_path).may_tell(HIGHER)
    assert not stands(tmp_path).may_tell(DRIFT)
    assert not stands(tmp_path).may_tell(HIGHER.model_copy(update={"reading": "lower"}))
    assert stands(tmp_path).due((HIGHER,), late, 5) == ()


def test_of_a_figure_that_its_authority_queries_nothing_is_told(tmp_path: Path) -> None:
    logged(tmp_path, asked(NOW, HIGHER), SentencesFreed(authority="825", period=PERIOD, readings=(HIGHER,)))
    logged(tmp_path, queried(NOW, "A04"))
    assert not stands(tmp_path).may_tell(HIGHER)
    logged(tmp_path, confirmed())
    assert stands(tmp_path).may_tell(HIGHER)


def at(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def test_the_same_is_not_asked_or_answered_twice_and_a_new_reading_is_asked_about(tmp_path: Path) -> None:
    append(tmp_path, ask(asked(NOW, HIGHER)), by=LEAD, at=at(DAY))
    with pytest.raises(NothingNewError):
        append(tmp_path, ask(asked(NOW, HIGHER)), by=LEAD, at=at(DAY))
    append(tmp_path, ask(asked(NOW, HIGHER, DRIFT)), by=LEAD, at=at(DAY + timedelta(days=1)))
    assert stands(tmp_path).asked_about == {HIGHER.key: DAY, DRIFT.key: DAY + timedelta(days=1)}
    append(tmp_path, answer(confirmed()), by=LEAD, at=at(DAY))
    with pytest.raises(NothingNewError):
        append(tmp_path, answer(confirmed()), by=LEAD, at=at(DAY))
    append(tmp_path, answer(queried(NOW, "A04")), by=LEAD, at=at(DAY))
    assert len(read_chain(tmp_path).events) == 4


def test_no_sentence_is_freed_before_its_time(tmp_path: Path) -> None:
    append(tmp_path, ask(asked(NOW, HIGHER)), by=LEAD, at=at(DAY))
    body = SentencesFreed(authority="825", period=PERIOD, readings=(HIGHER,))
    early, late = DAY + timedelta(days=7), DAY + timedelta(days=8)
    with pytest.raises(NothingNewError):
        append(tmp_path, free(body, early, 5), by=LEAD, at=at(early))
    append(tmp_path, free(body, late, 5), by=LEAD, at=at(late))
    assert stands(tmp_path).may_tell(HIGHER)


def test_a_day_that_is_named_shortens_no_wait(tmp_path: Path) -> None:
    """Asked on the 3rd, it is said; but the log held something of the 10th: five working days end on the 17th."""
    logged(tmp_path, asked(authority="921"), day=date(2025, 11, 10))
    logged(tmp_path, asked(NOW, HIGHER), day=DAY)
    found = stands(tmp_path)
    assert found.asked == DAY
    assert found.due((HIGHER,), date(2025, 11, 17), 5) == ()
    assert found.due((HIGHER,), date(2025, 11, 18), 5) == (HIGHER,)


def test_an_answer_names_no_person_and_a_query_says_what_about() -> None:
    with pytest.raises(ValidationError, match="name or identify"):
        FiguresConfirmed(authority="825", period=PERIOD, figures=NOW, said_by="Jane Smith", evidence="e-mail of 6 May")
    with pytest.raises(ValidationError):
        queried(NOW)
