"""A region's desk in a folder: people, a log, documents that were built, and a release brought as far as is wanted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from analysis import __version__
from analysis.audit.report import Report
from analysis.audit.result import Heading, Result
from analysis.registers.confirmations import Answered
from analysis.registers.log.chain import Chain, append, read_chain
from analysis.registers.log.event import Actor, Body
from analysis.release import decisions
from analysis.release.approval import approve
from analysis.release.assemble import Circumstances, assemble
from analysis.release.certificate import Pack, as_text, certificate_of
from analysis.release.dfe_pack import InPack, PackManifest, digests, pack_name, packed, submission_name
from analysis.release.events import DocumentsBuilt, Scope
from analysis.release.gate import REQUIRED, Released, let_through, refuse_unfit
from analysis.release.manifest import Manifest
from analysis.release.policy import release_policy
from analysis.release.staged import Staging, read_whole
from analysis.release.standing import Standing, standings
from analysis.views.model import Variant

PERIOD = "2025-26-Q2"
MONDAY = datetime(2025, 11, 3, 12, tzinfo=UTC)
ANALYST = Actor(post="performance analyst of 825", person="aaaaaaaa", known_by="account")
CHAIR = Actor(post="DBG chair", person="0c0c0c0c", known_by="account")
VICE = Actor(post="DBG vice-chair", person="0d0d0d0d", known_by="account")
LEAD = Actor(post="DBG data lead", person="1e1e1e1e", known_by="settings")
FINAL, DRAFT = "Released to the DfE.", "DRAFT for the DBG's checking."
RULES = release_policy()
INPUTS = {"kit": "a" * 64, "returns": "b" * 64}
PACK = pack_name("south-east", PERIOD)


def pdf_of(text: str) -> bytes:
    """A PDF of one page with one line, written by hand from the format's description (ISO 32000-1, 7.5)."""
    line = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(line), line),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(content))
    return content + head + tail


