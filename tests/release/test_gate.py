"""The gate opens for bytes that passed, and for nothing else; what it refuses leaves nothing behind."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analysis.audit.canaries import VoidError
from analysis.audit.deny import Kind, deny_list
from analysis.audit.door import Concealed, audit_file
from analysis.audit.report import Finding, Report, Verdict
from analysis.audit.result import Heading, Result
from analysis.registers.log.event import Actor
from analysis.release import gate
from analysis.release.certificate import Pack, as_text, certificate_of, read_certificate
from analysis.release.events import ReleaseApproved, ReleaseIssued, Scope
from analysis.release.gate import REQUIRED, Released, let_through
from analysis.release.manifest import Document, Manifest
from analysis.release.refused import RefusedError
from analysis.release.staged import Staging, read_whole
from analysis.release.standing import Approval, Standing
from analysis.release.states import RELEASED, State
from analysis.store import sha256_of
from analysis.views.model import Variant

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


@dataclass(frozen=True)
class Staged:
    """A file and its certificate in staging."""

    file: Path
    certificate: Path


@pytest.fixture
def staged(tmp_path: Path) -> Callable[..., Staged]:
    """Lay a file and its certificate."""

    def lay(
        name: str = "report.html", content: bytes = PAGE, report: Report | None = None, pack: Pack = PACK
    ) -> Staged:
        folder = tmp_path / "out"
        file, certificate = folder / "anonymised" / name, folder / "audit" / f"{name}.certificate.json"
        for path in (file, certificate):
            path.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        certificate.write_text(as_text(certificate_of(report or report_on(name, content), pack, DAY)), encoding="utf-8")
        return Staged(file, certificate)

    return lay


@pytest.fixture
def release(tmp_path: Path) -> Path:
    return tmp_path / "release"


def manifest_of(staged: Sequence[Staged], pack: Pack) -> Manifest:
    """The manifest of what lies there now, as a pack of this reader."""
    scope = Scope(
        variant=Variant.ANONYMISED,
        audience="partners",
        region=pack.region,
        period=pack.period,
        source="returns",
        authority=pack.reader,
    )
    documents = {
        one.file.name: Document(
            sha256=sha256_of(one.file), recipient="its reader", certificate_sha256=sha256_of(one.certificate)
        )
        for one in staged
    }
    return Manifest(
        scope=scope,
        made_up=False,
        documents=documents,
        inputs={},
        kit=pack.kit,
        disclosure_policy=pack.policy_sha256,
        release_policy="e" * 64,
        findings="f" * 64,
        use_until=None,
        log_head="0" * 64,
    )


def approved(manifest: Manifest) -> Standing:
    """What the log says of a release that two have approved."""
    issued = ReleaseIssued(release=manifest.id, to="released_limited", recipients=("its reader",))
    body = ReleaseApproved(
        release=manifest.id, for_post="DBG chair", documents=manifest.finals_digest, drafts=manifest.drafts_digest
    )
    at = datetime(2025, 11, 20, tzinfo=UTC)
    by = Actor(post="DBG chair", person="0c0c0c0c", known_by="account")
    return Standing(
        manifest.id,
        manifest.scope,
        State.RELEASED_LIMITED,
        at,
        approvals=(Approval(by, at, body),),
        issued=issued,
    )


def through(
    staged: Sequence[Staged],
    pack: Pack,
    release: Path,
    manifest: Manifest | None = None,
    standing: Standing | None = None,
) -> Released:
    """From staging through the gate."""
    listed = manifest or manifest_of(staged, pack)
    staging = Staging(staged[0].file.parents[1], Variant.ANONYMISED)
    path = staging.manifest(listed.id)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(listed.content)
    return let_through(read_whole(staging, listed.id), standing or approved(listed), release)


def refuses(staged: list[Staged], release: Path, pack: Pack = PACK, manifest: Manifest | None = None) -> str:
    with pytest.raises(RefusedError) as refused:
        through(staged, pack, release, manifest)
    assert not [path for path in release.rglob("*") if path.is_file()]
    return refused.value.what


def test_what_passed_goes_through_byte_for_byte_with_its_manifest(staged, release) -> None:
    files = [staged(), staged("report.pdf", b"%PDF-1.7 made up")]
    released = through(files, PACK, release)
    assert (released.folder / "report.html").read_bytes() == PAGE
    manifest = (released.folder / "manifest.json").read_bytes()
    assert released.id == hashlib.sha256(manifest).hexdigest()
    assert {name: one["sha256"] for name, one in json.loads(manifest)["documents"].items()} == {
        name: hashlib.sha256((released.folder / name).read_bytes()).hexdigest()
        for name in ("report.html", "report.pdf")
    }
    assert sorted(path.name for path in released.folder.iterdir()) == ["manifest.json", "report.html", "report.pdf"]
    assert read_certificate((released.certificates / "report.html.certificate.json").read_bytes(), "").pack == PACK


def test_the_same_pack_twice_is_one_release(staged, release) -> None:
    assert through([staged()], PACK, release) == through([staged()], PACK, release)


def test_a_byte_that_changed_after_the_audit_is_refused(staged, release) -> None:
    one = staged()
    manifest = manifest_of([one], PACK)
    for place in range(len(PAGE)):
        one.file.write_bytes(PAGE[:place] + bytes([PAGE[place] ^ 1]) + PAGE[place + 1 :])
        assert "was changed" in refuses([one], release, manifest=manifest)
        # Listed anew, without another audit: its certificate is for what it was.
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
    manifest = manifest_of([failed], PACK)
    failed.certificate.unlink()
    assert "no such file" in refuses([failed], release, manifest=manifest)


def test_links_and_missing_files_are_refused(staged, release, tmp_path) -> None:
    one = staged()
    manifest = manifest_of([one], PACK)
    kept = one.file.rename(tmp_path / "elsewhere.html")
    assert "no such file" in refuses([one], release, manifest=manifest)
    one.file.symlink_to(kept)
    assert "leads elsewhere" in refuses([one], release, manifest=manifest)


@pytest.mark.parametrize("state", [state for state in State if state not in RELEASED], ids=str)
def test_what_the_log_does_not_call_released_stays_where_it_is(state: State, staged, release) -> None:
    one = staged()
    manifest = manifest_of([one], PACK)
    with pytest.raises(RefusedError, match="log does not say"):
        through([one], PACK, release, manifest, replace(approved(manifest), state=state))
    with pytest.raises(RefusedError, match="log does not say"):
        through([one], PACK, release, manifest, replace(approved(manifest), release="1" * 64))
    assert not release.exists()


def test_another_pack_in_the_place_of_this_one_is_left_alone(staged, release) -> None:
    released = through([staged()], PACK, release)
    page = released.folder / "report.html"
    page.chmod(0o644)
    page.write_bytes(b"something else")
    with pytest.raises(RefusedError, match="something else lies"):
        through([staged()], PACK, release)
    assert page.read_bytes() == b"something else"


def test_a_crash_half_way_leaves_nothing(staged, release, monkeypatch) -> None:
    def crash(self: Path, target: Path) -> Path:
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "rename", crash)
    with pytest.raises(OSError, match="full"):
        through([staged()], PACK, release)
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
    folder = tmp_path / "out"
    file, certificate = folder / "anonymised" / name, folder / "audit" / f"{name}.certificate.json"
    for path in (file, certificate):
        path.parent.mkdir(parents=True)
    file.write_bytes(content)
    report = audit_file(file, concealed, [result(one) for one in REQUIRED])
    certificate.write_text(as_text(certificate_of(report, PACK, DAY)), encoding="utf-8")
    assert read_certificate(certificate.read_bytes(), name).verdict is Verdict.FAIL
    refuses([Staged(file, certificate)], release)


def test_nothing_but_the_gate_writes_where_released_files_go() -> None:
    """Others may hand the folder to the gate, read it, or say where it is; they have no means to write in it."""
    root = Path(gate.__file__).parents[1]
    spoken = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if re.search(r"(place|workspace\(\))\.release\b|reports/release", path.read_text(encoding="utf-8"))
    }
    handed_on = {"cli/release/decide.py", "cli/log/verify.py", "cli/release/end.py", "cli/release/handover.py"}
    # Looks whether a release was laid.
    handed_on |= {"cli/release/desk.py"}
    # A controller's erasure deletes there (S0 5.5.5), and lays nothing.
    erasing = {"pipeline/documents_showing.py", "pipeline/erase.py"}
    assert spoken - {"config.py", "release/gate.py", "release/verify.py"} <= handed_on | erasing
    writes = re.compile(r"write_|mkdir|rename|\.replace\(target|open\(|unlink|rmtree|copy")
    assert not writes.search((root / "release/verify.py").read_text(encoding="utf-8"))
