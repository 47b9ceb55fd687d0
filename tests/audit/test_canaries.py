"""Planted files are failed in each run; where one is not, the run is void and no file passes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.audit import read as reading
from analysis.audit.canaries import VoidError, check, planted
from analysis.audit.deny import Deny, deny_list
from analysis.audit.door import Concealed, audit_file
from analysis.audit.kinds import Kind as Format
from analysis.audit.report import Verdict, in_words
from analysis.audit.result import Heading, Result
from analysis.errors import ExitCode

PASSED = Result("marks", Heading.INFERENCE, "Marks were counted.", "There are none.", 0.0, 0.0, True)


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    file = tmp_path / "a.txt"
    file.write_text("Children in need", encoding="utf-8")
    return file


def nothing(*_: object) -> Iterator[object]:
    return iter(())


def test_every_planted_file_is_failed(deny: Deny) -> None:
    assert [report.verdict for report in check(deny)] == [Verdict.FAIL] * len(planted(deny))


@pytest.mark.parametrize("kind", [Format.PNG, Format.ARCHIVE, Format.HTML, Format.TEXT, Format.XML])
def test_a_run_without_a_decoder_is_void(
    kind: Format, deny: Deny, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(reading.DECODERS, kind, nothing)
    with pytest.raises(VoidError) as raised:
        check(deny)
    assert raised.value.exit_code == ExitCode.VOID
    assert audit_file(clean, Concealed(deny)).verdict is Verdict.FAIL


def test_a_run_that_conceals_nobody_is_void(clean: Path) -> None:
    with pytest.raises(VoidError):
        check(deny_list(["825"], allowed=["825"]))
    assert audit_file(clean, Concealed(deny_list([]))).verdict is Verdict.FAIL


def test_a_clean_file_passes_with_what_other_tests_passed(deny: Deny, clean: Path) -> None:
    report = audit_file(clean, Concealed(deny), [PASSED])
    assert report.verdict is Verdict.PASS
    assert "Marks were counted. There are none. (0, at most 0)" in in_words(report)


def test_a_result_that_did_not_pass_fails_the_file(deny: Deny, clean: Path) -> None:
    report = audit_file(clean, Concealed(deny), [PASSED, replace(PASSED, statistic=2.0, passed=False)])
    assert report.verdict is Verdict.FAIL
    assert "FAILED: Marks were counted." in in_words(report)


@pytest.mark.parametrize("name", ["none.txt", "a folder"])
def test_what_is_no_file_fails(name: str, deny: Deny, tmp_path: Path) -> None:
    (tmp_path / "a folder").mkdir()
    assert audit_file(tmp_path / name, Concealed(deny)).verdict is Verdict.FAIL
