"""Every planted file is caught, for what was planted, and the report tells nobody what it was."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from planted import Vector, vectors

from analysis.audit.deny import Deny
from analysis.audit.report import Verdict, as_json, in_words
from analysis.audit.scan import scan

CORPUS = vectors()
FORMATS = {"html", "docx", "pptx", "xlsx", "pdf", "png", "svg", "ipynb", "csv", "zip"}
CONCEALED = re.compile(
    r"\b(kent|hampshire|surrey|medway|slough|portsmouth|southampton|wokingham|oxfordshire|milton|wight|maidenhead|hove|"
    r"smithson|826|850|886|E06\d+|lapt)\b", re.I
)  # fmt: skip


def test_the_corpus_is_as_large_as_was_asked_for() -> None:
    assert len(CORPUS) >= 90
    assert len({vector.id for vector in CORPUS}) == len(CORPUS)
    assert {vector.id.split()[0] for vector in CORPUS} >= FORMATS


@pytest.mark.parametrize("vector", CORPUS, ids=lambda vector: vector.id)
def test_every_planted_file_is_caught(vector: Vector, deny: Deny) -> None:
    report = scan(vector.content, deny, name=vector.name)
    assert report.verdict is Verdict.FAIL
    # Caught for what it says, and not because something could not be read.
    assert {finding.kind for finding in report.findings} >= {vector.kind}
    assert not [finding.why for finding in report.findings if finding.why]


@pytest.mark.parametrize("vector", CORPUS, ids=lambda vector: vector.id)
def test_no_report_says_what_was_found(vector: Vector, deny: Deny) -> None:
    report = scan(vector.content, deny, name=vector.name)
    # How much was read may be any number.
    plain = replace(report, sha256="", size=0, letters=0, texts=0)
    said = as_json([plain]) + in_words(plain)
    assert not CONCEALED.search(said)
