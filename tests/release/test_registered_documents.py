"""Documents that the kit did not make: marked by a sheet that says their hash, and released by whom they are about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from release_desk import ANALYST, CHAIR, LEAD, PERIOD, RULES, Desk

from analysis.audit.report import Report
from analysis.audit.result import Heading, Result
from analysis.reference.regions import regions
from analysis.registers.agreements import load_agreements
from analysis.registers.granting import granting
from analysis.registers.log.chain import append
from analysis.registers.scope import Scope as Shown
from analysis.registers.sharing import sharing_rules
from analysis.release import decisions
from analysis.release.allowed import refuse_unless_allowed
from analysis.release.approval import approve
from analysis.release.assemble import Circumstances
from analysis.release.certificate import as_text, certificate_of
from analysis.release.events import Scope
from analysis.release.gate import REQUIRED_OF_REGISTERED, let_through, pack_of, refuse_unfit
from analysis.release.manifest import Document, Manifest, read_manifest
from analysis.release.marked import KINDS
from analysis.release.refused import RefusedError
from analysis.release.registered import Taken, last_day_of_use, name_of
from analysis.release.staged import Staging, Whole, read_whole
from analysis.release.standing import standings
from analysis.render.cover_sheet import CoverSheet, cover_sheet
from analysis.views.model import Variant

TITLE = "Peer review of Medway"
FILE = b"%PDF-1.7 what a peer review team wrote"
UNTIL, DAY = date(2026, 9, 30), date(2025, 11, 3)
SCOPE = Scope(
    variant=Variant.INTERNAL,
    audience="Ofsted",
    region="south-east",
    period=PERIOD,
    source="returns",
    authority="887",
    document=TITLE,
)


NAME = name_of(TITLE, "Final v3 (Jane).PDF", FILE)


def sheet_of(variant: Variant) -> CoverSheet:
    return CoverSheet(
        title=TITLE,
        variant=variant,
        file=NAME,
        sha256=hashlib.sha256(FILE).hexdigest(),
        size=len(FILE),
        about="Medway (887)",
        audience="Ofsted",
        made_by="peer review team",
        use_until="30 September 2026",
        stamp="For Ofsted. Content id 0123456789abcdef. For use until 30 September 2026.",
        made_up=False,
    )


@pytest.fixture(scope="module")
def taken() -> Taken:
    return Taken(SCOPE, NAME, FILE, "cover.pdf", cover_sheet(sheet_of(Variant.INTERNAL), 0))


def manifest_of(
    taken: Taken, desk: Desk, until: date = UNTIL, certificates: Mapping[str, str] = MappingProxyType({})
) -> Manifest:
    circumstances = Circumstances(
        made_up=False,
        findings="c" * 64,
        rules=RULES,
        disclosure_policy="d" * 64,
        last_day=date(2025, 9, 30),
        log_head=desk.chain.head,
    )
    return taken.manifest(circumstances, until, dict(certificates))


def staging_of(desk: Desk) -> Staging:
    return Staging(desk.root / "out", Variant.INTERNAL, registered=True)


def reviewed(taken: Taken, desk: Desk) -> Manifest:
    """In staging and before the DBG, as the command brings it there."""
    staging = staging_of(desk)
    staging.finals.mkdir(parents=True, exist_ok=True)
    for name, content in taken.files.items():
        (staging.finals / name).write_bytes(content)
    desk.note(taken.event("peer review team"))
    manifest = manifest_of(taken, desk)
    staging.manifest(manifest.id).parent.mkdir(parents=True)
    staging.manifest(manifest.id).write_bytes(manifest.content)
    refuse_unfit(read_whole(staging, manifest.id))
    desk.note(decisions.check(desk.chain, manifest))
    desk.note(decisions.open_review(desk.chain, manifest.id, RULES.review, DAY))
    return manifest


def test_it_goes_out_byte_for_byte_with_its_sheet_when_two_have_approved(taken: Taken, desk: Desk) -> None:
    manifest = reviewed(taken, desk)
    with pytest.raises(RefusedError, match="has not approved"):
        decisions.issue(desk.chain, manifest, ["Ofsted"])
    for by in (CHAIR, LEAD):
        desk.note(approve(desk.chain, manifest, RULES.review, by, DAY), by)
    desk.note(decisions.issue(desk.chain, manifest, ["Ofsted"]))
    whole = read_whole(staging_of(desk), manifest.id)
    folder = let_through(whole, standings(desk.chain)[manifest.id], desk.release).folder
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".json"} == taken.files
    kept = json.loads((folder / "manifest.json").read_bytes())["documents"]
    assert kept[taken.name]["marked_by"] == taken.cover_name
    assert "marked_by" not in kept[taken.cover_name]
    assert desk.standing(manifest).scope.words == f"{TITLE} (internal {PERIOD}, 887)"


def test_whoever_took_it_in_does_not_approve_it(taken: Taken, desk: Desk) -> None:
    manifest = reviewed(taken, desk)
    same = ANALYST.model_copy(update={"post": "DBG chair"})
    with pytest.raises(RefusedError, match="whoever built"):
        approve(desk.chain, manifest, RULES.review, same, DAY)


def test_what_nobody_took_in_is_not_checked(taken: Taken, desk: Desk) -> None:
    with pytest.raises(RefusedError, match="who built"):
        decisions.check(desk.chain, manifest_of(taken, desk))


def whole_of(taken: Taken, manifest: Manifest) -> Whole:
    return Whole(manifest, taken.files, {})


def test_a_sheet_of_another_document_reader_day_or_limit_marks_nothing(taken: Taken, desk: Desk) -> None:
    manifest = manifest_of(taken, desk)
    refuse_unfit(whole_of(taken, manifest))

    def with_scope(**changes: object) -> Whole:
        other = Taken(SCOPE.model_copy(update=changes), taken.name, taken.content, taken.cover_name, taken.cover)
        return whole_of(other, manifest_of(other, desk))

    for wrong, said in (
        (with_scope(audience="Thames Valley Police"), "whom it is for"),
        (whole_of(taken, manifest_of(taken, desk, UNTIL + timedelta(days=1))), "its last day"),
        (Whole(manifest.model_copy(update={"made_up": True}), taken.files, {}), "that it is made up"),
        (Whole(manifest.model_copy(update={"use_until": None}), taken.files, {}), "is not registered"),
    ):
        with pytest.raises(RefusedError, match=said):
            refuse_unfit(wrong)
    another = Taken(SCOPE, taken.name, FILE + b".", taken.cover_name, taken.cover)
    with pytest.raises(RefusedError, match="SHA-256"):
        refuse_unfit(whole_of(another, manifest_of(another, desk)))
    paper = Taken(SCOPE, taken.name, FILE, taken.cover_name, b"a sheet of paper")
    with pytest.raises(RefusedError, match="no cover sheet"):
        refuse_unfit(whole_of(paper, manifest_of(paper, desk)))


def test_a_document_without_a_sheet_is_refused_and_so_is_a_sheet_for_the_kits_own(taken: Taken, desk: Desk) -> None:
    manifest = manifest_of(taken, desk)
    bare = {name: one.model_copy(update={"marked_by": None}) for name, one in manifest.documents.items()}
    with pytest.raises(RefusedError, match="no cover sheet goes with it"):
        refuse_unfit(Whole(manifest.model_copy(update={"documents": bare}), taken.files, {}))
    own = manifest.model_copy(update={"scope": SCOPE.model_copy(update={"document": ""})})
    with pytest.raises(RefusedError, match="marks its own pages"):
        refuse_unfit(Whole(own, taken.files, {}))
    with pytest.raises(ValidationError, match="no cover sheet here"):
        Manifest(**{**manifest.model_dump(), "documents": {"a.pdf": {**bare[taken.name].model_dump(),
                                                                     "marked_by": "b.pdf"}}})  # fmt: skip


def test_an_archive_is_not_let_out_under_a_cover_sheet(taken: Taken, desk: Desk) -> None:
    """The gate lets the kit's own archives through, and knows what is in them."""
    packed = Taken(SCOPE, "review.zip", FILE, taken.cover_name, taken.cover)
    with pytest.raises(RefusedError, match="never released"):
        refuse_unfit(whole_of(packed, manifest_of(packed, desk)))


