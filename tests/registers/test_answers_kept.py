"""Answers as they are kept, and what becomes of them: acceptances and corrections."""

from datetime import date

import pytest
import yaml

from analysis.errors import BadReferenceError
from analysis.reference.registry import registry
from analysis.registers.answered import answered
from analysis.registers.answers import (
    Answer,
    Answers,
    answers_path,
    answers_text,
    load_answers,
    to_accepted,
    to_corrections,
)
from analysis.registers.corrections import entry_text, load_ledger
from analysis.returns.rules.findings import Finding, findings_frame
from analysis.returns.rules.rule import RULES

DAY = date(2025, 11, 20)


def answer(**overrides):
    one = {
        "query": "q0123456789", "rules": ("above_its_base",), "period": "2025-26-Q2", "measures": ("referrals",),
        "answer": "correct as sent", "sent": "700", "reason": "Two large families in one week",
        "answered_by": "Data manager", "valid_until": "2026-27-Q1", "date": DAY,
    }  # fmt: skip
    return Answer.model_validate({key: value for key, value in (one | overrides).items() if value is not None})


def answers(*held):
    return Answers(region="south-east", period="2025-26-Q2", authority="825", answers=held)


def corrected(**overrides):
    return answer(**({"answer": "corrected figure", "corrected": "690", "valid_until": None} | overrides))


def test_answers_survive_being_written_and_read(tmp_path):
    path = answers_path(tmp_path, "2025-26-Q2", "825")
    assert path == tmp_path / "answers" / "2025-26-Q2" / "825.yml"
    path.parent.mkdir(parents=True)
    held = answers(answer(), corrected(query="q00000000aa"))
    path.write_text(answers_text(held), encoding="utf-8", newline="\n")
    assert load_answers(path) == held
    path.write_text(answers_text(held).replace("correct as sent", "yes"), encoding="utf-8", newline="\n")
    with pytest.raises(BadReferenceError, match="answer"):
        load_answers(path)


def test_what_is_correct_for_some_quarters_fits_the_register_of_what_is_accepted():
    (entry,) = to_accepted(answers(answer()), date(2025, 11, 21))
    assert entry.model_dump(mode="json") == {
        "authority": "825", "rule": "above_its_base", "measure": "referrals", "from": "2025-26-Q2",
        "until": "2026-27-Q1", "reason": "Two large families in one week", "answered_by": "Data manager",
        "date": "2025-11-21",
    }  # fmt: skip


def test_an_answer_about_several_figures_is_an_entry_for_each():
    entries = to_accepted(
        answers(answer(measures=("a1_children", "adopted"), rules=("above_its_base", "missing_measure"))), DAY
    )
    assert len({(entry.rule, entry.measure) for entry in entries}) == 4


@pytest.mark.parametrize(
    ("said", "severity"),
    [(corrected(), "note"), (corrected(measures=("adopted",)), "query"), (answer(), "query")],
    ids=["corrected", "of another figure", "as sent"],
)
def test_why_a_figure_changed_is_not_asked_of_whoever_was_asked_for_it(said, severity):
    def changed(rule):
        return Finding.of(RULES[rule], "700 to 690", authority="825", period="2025-26-Q2", measure="referrals")

    found = answered(findings_frame([changed("revised_much"), changed("jump")]), [answers(said)])
    assert dict(zip(found["rule"], found["severity"], strict=True)) == {"revised_much": severity, "jump": "query"}


def test_a_whole_return_is_accepted_without_a_measure():
    (entry,) = to_accepted(answers(answer(measures=(), sent=None, rules=("unknown_name",))), DAY)
    assert entry.measure is None


@pytest.mark.parametrize(
    "overrides",
    [
        {"valid_until": None},
        {"reason": ""},
        {"reason": "It is so"},
        {"answered_by": ""},
        {"answer": "will resend"},
        {"rules": ("negative_count",)},
        {"rules": ("no_such_rule",)},
    ],
    ids=["no quarter", "no reason", "short reason", "nobody", "another answer", "refused", "unknown"],
)
def test_nothing_else_is_accepted(overrides):
    assert to_accepted(answers(answer(**overrides)), DAY) == []


def test_a_corrected_figure_is_an_open_entry_that_the_ledger_takes(tmp_path):
    (entry,) = to_corrections(answers(corrected()), taken=["825-2025-26-q2-referrals"])
    assert (entry.id, entry.status) == ("825-2025-26-q2-referrals-2", "open")
    assert (entry.value, entry.expect, entry.reported_by, entry.decided_by) == ("690", "700", "Data manager", "")
    path = tmp_path / "corrections.yml"
    path.write_text(entry_text([entry]), encoding="utf-8", newline="\n")
    assert load_ledger(path, registry()).entries == (entry,)


@pytest.mark.parametrize("overrides", [{"reason": ""}, {"answered_by": ""}])
def test_a_correction_that_nobody_explains_is_none(overrides):
    assert to_corrections(answers(corrected(**overrides))) == []


def test_a_later_answer_holds_and_the_earlier_stays():
    first, second = answers(answer()), answers(corrected(date=date(2025, 11, 27)))
    both = first.with_later(second)
    assert both.answers == (*first.answers, *second.answers)
    assert both.latest == second.answers
    assert both.with_later(second) == both
    assert both.known_on(DAY) == first
    again = answers(answer(date=date(2025, 12, 1)))
    assert first.with_later(again) == first


def test_an_answer_names_nobody():
    for field in ("reason", "answered_by"):
        with pytest.raises(ValueError, match="name or identify"):
            answer(**{field: "Sarah Smith"})
    assert "Sarah" not in yaml.safe_dump(answers(answer()).model_dump(mode="json"))