@dataclass(frozen=True)
class Desk:
    """Where everything of a test is."""

    root: Path
    variant: Variant = Variant.DFE

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def release(self) -> Path:
        return self.root / "release"

    @property
    def staging(self) -> Staging:
        return Staging(self.root / "out", self.variant)

    @property
    def scope(self) -> Scope:
        conceals = self.variant is Variant.ANONYMISED
        return Scope(
            variant=self.variant,
            audience="partners and inspectors of the authority" if conceals else "Department for Education",
            region="south-east",
            period=PERIOD,
            source="returns",
            authority="825" if conceals else "",
        )

    @property
    def chain(self) -> Chain:
        return read_chain(self.log)

    def standing(self, manifest: Manifest) -> Standing:
        return standings(self.chain)[manifest.id]

    def note(self, body: Body, by: Actor = ANALYST) -> None:
        append(self.log, lambda _: body, by=by, at=MONDAY)

    def build(
        self,
        figure: str = "12",
        codes: Sequence[str] = ("825", "921"),
        by: Actor = ANALYST,
        packs: tuple[bytes, bytes] | None = None,
    ) -> None:
        """Pages of these authorities with one figure in them, as a build lays them, and for the DfE their pack."""
        for folder, marking in ((self.staging.finals, FINAL), (self.staging.drafts, DRAFT.replace("'", "&#39;"))):
            folder.mkdir(parents=True, exist_ok=True)
            entries = {}
            for code in codes:
                name = f"tartan-rug-{PERIOD}-{code}-{self.variant}.html"
                content = f"<p>{marking}</p><p>{code}: {figure}</p><p>{marking}</p>".encode()
                (folder / name).write_bytes(content)
                sha256 = hashlib.sha256(content).hexdigest()
                entries[name] = {"sha256": sha256, "inputs": INPUTS}
            if self.variant is Variant.DFE:
                final = marking == FINAL
                pack = self.pack(figure, folder, FINAL if final else DRAFT) if packs is None else packs[not final]
                (folder / PACK).write_bytes(pack)
                entries[PACK] = {"sha256": hashlib.sha256(pack).hexdigest(), "inputs": INPUTS}
            (folder / "manifest.json").write_text(json.dumps({"documents": entries}), encoding="utf-8")
        hashes = [
            {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("tartan-rug-*"))}
            for folder in (self.staging.finals, self.staging.drafts)
        ]
        body = DocumentsBuilt(
            variant=self.variant, period=PERIOD, source="returns", documents=hashes[0], drafts=hashes[1]
        )
        self.note(body, by)

    def build_concealing(self) -> None:
        """A pack of Buckinghamshire's that conceals the others, and what the audit said of it."""
        name, content = f"tartan-rug-{PERIOD}-825-{self.variant}.html", b"<p>825: 12</p>"
        sha256 = hashlib.sha256(content).hexdigest()
        report = Report(
            file=name,
            sha256=sha256,
            size=len(content),
            findings=(),
            texts=3,
            letters=20,
            arrays=0,
            pictures=(),
            values_looked_for=True,
            results=tuple(
                Result(one, Heading.INFERENCE, "Tried.", "Found nothing.", 0.0, 0.0, passed=True)
                for one in sorted(REQUIRED)
            ),
        )
        pack = Pack(region="south-east", period=PERIOD, reader="825", kit=__version__, policy_sha256="d" * 64)
        certificate = as_text(certificate_of(report, pack, MONDAY.date()))
        listed = json.dumps({"documents": {name: {"sha256": sha256, "inputs": INPUTS}}})
        for path, held in (
            (self.staging.finals / name, content),
            (self.staging.finals / "manifest.json", listed.encode()),
            (self.staging.audit / f"{name}.certificate.json", certificate.encode()),
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(held)
        self.note(
            DocumentsBuilt(variant=self.variant, period=PERIOD, source="returns", documents={name: sha256}, drafts={})
        )

    def pack(self, figure: str, folder: Path, marking: str) -> bytes:
        """The DfE's pack of the pages that lie in a folder, or its draft."""
        pages = {f"summaries/{path.name}": path.read_bytes() for path in folder.glob("*.html")}
        tables = ("completeness.csv", submission_name("south-east", PERIOD))
        files = pages | {name: f"{name}: {figure}".encode() for name in tables}
        files["cover.pdf"] = pdf_of(f"{marking} Cover with {figure}.")
        manifest = PackManifest(
            region="south-east",
            period=PERIOD,
            source="returns",
            made_up=False,
            kit=__version__,
            inputs=INPUTS,
            disclosure_policy_sha256="d" * 64,
            release_policy_sha256=RULES.sha256,
            members=tuple(
                InPack(authority=name.split("-")[-2], name=name, summary=name, answered=Answered.CONFIRMED)
                for name in pages
            ),
            unexplained_gaps=0,
            documents=digests(files),
        )
        return packed(manifest, files)

    def assemble(self) -> Manifest:
        circumstances = Circumstances(
            made_up=False,
            findings="c" * 64,
            rules=RULES,
            disclosure_policy="d" * 64,
            last_day=date(2025, 9, 30),
            log_head=self.chain.head,
        )
        return assemble(self.staging, self.scope, circumstances, lambda code: f"key staff of {code}", (FINAL, DRAFT))

    def review(self, at: datetime = MONDAY) -> Manifest:
        manifest = self.assemble()
        path = self.staging.manifest(manifest.id)
        path.parent.mkdir(parents=True)
        path.write_bytes(manifest.content)
        append(self.log, lambda chain: decisions.check(chain, manifest), by=ANALYST, at=at)
        append(
            self.log,
            lambda chain: decisions.open_review(chain, manifest.id, RULES.review, at.date()),
            by=ANALYST,
            at=at,
        )
        return manifest

    def approve(self, manifest: Manifest, *people: Actor, at: datetime = MONDAY) -> None:
        for by in people:
            whole = read_whole(self.staging, manifest.id)
            append(
                self.log,
                lambda chain, whole=whole, by=by: approve(chain, whole.manifest, RULES.review, by, at.date()),
                by=by,
                at=at,
            )

    def issue(self, manifest: Manifest, supersedes: str = "", reason: str = "") -> Released:
        whole = read_whole(self.staging, manifest.id)
        refuse_unfit(whole)
        append(
            self.log,
            lambda chain: decisions.issue(chain, whole.manifest, ["key staff of 825"], supersedes, reason),
            by=ANALYST,
            at=MONDAY + timedelta(days=1),
        )
        return let_through(whole, self.standing(manifest), self.release)

    def released(self) -> Manifest:
        """A release that went the whole way."""
        self.build()
        manifest = self.review()
        self.approve(manifest, CHAIR, LEAD)
        self.issue(manifest)
        return manifest