def test_where_others_are_concealed_it_needs_a_certificate(taken: Taken, desk: Desk) -> None:
    scope = SCOPE.model_copy(update={"variant": Variant.ANONYMISED})
    concealing = Taken(scope, taken.name, FILE, taken.cover_name, taken.cover)
    with pytest.raises(RefusedError, match="no certificate"):
        refuse_unfit(whole_of(concealing, manifest_of(concealing, desk)))


@pytest.mark.parametrize("left_out", ["", *sorted(REQUIRED_OF_REGISTERED)])
def test_its_certificate_must_say_that_rows_pictures_and_figures_were_looked_at(
    taken: Taken, desk: Desk, left_out: str
) -> None:
    scope = SCOPE.model_copy(update={"variant": Variant.ANONYMISED})
    concealing = Taken(scope, taken.name, FILE, taken.cover_name, cover_sheet(sheet_of(Variant.ANONYMISED), 0))
    pack = pack_of(manifest_of(concealing, desk))
    tests = sorted(REQUIRED_OF_REGISTERED - {left_out})
    results = tuple(Result(one, Heading.SINGLING_OUT, "Tried.", "None.", 0, 0, True) for one in tests)
    found = {}
    for name, digest in concealing.hashes.items():
        report = Report(name, digest, 1, (), 1, 1, 1, (), values_looked_for=True, results=results)
        found[name] = as_text(certificate_of(report, pack, DAY)).encode()
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}
    manifest = manifest_of(concealing, desk, certificates=digests)
    certificates = {f"{name}.certificate.json": content for name, content in found.items()}
    whole = Whole(manifest, concealing.files, certificates)
    if not left_out:
        refuse_unfit(whole)
        return
    with pytest.raises(RefusedError, match=f"left out {left_out}"):
        refuse_unfit(whole)


