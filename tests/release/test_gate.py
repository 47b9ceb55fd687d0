"""The gate opens for bytes that passed, and for nothing else; what it refuses leaves nothing behind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analysis.audit.canaries import VoidError
from analysis.audit.deny import Kind, deny_list
from analysis.audit.door import Concealed, audit_file
from analysis.audit.report import Finding, Report, Verdict
from analysis.audit.result import Heading, Result
from analysis.release import gate
from analysis.release.certificate import Pack, as_text, certificate_of, read_certificate
from analysis.release.gate import REQUIRED, Staged, let_through
from analysis.release.refused import RefusedError

DAY = date(2025, 11, 20)
PACK = Pack(region="south-east", period="2025-26-Q2", reader="825", kit="0.1.0", policy_sha256="a" * 64)
PAGE = b"<html><body><p>Children in need</p></body></html>"


def result(name: str, *, passed: bool = True) -> Result:
    return Result(name, Heading.INFERENCE, "Tried.", "Found nothing.", 0.0, 0.0, passed)


def report_on(name: str, content: bytes, **parts: object) -> Report:
    whole = Report(
        file=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        findings=(),
        texts=3,
        letters=20,
        arrays=0,
        pictures=(),
        values_looked_for=True,
        results=tuple(result(one) for one in sorted(REQUIRED)),
    )
    return replace(whole, **parts)


@pytest.fixture
def staged(tmp_path: Path) -> Callable[..., Staged]:
    """A file and its certificate in staging."""

    def lay(
        name: str = "report.html", content: bytes = PAGE, report: Report | None = None, pack: Pack = PACK
    ) -> Staged:
        file, certificate = tmp_path / "out" / name, tmp_path / "out" / f"{name}.json"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        certificate.write_text(as_text(certificate_of(report or report_on(name, content), pack, DAY)), encoding="utf-8")
        return Staged(file, certificate)

    return lay


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return tmp_path / "release"


def refuses(staged: list[Staged], release: Path, pack: Pack = PACK) -> str:
    with pytest.raises(RefusedError) as refused:
        let_through(staged, pack, release)
    assert not [path for path in release.rglob("*") if path.is_file()]
    return refused.value.what


def test_what_passed_goes_through_byte_for_byte_with_its_manifest(staged, release) -> None:
    files = [staged(), staged("report.pdf", b"%PDF-1.7 made up")]
    released = let_through(files, PACK, release)
    assert (released.folder / "report.html").read_bytes() == PAGE
    manifest = (released.folder / "manifest.json").read_bytes()
    assert released.id == hashlib.sha256(manifest).hexdigest()
    assert json.loads(manifest)["documents"] == {
        name: hashlib.sha256((released.folder / name).read_bytes()).hexdigest()
        for name in ("report.html", "report.pdf")
    }
    assert sorted(path.name for path in released.folder.iterdir()) == ["manifest.json", "report.html", "report.pdf"]
    assert read_certificate(released.certificates / "report.html.json").pack == PACK


def test_the_same_pack_twice_is_one_release(staged, release) -> None:
    assert let_through([staged()], PACK, release) == let_through([staged()], PACK, release)


def test_a_byte_that_changed_after_the_audit_is_refused(staged, release) -> None:
    one = staged()
    for place in range(len(PAGE)):
        one.file.write_bytes(PAGE[:place] + bytes([PAGE[place] ^ 1]) + PAGE[place + 1 :])
        assert "other bytes" in refuses([one], release)


def test_one_bad_file_holds_back_its_whole_pack(staged, release) -> None:
    bad = report_on("report.pdf", b"%PDF", findings=(Finding("page 1", Kind.NAME),))
    assert "failed" in refuses([staged(), staged("report.pdf", b"%PDF", bad)], release)


@pytest.mark.parametrize("left_out", sorted(REQUIRED))
def test_a_test_that_was_left_out_or_failed_keeps_the_gate_shut(left_out: str, staged, release) -> None:
    """Each of the audit's tests taken away in turn."""
    others = tuple(result(one) for one in REQUIRED if one != left_out)
    assert left_out in refuses([staged(report=report_on("report.html", PAGE, results=others))], release)
    failing = (*others, result(left_out, passed=False))
    assert "failed" in refuses([staged(report=report_on("report.html", PAGE, results=failing))], release)


