"""The one gate: a set of documents goes from staging to the release folder if the log says so for these very bytes.

Nothing else in the kit writes below `reports/release/`. Whatever the gate can't read, doesn't know or wasn't told of
stays where it is (S0 5.2, 5.5.3 iii; S1 14).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from analysis import store
from analysis.audit.report import Verdict
from analysis.registers.log.chain import SYSTEM_FILES
from analysis.release.certificate import Certificate, Pack, read_certificate
from analysis.release.decisions import refuse_unless_bound
from analysis.release.dfe_pack import refuse_incomplete
from analysis.release.manifest import MANIFEST, Manifest
from analysis.release.marked import refuse_unmarked
from analysis.release.refused import RefusedError
from analysis.release.staged import Whole
from analysis.release.standing import Standing
from analysis.release.states import RELEASED
from analysis.views.model import Variant

CONCEALING = frozenset({".html", ".pdf", ".docx"})
"""What a pack that conceals may hold. Drawings, notebooks and workbooks give back what is concealed."""
NAMED = CONCEALING | {".xlsx", ".csv", ".pptx", ".zip"}
"""What other releases may hold."""
REQUIRED = frozenset(
    {
        "read-back",
        "of-view",
        "structure",
        "concealed-left",
        "naming",
        "sameness",
        "row-space",
        "groups-apart",
        "hidden-counts",
        "gain-2pct",
        "gain-5pct",
    }
)
"""Tests without which a certificate says too little. The leak scan is in every one."""
REQUIRED_OF_REGISTERED = frozenset({"figures-looked-for", "no-pixels", "structure"})
"""The same for a document that the kit did not make: it has no bands to guess from, pictures that nobody read, and rows
of which nobody knows whom they stand for."""
CERTIFICATES = "certificates"
_AGAIN = "build the reports and run the audit again"


@dataclass(frozen=True)
class Released:
    """What went through."""

    id: str
    """The SHA-256 of the manifest: what is approved, recalled and talked about."""
    variant: str
    release: Path

    @property
    def folder(self) -> Path:
        """What is sent."""
        return self.release / self.variant / self.id

    @property
    def certificates(self) -> Path:
        """What the audit said of it, which is not sent."""
        return self.release / CERTIFICATES / self.id


def let_through(whole: Whole, standing: Standing, release: Path) -> Released:
    """Lay the documents of a release in the release folder, all of them or none.

    Parameters
    ----------
    whole
        The bytes that were read and checked; a file that is exchanged meanwhile changes nothing.
    standing
        What the log says of it: released, by approvals for these bytes. The log says so first, and then the folder is
        laid, so that there is never a folder that the log does not know.
    release
        `reports/release/`. The files go to `<variant>/<release id>/`, certificates to a folder of their own, which is
        for internal use.

    Raises
    ------
    RefusedError
        If the log does not say that it is released, `refuse_unfit` would, or something else lies where it would go.
        Nothing is written then.
    """
    manifest = whole.manifest
    if standing.release != manifest.id or standing.state not in RELEASED:
        raise RefusedError("the log does not say that it is released", where=manifest.id[:12], remedy="release issue")
    refuse_unless_bound(standing, manifest)
    refuse_unfit(whole)
    released = Released(manifest.id, manifest.scope.variant, release)
    if whole.certificates:
        _lay(released.certificates, dict(whole.certificates))
    _lay(released.folder, {MANIFEST: manifest.content, **whole.files})
    return released


def refuse_unfit(whole: Whole) -> None:
    """Refuse what must not go out whoever approves it; asked before anybody approves, and by the gate itself.

    Raises
    ------
    RefusedError
        If a file has an ending that is not known, or is not what the manifest says; in a pack that conceals, if a
        file has no certificate for its bytes, did not pass, was audited as something else, by another policy or by too
        few tests; as `refuse_incomplete` for the DfE; and if a document that the kit did not make has no cover sheet
        that marks it.
    """
    manifest = whole.manifest
    conceals = manifest.scope.variant is Variant.ANONYMISED
    if whole.files.keys() != manifest.documents.keys():
        raise RefusedError("these are not the manifest's documents", where=manifest.id[:12], remedy=_AGAIN)
    for name, content in whole.files.items():
        if PurePosixPath(name).suffix.lower() not in (CONCEALING if conceals else NAMED):
            kinds = ", ".join(sorted(CONCEALING if conceals else NAMED))
            raise RefusedError("files of this kind are never released", where=name, remedy=f"release {kinds}")
        if hashlib.sha256(content).hexdigest() != manifest.documents[name].sha256:
            raise RefusedError("it has other bytes than the manifest says", where=name, remedy=_AGAIN)
        if conceals:
            _refuse_uncertified(name, whole)
    if manifest.scope.variant is Variant.DFE:
        refuse_incomplete(manifest, whole.files)
    refuse_unmarked(manifest, dict(whole.files))


def _refuse_uncertified(name: str, whole: Whole) -> None:
    document = whole.manifest.documents[name]
    content = whole.certificates.get(f"{name}.certificate.json")
    if content is None or hashlib.sha256(content).hexdigest() != document.certificate_sha256:
        raise RefusedError("there is no certificate", where=name, remedy="run the audit on it")
    certificate = read_certificate(content, name)
    if (document.sha256, name) != (certificate.sha256, certificate.file):
        raise RefusedError("its certificate is for other bytes or another file", where=name, remedy=_AGAIN)
    required = REQUIRED_OF_REGISTERED if whole.manifest.scope.document else REQUIRED
    for reason in _shortcomings(certificate, pack_of(whole.manifest), required):
        raise RefusedError(reason, where=name, remedy=_AGAIN)


def _shortcomings(certificate: Certificate, pack: Pack, required: frozenset[str]) -> Iterator[str]:
    if certificate.verdict is not Verdict.PASS:
        yield "it failed the audit"
    if certificate.pack != pack:
        yield "it was audited as something else, or by another policy or kit"
    missing = required - {one.id for one in certificate.tests}
    if missing:
        yield f"the audit left out {', '.join(sorted(missing))}"


def pack_of(manifest: Manifest) -> Pack:
    """What a pack that conceals must be certified as."""
    return Pack(
        region=manifest.scope.region,
        period=manifest.scope.period,
        reader=manifest.scope.authority,
        kit=manifest.kit,
        policy_sha256=manifest.disclosure_policy,
    )


def _lay(folder: Path, files: dict[str, bytes]) -> None:
    """Write a folder whole or not at all; one that is there already must be the same."""
    if folder.exists():
        if not _lies(folder, files):
            raise RefusedError(
                "something else lies where it would go", where=folder.name, remedy="report it, touch nothing"
            )
        return
    try:
        with store.beside(folder.parent, folder.name[:12]) as making:
            for name, content in files.items():
                path = making / name
                path.write_bytes(content)
                path.chmod(0o444)
            making.rename(folder)
    except OSError:
        # Somebody else has laid the same at the same time.
        if not _lies(folder, files):
            raise


def _lies(folder: Path, files: dict[str, bytes]) -> bool:
    if not folder.is_dir():
        return False
    there = (path for path in folder.iterdir() if path.name not in SYSTEM_FILES)
    return {path.name: path.read_bytes() for path in there} == files