def test_a_manifest_from_before_there_were_registered_documents_is_read_to_the_byte() -> None:
    """Written out by hand: these are the keys that a manifest had."""
    held = {
        "disclosure_policy": "d" * 64,
        "documents": {"a.html": {"certificate_sha256": None, "draft_sha256": "a" * 64, "recipient": "the DfE",
                                 "sha256": "b" * 64}},
        "findings": "f" * 64, "inputs": {}, "kit": "0.1.0", "log_head": "0" * 64, "made_up": False,
        "release_policy": "e" * 64,
        "scope": {"audience": "the DfE", "authority": "", "period": PERIOD, "region": "south-east",
                  "source": "returns", "variant": "dfe"},
        "use_until": None,
    }  # fmt: skip
    content = (json.dumps(held, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
    manifest = read_manifest(content, hashlib.sha256(content).hexdigest())
    assert manifest.documents["a.html"] == Document(sha256="b" * 64, draft_sha256="a" * 64, recipient="the DfE")


REGION, SHARING = regions()["south-east"], sharing_rules("south-east")


def allowed(desk: Desk, scope: Scope, *to: str) -> bool | None:
    try:
        refuse_unless_allowed(desk.chain, scope, to, REGION, SHARING, load_agreements("south-east"), DAY)
    except RefusedError as refused:
        # Refused for anything else, it would be neither.
        return None if "no permission of" not in refused.what else False
    return True


def permit(desk: Desk, code: str, audience: str, scope: Shown) -> None:
    decide = granting(
        rules=SHARING,
        collects=REGION.everyone,
        body="",
        authorises=False,
        authorities=(code,),
        audience=audience,
        scope=scope,
        purpose="an inspection",
        evidence="letter 12",
        first=DAY,
        until=DAY + timedelta(days=90),
    )
    append(desk.log, decide, by=CHAIR, at=datetime(2025, 11, 3, 9, tzinfo=UTC))


def of(**changes: object) -> Scope:
    return SCOPE.model_copy(update=changes)


INSIDE = "key staff of the members"


def test_key_staff_need_no_permission_and_everybody_else_does_the_dfe_too(desk: Desk) -> None:
    """S0 5.5.3 i; 5.4 lets summaries go to the DfE, and a peer review is none."""
    assert allowed(desk, of(audience=INSIDE))
    assert allowed(desk, of(audience=INSIDE), "key staff of Kent", "DBG")
    for outside in ("Ofsted", "Department for Education", "DfE", "a keynote speaker"):
        assert allowed(desk, of(audience=INSIDE), outside) is False
        assert allowed(desk, of(audience=outside)) is False


def test_nothing_but_the_authority_s_word_for_this_document_lets_it_out(desk: Desk) -> None:
    permit(desk, "887", "Ofsted", Shown(periods=(PERIOD,)))
    permit(desk, "887", "Ofsted", Shown(document="Peer review of 2019"))
    permit(desk, "886", "Ofsted", Shown())
    permit(desk, "887", "Thames Valley Police", Shown(document=TITLE))
    assert allowed(desk, SCOPE) is False
    permit(desk, "887", "Ofsted", Shown(document=TITLE))
    assert allowed(desk, SCOPE)
    # It is about Medway alone; one about all needs the word of all.
    assert allowed(desk, of(authority="")) is False
    assert allowed(desk, SCOPE, "the county's partners") is False


def test_a_concealing_one_needs_the_word_of_whoever_it_names_and_of_nobody_where_it_names_none(desk: Desk) -> None:
    assert allowed(desk, of(variant=Variant.ANONYMISED)) is False
    assert allowed(desk, of(variant=Variant.ANONYMISED, authority=""))
    permit(desk, "887", "Ofsted", Shown(document=TITLE))
    assert allowed(desk, of(variant=Variant.ANONYMISED))


@given(st.text(min_size=1, max_size=200), st.binary(min_size=1, max_size=40), st.sampled_from(sorted(KINDS)))
def test_a_name_is_of_title_and_content_alone_and_leads_nowhere_else(title: str, content: bytes, kind: str) -> None:
    name = name_of(title, f"../Jane Smith{kind.upper()}", content)
    assert Path(name).name == name
    assert name.endswith(f"-{hashlib.sha256(content).hexdigest()[:12]}{kind}")
    assert "jane" not in name or "jane" in title.lower()
    Document(sha256="a" * 64, recipient="its reader", marked_by=name)


@pytest.mark.parametrize("file", ["a.zip", "a.docm", "a", "a.pdf.exe", ".pdf"])
def test_other_kinds_are_not_taken_in(file: str) -> None:
    with pytest.raises(RefusedError, match="not registered"):
        name_of("A report", file, b"x")


def test_its_last_day_is_the_policy_s_or_sooner_and_not_over() -> None:
    end = date(2025, 9, 30)
    latest = RULES.use_until(Variant.INTERNAL, end)
    assert latest is not None
    assert last_day_of_use(RULES, Variant.INTERNAL, end, None, DAY) == latest
    assert last_day_of_use(RULES, Variant.INTERNAL, end, DAY, DAY) == DAY
    for wanted, said in ((latest + timedelta(days=1), "may be used until"), (DAY - timedelta(days=1), "is over")):
        with pytest.raises(RefusedError, match=said):
            last_day_of_use(RULES, Variant.INTERNAL, end, wanted, DAY)
    with pytest.raises(RefusedError, match="for anyone"):
        last_day_of_use(RULES, Variant.PUBLIC, end, None, DAY)