@pytest.mark.parametrize("parts", [{"texts": 0}, {"results": ()}, {"findings": (Finding("a part", Kind.UNREAD),)}])
def test_an_audit_that_read_or_tried_nothing_does_not_pass(parts: dict[str, object], staged, release) -> None:
    assert "failed" in refuses([staged(report=report_on("report.html", PAGE, **parts))], release)


@pytest.mark.parametrize("name", ["report.svg", "report.ipynb", "report.xlsx", "report.html.exe", "report"])
def test_endings_that_are_not_known_are_refused(name: str, staged, release) -> None:
    assert "never released" in refuses([staged(name)], release)


@pytest.mark.parametrize(
    "other", [{"reader": "826"}, {"period": "2025-26-Q1"}, {"policy_sha256": "b" * 64}, {"kit": "0"}]
)
def test_a_certificate_of_something_else_is_refused(other: dict[str, str], staged, release) -> None:
    assert "something else" in refuses([staged()], release, PACK.model_copy(update=other))


def test_a_certificate_that_was_written_by_hand_is_refused(staged, release) -> None:
    failed = staged(report=report_on("report.html", PAGE, results=(result("structure", passed=False),)))
    text = failed.certificate.read_text(encoding="utf-8")
    for forged in (
        text.replace('"FAIL"', '"PASS"'),
        text.replace('"passed": false', '"passed": "no"'),
        text.replace("{", '{"approved": true,', 1),
        text[: len(text) // 2],
        "",
    ):
        failed.certificate.write_text(forged, encoding="utf-8")
        refuses([failed], release)
    failed.certificate.unlink()
    assert "no certificate" in refuses([failed], release)


def test_links_and_missing_files_are_refused(staged, release, tmp_path) -> None:
    one = staged()
    kept = one.file.rename(tmp_path / "elsewhere.html")
    assert "no such file" in refuses([one], release)
    one.file.symlink_to(kept)
    assert "leads elsewhere" in refuses([one], release)
    assert "nothing" in refuses([], release)


def test_another_pack_in_the_place_of_this_one_is_left_alone(staged, release) -> None:
    released = let_through([staged()], PACK, release)
    page = released.folder / "report.html"
    page.chmod(0o644)
    page.write_bytes(b"something else")
    with pytest.raises(RefusedError, match="something else lies"):
        let_through([staged()], PACK, release)
    assert page.read_bytes() == b"something else"


def test_a_crash_half_way_leaves_nothing(staged, release, monkeypatch) -> None:
    def crash(self: Path, target: Path) -> Path:
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "rename", crash)
    with pytest.raises(OSError, match="full"):
        let_through([staged()], PACK, release)
    assert not [path for path in release.rglob("*") if path.is_file()]


@pytest.mark.parametrize("damage", ["corrupted", "unknown", "raising", "void"])
def test_what_the_audit_cannot_read_never_passes_the_gate(damage: str, tmp_path, release, monkeypatch) -> None:
    """From a file to the gate: a corrupted PDF, a format nobody knows, a decoder that raises, canaries that pass."""
    concealed = Concealed(deny_list(["825", "826", "867"], allowed=("825",)))
    name, content = {
        "corrupted": ("report.pdf", b"%PDF-1.7\n1 0 obj << /Type /Catalog"),
        "unknown": ("report.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old one"),
    }.get(damage, ("report.html", PAGE))

    def breaks(*_: object, **__: object) -> None:
        raise VoidError("planted") if damage == "void" else RuntimeError("a decoder broke")

    if damage == "raising":
        monkeypatch.setattr("analysis.audit.door.scan_apart", breaks)
    if damage == "void":
        monkeypatch.setattr("analysis.audit.door.check", breaks)
    file, certificate = tmp_path / name, tmp_path / f"{name}.json"
    file.write_bytes(content)
    report = audit_file(file, concealed, [result(one) for one in REQUIRED])
    certificate.write_text(as_text(certificate_of(report, PACK, DAY)), encoding="utf-8")
    assert read_certificate(certificate).verdict is Verdict.FAIL
    refuses([Staged(file, certificate)], release)


def test_nothing_but_the_gate_knows_where_released_files_go() -> None:
    root = Path(gate.__file__).parents[1]
    spoken = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if ".release\n" in (text := path.read_text(encoding="utf-8")) or ".release)" in text or '"release"' in text
    }
    assert spoken <= {"config.py", "cli/release/app.py", "cli/release/packs.py"}
