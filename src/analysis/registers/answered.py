"""A figure that an authority changed since it was asked: why it changed is known, and is not asked in its turn."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.reference.periods import Quarter
from analysis.registers.answers import FOLDER, Answers, Choice, load_answers
from analysis.returns.rules.findings import by_severity
from analysis.returns.rules.revisions import revised_much
from analysis.returns.rules.rule import Severity

ANSWERS_A_QUERY = "sent as an answer to a query"


def answer_files(registers: Path) -> list[Path]:
    """The files of all answers in a region's folder of registers (`answers.answers_path`)."""
    return sorted(registers.glob(f"{FOLDER}/*/*.yml"))


def load_round(registers: Path, period: Quarter) -> list[Answers]:
    """What everybody answered in a quarter's query round.

    Raises
    ------
    BadReferenceError
        By name and line, if a file is not what it should be.
    """
    return [load_answers(path) for path in answer_files(registers) if path.parent.name == str(period)]


def answered(findings: pd.DataFrame, answers: Iterable[Answers]) -> pd.DataFrame:
    """Make notes of large revisions of figures for which a corrected one, or another return, was promised.

    Parameters
    ----------
    findings
        As `findings.findings_frame` returns.
    answers
        Of the quarter's round; of two answers to one query the later holds.
    """
    promised = {
        (held.authority, one.period, measure)
        for held in answers
        for one in held.latest
        for measure in one.measures
        if one.answer in (Choice.CORRECTED, Choice.RESEND)
    }
    cells = zip(findings["authority"], findings["period"], findings["measure"], strict=True)
    known = pd.Series([cell in promised for cell in cells], index=findings.index, dtype="bool")
    over = known & findings["rule"].eq(revised_much.__name__) & findings["severity"].ne(Severity.NOTE)
    return by_severity(
        findings.assign(
            severity=findings["severity"].mask(over, str(Severity.NOTE)),
            seen=findings["seen"].mask(over, findings["seen"] + f" ({ANSWERS_A_QUERY})"),
        )
    )
